"""Excel's own format (ECMA-376, .xlsx and .xlsm), read as it flows by: a stray cell in the last row costs nothing, errors are seen.

Nothing is run: formulas give the result the file carries, macros and links to elsewhere are not looked at. Standard library only.
"""

import posixpath
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import IO, Final

from kentongan.registers.reading.book import UNCOUNTED, Cell
from kentongan.registers.reading.findings import Filling, Findings, Refused
from kentongan.registers.reading.limits import WORDS
from kentongan.registers.reading.parts import Flow, local, opened

_DATES: Final = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""The numbers of built-in formats that show a date or a time: ECMA-376, 18.8.30."""
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def read(file: IO[bytes], findings: Findings) -> None:
    """Every visible sheet of the workbook into `findings`. Raises Refused."""
    with opened(file) as archive:
        flow, names = Flow(archive), set(archive.namelist())
        main = _main_part(flow, names)
        if any(local_name.endswith("vbaProject.bin") for local_name in names):
            findings.note("macros")
        index = _Index(flow, main, names)
        words = _shared(flow, index.shared) if index.shared in names else []
        dates = _date_styles(flow, index.styles) if index.styles in names else []
        for name, part, hidden in index.sheets:
            if part not in names:
                raise Refused("damaged")
            if hidden:
                findings.note("hidden_sheet", sheet=name[:100])
            else:
                _Sheet(flow, findings.begin(name), words, dates, index.since_1904).read(part)


def _main_part(flow: Flow, names: set[str]) -> str:
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in names:
        flow.parse("_rels/.rels", start)
    main = found[0] if found else "xl/workbook.xml"
    if main not in names:
        raise Refused("damaged")
    return main


class _Index:
    """The workbook's list of sheets as (name, part, hidden), and where its shared texts and styles are."""

    def __init__(self, flow: Flow, main: str, names: set[str]) -> None:
        self.since_1904 = False
        self.targets: dict[str, tuple[str, str]] = {}
        self.found: list[tuple[str, str, bool]] = []
        self.folder = posixpath.dirname(main)
        relations = f"{self.folder}/_rels/{posixpath.basename(main)}.rels".lstrip("/")
        if relations in names:
            flow.parse(relations, self._relation)
        flow.parse(main, self._sheet)
        by_kind = dict(self.targets.values())
        self.shared, self.styles = by_kind.get("sharedStrings", ""), by_kind.get("styles", "")
        targets = [(name, *self.targets.get(relation, ("", "")), hidden) for name, relation, hidden in self.found]
        self.sheets = [(name, target, hidden) for name, kind, target, hidden in targets if kind == "worksheet"]

    def _relation(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], whole)

    def _sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.found.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif local(tag) == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


def _shared(flow: Flow, part: str) -> list[str]:
    """The texts cells point to, each at most a little longer than a cell may be. Readings for the ear (`rPh`) are left out."""
    words: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": False, "letters": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            state["phonetic"] = True
        elif name == "t":
            state["text"] = not state["phonetic"]

    def end(tag: str) -> None:
        name = local(tag)
        if name == "t":
            state["text"] = False
        elif name == "rPh":
            state["phonetic"] = False
        elif name == "si":
            word = _unescaped("".join(pieces))
            state["letters"] += len(word) + 50
            if state["letters"] > WORDS:
                raise Refused("large")
            words.append(word)

    def text(piece: str) -> None:
        if state["text"]:
            pieces.append(piece)

    flow.parse(part, start, end, text)
    return words


def _date_styles(flow: Flow, part: str) -> list[bool]:
    """For each style of a cell, whether it shows a number as a date."""
    formats: dict[int, bool] = {}
    styles: list[bool] = []
    state = {"cells": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            formats[int(attributes.get("numFmtId", 0))] = _shows_date(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            state["cells"] = True
        elif name == "xf" and state["cells"]:
            number = int(attributes.get("numFmtId", 0))
            styles.append(formats.get(number, number in _DATES))

    def end(tag: str) -> None:
        if local(tag) == "cellXfs":
            state["cells"] = False

    flow.parse(part, start, end)
    return styles


def _shows_date(code: str) -> bool:
    """Whether a format code has a day, month or year in it, outside of quotes, escapes and colours."""
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";", maxsplit=1)[0]).lower()
    return (bool(re.search(r"[dy]|m{3}", plain)) and "general" not in plain) or bool(re.fullmatch(r"[\s./-]*m+[\s./-]*", plain))


