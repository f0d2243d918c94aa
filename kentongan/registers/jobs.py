"""What happens to an import while its page says "masih dibaca". Safe to run twice: each looks first whether it is still its turn.

A job that breaks puts the import back where its officer left it, with a sentence; nothing it did remains.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kentongan.core.errors import Refused
from kentongan.core.jobs import job
from kentongan.registers import actions, settling
from kentongan.registers.models import Import, ImportRow
from kentongan.registers.reading import files
from kentongan.registers.reading.book import Unreadable

log = logging.getLogger(__name__)


@job
def read(importing: int) -> None:
    """Read the file, and guess what its columns mean."""
    with turn(importing, Import.State.UPLOADED) as row:
        if row is None:
            return
        try:
            book = files.read(row.file, row.name)
        except Unreadable as refused:
            actions.refuse(row, sentence=refused.sentence)
            return
        actions.read(row, sheets=settling.sheets_of(row, book), notes=book.notes)


@job
def judge(importing: int) -> None:
    """Compare every row with the register, by the columns the officer chose."""
    with turn(importing, Import.State.JUDGING) as row:
        if row is None:
            return
        rows, sheets = settling.judged(row)
        calm = {ImportRow.Verdict.SAME, ImportRow.Verdict.REFUSED}
        if rows and {one.verdict for one in rows} <= calm and any(one.verdict == ImportRow.Verdict.SAME for one in rows):
            actions.find_same(row, rows=rows, sheets=sheets)
        else:
            actions.preview(row, rows=rows, sheets=sheets)


@job
def save(importing: int) -> None:
    """Take all rows in, in one transaction, in the name of who confirmed it and only while they still may."""
    with turn(importing, Import.State.SAVING) as row:
        if row is None:
            return
        try:
            actions.save(row, by=row.decider)
        except actions.Moved as moved:
            actions.look_again(row, rows=moved.rows, sentence=moved.sentence)


@job
def take_back(importing: int) -> None:
    """Take back what was saved and nobody touched since."""
    with turn(importing, Import.State.UNDOING) as row:
        if row is not None:
            actions.take_back(row, by=row.decider)


@job
def forget() -> None:
    """Delete files that are kept long enough, what they said of people, and files no import knows."""
    for importing in Import.objects.to_forget():
        actions.forget(importing)
    known = set(Import.objects.filter(forgotten_at=None).exclude(state=Import.State.DROPPED).values_list("key", flat=True))
    for file in (Path(settings.MEDIA_ROOT) / "registers").glob("*"):
        if file.name not in known:
            file.unlink(missing_ok=True)


@contextmanager
def turn(importing: int, state: str) -> Iterator[Import | None]:
    """The import, if it still waits for this job; None when it was done already. What breaks puts it back, with a sentence."""
    row = Import.objects.select_related("region", "office__region", "by", "decided_by").filter(pk=importing, state=state).first()
    try:
        yield row
    except Refused as refused:
        _stumbled(importing, state, refused.sentence)
    except Exception:
        log.exception("import %s broke while it was %s", importing, state)
        _stumbled(importing, state, _("Ada yang rusak di pihak kami, dan tidak ada yang tersimpan. Coba sekali lagi."))


def _stumbled(importing: int, state: str, sentence: str) -> None:
    row = Import.objects.filter(pk=importing, state=state).first()
    if row is not None:
        actions.stumble(row, sentence=sentence)
