"""How written Indonesian is read aloud: sentences, figures, money, dates, clock, abbreviations.

For the radio script and for any voice. `said` never leaves a digit: what it does not know is read digit by digit.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

WORDS_A_MINUTE = 130
"""Practice of Indonesian news readers: 120 to 140. Times made of it are estimates and called so."""

ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"), (100, "ratus"), (10, "puluh"))
LARGEST = 10**15
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = {"sen": "Senin", "sel": "Selasa", "rab": "Rabu", "kam": "Kamis", "jum": "Jumat", "sab": "Sabtu", "min": "Minggu"}
ZONES = {"WIB": "Waktu Indonesia Barat", "WITA": "Waktu Indonesia Tengah", "WIT": "Waktu Indonesia Timur"}
NAMES = "a be ce de e ef ge ha i je ka el em en o pe ki er es te u ve we eks ye zet"
LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", NAMES.split(), strict=True))

ABBREVIATIONS = {
    "kec.": "Kecamatan", "kab.": "Kabupaten", "kel.": "Kelurahan", "ds.": "Desa", "dsn.": "Dusun", "dk.": "Dukuh", "prov.": "Provinsi",
    "jl.": "Jalan", "jln.": "Jalan", "gg.": "Gang", "no.": "nomor", "tgl.": "tanggal", "hlm.": "halaman", "telp.": "telepon",
    "bpk.": "Bapak", "sdr.": "Saudara", "sdri.": "Saudari", "hj.": "Hajah", "h.": "Haji", "dr.": "dokter", "drs.": "Doktorandus",
    "ir.": "Insinyur",
    "dll.": "dan lain-lain", "dll": "dan lain-lain", "dsb.": "dan sebagainya", "dst.": "dan seterusnya", "dkk.": "dan kawan-kawan",
    "yg": "yang", "dgn": "dengan", "tsb.": "tersebut", "a.n.": "atas nama", "u.p.": "untuk perhatian", "s.d.": "sampai dengan",
    "s/d": "sampai dengan", "d.a.": "dengan alamat", "th.": "tahun", "thn.": "tahun", "bln.": "bulan", "ttd.": "tertanda", "pkl.": "pukul",
}  # fmt: skip
TITLED = frozenset({"h.", "dr.", "ir."})
"""Abbreviations only before a name; elsewhere the letter ends a sentence."""
SPELLED = frozenset(
    {
        "ASN",
        "SIM",
        "KUA",
        "UMKM",
        "BPJS",
        "PAM",
        "UKM",
        "OJK",
        "IUP",
        "UPT",
        "UPTD",
        "APBD",
        "APBN",
        "IKM",
        "ODP",
        "ODGJ",
        "TIK",
        "ATM",
        "UU",
    }
    | {"ATM", "AKI", "IVA", "RI", "HUT", "UUD"}
)
"""Short forms with a vowel that are read letter by letter all the same."""
UNITS = {
    "km/jam": "kilometer per jam", "km": "kilometer", "m": "meter", "cm": "sentimeter", "mm": "milimeter", "kg": "kilogram", "gr": "gram",
    "g": "gram", "ha": "hektare", "m2": "meter persegi", "m²": "meter persegi", "m3": "meter kubik", "m³": "meter kubik", "l": "liter",
    "lt": "liter", "ml": "mililiter", "kw": "kuintal", "°c": "derajat Celsius", "kwh": "kilowatt jam", "km2": "kilometer persegi",
    "km²": "kilometer persegi", "gb": "gigabita", "mb": "megabita", "kb": "kilobita",
}  # fmt: skip
SIGNS = {
    "&": " dan ",
    "%": " persen",
    "±": "kurang lebih ",
    "=": " sama dengan ",
    "§": "pasal ",
    "°": " derajat",
    "²": " persegi",
    "³": " kubik",
}

_MONTH = "|".join(
    sorted({name for month in MONTHS for name in (month, month[:3])} | {"Agu", "Ags", "Sept", "Okt", "Nop", "Des"}, key=len, reverse=True)
)
_HOUR = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_TO = r"\s?(?:[-–—]|s\.d\.|s/d|sampai dengan|sampai)\s?"
_END = re.compile(r"[.!?…]+[\"”’')\]]*\s+")


def number(value: int) -> str:
    """A whole number in words: 1250 → "seribu dua ratus lima puluh". From LARGEST on digit by digit."""
    if value < 0:
        return f"minus {number(-value)}"
    if value >= LARGEST:
        return digits(str(value))
    return " ".join(_parts(value)) or ONES[0]


def _parts(value: int) -> list[str]:
    if value < 10:
        return [ONES[value]] if value else []
    if value in (10, 11):
        return ["sepuluh" if value == 10 else "sebelas"]
    if value < 20:
        return [ONES[value - 10], "belas"]
    scale, name = next((scale, name) for scale, name in SCALES if value >= scale)
    count, rest = divmod(value, scale)
    head = [f"se{name}"] if count == 1 and scale in (1000, 100) else [*_parts(count), name]
    return [*head, *_parts(rest)]


def digits(text: str) -> str:
    """Every digit for itself: "0812" → "nol delapan satu dua"."""
    return " ".join(ONES[int(letter)] for letter in text if letter in "0123456789")


def written_number(text: str) -> str:
    """A number as written in Indonesian, "1.250.000" or "3,25": its decimals are read one by one; a leading zero is read."""
    whole, _comma, decimals = text.partition(",")
    plain = whole.replace(".", "")
    by_digit = len(plain) > 15 or (len(plain) > 1 and plain.startswith("0"))
    words = digits(plain) if by_digit else number(int(plain))
    return f"{words} koma {digits(decimals)}" if decimals.strip("0") else words


def clock(text: str) -> str:
    """ "14.05" → "empat belas lewat lima", "07.00" → "tujuh"."""
    hour, minute = (int(part) for part in re.split("[.:]", text))
    return number(hour) + (f" lewat {number(minute)}" if minute else "")


def letters(text: str) -> str:
    """ "RT" → "er te"."""
    return " ".join(LETTERS[letter] for letter in text)


def _month(name: str) -> str:
    short = {"agu": 8, "ags": 8, "sep": 9, "okt": 10, "nop": 11, "des": 12, "mei": 5}
    known = {month[:3].lower(): place for place, month in enumerate(MONTHS, 1)} | short
    return MONTHS[known[name[:3].lower()] - 1]


def _date(day: str, month: str, year: str | None) -> str:
    named = _month(month) if not month.isdigit() else MONTHS[int(month) - 1]
    return " ".join((number(int(day)), named, *([number(int(year))] if year else [])))


def _numeric_date(found: re.Match[str]) -> str:
    year, month, day = found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"]
    return _date(day, month, year)


def _money(found: re.Match[str]) -> str:
    scale = f" {found['scale']}" if found["scale"] else ""
    amount = re.sub(r",00?$|,-$", "", found["amount"])
    return f"{written_number(amount)}{scale} rupiah"


def _time(found: re.Match[str]) -> str:
    zone = f" {ZONES[found['zone'].upper()]}" if found["zone"] else ""
    until = f" sampai pukul {clock(found['until'])}" if found["until"] else ""
    return f"pukul {clock(found['at'])}{until}{zone}"


def _measured(found: re.Match[str]) -> str:
    unit = found["unit"]
    return f"{written_number(found['n'])} {unit if len(unit) == 1 and unit.isupper() else UNITS[unit.lower()]}"


def _nth(found: re.Match[str]) -> str:
    value = int(found["n"])
    return "pertama" if value == 1 else f"ke{number(value)}"


def _reference(found: re.Match[str]) -> str:
    """ "141/07/2024": the parts with "garis miring" between; a part that begins with zero is read digit by digit."""
    return " garis miring ".join(written_number(part) if part.isdigit() else part for part in found[0].split("/"))


def _dotted(found: re.Match[str]) -> str:
    """A code like "33.18.17": its parts with "titik" between. A number with points for thousands stays for later."""
    return found[0] if re.fullmatch(_NUMBER, found[0]) else " titik ".join(written_number(part) for part in found[0].split("."))


def _neighbours(found: re.Match[str]) -> str:
    """ "RT 02/RW 05" and "RT 02/05"."""
    parts = [f"er te {written_number(found['rt'])}"] if found["rt"] else []
    return " ".join([*parts, *([f"er we {written_number(found['rw'])}"] if found["rw"] else [])])


def _capitals(found: re.Match[str]) -> str:
    word = found[0]
    vowels = any(letter in "AIUEO" for letter in word)
    if word in SPELLED or not vowels:
        return letters(word)
    return word


def _abbreviated(found: re.Match[str]) -> str:
    return ABBREVIATIONS[found[0].lower()]


@dataclass(frozen=True)
class Reading:
    """One thing that is not read as it is written."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]


