"""What the columns of an office's own sheet mean: which row names them, and which field each name stands for.

Offices write their headings as they like, in one row or two, under a title. What an office decided once is given back as `remembered`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from kentongan.regions.search import words_of
from kentongan.registers.reading.book import Cell, Row, Sheet, column_name
from kentongan.registers.reading.fields import FIELD, FIELDS, GROUPS, MEMBERS, NEVER, SILENT, Field
from kentongan.registers.reading.values import rank_of, text
from kentongan.ui.unseen import one_line

LOOKED_AT: Final = 30  # rows from the top in which the headings are looked for
SURE, LIKELY = 100, 86


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet.

    `index` from 0; `title` as it stands; `field` a key of FIELDS or "" when it is left out; `sure` when it need not be asked.
    `key` is what is remembered of it (`normal` of the title, with a number when a title stands twice); `nth` tells the decrees of
    one row apart, from 1; `never` says what is in it when it may not be taken; `rank` the issuer the title itself names.
    """

    index: int
    title: str
    field: str
    sure: bool
    key: str = ""
    nth: int = 1
    never: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """What a sheet's columns mean.

    `row` is the number of the (last) row of headings, 0 when there is none; `kind` GROUPS or MEMBERS; `lacking` the fields without
    which no row can be read, `notes` sentences for the officer, `above` the lines over the headings (title, region).
    """

    row: int
    columns: list[Column]
    lacking: list[Field]
    kind: str = GROUPS
    notes: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)

    def column(self, key: str, nth: int = 1) -> Column | None:
        """The column taken for a field."""
        return next((column for column in self.columns if column.field == key and column.nth == nth), None)


def normal(title: str) -> str:
    """One spelling of a heading, the key under which an office's choice is remembered: "No. SK (Kades) *" → "nomor sk kades"."""
    words = words_of(one_line(title).replace("/", " ").replace(".", " "))
    return " ".join(_WORDS.get(word, word) for word in words)


_WORDS: Final = {
    "no": "nomor",
    "nomer": "nomor",
    "nmr": "nomor",
    "tgl": "tanggal",
    "thn": "tahun",
    "th": "tahun",
    "jml": "jumlah",
    "sekertaris": "sekretaris",
    "kel": "kelurahan",
    "ds": "desa",
    "kec": "kecamatan",
    "kab": "kabupaten",
}


def guess(sheet: Sheet, remembered: Mapping[str, str]) -> Headings:
    """Find the heading row(s) and what each column stands for.

    `remembered` are the office's own earlier choices: `Column.key` → field key, or "" to leave the column out. They win over everything but
    NEVER.
    """
    best = max(_possible(sheet, remembered), key=lambda one: one.score, default=None)
    if best is None or best.score < 2:
        note = _("Baris judul kolom tidak ditemukan di lembar “%(sheet)s”. Tulis judul di atas tiap kolom: Nama KIM, Desa, Nomor SK, …")
        return Headings(0, [], [FIELD["name"], FIELD["village"]], GROUPS, [note % {"sheet": sheet.name}])
    columns = _columns(sheet, best, remembered)
    if _lists_places(sheet, best, columns):
        note = _("Lembar “%(sheet)s” tidak menyebut KIM, jadi tidak dibaca.")
        return Headings(0, [], [FIELD["name"]], GROUPS, [note % {"sheet": sheet.name}])
    never = _("Kolom “%(title)s” berisi %(what)s: tidak diambil dan tidak disimpan.")
    notes = [never % {"title": column.title, "what": column.never} for column in columns if column.never]
    above = [line for row in sheet.rows if row.number < best.first for line in _lines(row)]
    return Headings(best.last, columns, _lacking(columns, best.kind), best.kind, notes, above)


@dataclass(frozen=True, slots=True)
class _Possible:
    """One reading of the top of a sheet: rows `first` to `last` are headings that read `titles` (parent and own words) and list `kind`."""

    first: int
    last: int
    titles: list[tuple[str, str]]
    kind: str
    score: float


def _possible(sheet: Sheet, remembered: Mapping[str, str]) -> Iterator[_Possible]:
    top = sheet.rows[:LOOKED_AT]
    for row in top:
        yield _weighed(row.number, row.number, [("", _title(cell)) for cell in row.cells], remembered)
    for upper, lower in pairwise(top):
        if lower.number - upper.number <= 2 and all(isinstance(cell, str | None) for cell in lower.cells):
            yield _weighed(upper.number, lower.number, _joined(upper, lower), remembered)


