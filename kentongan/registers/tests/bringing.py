"""Registers as files, and an import carried as far as a test needs it, by the verbs and the jobs."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

from kentongan.core.jobs import run_pending
from kentongan.groups.models import Office
from kentongan.regions.models import Region
from kentongan.regions.tests.factories import region_chain
from kentongan.registers import actions
from kentongan.registers.models import Import
from tests.cast import Cast

HEAD = ("Nama KIM", "Desa", "Kecamatan", "Kode wilayah", "Nomor SK", "Tanggal SK", "Penerbit SK", "Berlaku sampai", "Ketua", "Sekretaris")
BUMIAYU, WATUROYO = "33.18.15.2001", "33.18.16.2017"
"""Two villages of the regency without a group."""
DECREED = ("KIM Bumiayu", "Bumiayu", "Wedarijaksa", BUMIAYU, "141/12/2025", "02-01-2025", "Kepala Desa", "31-12-2027", "Endah", "Parno")
NO_DECREE = ("KIM Tunas", "Waturoyo", "Margoyoso", WATUROYO, "", "", "", "", "Warti", "")
DOUBTFUL = ("KIM Sumber Rejeki", "Bermi", "Gembong", "33.18.13.2001", "", "", "", "", "", "")
"""Bermi has a group of another name."""
BERMI = ("KIM Bermi", "Bermi", "Gembong", "33.18.13.2001", "", "", "", "", "Endah", "")
"""The group of the cast in Bermi, with a ketua nobody knew."""


def workbook(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, more: dict[str, list[tuple[Any, ...]]] | None = None) -> bytes:
    """A workbook with one sheet "KIM" of these rows, and more sheets by name."""
    kept = BytesIO()
    with Workbook(kept, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # the same rows are the same file
        for name, lines in {"KIM": [head, *rows], **(more or {})}.items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(lines):
                sheet.write_row(at, 0, line)
    return kept.getvalue()


def sent(content: bytes | Path, name: str = "register.xlsx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content.read_bytes() if isinstance(content, Path) else content)


def pati(cast: Cast) -> Region:
    """The regency of the cast, with two more villages."""
    for code in (BUMIAYU, WATUROYO):
        region_chain(code)
    return Region.objects.get(code="33.18")


def brought(cast: Cast, *rows: tuple[Any, ...], by: Any = None, content: bytes | Path | None = None, **more: Any) -> Import:
    """An import that was read: its columns wait."""
    by = by or cast.dinas
    office = Office.objects.get(appointments__person=by)
    region = more.pop("region", None) or pati(cast)
    importing = actions.upload(sent(content or workbook(*rows, **more)), office=office, region=region, by=by)
    run_pending()
    return fresh(importing)


def mapped(importing: Import, by: Any, rank: str = "") -> Import:
    """The columns as they were guessed, said yes to; the rows are judged."""
    chosen = [{column["key"]: column["field"] for column in sheet["columns"] if not column["never"]} for sheet in importing.sheets]
    actions.map_columns(importing, chosen=chosen, ranks=[rank] * len(chosen), by=by)
    run_pending()
    return fresh(importing)


def previewed(cast: Cast, *rows: tuple[Any, ...], by: Any = None, **more: Any) -> Import:
    """An import whose rows are judged."""
    by = by or cast.dinas
    return mapped(brought(cast, *rows, by=by, **more), by)


def saved(cast: Cast, *rows: tuple[Any, ...], by: Any = None, **more: Any) -> Import:
    """An import that was confirmed and taken in."""
    return confirmed(previewed(cast, *rows, by=by, **more), by or cast.dinas)


def confirmed(importing: Import, by: Any) -> Import:
    """Said yes to, and the job has run."""
    actions.confirm(importing, by=by)
    run_pending()
    return fresh(importing)


def undone(importing: Import, by: Any) -> Import:
    """Taken back, and the job has run."""
    actions.undo(importing, reason="Salah berkas", by=by)
    run_pending()
    return fresh(importing)


def fresh(importing: Import) -> Import:
    """The import as it is stored now."""
    return Import.objects.select_related("region", "office").get(pk=importing.pk)


def verdicts(importing: Import) -> dict[int, str]:
    """What is thought of each row, by its number in Excel."""
    return dict(importing.rows.values_list("number", "verdict"))