def _reading(pattern: str, say: Callable[[re.Match[str]], str], flags: int = re.IGNORECASE) -> Reading:
    return Reading(re.compile(pattern, flags | re.ASCII), say)


_SHORT = "|".join(re.escape(short) for short in sorted(set(ABBREVIATIONS) - TITLED, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))

READINGS = (
    _reading(r"(?:https?://|www\.)\S+", lambda _found: "alamat yang tertulis di halaman kabar"),
    _reading(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
             lambda found: found[0].replace("@", " et ").replace(".", " titik ")),
    _reading(r"(?<![\w/.,-])(?:\+62[\s-]?|0)\d[\d\s-]{6,16}\d(?![\w/])", lambda found: digits(found[0].replace("+62", "0"))),
    _reading(rf"\bRp\s?\.?\s?(?P<amount>(?:{_NUMBER})(?:,-)?)(?:\s(?P<scale>ribu|juta|miliar|triliun)\b)?", _money),
    _reading(r"\b(?:(?P<y>\d{4})-(?P<m>0?[1-9]|1[0-2])-(?P<d>0?[1-9]|[12]\d|3[01])|"
             r"(?P<d2>0?[1-9]|[12]\d|3[01])[-/](?P<m2>0?[1-9]|1[0-2])[-/](?P<y2>(?:19|20)\d{2}))\b(?![/-])", _numeric_date),
    _reading(rf"\b(?P<from>\d{{1,2}}){_TO}(?P<to>\d{{1,2}})\s(?P<month>{_MONTH})\b\.?(?:\s(?P<year>\d{{4}}))?",
             lambda found: f"{number(int(found['from']))} sampai {_date(found['to'], found['month'], found['year'])}"),
    _reading(rf"\b(?P<day>\d{{1,2}})\s(?P<month>{_MONTH})\b\.?(?:\s(?P<year>\d{{4}}))?",
             lambda found: _date(found["day"], found["month"], found["year"])),
    _reading(rf"\b(?P<day>{'|'.join(DAYS)}),(?=\s)", lambda found: f"{DAYS[found['day'].lower()]},"),
    _reading(rf"(?<![\d.,/])(?:(?:pukul|jam|pkl\.?)\s)?(?P<at>{_HOUR})(?:{_TO}(?:pukul\s|jam\s)?(?P<until>{_HOUR}))?(?:\s(?P<zone>WIB|WITA|WIT)\b)?"
             r"(?![.,]?\d)(?!\s?(?:juta|ribu|persen|%))", _time),
    _reading(r"\bRT\s?\.?\s?(?P<rt>\d{1,3})(?:\s?/\s?(?:RW\s?)?(?P<rw>\d{1,3}))?\b", _neighbours),
    _reading(r"\b(?P<rt>)RW\s?\.?\s?(?P<rw>\d{1,3})\b", _neighbours),
    _reading(r"(?<![\w/])[\w.-]{0,20}\d[\w.-]{0,20}(?:/[\w.-]{1,20}){1,6}(?![\w/])", _reference),
    _reading(r"(?<![\w.])\d{1,4}(?:\.\d{1,4}){1,8}(?![\w.]?\d)", _dotted),
    _reading(r"\bke-(?P<n>\d{1,6})\b", _nth),
    _reading(rf"(?<![\w.,])(?P<n>{_NUMBER})\s?(?P<unit>{_UNIT})(?![\w/²³])", _measured),
    _reading(rf"(?<![\w.])(?:{_SHORT})(?!\w)", _abbreviated),
    _reading(r"\bH\.(?=\s[A-Z])", lambda _found: "Haji", 0),
    _reading(r"\bdr\.(?=\s[A-Z])", lambda _found: "dokter", 0),
    _reading(r"\bDr\.(?=\s[A-Z])", lambda _found: "Doktor", 0),
    _reading(r"\bIr\.(?=\s[A-Z])", lambda _found: "Insinyur", 0),
    _reading(r"(?<=\d)\s?[-–—]\s?(?=\d)", lambda _found: " sampai "),
    _reading(rf"(?:{_NUMBER})", lambda found: f" {written_number(found[0])} "),
    _reading(r"\b[A-Z]{2,6}\b", _capitals, 0),
    _reading(r"(?<=\w)\s?/\s?(?=\w)", lambda _found: " atau "),
    _reading("[" + re.escape("".join(SIGNS)) + "]", lambda found: SIGNS[found[0]]),
)  # fmt: skip
"""In the order they are tried; each works on what the ones before it left."""


def said(text: str) -> str:
    """`text` as it is read aloud, without a digit in it."""
    words = text
    for reading in READINGS:
        words = reading.pattern.sub(reading.say, words)
    words = re.sub(r"\s+", " ", words).strip()
    words = re.sub(r"\s([.,;:!?)])", r"\1", words)
    return words if text[:1].islower() else words[:1].upper() + words[1:]


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph, as written. A point after an abbreviation or a title ends none."""
    found, start = [], 0
    for end in _END.finditer(text):
        before = text[start : end.end()].rstrip()
        last = before.rpartition(" ")[2].lstrip("(\"“'").lower()
        following = text[end.end() : end.end() + 1]
        if last in ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)+", last) or following.islower():
            continue
        found.append(before)
        start = end.end()
    return [*found, *([text[start:].strip()] if text[start:].strip() else [])]


def minutes(words: int) -> tuple[int, int]:
    """How long reading so many words takes, as minutes and seconds rounded up to ten (WORDS_A_MINUTE; an estimate)."""
    seconds = -(-words * 60 // WORDS_A_MINUTE)
    return divmod(-(-seconds // 10) * 10, 60)
