"""Background work of this room. Safe to run twice."""

import logging
import shutil

from django.db import DatabaseError

from kentongan.core.jobs import job
from kentongan.exchange import actions
from kentongan.exchange.models import Export
from kentongan.exchange.packing.book import pack as write_book
from kentongan.exchange.packing.nightly import write_open_data as write_files
from kentongan.exchange.reading.datasets import Kept
from kentongan.pages import store

FLOOR = 512 << 20
"""Bytes that stay free on the disk: an export is not made when there are fewer."""

logger = logging.getLogger(__name__)


@job
def pack(export: int) -> None:
    """Make the file of one export. What cannot be made says so to whoever asked, and leaves nothing behind."""
    row = Export.objects.select_related("group__region").get(pk=export)
    if row.state != Export.State.ASKED:
        return
    try:
        row.draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(row.draft.parent).free < FLOOR:
            raise OSError("too little room")
        packed = write_book(row.group, row.draft)
        row.draft.replace(row.file)
    except DatabaseError:
        raise  # the database is away: tried again
    except Exception:
        logger.exception("export %s was not made", export)
        row.draft.unlink(missing_ok=True)
        actions.fail(row)
        return
    actions.finish(row, size=packed.size, sha256=packed.sha256, contents=packed.contents)
    for older in Export.objects.filter(group=row.group, state=Export.State.READY, pk__lt=row.pk):
        actions.drop(older)


@job
def drop_lapsed() -> None:
    """Take away the files whose week is over, and what a killed worker left half-written."""
    for export in Export.objects.all().lapsed():
        actions.drop(export)
    for export in Export.objects.filter(state=Export.State.FAILED, size=0).order_by("-id")[:100]:
        export.draft.unlink(missing_ok=True)


@job
def write_open_data() -> None:
    """Write the open data; the page that lists it says so from now on."""
    write_files()
    store.changed("nasional")


@job
def write_first_open_data() -> None:
    """The same, when there is none yet: a new installation need not wait for the night."""
    if Kept().at is None:
        write_open_data()
