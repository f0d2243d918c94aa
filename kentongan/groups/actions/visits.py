"""Guidance: an office notes it, plans the next one, the group adds its own remark."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import NotNow
from kentongan.groups.models import Group, Visit
from kentongan.groups.permissions.living import guiding


def note_visit(
    group: Group,
    *,
    on: date,
    kind: str,
    found: str,
    agreed: str = "",
    next_on: date | None = None,
    seen: Sequence[str] = (),
    by: Person,
) -> Visit:
    """Write down a visit of the office `by` serves in, and which of the things the group says it has were seen there."""
    if on > group.today:
        raise NotNow(_("Tanggal itu belum tiba. Catat pembinaan sesudah terjadi; rencananya ditulis di “berikutnya”."))
    visit = Visit(group=group, on=on, kind=kind, found=found, agreed=agreed, next_on=next_on)
    post = guiding(by, visit)
    if post:  # else `act` refuses below
        visit.office, visit.post = post.office, str(post)[:200]
    with transaction.atomic():
        with act("groups.note_visit", on=visit, by=by) as visit:
            visit.count()
        for listed in group.items.filter(name__in=seen, state__in=("stated", "seen")):
            with act("groups.see_item", on=listed, by=by) as item:
                item.seen_in = visit
    return visit


def replan_visit(visit: Visit, *, next_on: date | None, by: Person) -> Visit:
    """Another day for the next visit, or none."""
    with act("groups.replan_visit", on=visit, by=by) as visit:
        visit.next_on = next_on
    return visit


def remark_on_visit(visit: Visit, *, remark: str, by: Person) -> Visit:
    """What the group itself says of a visit, beside the office's words."""
    with act("groups.remark_on_visit", on=visit, by=by) as visit:
        visit.remark, visit.remark_by, visit.remark_at = remark, by, timezone.now()
    return visit
