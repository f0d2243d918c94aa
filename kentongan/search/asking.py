"""What somebody typed into the search, read: words in any order, "words in quotes" together, the last word perhaps unfinished."""

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS = 400
MOST_WORDS = 12
SHORTEST_BEGINNING = 3
"""Letters a word must have before it stands for every longer one as well."""

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"([^"]*)"')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))


class TooLong(ValueError):
    """Longer than anything one can mean to look for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, read. `text` is what was typed, fit to be shown again."""

    text: str
    words: tuple[str, ...] = ()
    """All words, those of phrases too, small and without accents, each once."""
    phrases: tuple[tuple[str, ...], ...] = ()
    last: str = ""
    """The word at the end that may be the beginning of a longer one; empty where the text ends with quotes or the word is short."""
    cut: bool = False
    """More words than we look for: the first MOST_WORDS count."""

    def __bool__(self) -> bool:
        return bool(self.words)

    def replaced(self, word: str, other: str) -> str:
        """The text with one of its words corrected, or left out where `other` is empty."""
        parts = re.split(r"([^\W_]+)", self.text)
        return " ".join("".join(other if word in words_of(part) else part for part in parts).split())


def parse(text: str) -> Asked:
    """Read what was typed. Raises TooLong; everything else means something, if only nothing."""
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    shown = legible(text)
    quoted = shown.translate(_QUOTES)
    phrases = [tuple(words_of(phrase)) for phrase in _QUOTED.findall(quoted)]
    everything = words_of(quoted)
    words = tuple(dict.fromkeys(everything))[:MOST_WORDS]
    open_end = bool(words) and not quoted.rstrip().endswith('"') and everything[-1] in words
    last = everything[-1] if open_end and len(everything[-1]) >= SHORTEST_BEGINNING else ""
    kept = tuple(phrase for phrase in phrases if len(phrase) > 1 and set(phrase) <= set(words))
    return Asked(shown, words, kept, last, cut=len(set(everything)) > MOST_WORDS)


def legible(text: str) -> str:
    """Without what cannot be seen: control signs, marks that turn the direction of writing, signs without width, halves of signs."""
    visible = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return " ".join("".join(sign for sign in visible if unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn")).split())


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: small, without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
