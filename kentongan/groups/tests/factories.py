"""Groups on their way, and what a decree looks like."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kentongan.groups import actions
from kentongan.groups.models import Decree, Group, Seat
from tests.cast import Cast, everybody_agrees

FOUR = (
    Seat("Tini Wulandari", "081200009901", "ketua"),
    Seat("Parno", "081200009902", "sekretaris"),
    Seat("Lastri", "", "bendahara"),
    Seat("Mbah Karso", "", "anggota"),
)


def today() -> date:
    """The day of the tests."""
    return timezone.localdate()


def a_decree(**more: Any) -> Decree:
    """A village head's decree for three years from today, not saved."""
    facts = {
        "number": "141/09/2026",
        "dated": today(),
        "rank": "kades",
        "issuer": "Karjono",
        "starts": today(),
        "ends": today() + timedelta(days=1000),
    }
    return Decree(**(facts | more))


def proposed(cast: Cast, **more: Any) -> Group:
    """A second group of the village, proposed by a resident who has an account."""
    facts = {"name": "KIM Sumber Waras", "proposers": "Warsini dan Parno", "contact": "081234567890", "by": cast.warga}
    return actions.propose(cast.region, **(facts | more))


def carried_to(cast: Cast, state: str) -> Group:
    """A formation carried by its people as far as `state`."""
    group = proposed(cast)
    steps = {
        "socialised": lambda: actions.socialise(group, on=today(), by=cast.kades),
        "deliberated": lambda: actions.deliberate(group, on=today(), attendance=31, by=cast.warga),
        "minuted": lambda: actions.minute(group, on=today(), minutes="Disepakati membentuk KIM.", seats=FOUR, by=cast.warga),
        "decreed": lambda: actions.decree(group, a_decree(), by=cast.kades),
        "registered": lambda: _register(cast, group),
        "verified": lambda: actions.verify(group, checked=group.rules["verify_checklist"], by=cast.dinas),
    }
    for name, step in steps.items():
        if group.state == state:
            break
        group = step()
        everybody_agrees(group)
        assert group.state == name
    return group


def ketua_of(group: Group) -> Any:
    """The person who chairs a group."""
    return next(row.person for row in group.people if row.role == "ketua")


def fill_profile(group: Group) -> Group:
    """The ketua writes the whole profile."""
    facts = {
        "about": "Tetangga yang mencari tahu.",
        "secretariat": "Balai desa",
        "contact": "0812",
        "founded_on": today(),
        "fields": ["budaya"],
    }
    return actions.update_profile(group, **facts, by=ketua_of(group))


def _register(cast: Cast, group: Group) -> Group:
    group = fill_profile(fresh(group))
    return actions.register(group, by=ketua_of(group))


def fresh(group: Group) -> Group:
    """The group as it is stored now."""
    return Group.objects.select_related("region").get(pk=group.pk)
