"""Rows to a workbook or to CSV. What people wrote stays text: no formula, no link, no number made of a code.

One `Sheet` gives both files. A cell is what it is in Python: `int`, `float`, `Decimal` are numbers, `date` and `datetime` dates of the
spreadsheet, `bool` is ya or tidak, `None` an empty cell, and a `str` stays a string however it looks: codes and phone numbers are strings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | date | datetime | bool | None

CELL_MOST = 32_767
"""Letters a cell of a workbook can hold (Excel specifications and limits); a longer text is cut and ends with "…"."""
ROWS_MOST = 1_048_575
"""Rows a sheet can hold below its heading; more raise ValueError."""
MEASURED = 200
"""Rows looked at to choose the widths of columns: after that a workbook is written row by row and keeps nothing in memory."""
NARROWEST, WIDEST = 8, 60
NUMBER_EXACT = 10**15
"""A spreadsheet keeps fifteen digits: a larger whole number is written as text."""
DATES_FROM = date(1900, 3, 1)
"""Spreadsheets disagree about days before: they are written as text, year first."""
QUOTED = (",", ";", '"', "\t", "\r", "\n", "'")
"""What puts a CSV cell between quotes: also `;`, at which spreadsheets set to Indonesian cut a line."""
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First letters that make a spreadsheet run a CSV cell (OWASP, CSV Injection)."""
MADE = datetime(2000, 1, 1)
"""Written into every workbook as its day of making: the same rows give the same bytes."""
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Sheet:
    """A table with one heading row. `rows` may be a generator: it is walked once. `notes` stand above the heading, one line each."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = field(default=())


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook: bold heading row that stays in sight, real dates, widths that fit. Raises ValueError at more rows than a sheet holds."""
    with TemporaryDirectory(prefix="sheet-") as folder:
        kept = BytesIO()
        write_xlsx(sheets, kept, folder)
        return kept.getvalue()


def write_xlsx(sheets: Sequence[Sheet], to: Any, folder: str | Path) -> None:
    """The same into an open binary file or a path; rows wait on disk in `folder`, so memory does not grow with them."""
    book = Workbook(
        to,
        {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": MADE})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "note": book.add_format({"italic": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        _written(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, formats)
    book.close()


def csv(sheet: Sheet) -> bytes:
    """UTF-8 without a mark, commas, one heading row; a cell that a spreadsheet would run gets a leading `'`. Notes are left out."""
    return b"".join(csv_lines(sheet))


def csv_lines(sheet: Sheet) -> Iterator[bytes]:
    """The same, a piece at a time, for long ones."""
    for row in chain([sheet.head], sheet.rows):
        yield (",".join(_quoted(_plain(cell)) for cell in row) + "\r\n").encode()


def _written(page: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, MEASURED))
    for column, width in enumerate(_widths(sheet.head, first)):
        page.set_column(column, column, width)
    for line, note in enumerate(sheet.notes):
        page.write_string(line, 0, _fitting(note), formats["note"])
    top = len(sheet.notes)
    for column, title in enumerate(sheet.head):
        page.write_string(top, column, _fitting(title), formats["head"])
    page.freeze_panes(top + 1, 0)
    number = top
    for number, row in enumerate(chain(first, rows), start=top + 1):
        if number > ROWS_MOST:
            raise ValueError(_("Barisnya lebih banyak daripada yang muat di satu lembar. Saring daftarnya dulu."))
        for column, cell in enumerate(row):
            _write_cell(page, number, column, cell, formats)
    if number > top:
        page.autofilter(top, 0, number, len(sheet.head) - 1)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Format]) -> None:
    """Each kind by its own method: `write` would guess."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_string(row, column, _plain(cell))
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, _local(cell), formats["moment"])
    elif isinstance(cell, date) and cell >= DATES_FROM:
        page.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, int | float | Decimal) and -NUMBER_EXACT < cell < NUMBER_EXACT:  # never true of inf or nan
        page.write_number(row, column, cell)
    else:
        page.write_string(row, column, _fitting(str(cell)))


def _plain(cell: Cell) -> str:
    """What stands in a CSV: days and times as ISO 8601, text disarmed."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(_("ya") if cell else _("tidak"))
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, str):
        text = _legal(cell)
        return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
    return str(cell)


def _quoted(text: str) -> str:
    """A cell of RFC 4180."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in QUOTED) else text


def _local(moment: datetime) -> datetime:
    """A spreadsheet knows no zones: the wall clock of the zone the value carries, Jakarta's when it is in UTC."""
    if moment.tzinfo is UTC:
        moment = moment.astimezone(ZoneInfo("Asia/Jakarta"))
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _fitting(text: str) -> str:
    text = _legal(text)
    return text if len(text) <= CELL_MOST else text[: CELL_MOST - 1] + "…"


def _legal(text: str) -> str:
    """Without letters no file of this kind may hold (C0 controls, half pairs): one of them makes a workbook unreadable."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n\r" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )


def _widths(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    widths = [len(title) for title in head]
    for row in rows:
        for column, cell in enumerate(row[: len(widths)]):
            longest = 10 if isinstance(cell, date) else max(map(len, str("" if cell is None else cell).splitlines()), default=0)
            widths[column] = max(widths[column], longest)
    return [min(max(width + 2, NARROWEST), WIDEST) for width in widths]


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 letters, none of []:*?/\\, no quote at an end, each once (Excel's rule)."""
    base = " ".join(_legal(name).translate(NOT_IN_A_NAME).split()).strip("'")[:31] or _("Lembar")
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 30 - len(str(number))]} {number}"
    taken.add(name.casefold())
    return name
