"""Rows of a sheet as records: what each says, what is wrong with it, and which rows are no records at all."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from kentongan.accounts.credentials import phone_as_read
from kentongan.registers.reading import values
from kentongan.registers.reading.book import Cell, Row, Sheet
from kentongan.registers.reading.fields import GROUPS, MEMBERS
from kentongan.registers.reading.headings import Column, Headings
from kentongan.registers.reading.values import Day, Problem, Term
from kentongan.ui.writing import date_only

Fields = dict[str, Any]
"""What a row says, by field key; a field the row says nothing of is absent. JSON-able: days are ISO strings.

groups: code, village, district (or district_above, a hint out of the rows above), regency, name, decrees (list of number, dated, rank,
issuer, starts, ends; rank and ends may be absent), ketua, sekretaris, bendahara, contact, secretariat, founded_on (a day) or
founded_year, fields (list), stated_digital, members, website.
members: code, village, district, regency, name (of the group), person, role, phone (E.164), birth_year.
"""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A record.

    `number` is its row in Excel, `raw` its cells as text (what is never taken is empty). A record with `problems` cannot enter;
    `notes` say what was assumed or left out.
    """

    number: int
    fields: Fields
    problems: list[str]
    raw: list[str]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is no record, and why."""

    number: int
    reason: str
    raw: list[str]


def parse(sheet: Sheet, headings: Headings, *, rank: str = "") -> list[Parsed]:
    """The records below the headings; see `sort_out`."""
    return sort_out(sheet, headings, rank=rank)[0]


def sort_out(sheet: Sheet, headings: Headings, *, rank: str = "") -> tuple[list[Parsed], list[Left]]:
    """The records below the headings, and the rows that are none.

    Totals, numbers of columns, headings that come again and lines that name nothing are left out; "KECAMATAN TAYU" in a row of its
    own holds for the rows below it; a row that only goes on with another decree of the group above belongs to it. `rank` is who issued
    the decrees of this sheet where the sheet does not say (`Decree.Rank`).
    """
    records: list[Parsed] = []
    left: list[Left] = []
    reader = _Reader(sheet, headings, rank)
    for row in (row for row in sheet.rows if row.number > headings.row):
        said = [values.text(cell) for cell in row.cells]
        texts = list(dict.fromkeys(text for text in said if text))
        raw = reader.raw(said)
        section = _section(texts, headings.kind)
        reason = "" if section else reader.no_record(said, texts)
        if section:
            reader.enter(section)
            left.append(Left(row.number, _("Dipakai sebagai judul bagian: berlaku untuk baris di bawahnya."), raw))
        elif reason:
            left.append(Left(row.number, reason, raw))
        else:
            record = reader.record(row, raw)
            if not (records and _goes_on(records[-1], record)):
                _keep(record, records, left, headings.kind)
    return records, left


def _keep(record: Parsed, records: list[Parsed], left: list[Left], kind: str) -> None:
    """A record, or a row that lists a place or a title without a group."""
    said = set(record.fields) - {"village", "district", "district_above", "regency", "code", "name" if kind == MEMBERS else ""}
    if not said and not record.problems:
        left.append(Left(record.number, _("Tidak ada KIM yang disebut di baris ini."), record.raw))
    elif kind == GROUPS and not set(record.fields) & {"name", "village", "code"} and len(said) < 3:
        left.append(Left(record.number, _("Baris ini tidak menyebut KIM maupun desa."), record.raw))
    else:
        records.append(_complete(record, kind))


def _complete(record: Parsed, kind: str) -> Parsed:
    """With the problem of a record that lacks what every one needs."""
    if kind == MEMBERS:
        lacks = _("Nama orangnya kosong.") if "person" not in record.fields else ""
    else:
        lacks = _("Nama KIM kosong.") if "name" not in record.fields else ""
    if lacks and not any(lacks == problem for problem in record.problems):
        record.problems.append(lacks)
    if kind == GROUPS and not set(record.fields) & {"village", "code"}:
        record.problems.append(_("Desa atau kodenya kosong."))
    return record


def _goes_on(above: Parsed, record: Parsed) -> bool:
    """Whether `record` only adds decrees to the one above; then it is joined to it."""
    decrees = record.fields.get("decrees", [])
    own = set(record.fields) - {"decrees", "district", "district_above", "regency"}
    same = all(record.fields[key] == above.fields.get(key) for key in own)
    if not decrees or not same or record.problems:
        return False
    known = {values.same_number(decree["number"]) for decree in above.fields.get("decrees", [])}
    fresh = [decree for decree in decrees if values.same_number(decree["number"]) not in known]
    if own and not fresh:
        return False
    above.fields.setdefault("decrees", []).extend(fresh)
    above.notes.append(_("Baris %(n)s ikut dibaca: SK lain dari KIM yang sama.") % {"n": record.number})
    above.notes.extend(record.notes)
    above.problems.extend(_crossed(above.fields["decrees"]))
    return True


_TOTAL: Final = re.compile(r"^(grand\s+)?(jumlah|total|sub\s*total|rekapitulasi|rekap|jml)\b", re.IGNORECASE)
_SECTION: Final = re.compile(
    r"^(?:[A-Z0-9]{1,4}[.)]\s*)?(kecamatan|kec\.?|distrik|kabupaten|kab\.?|kota|kim)\s*[:.]?\s+(\S.{1,60})$", re.IGNORECASE
)
_NIK: Final = re.compile(r"(?<!\d)\d{16}(?!\d)")
_LEVEL_OF_SECTION: Final = {
    "kecamatan": "district",
    "kec": "district",
    "distrik": "district",
    "kabupaten": "regency",
    "kab": "regency",
    "kota": "regency",
}


def _section(texts: list[str], kind: str) -> tuple[str, str] | None:
    """What a row that holds one text alone says of the rows below it, as (field, name)."""
    alone = re.sub(r"(?i)\s*\b(tahun|periode|per)\b.*$", "", texts[0]) if len(texts) == 1 else ""
    found = _SECTION.match(alone)
    if found is None:
        return None
    word = found[1].lower().rstrip(".")
    if word == "kim":
        return ("name", texts[0]) if kind == MEMBERS else None
    return _LEVEL_OF_SECTION[word], found[0][found.start(1) :] if word == "kota" else found[2].strip()


class _Reader:
    """Reads the rows of one sheet; remembers which section it is in."""

    def __init__(self, sheet: Sheet, headings: Headings, rank: str) -> None:
        self.headings, self.rank = headings, rank
        self.columns = [column for column in headings.columns if column.field]
        self.never = {column.index for column in headings.columns if column.never}
        self.titles = {title.casefold() for column in headings.columns for title in _endings(column.title)}
        self.names = {column.index for column in self.columns if column.field in ("name", "village", "code", "person", "decree_number")}
        below = [row for row in sheet.rows if row.number > headings.row]
        dated = [column for column in self.columns if column.field in _DAYS]
        usual = values.order_of([row.cell(column.index) for row in below for column in dated])
        self.orders = {column.index: values.order_of([row.cell(column.index) for row in below]) or usual for column in dated}
        self.sections: dict[str, str] = {}
        self.written_once = {key for key in ("district", "regency", "name") if self._is_written_once(key, below)}
        self.above: dict[str, str] = {}
        for line in (sheet.name, *headings.above):
            if section := _section([line], headings.kind):
                self.enter(section)

    def _is_written_once(self, key: str, below: list[Row]) -> bool:
        """Whether most cells of a column of places (among people: of groups) are empty, so that what stands above may hold on."""
        column = self.headings.column(key)
        if column is None or (key == "name" and self.headings.kind != MEMBERS):
            return False
        filled = sum(not values.nothing(row.cell(column.index)) for row in below)
        return 0 < filled * 2 < sum(len(row.cells) > 2 for row in below)

    def enter(self, section: tuple[str, str]) -> None:
        """From here on the rows lie in this district or regency, or are of this group."""
        level, name = section
        self.above.clear()
        if level == "regency":
            self.sections.pop("district", None)
        self.sections[level] = name

    def raw(self, said: list[str]) -> list[str]:
        """The cells as text; nothing of what is never taken."""
        return ["" if index in self.never else _NIK.sub("…", text) for index, text in enumerate(said)]

    def no_record(self, said: list[str], texts: list[str]) -> str:
        """Why a row that says `said`, cell by cell, is no record; "" when it may be one. `texts` are its distinct texts."""
        named = [said[index] for index in self.names if index < len(said) and said[index]]
        if any(_TOTAL.match(text) for text in texts[:3]) and not _is_name(named):
            return _("Baris jumlah.")
        if len(texts) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in texts):
            return _("Baris nomor kolom.")
        if len(texts) > 1 and sum(text.casefold() in self.titles for text in texts) * 3 >= len(texts) * 2:
            return _("Judul kolom yang diulang.")
        if not named and all(re.fullmatch(r"[\d.,%\s()-]+", text) for text in texts):
            return _("Baris angka saja.")
        return ""

    def _inherit(self, record: Parsed) -> None:
        """What the row leaves to its section, or to the rows above it."""
        for key in self.written_once:
            if key in record.fields:
                self.above[key] = record.fields[key]
            elif key in self.above:
                self._take_from_above(key, record)
        for key, name in self.sections.items():
            record.fields.setdefault(key, name)

    def _take_from_above(self, key: str, record: Parsed) -> None:
        """A district above is a hint only: it may as well have been written just where it was needed."""
        if key == "district":
            record.fields["district_above"] = self.above[key]
            return
        record.fields[key] = self.above[key]
        if key != "name":
            record.notes.append(_("“%(name)s” diambil dari baris di atasnya.") % {"name": self.above[key]})

    def record(self, row: Row, raw: list[str]) -> Parsed:
        """What the row says."""
        record = Parsed(row.number, {}, [], raw)
        parts: dict[int, dict[str, Any]] = {}
        for column in self.columns:
            cell = _without_nik(row.cell(column.index), record)
            if column.field.startswith("decree_"):
                _decree_part(column, cell, self.orders.get(column.index, ""), parts.setdefault(column.nth, {}), record)
            elif not values.nothing(cell):
                _take(column, cell, self.orders.get(column.index, ""), record)
        self._inherit(record)
        decrees = [decree for _nth, part in sorted(parts.items()) if (decree := _decree(part, self.rank, record))]
        if decrees:
            record.fields["decrees"] = decrees
            record.problems.extend(_crossed(decrees))
        return record


def _endings(title: str) -> Iterator[str]:
    """A title and its last words: "SK Berlaku s.d." stands as "Berlaku s.d." in a second row of headings."""
    words = title.split(" ")
    return (" ".join(words[start:]) for start in range(len(words)))


def _is_name(named: list[str]) -> bool:
    """Whether a row that begins like a total names a group and a place all the same ("Total" in a village's name)."""
    return sum(not _TOTAL.match(text) and not text.replace(".", "").isdigit() for text in named) > 1


def _without_nik(cell: Cell, record: Parsed) -> Cell:
    if isinstance(cell, bool | date | None) or not _NIK.search(values.text(cell)):
        return cell
    record.notes.append(_("Ada nomor 16 angka seperti NIK di baris ini: tidak diambil."))
    return _NIK.sub("", cell) if isinstance(cell, str) else None


def _line(most: int) -> Callable[[Cell], str]:
    return lambda cell: values.text(cell, most)


def _contact(cell: Cell) -> str:
    """A telephone number as people here write it, else the line as it stands."""
    found = values.phone(cell)
    alone = isinstance(found, str) and len(re.findall(r"\d", values.text(cell))) <= len(found)
    return phone_as_read(found) if isinstance(found, str) and alone else values.text(cell, 100)


_HARD: Final = frozenset(("name", "person", "role"))
"""Fields whose problem keeps the record out; another field that is not understood is left out, and said."""
_DAYS: Final = frozenset(("decree_dated", "decree_starts", "decree_ends", "decree_term", "founded"))
_VALUES: Final[dict[str, Callable[[Cell], Any]]] = {
    "code": values.code,
    "village": _line(80),
    "district": _line(80),
    "regency": _line(80),
    "name": _line(80),
    "ketua": values.person,
    "sekretaris": values.person,
    "bendahara": values.person,
    "contact": _contact,
    "secretariat": _line(200),
    "fields": values.listed,
    "stated_digital": values.yes,
    "members": values.count,
    "website": _line(200),
    "person": values.person,
    "role": values.role,
    "phone": values.phone,
    "birth_year": values.year,
}


def _take(column: Column, cell: Cell, order: str, record: Parsed) -> None:
    """One cell into the record, or what is wrong with it."""
    if column.field == "founded":
        return _take_founded(column, cell, order, record)
    value = values.broken(cell) or _VALUES[column.field](cell)
    if not isinstance(value, Problem):
        record.fields[column.field] = value
    elif column.field in _HARD:
        record.problems.append(_said(column, value))
    else:
        record.notes.append(_skipped(column, value))
    return None


def _take_founded(column: Column, cell: Cell, order: str, record: Parsed) -> None:
    """A founding day, or its year alone: a day nobody wrote is not made up."""
    value = values.broken(cell) or values.day(cell, order=order)
    if isinstance(value, Problem):
        record.notes.append(_skipped(column, value))
    elif value.precision == "day":
        record.fields["founded_on"] = value.value.isoformat()
        record.notes.extend([value.note] if value.note else [])
    else:
        record.fields["founded_year"] = value.value.year


def _decree_part(column: Column, cell: Cell, order: str, part: dict[str, Any], record: Parsed) -> None:
    """One cell of a decree into its part; what is wrong keeps the record out: a decree is what gives a group its standing."""
    if column.rank:
        part.setdefault("rank", column.rank)
    if values.nothing(cell):
        return
    key = column.field.removeprefix("decree_")
    if key == "number" and values.yes(cell) is True and values.text(cell) != "1":
        record.notes.append(_("SK disebut ada, tetapi nomornya tidak tertulis."))
        return
    if key == "number" and (parted := values.number_and_day(cell, order)):
        part["number"], part["dated"] = parted
        return
    value = values.broken(cell) or _decree_value(key, cell, order)
    if isinstance(value, Problem):
        record.problems.append(_said(column, value))
        part["wrong"] = True
    elif isinstance(value, Day | Term):
        part[key] = value
        record.notes.extend([value.note] if value.note else [])
    else:
        part[key] = value


def _decree_value(key: str, cell: Cell, order: str) -> Any:
    if key == "number":
        return values.decree_number(cell)
    if key == "rank":
        return values.rank(cell)
    if key == "issuer":
        return values.text(cell, 100)
    if key == "term":
        return values.term(cell, order)
    return values.day(cell, last=key == "ends", order=order)


def _decree(part: dict[str, Any], rank: str, record: Parsed) -> Fields | None:
    """A decree of its parts; None where there is none, or too little to be one (which is said)."""
    number, dated, term = part.get("number"), part.get("dated"), part.get("term") or Term()
    if part.get("wrong") or not (number or dated):
        return None
    if not number or not (dated or part.get("starts") or term.starts):
        lacks = _("nomornya kosong") if not number else _("tanggalnya kosong")
        record.notes.append(_("SK belum bisa dicatat: %(lacks)s.") % {"lacks": lacks})
        return None
    starts = part["starts"].value if "starts" in part else term.starts if term.starts and not dated else None
    day = dated.value if dated else starts
    starts = starts or (day if day else None)
    ends = part["ends"].value if "ends" in part else term.ends
    if starts and not ends and term.years:
        ends = values.years_after(starts, term.years)
    found = part.get("rank") or values.rank_of(part.get("issuer", "")) or rank
    decree = {"number": number, "dated": day, "rank": found, "issuer": part.get("issuer", ""), "starts": starts, "ends": ends}
    record.problems.extend(_backwards(starts, ends))
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in decree.items() if value}


def _backwards(starts: date | None, ends: date | None) -> list[str]:
    if not starts or not ends or ends >= starts:
        return []
    return [_("Akhir SK (%(ends)s) sebelum mulainya (%(starts)s).") % {"ends": date_only(ends), "starts": date_only(starts)}]


def _crossed(decrees: list[Fields]) -> list[str]:
    """Decrees of one group that hold at the same time."""
    terms = sorted((decree["starts"], decree["ends"], decree["number"]) for decree in decrees if "starts" in decree and "ends" in decree)
    said = _("Masa berlaku SK %(one)s dan SK %(other)s bertumpuk.")
    return [said % {"one": a[2], "other": b[2]} for a, b in pairwise(terms) if b[0] <= a[1]]


def _said(column: Column, problem: Problem) -> str:
    return _("Kolom “%(title)s”: %(sentence)s.") % {"title": column.title, "sentence": problem.sentence}


def _skipped(column: Column, problem: Problem) -> str:
    return _("Kolom “%(title)s”: %(sentence)s; dilewati.") % {"title": column.title, "sentence": problem.sentence}
