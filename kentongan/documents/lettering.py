"""What people wrote, as our fonts can draw it: nothing invisible, nothing that turns the line around, words that can be broken."""

import re
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
LONGEST_WORD = 26
"""Letters after which a word gets places to break, one every PIECE letters: a line may be narrower."""
PIECE = 13
LEFT_OUT = "[…]"
"""Stands for letters of an alphabet we have no font for."""

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED = re.compile(f"({_MARK}{{2}}){_MARK}+")
_LONG = re.compile(rf"[^\s\u200b\u00a0]{{{LONGEST_WORD},}}")
_BLANKS = re.compile(r"[^\S\u00a0]+")
"""A blank that may not be broken at stays one."""
_PIECES = re.compile(f".{{1,{PIECE}}}")


@cache
def _undrawable() -> re.Pattern[str]:
    """Runs of characters that none of our fonts has (`fonts/coverage.txt`), blanks not counted."""
    ranges = (line.split("-") for line in (FONTS / "coverage.txt").read_text().split())
    drawn = "".join(f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}" for first, last in ranges if int(last, 16) >= 0x20)
    return re.compile(f"[^\\s{drawn}]+")


def drawable(text: str) -> str:
    """`text` in one line as it can be set: letters we have no font for become LEFT_OUT, other signs (emoji) are left out."""
    plain = _PILED.sub(r"\1", _UNSEEN.sub("", unicodedata.normalize("NFC", text.encode(errors="ignore").decode())))
    seen = _undrawable().sub(_stand_in, _BLANKS.sub(" ", plain))
    return _LONG.sub(_breakable, _BLANKS.sub(" ", seen).strip())


def _stand_in(found: re.Match[str]) -> str:
    return LEFT_OUT if any(unicodedata.category(letter)[0] in "LN" for letter in found[0]) else ""


def _breakable(found: re.Match[str]) -> str:
    return "\u200b".join(_PIECES.findall(found[0]))