def _joined(upper: Row, lower: Row) -> list[tuple[str, str]]:
    """Two rows of headings as one: "SK" over "Nomor | Tanggal" is ("SK", "Nomor"), ("SK", "Tanggal"), also where nothing is merged."""
    titles, parent = [], ""
    for index in range(max(len(upper.cells), len(lower.cells))):
        above, below = _title(upper.cell(index)), _title(lower.cell(index))
        parent = above or (parent if below else "")
        titles.append(("", above) if not below or normal(above) == normal(below) else (parent, below))
    return titles


def _weighed(first: int, last: int, titles: list[tuple[str, str]], remembered: Mapping[str, str]) -> _Possible:
    kind = _kind(titles)
    found = [remembered.get(normal(f"{parent} {own}".strip())) or _meaning(parent, own, kind)[0] for parent, own in titles]
    known = {key for key in found if key}
    odd = sum(1 for parent, own in titles if len(own) > 60 or re.fullmatch(r"[\d\s().,-]+", own))
    decrees = sum(key.startswith("decree_") for key in found if key)
    score = 2 * len(known) + 0.2 * decrees - odd - 0.1 * (last - first)
    return _Possible(first, last, titles, kind, score)


def _title(cell: Cell) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""


def _lines(row: Row) -> list[str]:
    """What a row over the headings says, each text once."""
    return list(dict.fromkeys(cell for cell in map(_title, row.cells) if cell))


def _kind(titles: list[tuple[str, str]]) -> str:
    """A sheet with a role and a person in every row, and neither a decree nor a chair, lists members."""
    members = {_meaning(parent, own, MEMBERS)[0] for parent, own in titles}
    groups = {_meaning(parent, own, GROUPS)[0] for parent, own in titles}
    listing = {"person", "role"} <= members and not {"decree_number", "ketua", "sekretaris"} & groups
    return MEMBERS if listing else GROUPS


def _spelled(kind: str) -> dict[str, str]:
    """Spelling, its words sorted → field, for a kind of sheet; a field only there goes first."""
    table: dict[str, str] = {}
    for one in sorted((one for one in FIELDS if kind in one.sheets), key=lambda one: len(one.sheets)):
        for spelling in one.spellings:
            table.setdefault(_sorted(normal(spelling)), one.key)
    return table


def _sorted(words: str) -> str:
    return " ".join(sorted(words.split()))


_SPELLED: Final = {kind: _spelled(kind) for kind in (GROUPS, MEMBERS)}
_UNDER_DECREE: Final = {"nomor": "decree_number", "tanggal": "decree_dated", "tahun": "decree_dated", "oleh": "decree_rank"}
"""What short headings mean under one that says "SK"."""
_NTH: Final = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "pertama": 1,
    "kedua": 2,
    "ketiga": 3,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "lama": 1,
    "baru": 2,
    "perpanjangan": 2,
}
_RANK_WORDS: Final = r"\b(kepala desa|kades|lurah|camat|bupati|wali ?kota)\b"
_DECREE: Final = re.compile(r"\b(sk|surat keputusan|keputusan)\b")


@cache
def _meaning(parent: str, own: str, kind: str) -> tuple[str, int]:
    """The field a heading stands for and how certain that is (0 to 100); ("", 100) for one that is known to say nothing we keep."""
    whole = normal(f"{parent} {own}")
    for words in dict.fromkeys(_shorter(whole)):
        if key := _SPELLED[kind].get(_sorted(words)):
            return key, SURE
    if parent:
        if _DECREE.search(normal(parent)) and (key := _UNDER_DECREE.get(next(iter(_shorter(normal(own))), ""), "")):
            return key, SURE
        under, certain = _meaning("", own, kind)
        return (under, min(certain, SURE - 5)) if under else (under, certain)
    if whole in SILENT or re.search("|".join(pattern for _key, _label, pattern in NEVER), whole):
        return "", SURE
    return _similar(whole, kind)


def _shorter(words: str) -> list[str]:
    """The heading itself, then without its number, the rank it names, what stands in brackets, and the word KIM."""
    bare = " ".join(word for word in words.split() if word not in _NTH and word != "ke")
    unranked = " ".join(re.sub(_RANK_WORDS, " ", bare).split())
    plain = re.sub(r"\b(kim|wajib|diisi|isi|dd mm yyyy|ya tidak|orang)\b", " ", unranked)
    return [words, bare, unranked, " ".join(plain.split())]


def _similar(words: str, kind: str) -> tuple[str, int]:
    if len(words) < 4:
        return "", 0
    if words == "nama" and kind == GROUPS:
        return "name", LIKELY - 10
    found = process.extractOne(_sorted(words), _SPELLED[kind].keys(), scorer=fuzz.ratio, score_cutoff=LIKELY)
    return (_SPELLED[kind][found[0]], round(found[1]) - 10) if found else ("", 0)


