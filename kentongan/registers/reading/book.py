"""What a spreadsheet becomes once read: sheets of rows of plain values. Knows no file formats and no tables."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

Cell = str | float | int | bool | date | None
"""A value as it stands in a sheet. A formula gives its last result; a broken one the sign Excel shows (`is_broken`)."""

UNCOUNTED: Final = "#KOSONG!"
"""What stands for a formula the program that wrote the file never worked out."""
_BROKEN: Final = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|BLOCKED!|FIELD!|CONNECT!|BUSY!|KOSONG!)|Err:\d{3}")


class Unreadable(Exception):
    """This file becomes no book; the sentence says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: `number` is the one the officer sees in Excel, from 1."""

    number: int
    cells: list[Cell]

    def cell(self, index: int) -> Cell:
        """The value in column `index`, from 0; None beyond the last filled one."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its filled rows in order, as wide as their last filled cell."""

    name: str
    rows: list[Row]

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """A read file: its visible sheets that hold anything, and sentences about what was left out or looked odd."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def is_broken(cell: Cell) -> bool:
    """Whether this is what Excel shows for a formula that fails, or one never worked out."""
    return isinstance(cell, str) and cell.startswith(("#", "Err:")) and bool(_BROKEN.fullmatch(cell))


def column_name(index: int) -> str:
    """The letters of a column: 0 → A, 26 → AA."""
    letters, left = "", index + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
