"""An office or a board changes hands: who goes says what is open, who comes says that they have it."""

from collections.abc import Mapping

from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.groups.models import Group, Handover, Office
from kentongan.groups.permissions.living import in_office, on_board


def hand_over(body: Office | Group, *, counts: Mapping[str, int], note: str = "", by: Person) -> Handover:
    """Hand over an office or the board of a group, with how many things of each kind are open."""
    handover = _of(body)
    handover.giver, handover.given_at, handover.note, handover.counts = by, timezone.now(), note, dict(counts)
    handover.given_as = _post(body, by)
    with act("groups.hand_over", on=handover, by=by) as handover:
        pass
    return handover


def take_over(handover: Handover, *, counts: Mapping[str, int], by: Person) -> Handover:
    """Say that one has seen what is open. What nobody handed over is taken over as it is found (`Handover.found`)."""
    if handover.pk is None:
        handover.counts = dict(counts)
    with act("groups.take_over", on=handover, by=by) as handover:
        handover.taker, handover.taken_at = by, timezone.now()
        handover.taken_as = _post(handover.group or handover.office, by)
    return handover


def _of(body: Office | Group) -> Handover:
    return Handover(group=body) if isinstance(body, Group) else Handover(office=body)


def _post(body: Office | Group | None, person: Person) -> str:
    """The post in which somebody acts there, as it is called today."""
    if isinstance(body, Group):
        return str(on_board(person, Handover(group=body)) or "")[:200]
    return str(in_office(person, body) or "")[:200]