def _columns(sheet: Sheet, best: _Possible, remembered: Mapping[str, str]) -> list[Column]:
    below = [row for row in sheet.rows if row.number > best.last]
    drafts = [draft for index in range(sheet.width) if (draft := _draft(index, best, below, remembered))]
    return sorted(_settled(_numbered(drafts)), key=lambda column: column.index)


@dataclass(slots=True)
class _Draft:
    """A column before it is known whether another one fits its field better."""

    column: Column
    certain: int
    said_nth: int = 0


def _draft(index: int, best: _Possible, below: list[Row], remembered: Mapping[str, str]) -> _Draft | None:
    parent, own = best.titles[index] if index < len(best.titles) else ("", "")
    cells = [row.cell(index) for row in below[:200]]
    if not own and not any(cell is not None for cell in cells):
        return None
    title = f"{parent} {own}".strip() or _("Kolom %(name)s (tanpa judul)") % {"name": column_name(index)}
    key = normal(title)
    never = _never(key, cells)
    chosen, certain = _meaning(parent, own, best.kind) if own else ("", 0)
    if not chosen and certain < SURE and _holds_codes(cells):
        chosen, certain = "code", LIKELY - 10
    if key in remembered and (not remembered[key] or remembered[key] in FIELD):
        chosen, certain = remembered[key], SURE + 1
    if never:
        chosen, certain = "", SURE + 1
    rank = rank_of(title) if chosen.startswith("decree_") else ""
    said = next((_NTH[word] for word in key.split() if word in _NTH), 0) if chosen.startswith("decree_") else 0
    return _Draft(Column(index, title, chosen, certain >= SURE - 5, key, never=never, rank=rank), certain, said)


def _numbered(drafts: list[_Draft]) -> list[_Draft]:
    """Titles that stand twice are told apart by a number in what is remembered of them."""
    seen: Counter[str] = Counter()
    for draft in drafts:
        seen[draft.column.key] += 1
        if (times := seen[draft.column.key]) > 1:
            draft.column = replace(draft.column, key=f"{draft.column.key} #{times}")
    return drafts


def _settled(drafts: list[_Draft]) -> list[Column]:
    """Each field has one column; a part of a decree one for each decree. What fits less well is left out, and asked about."""
    taken: dict[tuple[str, int], int] = {}
    settled: list[Column] = []
    for draft in sorted(drafts, key=lambda draft: (-draft.certain, draft.column.index)):
        column, repeats = draft.column, draft.column.field.startswith("decree_")
        if not column.field:
            settled.append(column)
            continue
        nth = draft.said_nth or 1
        while repeats and not draft.said_nth and (column.field, nth) in taken:
            nth += 1
        if (column.field, nth) in taken:
            settled.append(replace(column, field="", sure=False))
        else:
            taken[column.field, nth] = column.index
            settled.append(replace(column, nth=nth))
    return settled


def _never(key: str, cells: list[Cell]) -> str:
    """What may not be taken, by the heading or by what stands below it; "" for anything else."""
    for _name, label, pattern in NEVER:
        if re.search(pattern, key):
            return str(label)
    filled = [text(cell) for cell in cells if cell is not None]
    numbers = sum(bool(re.fullmatch(r"'?\d{16}", cell)) for cell in filled)
    return str(NEVER[0][1]) if numbers * 2 > len(filled) else ""


def _holds_codes(cells: list[Cell]) -> bool:
    filled = [text(cell) for cell in cells if cell is not None]
    return bool(filled) and sum(bool(re.fullmatch(r"\d{10}|\d\d\.\d\d\.\d\d\.\d{4}", cell)) for cell in filled) * 2 > len(filled)


def _lists_places(sheet: Sheet, best: _Possible, columns: list[Column]) -> bool:
    """Whether a sheet only counts places (a recap, a list of codes): no column names a group, or could."""
    if best.kind != GROUPS or {column.field for column in columns} - {"", "code", "village", "district", "regency", "members"}:
        return False
    below = [row for row in sheet.rows if row.number > best.last][:200]
    unknown = [column for column in columns if not column.field and not column.sure]
    words = (sum(isinstance(row.cell(column.index), str) for row in below) for column in unknown)
    return not any(count * 2 > len(below) for count in words)


def _lacking(columns: list[Column], kind: str) -> list[Field]:
    """The fields without which no row of this kind can be read: a name, and a place by code or by name."""
    found = {column.field for column in columns}
    missing = [one for one in FIELDS if one.needed and kind in one.sheets and one.key not in found]
    if kind == GROUPS and not found & {"code", "village"}:
        missing.append(FIELD["village"])
    return missing
