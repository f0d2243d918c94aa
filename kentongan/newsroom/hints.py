"""Hints while one writes: what is unanswered, what reads hard, which figure says too little. Never a mark: nothing is refused for it.

The measure of length is a rule of thumb of this project (bawaan Kentongan) after what plain-language guides ask of official Indonesian:
sentences of some twenty words, few words of more than twelve letters. It judges no dialect and no writer.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kentongan.newsroom.drafting import sentences

LONG_SENTENCE = 25
"""Words: a longer one is read twice."""
LONG_WORD = 12
"""Letters: Indonesian stems are short; what is longer carries several affixes or is a term of offices."""
LONG_SHARE = 1 / 8
ENOUGH = 30
"""Words: of a shorter text a share says nothing."""
MOST_SHOWN = 6

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ABBREVIATED = re.compile(r"\bRp\s?\.?\s?(\d[\d.]*(?:,\d+)?)\s?(rb|ribu|jt|juta|m|mlr|miliar|milyar|t|triliun)\b", re.IGNORECASE)
THOUSANDS = {"rb": 3, "ribu": 3, "jt": 6, "juta": 6, "m": 9, "mlr": 9, "miliar": 9, "milyar": 9, "t": 12, "triliun": 12}
"""How many zeros a shortened sum of rupiah stands for."""
PER_CENT = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:%|persen\b)", re.IGNORECASE)
OF_WHAT = re.compile(r"\b(?:dari|per|antara|dibanding|dibandingkan|terhadap)\b", re.IGNORECASE)
MONTHS = (
    "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember|Jan|Feb|Mar|Apr|Jun|Jul|Agu|Agt|Sep|Okt|Nov|Des"
)
DAY_AND_MONTH = re.compile(rf"\b\d{{1,2}}\s(?:{MONTHS})\b(?!\s\d{{4}})\.?", re.IGNORECASE)
RELATIVE = re.compile(
    r"\b(?:kemarin|besok|lusa|tadi (?:pagi|siang|sore|malam)|hari ini|(?:minggu|bulan) (?:ini|lalu|depan))\b", re.IGNORECASE
)
POINT_AND_COMMA = re.compile(r"\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b")

ASKED: tuple[tuple[str, Callable[[], str]], ...] = (
    ("what", lambda: _("Apa yang terjadi?")),
    ("place", lambda: _("Di mana?")),
    ("happened", lambda: _("Kapan?")),
    ("who", lambda: _("Siapa yang terlibat?")),
    ("why", lambda: _("Mengapa?")),
    ("how", lambda: _("Bagaimana?")),
)


@dataclass(frozen=True)
class Hint:
    """One sentence to the writer, the words it is about, and what could stand instead; either may be empty."""

    said: str
    about: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Reading:
    """How hard a text is to read, as counts: no school mark is made of them."""

    words: int
    sentences: int
    longest: str
    longest_words: int
    long_words: tuple[str, ...]
    """Each of them once."""
    long_share: float
    """Which part of all words is long, 0 to 1."""

    @property
    def average(self) -> int:
        """Words a sentence, rounded; 0 without any."""
        return round(self.words / self.sentences) if self.sentences else 0


def unanswered(answers: Mapping[str, str]) -> list[str]:
    """The questions of 5W1H nobody has answered yet."""
    return [ask() for name, ask in ASKED if not answers.get(name, "").strip()]


def reading(text: str) -> Reading:
    """Sentences, words and the longest of each."""
    found = [(len(WORD.findall(one)), one) for line in text.splitlines() for one in sentences(line.strip("#>*- "))]
    found = [(count, one) for count, one in found if count]
    count, longest = max(found, default=(0, ""), key=lambda pair: pair[0])
    words = sum(count for count, _one in found)
    long = [word for word in WORD.findall(text) if len(word) > LONG_WORD and "-" not in word]
    return Reading(words, len(found), longest, count, tuple(dict.fromkeys(long)), len(long) / words if words else 0)


def plain(text: str) -> list[Hint]:
    """What would make it easier: the longest sentence when it is too long, and its long words."""
    read = reading(text)
    hints = []
    if read.longest_words > LONG_SENTENCE:
        said = _("Kalimat terpanjang berisi %(n)s kata. Coba bagi menjadi dua.") % {"n": read.longest_words}
        hints.append(Hint(said, read.longest))
    if read.words >= ENOUGH and read.long_share > LONG_SHARE:
        hints.append(Hint(_("Banyak kata panjang. Adakah kata sehari-hari untuk sebagian?"), ", ".join(read.long_words[:MOST_SHOWN])))
    return hints


def figures(text: str) -> list[Hint]:
    """Sums in short, figures written the English way, per cent of nothing, days without a year, words that are true today only."""
    hints = [Hint(_("Tulis jumlah uang lengkap, supaya tidak salah baca."), found[0], instead) for found, instead in _sums(text)]
    hints += [
        Hint(_("Ribuan dipisah titik, pecahan dengan koma."), found[0], found[0].replace(",", " ").replace(".", ",").replace(" ", "."))
        for found in POINT_AND_COMMA.finditer(text)
    ]
    hints += [
        Hint(_("Persen dari berapa? Sebut jumlah seluruhnya, misalnya 46 dari 120 rumah."), one)
        for line in text.splitlines()
        for one in sentences(line)
        if PER_CENT.search(one) and not OF_WHAT.search(one)
    ]
    hints += _once(DAY_AND_MONTH.finditer(text), _("Sebut tahunnya: kabar ini dibaca juga tahun depan."))
    hints += _once(RELATIVE.finditer(text), _("Sebut tanggalnya: besok kata ini sudah tidak benar."))
    return hints[:MOST_SHOWN]


def _sums(text: str) -> Iterable[tuple[re.Match[str], str]]:
    for found in ABBREVIATED.finditer(text):
        whole, _comma, part = found[1].replace(".", "").partition(",")
        zeros = THOUSANDS[found[2].lower()]
        if len(part) <= zeros and whole:
            yield found, f"Rp{int(whole + part.ljust(zeros, '0')):,}".replace(",", ".")


def _once(found: Iterable[re.Match[str]], said: str) -> list[Hint]:
    words = list(dict.fromkeys(one[0] for one in found))
    return [Hint(said, ", ".join(words[:MOST_SHOWN]))] if words else []
