"""What the public sees of a group tells the page store when it changes, and beforehand when time alone will change it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kentongan.groups import actions
from kentongan.groups.models import Decree, Group, Membership
from kentongan.groups.tests.factories import a_decree, carried_to, fresh, ketua_of, today
from kentongan.newsroom.tests.factories import story_in
from kentongan.pages.models import Change, Moment
from tests.cast import Cast

WHY = {"reason": "Diminta musyawarah desa.", "appeal_to": "Camat Gunungwungkal"}
PROFILE = {"about": "Kami mencatat desa.", "secretariat": "Balai desa", "contact": "0812", "founded_on": None, "fields": ["budaya"]}


def _role(cast: Cast, part: str) -> Membership:
    return Membership.objects.get(person=cast.people[part])


def _suspended(cast: Cast) -> Group:
    return actions.suspend(actions.ask_suspension(cast.group, **WHY, by=cast.dinas), by=cast.dinas2)


def _from_a_register(cast: Cast) -> Group:
    """Its decree was written down by no office."""
    cast.group.decrees.update(entered_in=None)
    return cast.group


VERBS: dict[str, tuple[Callable[[Cast], Group], Callable[[Cast, Group], Any]]] = {
    "decree": (lambda cast: carried_to(cast, "minuted"), lambda cast, group: actions.decree(group, a_decree(), by=cast.kades)),
    "renew_decree": (
        lambda cast: cast.group,
        lambda cast, group: actions.renew_decree(
            group, a_decree(starts=today() + timedelta(days=601), ends=today() + timedelta(days=1200)), by=cast.kades
        ),
    ),
    "register": (
        lambda cast: _whole(carried_to(cast, "decreed")),
        lambda cast, group: actions.register(group, by=ketua_of(group)),
    ),
    "verify": (
        lambda cast: carried_to(cast, "registered"),
        lambda cast, group: actions.verify(group, checked=group.rules["verify_checklist"], by=cast.dinas),
    ),
    "send_back": (
        lambda cast: carried_to(cast, "decreed"),
        lambda cast, group: actions.send_back(group, reason="Nomor SK keliru.", by=cast.dinas),
    ),
    "suspend": (
        lambda cast: actions.ask_suspension(cast.group, **WHY, by=cast.dinas),
        lambda cast, group: actions.suspend(group, by=cast.dinas2),
    ),
    "lift": (
        lambda cast: actions.ask_lifting(_suspended(cast), reason="Selesai.", by=cast.dinas),
        lambda cast, group: actions.lift(group, by=cast.dinas2),
    ),
    "appeal": (_suspended, lambda cast, group: actions.appeal(group, text="Sudah kami perbaiki.", by=cast.ketua)),
    "uphold_suspension": (
        lambda cast: actions.appeal(_suspended(cast), text="Sudah kami perbaiki.", by=cast.ketua),
        lambda cast, group: actions.uphold_suspension(group, answer="Belum cukup.", by=cast.dinas),
    ),
    "grant_appeal": (
        lambda cast: actions.appeal(_suspended(cast), text="Sudah kami perbaiki.", by=cast.ketua),
        lambda cast, group: actions.grant_appeal(group, answer="Benar.", by=cast.dinas),
    ),
    "endorse": (lambda cast: cast.group, lambda cast, group: actions.endorse(group, reason="Membantu desa.", by=cast.kades)),
    "object_to": (lambda cast: cast.group, lambda cast, group: actions.object_to(group, reason="Belum diajak bicara.", by=cast.kades)),
    "answer_objection": (
        lambda cast: actions.object_to(cast.group, reason="Belum diajak bicara.", by=cast.kades),
        lambda cast, group: actions.answer_objection(group, answer="Kami datang besok.", by=cast.ketua),
    ),
    "confirm_decree": (_from_a_register, lambda cast, group: actions.confirm_decree(group, by=cast.kades)),
    "ask_dissolution": (_suspended, lambda cast, group: actions.ask_dissolution(group, **WHY, by=cast.dinas)),
    "dissolve": (
        lambda cast: actions.ask_dissolution(cast.group, **WHY, by=cast.dinas),
        lambda cast, group: actions.dissolve(group, by=cast.dinas2),
    ),
    "update_profile": (lambda cast: cast.group, lambda cast, group: actions.update_profile(group, **PROFILE, by=cast.ketua)),
    "confirm_board": (lambda cast: cast.group, lambda cast, group: actions.confirm_board(group, by=cast.ketua)),
    "admit": (
        lambda cast: cast.group,
        lambda cast, group: actions.admit(group, name="Parto", credential="081200001234", role="anggota", by=cast.ketua),
    ),
    "change_role": (
        lambda cast: cast.group,
        lambda cast, _group: actions.change_role(_role(cast, "anggota"), role="redaktur", by=cast.ketua),
    ),
    "end_membership": (
        lambda cast: cast.group,
        lambda cast, _group: actions.end_membership(_role(cast, "anggota"), reason="Pindah.", by=cast.ketua),
    ),
}


def _whole(group: Group) -> Group:
    return actions.update_profile(group, **(PROFILE | {"founded_on": today()}), by=ketua_of(group))


@pytest.mark.parametrize("verb", VERBS)
def test_a_change_that_the_public_sees_tells_the_page_store(cast: Cast, verb: str) -> None:
    before, change = VERBS[verb]
    group = fresh(before(cast))
    Change.objects.all().delete()
    change(cast, group)
    assert set(Change.objects.values_list("site", flat=True)) == set(group.sites())


def test_a_formation_that_is_not_public_tells_it_nothing(cast: Cast) -> None:
    carried_to(cast, "minuted")
    assert not Change.objects.exists()


def test_asking_for_and_confirming_a_recovery_changes_the_group_where_it_is_logged(cast: Cast) -> None:
    recovery = actions.request_recovery(cast.anggota.account, reason="Lupa frasa sandi.", by=cast.ketua)
    assert [change.site for change in Change.objects.all()] == [cast.group.site]
    actions.confirm_recovery(recovery, by=cast.anggota2)
    assert [change.site for change in Change.objects.all()] == [cast.group.site] * 2


def test_a_rule_changes_every_place_and_group_it_holds_in(cast: Cast) -> None:
    regency = cast.region.ancestors[1]
    given = {"source": "Perbup Pati", "edition": "2026", "since": today(), "by": cast.dinas}
    actions.set_region_setting(regency, "groups.label", "komunitas", **given)
    told = set(Change.objects.values_list("site", flat=True))
    assert told >= {*cast.group.sites(), *cast.other_group.sites()}


def midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def test_the_page_store_knows_the_day_after_a_decree_and_a_term_end(cast: Cast) -> None:
    ends = today() + timedelta(days=30)
    actions.admit(cast.group, name="Parto", credential="081200001234", role="anggota", ends=ends, by=cast.ketua)
    decree = Decree.objects.get(group=cast.group)
    told = Moment.objects.filter(site=cast.group.site).order_by("at").values_list("at", flat=True)
    assert list(told) == [midnight(ends + timedelta(days=1)), midnight(decree.ends + timedelta(days=1))]


def test_the_page_store_knows_when_a_group_falls_silent_and_is_ict_based_no_more(cast: Cast) -> None:
    given = {"source": "Perbup Pati", "edition": "2026", "since": today(), "by": cast.dinas}
    actions.set_region_setting(cast.region.ancestors[1], "groups.dormant_days", 90, **given)
    story = story_in("published", cast)
    told = set(Moment.objects.filter(site="nasional").values_list("at", flat=True))
    assert {story.published_at + timedelta(days=days) for days in (90, 180)} <= told


def test_a_new_rule_moves_the_day_a_group_falls_silent(cast: Cast) -> None:
    story = story_in("published", cast)
    given = {"source": "Perbup Pati", "edition": "2026", "since": today(), "by": cast.dinas}
    actions.set_region_setting(cast.region.ancestors[1], "groups.dormant_days", 90, **given)
    assert Moment.objects.filter(site=cast.group.site, at=story.published_at + timedelta(days=90)).exists()
