"""Lists as plain text: commas, semicolons or tabs; UTF-8, UTF-16 with its mark, or Windows-1252. Standard library only."""

import csv
import io
import re
from typing import IO, Final

from kentongan.registers.reading.findings import Findings, Refused
from kentongan.registers.reading.limits import MOST_LETTERS

SEPARATORS: Final = (";", ",", "\t")
_SAMPLE: Final = 40  # lines


def read(file: IO[bytes], findings: Findings) -> None:
    """The one sheet of a text file into `findings`. Raises Refused."""
    text = _decoded(file.read(), findings)
    told = re.match(r"sep=(.)\r?\n", text)  # what Excel itself understands
    separator = told[1] if told else _separator(text)
    csv.field_size_limit(50 * MOST_LETTERS * 100)
    sheet = findings.begin("CSV")
    reader = csv.reader(io.StringIO(text[told.end() :] if told else text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=2 if told else 1):
            sheet.add(number, {column: _unguarded(cell) for column, cell in enumerate(cells)})
    except csv.Error as broken:
        raise Refused("damaged") from broken
    sheet.end()


def _unguarded(cell: str) -> str:
    """Without the stroke our own exports put before what Excel would run (`documents.sheets`)."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in set("=+-@\t\r") else cell


def _decoded(content: bytes, findings: Findings) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        findings.note("encoding")
        return content.decode("cp1252", "replace").replace("\x00", "")


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the most columns, most evenly."""
    sample = "\n".join(text[:100_000].splitlines()[:_SAMPLE])
    return max(SEPARATORS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, separator: str) -> float:
    try:
        widths = [len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=separator) if any(cells)]
    except csv.Error:
        return 0
    several = sorted(width for width in widths if width > 1)
    if not several:
        return 0
    usual = several[len(several) // 2]
    return sum(width == usual for width in several) * min(usual, 12)
