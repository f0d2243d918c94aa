"""OpenDocument spreadsheets (ISO/IEC 26300, .ods), read as they flow by. Standard library only."""

from datetime import date
from typing import IO, Final

from kentongan.registers.reading.book import Cell
from kentongan.registers.reading.findings import Filling, Findings, Refused
from kentongan.registers.reading.limits import MOST_COLUMNS, MOST_ROWS
from kentongan.registers.reading.parts import Flow, local, opened

_NUMBERS: Final = ("float", "percentage", "currency")


def read(file: IO[bytes], findings: Findings) -> None:
    """Every visible sheet into `findings`. Raises Refused."""
    with opened(file) as archive:
        flow, names = Flow(archive), set(archive.namelist())
        if "META-INF/manifest.xml" in names:
            flow.parse("META-INF/manifest.xml", _refuse_locked)
        flow.parse("content.xml", *_Document(findings).callbacks)


def _refuse_locked(tag: str, _attributes: dict[str, str]) -> None:
    if local(tag) == "encryption-data":
        raise Refused("locked")


class _Document:
    """The content as it flows by: styles that hide a sheet, then the sheets."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.callbacks = (self._start, self._end, self._text)
        self.hiding: set[str] = set()
        self.style = ""
        self.sheet: Filling | None = None
        self.row, self.row_times, self.column, self.cell_times = 0, 1, 0, 1
        self.cells: dict[int, Cell] = {}
        self.attributes: dict[str, str] = {}
        self.spans: tuple[int, int] = (1, 1)
        self.merged: list[tuple[int, int, int, int]] = []
        self.in_cell = self.in_text = False
        self.aside = 0
        self.lines: list[str] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name, given = local(tag), {local(key): value for key, value in attributes.items()}
        if name == "style":
            self.style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self.hiding.add(self.style)
        elif name == "table":
            self._begin_sheet(given)
        elif self.sheet is None:
            return
        elif name == "table-row":
            self.row_times, self.column, self.cells = _times(given, "number-rows-repeated"), 0, {}
        elif name in ("table-cell", "covered-table-cell"):
            self._begin_cell(name, given)
        elif self.in_cell:
            self._inside_cell(name, given)

    def _begin_sheet(self, given: dict[str, str]) -> None:
        name = given.get("name", "")[:100]
        self.row, self.merged = 0, []
        if given.get("style-name") in self.hiding or given.get("display") == "false":
            self.findings.note("hidden_sheet", sheet=name)
            self.sheet = None
        else:
            self.sheet = self.findings.begin(name)

    def _begin_cell(self, name: str, given: dict[str, str]) -> None:
        self.in_cell, self.lines, self.attributes = True, [], given if name == "table-cell" else {}
        self.cell_times = _times(given, "number-columns-repeated")
        self.spans = (_times(given, "number-rows-spanned"), _times(given, "number-columns-spanned"))

    def _inside_cell(self, name: str, given: dict[str, str]) -> None:
        if name == "annotation":
            self.aside += 1
        elif self.aside:
            return
        elif name == "p":
            self.in_text = True
            self.lines.append("")
        elif name in ("s", "tab", "line-break") and self.lines:
            self.lines[-1] += {"s": " ", "tab": " ", "line-break": "\n"}[name]

    def _end(self, tag: str) -> None:
        name = local(tag)
        if self.sheet is None:
            return
        if name == "annotation":
            self.aside -= 1
        elif name == "p" and not self.aside:
            self.in_text = False
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row(self.sheet)
        elif name == "table":
            self.sheet.end(self.merged)
            self.sheet = None

    def _end_cell(self) -> None:
        self.in_cell = False
        value = self._value()
        if value is not None:
            for column in range(self.column, min(self.column + self.cell_times, MOST_COLUMNS + 1)):
                self.cells[column] = value
            if self.spans != (1, 1):
                down, across = self.spans
                self.merged.append((self.row + 1, self.column, self.row + down, self.column + across - 1))
        self.column += self.cell_times

    def _end_row(self, sheet: Filling) -> None:
        if self.cells:
            if self.row_times > MOST_ROWS:
                raise Refused("rows", sheet=sheet.name)
            for number in range(self.row + 1, self.row + self.row_times + 1):
                sheet.add(number, self.cells)
        self.row += self.row_times

    def _text(self, piece: str) -> None:
        if self.in_text and not self.aside:
            self.lines[-1] += piece

    def _value(self) -> Cell:
        kind, given = self.attributes.get("value-type", ""), self.attributes
        shown = "\n".join(self.lines).strip()
        if kind in _NUMBERS:
            if shown.startswith(("#", "Err:")):
                return shown
            number = float(given.get("value", "0"))
            return int(number) if number == int(number) and abs(number) < 1e15 else number
        if kind == "date":
            return date.fromisoformat(given.get("date-value", "")[:10])
        if kind == "boolean":
            return given.get("boolean-value") == "true"
        return shown or given.get("string-value") or None


def _times(given: dict[str, str], key: str) -> int:
    return max(1, int(given.get(key, "1")))
