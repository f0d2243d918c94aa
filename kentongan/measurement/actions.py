"""What offices do with figures: nothing but say something beside them."""

from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import BadRequest, NotNow
from kentongan.measurement.models import BY_KEY, Note
from kentongan.measurement.permissions import post_for
from kentongan.regions.models import Region


def write_note(region: Region | None, *, indicator: str, period: str, text: str, corrects: Note | None = None, by: Person) -> Note:
    """Say something beside a figure of a place; with `corrects` it stands under an earlier note of the same figure.

    Raises NotAllowed for who serves in no office of the place or above it, NotNow for an empty or too long text, BadRequest for another
    figure or place than the corrected note's.
    """
    note = Note(region=region, indicator=indicator, period=period.strip()[:40], text=text.strip(), corrects=corrects, by=by)
    if indicator not in BY_KEY or (corrects and (corrects.indicator, corrects.region_id) != (indicator, region.pk if region else None)):
        raise BadRequest(_("Catatan ini bukan untuk angka itu."))
    if not note.text or len(note.text) > Note.MOST:
        raise NotNow(_("Tulis catatannya, paling banyak 1.000 huruf."))
    post = post_for(by, note)
    note.office_id = post.office_id if post else 0
    with act("measurement.write_note", on=note, by=by) as note:
        note.show()
    return note
