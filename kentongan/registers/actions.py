"""What officers do with a register on its way in, and what jobs find out about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import BATCH, act
from kentongan.core.actors import CLOCK
from kentongan.core.errors import BadRequest, NotNow
from kentongan.core.jobs import enqueue
from kentongan.groups.models import Office
from kentongan.regions.models import Region
from kentongan.registers import settling
from kentongan.registers.models import SKIP, Heading, Import, ImportRow


class Moved(NotNow):
    """The register changed since the officer looked: `rows` are judged anew, and nothing was saved."""

    def __init__(self, sentence: str, rows: Sequence[ImportRow]) -> None:
        super().__init__(sentence)
        self.rows = rows


def upload(upload: UploadedFile, *, office: Office, region: Region, by: Person) -> Import:
    """Keep a file for a job to read. Raises NotAllowed, BadRequest when there is no room."""
    with act("registers.upload", on=Import.drawn_up(upload, office=office, region=region, by=by), by=by) as importing:
        importing.keep(upload)
        enqueue("registers.read", importing=importing.pk)
    return importing


def read(importing: Import, *, sheets: list[dict[str, Any]], notes: Sequence[str]) -> Import:
    """By the job: what the file holds, and what its columns seem to mean."""
    with act("registers.read", on=importing, by=CLOCK) as importing:
        importing.sheets, importing.notes, importing.sentence, importing.read_at = sheets, list(notes), "", timezone.now()
    return importing


def refuse(importing: Import, *, sentence: str) -> Import:
    """By the job: this file cannot be read, and why. It is not kept."""
    with act("registers.refuse", on=importing, by=CLOCK) as importing:
        importing.sentence = sentence
        importing.file.unlink(missing_ok=True)
    return importing


def map_columns(importing: Import, *, chosen: Sequence[Mapping[str, str]], ranks: Sequence[str], by: Person) -> Import:
    """Say what each column means (for each sheet, column key → field, "" to leave it out); the office's words are remembered.

    `ranks` is, for each sheet, who issued the decrees that do not say. Raises NotNow when a needed field has no column.
    """
    with act("registers.map", on=importing, by=by) as importing:
        importing.sheets = settling.mapped(importing.sheets, chosen, ranks)
        for sheet, columns in zip(importing.sheets, chosen, strict=True):
            Heading.remember(importing.office, sheet["kind"], dict(columns))
        importing.sentence = ""
        enqueue("registers.judge", importing=importing.pk)
    return importing


def preview(importing: Import, *, rows: Sequence[ImportRow], sheets: list[dict[str, Any]]) -> Import:
    """By the job: every row with what would happen to it."""
    with act("registers.preview", on=importing, by=CLOCK) as importing:
        importing.sheets = sheets
        _replace_rows(importing, rows)
    return importing


def find_same(importing: Import, *, rows: Sequence[ImportRow], sheets: list[dict[str, Any]]) -> Import:
    """By the job: nothing in the file is news."""
    with act("registers.find_same", on=importing, by=CLOCK) as importing:
        importing.sheets = sheets
        _replace_rows(importing, rows)
    return importing


def choose(importing: Import, *, choices: Mapping[int, str], by: Person) -> Import:
    """Settle doubtful rows, by id: one of the row's candidates, SKIP, or "" to leave it open. Raises BadRequest for another value.

    What one row turns out to be may make another one doubtful: all are judged again.
    """
    with act("registers.choose", on=importing, by=by) as importing:
        rows = list(importing.rows.order_by("place", "number", "id"))
        before = {row.pk: settling.outlook(row) for row in rows}
        for row in rows:
            if row.asked and choices.get(row.pk, row.choice) != row.choice:
                if choices[row.pk] not in ("", SKIP, *(one["value"] for one in row.candidates)):
                    raise BadRequest(_("Pilihan di baris %(n)s tidak ada. Muat ulang halamannya.") % {"n": row.number})
                row.choice, before[row.pk] = choices[row.pk], ()
        settling.settle(importing, rows)
        for row in rows:
            if settling.outlook(row) != before[row.pk]:
                row.save()
    return importing


def confirm(importing: Import, *, by: Person) -> Import:
    """Say yes to what the preview shows; a job takes all of it in, or nothing."""
    with act("registers.confirm", on=importing, by=by) as importing:
        importing.decided_by, importing.sentence = by, ""
        enqueue("registers.save", importing=importing.pk)
    return importing


def save(importing: Import, *, by: Person) -> Import:
    """By the job, in the name of who confirmed: every row, in one transaction. Raises Moved when the register changed meanwhile."""
    with act("registers.save", on=importing, by=by) as importing:
        importing.hold_registers()
        rows = list(importing.rows.order_by("place", "number", "id"))
        seen = [settling.outlook(row) for row in rows]
        settled = settling.settle(importing, rows)
        for row, before in zip(rows, seen, strict=True):
            row.moved = settling.outlook(row) != before
        if any(row.moved for row in rows):
            raise Moved(_("Register berubah sesudah Anda melihatnya, jadi belum ada yang disimpan. Baris yang berubah ditandai."), rows)
        settling.take_in(importing, rows, settled, by)
        _replace_rows(importing, rows)
        importing.confirmed_at, importing.sentence = timezone.now(), ""
    return importing


def look_again(importing: Import, *, rows: Sequence[ImportRow], sentence: str) -> Import:
    """By the job: what the officer had seen is not what is there now; it is shown anew."""
    with act("registers.look_again", on=importing, by=CLOCK) as importing:
        _replace_rows(importing, rows)
        importing.sentence = sentence
    return importing


def undo(importing: Import, *, reason: str, by: Person) -> Import:
    """Ask that what was saved be taken back; a job does it at once. Raises NotNow when the day is over."""
    with act("registers.undo", on=importing, by=by) as importing:
        importing.decided_by, importing.reason, importing.sentence = by, reason, ""
        enqueue("registers.take_back", importing=importing.pk)
    return importing


def take_back(importing: Import, *, by: Person) -> Import:
    """By the job, in the name of who asked: what nobody touched since goes back; the rest is left and said."""
    with act("registers.take_back", on=importing, by=by) as importing:
        importing.hold_registers()
        rows = list(importing.rows.order_by("place", "number", "id").select_related("group__region"))
        settling.take_back(rows, by)
        _replace_rows(importing, rows)
        importing.undone_at = timezone.now()
    return importing


def stumble(importing: Import, *, sentence: str) -> Import:
    """By the job that broke or was refused: back to where the officer left it, with why."""
    with act("registers.stumble", on=importing, by=CLOCK) as importing:
        importing.sentence = sentence
    return importing


def drop(importing: Import, *, by: Person) -> Import:
    """Throw the file away, with everything read of it. Nothing had been saved."""
    with act("registers.drop", on=importing, by=by) as importing:
        importing.rows.all().delete()
        importing.forget()
    return importing


def forget(importing: Import) -> Import:
    """By the clock: the file was kept long enough, and so was what it says of people."""
    with act("registers.forget", on=importing, by=CLOCK) as importing:
        importing.forget()
    return importing


def _replace_rows(importing: Import, rows: Sequence[ImportRow]) -> None:
    """These rows in place of those there are."""
    importing.rows.all().delete()
    for row in rows:
        row.pk, row.importing = None, importing
        row._state.adding = True
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    importing.judged_at = importing.judged_at or timezone.now()
    importing.__dict__.pop("_tally", None)
