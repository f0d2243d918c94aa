"""What befalls a group that stands: suspension, dissolution, its profile, whether it is awake."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.groups.actions.inner import told
from kentongan.groups.models import (
    Group,
)


def ask_dissolution(group: Group, *, reason: str, appeal_to: str, by: Person) -> Group:
    """The first officer asks; nothing ends until a second one confirms."""
    with act("groups.ask_dissolution", on=group, by=by) as group:
        group.dissolution_reason, group.appeal_to, group.dissolution_asked_by = reason, appeal_to, by
        group.note_step("ask_dissolution", by, note=reason)
        told(group)
    return group


def refuse_dissolution(group: Group, *, by: Person) -> Group:
    """Any officer of the regency takes the question back."""
    with act("groups.refuse_dissolution", on=group, by=by) as group:
        group.dissolution_reason, group.dissolution_asked_by = "", None
        group.note_step("refuse_dissolution", by)
    return group


def dissolve(group: Group, *, by: Person) -> Group:
    """The second officer confirms. Posts end; what was published stays."""
    with act("groups.dissolve", on=group, by=by) as group:
        group.unseat_everyone(_("KIM dibubarkan"))
        group.dissolved_on = group.today
        group.note_step("dissolve", by, note=group.dissolution_reason)
        told(group)
    return group


def update_profile(
    group: Group, *, about: str, secretariat: str, contact: str, founded_on: date | None, fields: Sequence[str], by: Person
) -> Group:
    """Change what the group says about itself."""
    with act("groups.update_profile", on=group, by=by) as group:
        group.about, group.secretariat, group.contact = about, secretariat, contact
        group.founded_on, group.fields = founded_on, list(fields)
        told(group)
    return group


def confirm_board(group: Group, *, by: Person) -> Group:
    """Say that board and contact are still right; asked every half-year."""
    with act("groups.confirm_board", on=group, by=by) as group:
        group.last_confirmed_at, group.last_confirmed_by = timezone.now(), by
        told(group)
    return group


def warn_of_sleep(group: Group) -> Group:
    """By the clock: nothing has happened here for so long that the site will be read only."""
    with act("groups.warn_of_sleep", on=group, by=CLOCK) as group:
        group.sleep_warned_at = timezone.now()
    return group


def stir(group: Group) -> Group:
    """By the clock: something happened since the warning."""
    with act("groups.stir", on=group, by=CLOCK) as group:
        group.sleep_warned_at = None
    return group


def fall_asleep(group: Group) -> Group:
    """By the clock: the site is read only until somebody of the board wakes it. Nothing is taken away."""
    with act("groups.fall_asleep", on=group, by=CLOCK) as group:
        group.asleep_since = timezone.now()
        told(group)
    return group


def wake(group: Group, *, by: Person) -> Group:
    """Say "kami masih aktif": everything is open again."""
    with act("groups.wake", on=group, by=by) as group:
        group.last_awake_at, group.sleep_warned_at, group.asleep_since = timezone.now(), None, None
        told(group)
    return group