class _Sheet:
    """One sheet as it flows by."""

    def __init__(self, flow: Flow, filling: Filling, words: list[str], dates: list[bool], since_1904: bool) -> None:
        self.flow, self.filling, self.words, self.dates = flow, filling, words, dates
        self.first_day = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        self.row, self.column = 0, -1
        self.cells: dict[int, Cell] = {}
        self.cell: dict[str, str] = {}
        self.inside = self.phonetic = self.hidden = self.formula = False
        self.pieces: list[str] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.begins: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._begin_cell,
            "v": self._begin_text,
            "t": self._begin_text,
            "f": self._begin_formula,
            "rPh": self._begin_phonetic,
            "row": self._begin_row,
            "mergeCell": self._merge,
        }
        text = self._end_text
        self.ends: dict[str, Callable[[], None]] = {
            "c": self._end_cell,
            "v": text,
            "t": text,
            "rPh": self._end_phonetic,
            "row": self._end_row,
        }

    def read(self, part: str) -> None:
        self.flow.parse(part, self._start, self._end, self._text)
        self.filling.end(self.merged)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        begin = self.begins.get(tag) or self.begins.get(local(tag))
        if begin:
            begin(attributes)

    def _end(self, tag: str) -> None:
        end = self.ends.get(tag) or self.ends.get(local(tag))
        if end:
            end()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self.row, self.column, self.cell, self.cells = int(attributes.get("r", self.row + 1)), -1, {}, {}
        self.hidden = attributes.get("hidden") in ("1", "true")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        """Looked at closely only when something stands in it: a painted row has thousands of cells with nothing in them."""
        if "r" not in attributes:
            self.column = self._column() + 1
        self.cell = attributes
        self.formula = False
        self.pieces.clear()

    def _begin_text(self, _attributes: dict[str, str]) -> None:
        self.inside = not self.phonetic

    def _begin_formula(self, _attributes: dict[str, str]) -> None:
        self.formula = True

    def _begin_phonetic(self, _attributes: dict[str, str]) -> None:
        self.phonetic = True

    def _end_cell(self) -> None:
        if self.pieces or self.formula:
            self.cells[self._column()] = self._value("".join(self.pieces))

    def _end_text(self) -> None:
        self.inside = False

    def _end_phonetic(self) -> None:
        self.phonetic = False

    def _end_row(self) -> None:
        if self.cells:
            before = len(self.filling.rows)
            self.filling.add(self.row, self.cells)
            self.filling.hidden += self.hidden and len(self.filling.rows) > before

    def _column(self) -> int:
        """The column of the cell at hand: as it names it, else the one after the last."""
        place = _REFERENCE.fullmatch(self.cell.get("r", ""))
        return _column(place[1]) if place else self.column

    def _text(self, piece: str) -> None:
        if self.inside:
            self.pieces.append(piece)

    def _value(self, raw: str) -> Cell:
        kind = self.cell.get("t", "n")
        if kind == "s":
            at = int(raw)
            return self.words[at] if 0 <= at < len(self.words) else None
        if kind in ("str", "inlineStr"):
            return _unescaped(raw)
        if kind == "b":
            return raw.strip() == "1"
        if kind == "e":
            return raw.strip() or "#REF!"
        if kind == "d":
            return date.fromisoformat(raw[:10])
        return self._number(raw.strip())

    def _number(self, raw: str) -> Cell:
        if not raw:
            return UNCOUNTED if self.formula else None
        number, style = float(raw), int(self.cell.get("s", 0))
        if 0 <= style < len(self.dates) and self.dates[style] and 1 <= number < 2_958_466:
            return self.first_day + timedelta(days=int(number))
        return int(number) if number == int(number) and abs(number) < 1e15 else number

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _colon, last = attributes.get("ref", "").partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end and len(self.merged) < 100_000:
            self.merged.append((int(start[2]), _column(start[1]), int(end[2]), _column(end[1])))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _unescaped(text: str) -> str:
    """Excel writes signs XML cannot hold as `_x000D_`."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text)
    return text.encode("utf-8", "replace").decode()
