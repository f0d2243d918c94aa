"""What somebody typed into a search box, taken apart into comparable words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# The pattern a region's code follows for each word people put before a place's name.
_KINDS_OF_PLACE: tuple[tuple[str, str], ...] = (
    ("provinsi propinsi prov prop", r"^[0-9]{2}$"),
    ("kabupaten kab", r"^[0-9]{2}\.[0-6][0-9]$"),
    ("kota kotamadya", r"^[0-9]{2}\.[7-9][0-9]$"),
    ("kecamatan kec distrik", r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$"),
    ("kelurahan kel lurah", r"\.1[0-9]{3}$"),
    ("desa ds kampung kampong gampong nagari", r"\.[123][0-9]{3}$"),
)
KINDS = {word: (depth, pattern) for depth, (words, pattern) in enumerate(_KINDS_OF_PLACE) for word in words.split()}
MOST_WORDS = 8  # more than any place's name and the places it lies in


def words_of(text: str) -> list[str]:
    """The words of a spelling as they are compared: small, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", re.sub(r"['\"`]", "", plain))


def name_text(name: str) -> str:
    """A name's words and, where there are several, all of them written as one, each between spaces."""
    words = words_of(name)
    return f" {' '.join(words)} {''.join(words)} " if len(words) > 1 else f" {''.join(words)} "


def search_text(names: Iterable[str]) -> str:
    """What a place is found by: its own name, then those of the places it lies in."""
    return "".join(name_text(name) for name in names)


@dataclass(frozen=True, slots=True)
class Sought:
    """One reading of a search: the words to find, and the pattern of the code when the text begins with the kind of a place.

    `said` holds every word as it stood, since a name may itself begin so ("Kota Baru", "Kampung Baru").
    """

    words: tuple[str, ...]
    said: tuple[str, ...]
    pattern: str = ""


def written(words: tuple[str, ...]) -> list[str]:
    """A whole name of these words as `name_text` writes it: in one word, or in several."""
    joined = "".join(words)
    return [f" {joined} ", f" {' '.join(words)} {joined} "]


def readings(text: str) -> list[Sought]:
    """The ways `text` can be meant. The word for a kind of place is not searched for where leaving it out finds more.

    "kab pati" is a regency; of several kinds the smallest place is meant ("kab pati desa kajen").
    """
    words = tuple(words_of(text)[:MOST_WORDS])
    names = tuple(word for word in words if word not in KINDS)
    if not words:
        return []
    if not names or names == words:
        return [Sought(words, words)]
    if words[0] in KINDS:
        return [Sought(names, words, max(KINDS[word] for word in words if word in KINDS)[1])]
    return [Sought(words, words), Sought(names, words)]


def joinings(sought: Sought) -> list[Sought]:
    """The words with each two neighbours written as one: "gulang pongge pati" → gulangpongge pati, gulang ponggepati."""
    words = sought.words
    return [Sought((*words[:at], words[at] + words[at + 1], *words[at + 2 :]), sought.said, sought.pattern) for at in range(len(words) - 1)]
