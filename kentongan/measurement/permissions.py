"""Who may write beside a figure: an office of the place, or one above it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.core.permissions import Rule
from kentongan.groups.models import GOVERNING, Appointment, Office, appointment_over, posts_of
from kentongan.measurement.models import Note


def post_for(person: Any, note: Note) -> Appointment | None:
    """The appointment by which somebody writes this note; beside the nation's figures the ministry's."""
    kinds = (*GOVERNING, Office.Kind.MINISTRY)
    if note.region is not None:
        return appointment_over(person, note.region, *kinds)
    posts = (post for post in posts_of(person) if isinstance(post, Appointment))
    return next((post for post in posts if post.office.kind == Office.Kind.MINISTRY), None)


def _offices_above(note: Note) -> Iterable[str]:
    return (str(note.region.label),) if note.region else (str(_("kementerian")),)


ABOVE = _("Catatan ditulis kantor pemerintah wilayah itu atau yang di atasnya.")
RULES = (Rule("measurement.write_note", post_for, ABOVE, _offices_above),)
