"""What is counted about groups: one table of facts that are true or false of ONE group, so that every tier counts the same thing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.groups.models.groups import Group
from kentongan.groups.models.terms import BOARD

RULE_VERSION = "2026-11"
"""The version of the table below. A changed test gets a new one, and the nightly count reckons every group anew."""
FORMED = ("decreed", "registered", "verified", "suspended")
"""Counted as formed [terbentuk]: with a decree, and not dissolved (domain/00)."""
BEFORE_DECREE = ("proposed", "socialised", "deliberated", "minuted")
DAYS_A_MONTH = 30.5
"""How many days a month of the rule `reconfirm_months` has, as on the group's own page."""

STEPS = {
    "akses": _("Akses: mencari dan menerima informasi"),
    "diskusi": _("Diskusi: membahasnya bersama"),
    "implementasi": _("Implementasi: menerapkannya"),
    "networking": _("Networking: berjejaring dengan KIM lain dan pemerintah"),
    "diseminasi": _("Diseminasi: menyebarkannya"),
    "aspirasi": _("Aspirasi: menyalurkan suara warga"),
    "prestasi": _("Prestasi: hasil yang diakui"),
}
"""The steps of ADINDA with Prestasi, in their order."""
SHOWN_STEPS = ("akses", "diskusi", "networking", "diseminasi")
"""Those that a room shows today: the others stay "belum bisa dihitung" until theirs is built."""

Term = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a group besides its own row, at the moment `now`."""

    now: datetime
    zone: ZoneInfo | None = None
    """Of the place: a term begins and ends at midnight there."""
    decrees: Sequence[Term] = ()
    """From when to when each decree that counts holds."""
    dated: Sequence[date] = ()
    board: Mapping[str, Sequence[Term]] = field(default_factory=dict)
    """The terms of those who hold each of the three offices of a board."""
    practised: Mapping[str, datetime] = field(default_factory=dict)
    """When each step of ADINDA was last taken."""

    @property
    def today(self) -> date:
        return timezone.localdate(self.now, self.zone)

    def holds(self, terms: Sequence[Term]) -> bool:
        """Whether one of these terms holds today."""
        return any(starts <= self.today and (ends is None or self.today <= ends) for starts, ends in terms)

    def beginning(self, day: date) -> datetime:
        """The first moment of a day there."""
        return timezone.make_aware(datetime.combine(day, time.min), self.zone)

    def within(self, moment: datetime | None, days: float) -> bool:
        """Whether a moment is less than so many days ago."""
        return moment is not None and self.now < moment + timedelta(days=days)


Test = Callable[[Group, Facts], bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """A fact of one group. `rule` is the setting of its region (without the room's name) on which the answer depends."""

    key: str
    label: Any
    test: Test
    rule: str = ""


def formed(group: Group, facts: Facts) -> bool:
    """With a decree, and not dissolved."""
    return group.state in FORMED


def recent(group: Group, facts: Facts) -> bool:
    """May publish, and did within the days of its region's rule."""
    return group.state in Group.PUBLISHING and facts.within(group.last_published_at, group.rules["dormant_days"])


def dormant(group: Group, facts: Facts) -> bool:
    """May publish, and did not within the days of its region's rule; a new group has as many days before it is called so."""
    last = group.last_published_at or group.public_since
    return group.state in Group.PUBLISHING and not facts.within(last, group.rules["dormant_days"])


def digital(group: Group, facts: Facts) -> bool:
    """Berbasis TIK as counted: verified, and a story within the days of its region's rule. Never typed (domain/00)."""
    return group.state == Group.State.VERIFIED and facts.within(group.last_published_at, group.rules["digital_days"])


def confirmed(group: Group, facts: Facts) -> bool:
    """Board and contact were confirmed within the months of its region's rule."""
    days = group.rules["reconfirm_months"] * DAYS_A_MONTH
    return group.state in Group.PUBLISHING and facts.within(group.last_confirmed_at or group.public_since, days)


def _practised(step: str) -> Test:
    def test(group: Group, facts: Facts) -> bool:
        return group.state in FORMED and facts.within(facts.practised.get(step), group.rules["practice_days"])

    return test


MEASURES = (
    Measure("formed", _("terbentuk (ber-SK)"), formed),
    Measure("decree_valid", _("SK masih berlaku"), lambda group, facts: formed(group, facts) and facts.holds(facts.decrees)),
    Measure(
        "board_complete",
        _("pengurus lengkap"),
        lambda group, facts: formed(group, facts) and all(facts.holds(facts.board.get(role, ())) for role in BOARD),
    ),
    Measure("verified", _("terverifikasi"), lambda group, facts: group.state == Group.State.VERIFIED),
    Measure("digital", _("berbasis TIK, terhitung"), digital, "digital_days"),
    Measure("stated_digital", _("berbasis TIK, dinyatakan"), lambda group, facts: formed(group, facts) and bool(group.stated_digital)),
    Measure("active", _("aktif menulis"), recent, "dormant_days"),
    Measure("dormant", _("diam"), dormant, "dormant_days"),
    Measure("confirmed", _("pengurus dan kontak ditegaskan"), confirmed, "reconfirm_months"),
    Measure("writing", _("pernah menulis"), lambda group, facts: formed(group, facts) and group.story_count > 0),
    Measure("forming", _("sedang dibentuk"), lambda group, facts: group.state in BEFORE_DECREE),
    Measure("suspended", _("dibekukan"), lambda group, facts: group.state == Group.State.SUSPENDED),
    Measure("dissolved", _("dibubarkan"), lambda group, facts: group.state == Group.State.DISSOLVED),
    *(Measure(f"adinda:{step}", label, _practised(step), "practice_days") for step, label in STEPS.items()),
)
COVERS = "covers"
"""This group is the one by which its village counts as covered: settled among the formed groups of a village, never by one alone."""
STORIES, MONTH = "stories", "formed:"
"""Counted besides: published stories of formed groups, and groups formed in a month (`formed:2026-11`, by their first decree)."""
RULES = tuple(sorted({f"groups.{measure.rule}" for measure in MEASURES if measure.rule}))
"""The settings on which some measure depends."""


def holds(group: Group, facts: Facts) -> list[str]:
    """The keys of what is true of this group now, but for COVERS."""
    return [measure.key for measure in MEASURES if measure.test(group, facts)]


def good_until(group: Group, facts: Facts) -> datetime | None:
    """The next moment at which time alone may change what is true of this group."""
    return min((moment for moment in _moments(group, facts) if moment > facts.now), default=None)


def _moments(group: Group, facts: Facts) -> Iterator[datetime]:
    for terms in (facts.decrees, *facts.board.values()):
        for starts, ends in terms:
            yield facts.beginning(starts)
            if ends:
                yield facts.beginning(ends + timedelta(days=1))
    rules = group.rules
    confirmed_for = rules["reconfirm_months"] * DAYS_A_MONTH
    spans = [
        *((group.last_published_at, rules[rule]) for rule in Group.LAPSES),
        (group.public_since, rules["dormant_days"]),
        (group.last_confirmed_at or group.public_since, confirmed_for),
        *((moment, rules["practice_days"]) for moment in facts.practised.values()),
    ]
    yield from (moment + timedelta(days=days) for moment, days in spans if moment)
