"""What people type in one cell, understood: dates, yes and no, ranks, roles, telephone and decree numbers, terms.

Every function answers a value or a `Problem` whose sentence says what was typed and what to do; none raises.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from kentongan.accounts.credentials import phone_of
from kentongan.regions.models import dotted
from kentongan.regions.search import words_of
from kentongan.registers.reading.book import UNCOUNTED, Cell, is_broken
from kentongan.ui.writing import date_only

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
FIRST_YEAR, LAST_YEAR = 1945, 2100
SERIAL_OF_1954, SERIAL_OF_2064 = 20_000, 60_000
"""Between these a bare number is Excel's count of days since 30 December 1899."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be understood: what was typed, and what to do."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `note` says what had to be assumed; `precision` is "day", "month" or "year" by what was typed."""

    value: date
    note: str = ""
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Term:
    """From a day to a day, or so many years from a day not named here."""

    starts: date | None = None
    ends: date | None = None
    years: int = 0
    note: str = ""


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february febuari",
            "maret mar march mrt",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags aug august agust",
            "september sep sept",
            "oktober okt oct october",
            "november nov nop nopember",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_UNTIL_WORDS: Final = r"(?:s\.?\s*/?\s*d\b\.?|sampai(?: dengan)?|hingga)"
_DAYS_OF_WEEK: Final = "senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad"
_NUMERIC: Final = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{2,4})")
_NAMED: Final = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([a-z]+)\s*[-/. ,]?\s*(\d{4}|'?\d{2})")
_NAMED_FIRST: Final = re.compile(r"([a-z]+)\s+(\d{1,2}),?\s+(\d{4})")
_MONTH_OF: Final = re.compile(r"([a-z]+|\d{1,2})\s*[-/. ]\s*(\d{4})")


def text(cell: Cell, most: int = 200) -> str:
    """A cell as one line of text; whole numbers without a fraction, "" for nothing."""
    if cell is None or is_broken(cell):
        return ""
    if isinstance(cell, bool):
        return _("ya") if cell else _("tidak")
    if isinstance(cell, date):
        return date_only(cell)
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    return " ".join(str(cell).split())[:most]


def broken(cell: Cell) -> Problem | None:
    """The problem of a cell whose formula fails, if it is one."""
    if not is_broken(cell):
        return None
    if cell == UNCOUNTED:
        return Problem(_("rumusnya belum pernah dihitung. Buka di Excel, simpan, lalu unggah lagi"))
    return Problem(_("rumusnya rusak (%(sign)s). Ganti dengan isinya") % {"sign": cell})


def day(cell: Cell, *, last: bool = False, order: str = "") -> Day | Problem:
    """A day as people type it: "12 Januari 2024", "12-1-24", 45303, "Jan 2024", "2024".

    `last`: of a month or year alone the last day is meant, else the first. `order` is what the column shows of itself (`order_of`);
    without it the day comes first, as is usual here, and where the month could as well the note says so.
    """
    if isinstance(cell, bool) or cell is None:
        return _no_day(cell)
    if isinstance(cell, date):
        return _sensible(Day(cell), cell)
    if isinstance(cell, int | float):
        return _day_of_number(cell, last)
    typed = re.sub(rf"\b({_DAYS_OF_WEEK})\b,?|\b(tanggal|tgl|tmt|sejak|mulai)\b[.:]?|^\s*{_UNTIL_WORDS}", " ", cell.lower()).strip(" .,")
    if typed.isdigit() and len(typed) <= 5:
        return _day_of_number(int(typed), last)
    return _sensible(_day_of_text(" ".join(typed.split()), last, order), cell)


def order_of(cells: list[Cell]) -> str:
    """What comes first in the numeric dates of a column, the day (`dmy`) or the month (`mdy`), where they show it; else ""."""
    seen = set()
    for cell in cells:
        found = _NUMERIC.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found and len(found[1]) <= 2:
            seen |= {DAY_FIRST} if int(found[1]) > 12 else {MONTH_FIRST} if int(found[2]) > 12 else set()
    return seen.pop() if len(seen) == 1 else ""


def _day_of_number(number: float, last: bool) -> Day | Problem:
    if FIRST_YEAR <= number <= LAST_YEAR and number == int(number):
        return _of_year(int(number), last)
    if SERIAL_OF_1954 <= number <= SERIAL_OF_2064:
        return Day(date(1899, 12, 30) + timedelta(days=int(number)))
    return _no_day(number)


def _day_of_text(typed: str, last: bool, order: str) -> Day | None:
    if found := _NUMERIC.fullmatch(typed):
        return _of_numbers(found[1], found[2], found[3], order)
    if (found := _NAMED.fullmatch(typed)) and found[2] in _MONTHS:
        return _made(_year(found[3].strip("'")), _MONTHS[found[2]], int(found[1]))
    if (found := _NAMED_FIRST.fullmatch(typed)) and found[1] in _MONTHS:
        return _made(int(found[3]), _MONTHS[found[1]], int(found[2]))
    if found := _MONTH_OF.fullmatch(typed):
        month = int(found[1]) if found[1].isdigit() else _MONTHS.get(found[1], 0)
        return _of_month(int(found[2]), month, last)
    return None


def _of_numbers(first: str, second: str, third: str, order: str) -> Day | None:
    if len(first) == 4:
        return _made(int(first), int(second), int(third)) if len(third) <= 2 else None
    if len(first) > 2:
        return None
    a, b, year = int(first), int(second), _year(third)
    month_first = b > 12 >= a or (order == MONTH_FIRST and a <= 12)
    made = _made(year, a, b) if month_first else _made(year, b, a)
    plain = a == b or (not month_first and (a > 12 or order == DAY_FIRST))
    if made is None or plain:
        return made
    first_said = _("bulan dulu") if month_first else _("hari dulu")
    words = {"typed": f"{first}-{second}-{third}", "day": date_only(made.value), "first": first_said}
    return Day(made.value, _("Tanggal “%(typed)s” dibaca %(day)s (%(first)s).") % words)


def _made(year: int, month: int, number: int) -> Day | None:
    try:
        return Day(date(year, month, number))
    except ValueError:
        return None


def _of_year(year: int, last: bool) -> Day:
    made = date(year, 12, 31) if last else date(year, 1, 1)
    return Day(made, _("Hanya tahun %(year)s yang tertulis: dibaca %(day)s.") % {"year": year, "day": date_only(made)}, "year")


def _of_month(year: int, month: int, last: bool) -> Day | None:
    if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    made = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if last else date(year, month, 1)
    return Day(made, _("Hanya bulan dan tahun yang tertulis: dibaca %(day)s.") % {"day": date_only(made)}, "month")


def _year(digits: str) -> int:
    """A year of two digits is of this century up to 2060, else of the last."""
    year = int(digits)
    return year if len(digits) == 4 else 2000 + year if year <= 60 else 1900 + year if len(digits) == 2 else year


def _sensible(read: Day | None, cell: Cell) -> Day | Problem:
    if read is None:
        return _no_day(cell)
    if not FIRST_YEAR <= read.value.year <= LAST_YEAR:
        return Problem(_("tahun %(year)s tidak masuk akal. Contoh yang benar: 12-01-2024") % {"year": read.value.year})
    return read


def _no_day(cell: Cell) -> Problem:
    return Problem(_("tanggal “%(typed)s” tidak ada atau belum kami pahami. Contoh yang benar: 12-01-2024") % {"typed": text(cell, 40)})


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_YES: Final = _set(
    "ya|y|iya|yes|v|ada|sudah|sdh|true|benar|1|tik|digital|aktif|berbasis|ok|✓|✔|√|☑|✅|●|•|berbasis tik|sudah berbasis tik"
    "|sudah digital|kim digital|berbasis digital|berbasis it"
)
_NO: Final = _set(
    "tidak|tdk|t|n|no|belum|blm|bukan|0|-|–|—|false|manual|konvensional|nondigital|nontik|✗|✘|☐|belum digital|non digital|tidak digital"
    "|non tik|belum berbasis tik|tidak berbasis tik|tidak ada|belum ada"
)


def yes(cell: Cell) -> bool | Problem:
    """Yes or no: "ya", "v", "✓", "sudah", "berbasis TIK"; "belum", "tidak", "-"."""
    if isinstance(cell, bool):
        return cell
    typed = text(cell).lower().strip(" .!()")
    plain = " ".join(typed.replace("-", " ").replace("/", " ").split()) or typed
    if typed in _YES or plain in _YES:
        return True
    if typed in _NO or plain in _NO:
        return False
    return Problem(_("“%(typed)s” bukan ya atau tidak") % {"typed": text(cell, 40)})


_RANKS: Final = (
    ("bupati", r"\b(bupati|wali ?kota|walikota)\b"),
    ("camat", r"\b(camat|kepala distrik)\b"),
    ("lurah", r"\b(lurah)\b"),
    ("kades", r"\b(kepala desa|kades|petinggi|kuwu|keuchik|wali nagari|perbekel|kepala kampung|pambakal|hukum tua)\b"),
)
"""Words for who issues a decree. Some places have their own name for a village head."""


def rank_of(words: str) -> str:
    """The rank a text names: "SK Kades" → kades; "" when it names none or several."""
    plain = " ".join(words_of(words))
    found = [rank for rank, pattern in _RANKS if re.search(pattern, plain)]
    return found[0] if len(found) == 1 else ""


def rank(cell: Cell) -> str | Problem:
    """Who issued a decree, as a value of `Decree.Rank`: "Kepala Desa", "Kades", "Lurah", "Camat", "Bupati", "Wali Kota"."""
    found = rank_of(text(cell))
    if found:
        return found
    plain = " ".join(words_of(text(cell)))
    short = {
        "desa": "kades",
        "pemdes": "kades",
        "pemerintah desa": "kades",
        "kelurahan": "lurah",
        "kecamatan": "camat",
        "kabupaten": "bupati",
        "kota": "bupati",
    }
    if plain in short:
        return short[plain]
    return Problem(
        _("“%(typed)s” bukan pejabat yang kami kenal: Kepala Desa, Lurah, Camat, atau Bupati/Wali Kota") % {"typed": text(cell, 40)}
    )


_ROLES: Final = (
    ("pembina", r"\b(pembina|penasihat|penasehat|pelindung|pengarah|penanggung jawab)\b"),
    ("redaktur", r"\b(redaktur|redaksi|editor|pimpinan redaksi|pemred)\b"),
    ("pemeriksa", r"\b(pemeriksa|verifikator)\b"),
    ("anggota", r"\b(wakil|anggota|seksi|sie|bidang|koordinator|divisi|koord|humas|reporter|admin|jurnalis|kontributor|warga)\b"),
    ("ketua", r"\b(ketua|koordinator umum)\b"),
    ("sekretaris", r"\b(sekretaris|sekertaris|sek|sekre)\b"),
    ("bendahara", r"\b(bendahara|bend)\b"),
)
"""Words for roles, the first match counts: a deputy, or the head of a section, is a member here."""


def role(cell: Cell) -> str | Problem:
    """A role in a group, as a value of `groups.models.Role`. "Wakil Ketua" and "Ketua Bidang …" are members with a duty: anggota."""
    plain = " ".join(words_of(text(cell)))
    for found, pattern in _ROLES:
        if re.search(pattern, plain):
            return found
    return Problem(
        _("jabatan “%(typed)s” belum kami kenal: Ketua, Sekretaris, Bendahara, Redaktur, Pemeriksa, Anggota, atau Pembina")
        % {"typed": text(cell, 40)}
    )


def phone(cell: Cell) -> str | Problem:
    """A telephone number in E.164, also without the zero Excel ate. Of several the first counts."""
    typed = text(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and typed.startswith("8"):
        typed = f"0{typed}"
    first = re.split(r"\s*(?:[/,;|&]|\bdan\b|\batau\b|\n)\s*", typed)[0]
    first = re.sub(r"(?i)^(wa|hp|telp?|no)\b[.:\s]*", "", first).strip("'` ")
    if re.fullmatch(r"8\d{8,11}", first):
        first = f"0{first}"
    found = phone_of(first)
    return found or Problem(_("nomor HP “%(typed)s” belum kami pahami") % {"typed": text(cell, 40)})


def decree_number(cell: Cell) -> str | Problem:
    """The number of a decree as it was typed, at most 80 letters."""
    typed = re.sub(r"(?i)^(sk\s*)?(nomor|no)\b\s*[.:]*\s*", "", text(cell, 300)).strip()
    if isinstance(cell, date):
        return Problem(_("nomor SK berubah menjadi tanggal di Excel. Ubah selnya menjadi Teks, lalu ketik ulang nomornya"))
    if len(typed) > 80:
        return Problem(_("nomor SK lebih dari 80 huruf. Tulis nomornya saja"))
    return typed or Problem(_("nomor SK kosong"))


def number_and_day(cell: Cell, order: str = "") -> tuple[str, Day] | None:
    """The two of "141/07/2024 tanggal 12 Januari 2024" in one cell; None when there is no such date in it."""
    found = re.match(r"(?is)^(.+?)[\s,;]+(?:tertanggal|tanggal|tgl\.?)\s*:?\s*(.+)$", cell) if isinstance(cell, str) else None
    if found is None:
        return None
    number, dated = decree_number(found[1]), day(found[2].strip(), order=order)
    return (number, dated) if isinstance(number, str) and isinstance(dated, Day) else None


def nothing(cell: Cell) -> bool:
    """Whether people mean "there is none": empty, "-", "belum ada", "tidak ada", "nihil"."""
    typed = text(cell).lower().strip(" .")
    return not is_broken(cell) and typed in {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "0",
        "belum",
        "belum ada",
        "tidak ada",
        "nihil",
        "kosong",
        "n/a",
        "na",
        "null",
        "tdk ada",
        "blm ada",
        "?",
        "…",
        "...",
    }


def same_number(number: str) -> str:
    """A decree's number as it is compared: "141 / 07/ 2024", "No. 141/7/2024" → the same."""
    parts = re.findall(r"[a-z]+|\d+", re.sub(r"^\s*(nomor|no)\b", "", number.lower()))
    return "/".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def code(cell: Cell) -> str | Problem:
    """A region's code, dotted, in any spelling, also as a number."""
    typed = text(cell, 40).strip("'")
    try:
        return dotted(typed)
    except ValueError:
        return Problem(_("kode wilayah “%(typed)s” bukan kode Kemendagri. Contoh yang benar: 33.18.17.2003") % {"typed": typed})


def year(cell: Cell) -> int | Problem:
    """A year, also out of a whole date."""
    read = day(cell)
    return read.value.year if isinstance(read, Day) else Problem(_("tahun “%(typed)s” belum kami pahami") % {"typed": text(cell, 40)})


def count(cell: Cell) -> int | Problem:
    """How many people: 12, "12 orang", "dua belas" is not understood."""
    found = re.fullmatch(r"(\d{1,4})(?:\s*(?:orang|org|anggota|jiwa))?\.?", text(cell).lower())
    return int(found[1]) if found else Problem(_("“%(typed)s” bukan jumlah orang") % {"typed": text(cell, 40)})


_UNTIL: Final = rf"\s*(?:{_UNTIL_WORDS}|-|–|—|/)\s*"


def term(cell: Cell, order: str = "") -> Term | Problem:
    """How long a decree holds: "2024-2027", "12 Jan 2024 s.d. 11 Jan 2027", "3 tahun", 3."""
    typed = text(cell).lower()
    if found := re.fullmatch(r"(\d{1,2})(?:\s*\([a-z ]+\))?\s*(?:tahun|thn|th)?\.?", typed):
        return Term(years=int(found[1])) if 1 <= int(found[1]) <= 20 else _no_term(cell)
    if found := re.fullmatch(rf"(?:tahun\s*)?((?:19|20)\d\d){_UNTIL}((?:19|20)?\d\d)", typed):
        first, last = int(found[1]), _year(found[2])
        note = _("Masa berlaku “%(typed)s” dibaca 1 Januari %(first)s sampai 31 Desember %(last)s.") % {
            "typed": typed,
            "first": first,
            "last": last,
        }
        return Term(date(first, 1, 1), date(last, 12, 31), note=note)
    return _two_days(typed, order) or _no_term(cell)


def _two_days(typed: str, order: str) -> Term | None:
    for found in re.finditer(_UNTIL, typed):
        starts, ends = day(typed[: found.start()], order=order), day(typed[found.end() :], last=True, order=order)
        if isinstance(starts, Day) and isinstance(ends, Day):
            return Term(starts.value, ends.value, note=" ".join(note for note in (starts.note, ends.note) if note))
    whole = day(re.sub(rf"^{_UNTIL}", "", typed), last=True, order=order)
    return Term(ends=whole.value, note=whole.note) if isinstance(whole, Day) else None


def _no_term(cell: Cell) -> Problem:
    return Problem(_("masa berlaku “%(typed)s” belum kami pahami. Contoh yang benar: 2024–2027, atau 3 tahun") % {"typed": text(cell, 40)})


def years_after(start: date, years: int) -> date:
    """The last day of so many years from `start`: 12-01-2024 and 3 → 11-01-2027."""
    try:
        after = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        after = date(start.year + years, 3, 1)
    return after - timedelta(days=1)


def listed(cell: Cell) -> list[str]:
    """Several words in one cell: "Pertanian, kesehatan dan budaya" → three, small letters, each at most 40."""
    parts = re.split(
        r"\s*(?:[,;/\n•]|\bdan\b|\s-\s|\d\.)\s*", "\n".join(str(cell).lower().splitlines()) if isinstance(cell, str) else text(cell)
    )
    return list(dict.fromkeys(part.strip(" .-")[:40] for part in parts if part.strip(" .-")))[:12]


def person(cell: Cell) -> str | Problem:
    """A person's name, at most 80 letters; a number written beside it is left out."""
    typed = re.sub(r"\(?\+?\d[\d\s.-]{7,}\)?", " ", text(cell, 200))
    typed = " ".join(re.sub(r"(?i)\b(hp|wa|telp|nik|nip)\b\.?\s*:?\s*$", "", typed.strip()).split()).strip(" .,-:/")
    if not re.search(r"[^\W\d]", typed):
        return Problem(_("“%(typed)s” bukan nama orang") % {"typed": text(cell, 40)})
    return typed if len(typed) <= 80 else Problem(_("nama orang lebih dari 80 huruf"))
