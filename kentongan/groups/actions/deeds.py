"""A group's own papers: one member writes, another confirms. None changes a role: an election's paper leads to where that is done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import NotNow
from kentongan.groups.models import Deed, Group
from kentongan.media.models import Paper


def write_deed(
    group: Group,
    *,
    kind: str,
    title: str,
    on: date,
    attendance: int | None = None,
    text: str = "",
    decisions: str = "",
    files: Sequence[Any] = (),
    by: Person,
) -> Deed:
    """Keep a paper of the group, as words or as photos or PDFs of its pages."""
    if on > group.today:
        raise NotNow(_("Tanggal itu belum tiba. Catat naskahnya sesudah terjadi."))
    deed = Deed(group=group, kind=kind, title=title, on=on, attendance=attendance, text=text, decisions=decisions, written_by=by)
    deed.brings_files = bool(files)
    with act("groups.write_deed", on=deed, by=by) as deed:
        for number, upload in enumerate(files, start=1):
            deed.files.create(paper=Paper.receive(upload), number=number)
    return deed


def confirm_deed(deed: Deed, *, by: Person) -> Deed:
    """Another member stands for it: so it was."""
    with act("groups.confirm_deed", on=deed, by=by) as deed:
        deed.confirmed_by, deed.confirmed_at = by, timezone.now()
    return deed


def take_back_deed(deed: Deed, *, reason: str, by: Person) -> Deed:
    """Withdraw a paper nobody confirmed yet; it stays readable with the reason."""
    with act("groups.take_back_deed", on=deed, by=by) as deed:
        deed.reason = reason
    return deed
