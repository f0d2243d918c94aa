"""What is found in a file while it is read, within the bounds. Standard library only: this runs in the reading process."""

from dataclasses import dataclass, field
from typing import Any, Final

from kentongan.registers.reading.book import UNCOUNTED, Cell, is_broken
from kentongan.registers.reading.limits import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, MOST_SHEETS
from kentongan.ui.unseen import one_line


class Refused(Exception):
    """No book: `reason` is a key of `files._sentence`, `about` what its sentence names."""

    def __init__(self, reason: str, **about: Any) -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about


MOST_NOTES: Final = 40


@dataclass
class Findings:
    """What was read so far: sheets as (name, rows), notes as (kind, what their sentence names)."""

    sheets: list[dict[str, Any]] = field(default_factory=list)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def note(self, kind: str, **about: Any) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append((kind, about))

    def begin(self, name: str) -> "Filling":
        """A new visible sheet. Raises Refused when there are too many."""
        if len(self.sheets) >= MOST_SHEETS:
            raise Refused("large")
        sheet = Filling(self, name[:100])
        self.sheets.append({"name": sheet.name, "rows": sheet.rows})
        return sheet


@dataclass
class Filling:
    """A sheet as it fills, within the bounds: empty rows cost nothing, too many filled ones are refused, too long or too wide is noted."""

    findings: Findings
    name: str
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    wide: bool = False
    hidden: int = 0
    signs: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, number: int, cells: dict[int, Cell]) -> None:
        """A row by its number, its values by column from 0. Empty values are dropped. Raises Refused."""
        kept = {column: self._bounded(number, column, value) for column, value in cells.items() if value is not None}
        kept = {column: value for column, value in kept.items() if value is not None}
        if not kept:
            return
        if len(self.rows) >= MOST_ROWS:
            raise Refused("rows", sheet=self.name)
        self.rows.append((number, [kept.get(column) for column in range(max(kept) + 1)]))

    def _bounded(self, number: int, column: int, value: Cell) -> Cell:
        if column >= MOST_COLUMNS:
            self.wide = self.wide or value != ""
            return None
        if not isinstance(value, str):
            return value
        value = _plain(value)
        if len(value) > MOST_LETTERS:
            self.findings.note("long_cell", sheet=self.name, at=(number, column), n=len(value))
            value = value[:MOST_LETTERS]
        if value.startswith(("#", "Err:")) and is_broken(value):
            self.signs.setdefault("uncounted" if value == UNCOUNTED else "broken", [0, (number, column), value])[0] += 1
        return value or None

    def end(self, merged: list[tuple[int, int, int, int]] = ()) -> None:  # type: ignore[assignment]
        """The sheet is read: merged cells get their value everywhere (first row, first column, last row, last column; rows from 1)."""
        self._spread(merged)
        if not self.rows:
            self.findings.note("empty_sheet", sheet=self.name)
        if self.wide:
            self.findings.note("wide", sheet=self.name)
        if self.hidden:
            self.findings.note("hidden_rows", sheet=self.name, n=self.hidden)
        for kind, (n, at, sign) in self.signs.items():
            self.findings.note(kind, sheet=self.name, n=n, at=at, sign=sign)

    def _spread(self, merged: list[tuple[int, int, int, int]]) -> None:
        """Write the value of a merged range into its filled rows."""
        by_number = dict(self.rows)
        for top, left, bottom, right in merged:
            source = by_number.get(top)
            value = source[left] if source is not None and left < len(source) else None
            if value is None or right >= MOST_COLUMNS:
                continue
            for number in range(top, min(bottom, top + MOST_ROWS) + 1):
                cells = by_number.get(number)
                if cells is None:
                    continue
                cells.extend([None] * (right + 1 - len(cells)))
                for column in range(left, right + 1):
                    if cells[column] is None:
                        cells[column] = value


def _plain(text: str) -> str:
    """Without signs nobody sees and odd spaces; lines stay lines."""
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = (one_line(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
