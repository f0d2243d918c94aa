"""Who may look at what was found. The clock lays holds and raises alarms; only people of the group lift them: no office stands here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.models import membership_of
from kentongan.newsroom.models import Hold
from kentongan.newsroom.workflow.stories import DESK, Role, group_of

SCAN = "pemeriksaan otomatis"
"""The capacity of the clock."""
LOOKS = (*DESK, Role.KETUA, Role.SEKRETARIS)


def nobody(person: Person, thing: Any) -> Any:
    """No person does this: only the check itself."""
    return None


def second_on_hold(person: Person, hold: Hold) -> Any:
    """A checker or editor who wrote none of these words."""
    return None if hold.wrote(person) else membership_of(person, hold.story.group, *DESK)


def others_of_the_desk(hold: Hold) -> list[str]:
    """Who can look: checkers and editors who wrote none of it."""
    rows = [row for row in hold.story.group.people if row.role in DESK and not hold.wrote(row.person)]
    return [f"{row.person.name} ({row.get_role_display().lower()})" for row in rows[:4]]


def looking(person: Person, alarm: Any) -> Any:
    """Somebody of the desk or the board of the group whose page it is."""
    return membership_of(person, alarm.group, *LOOKS)


def desk_of(alarm: Any) -> list[str]:
    """Who can look at an alarm."""
    rows = [row for row in group_of(alarm).people if row.role in LOOKS]
    return [f"{row.person.name} ({row.get_role_display().lower()})" for row in rows[:4]]


ONLY_THE_CHECK = _("Ini dikerjakan pemeriksaan otomatis, bukan orang.")
SECOND = _("Yang melihat adalah pemeriksa atau redaktur KIM ini yang tidak ikut menulisnya. Instansi tidak bisa menahan atau melepas.")
LOOKERS = _("Hanya redaktur, pemeriksa, ketua atau sekretaris KIM ini. Instansi membaca jawabannya.")

RULES = (
    Rule("newsroom.hold", nobody, ONLY_THE_CHECK, clock=SCAN),
    Rule("newsroom.hold_again", nobody, ONLY_THE_CHECK, clock=SCAN),
    Rule("newsroom.let_go", nobody, ONLY_THE_CHECK, clock=SCAN),
    Rule("newsroom.release_hold", second_on_hold, SECOND, others_of_the_desk),
    Rule("newsroom.uphold_hold", second_on_hold, SECOND, others_of_the_desk),
    Rule("newsroom.raise_alarm", nobody, ONLY_THE_CHECK, clock=SCAN),
    Rule("newsroom.close_alarm", looking, LOOKERS, desk_of),
)
