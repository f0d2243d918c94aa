"""Numbers in a text, highlighted for whoever checks them: figures and number words, each with the word it counts."""

import re

from django.utils.safestring import SafeString, mark_safe

ONES = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|seratus|seribu|sejuta|setengah"
SCALES = "belas|puluh|ratus|ribu|juta|miliar|triliun"
FIGURE = r"(?:Rp\s?)?\d(?:[\d.,:/–-]*\d)?(?:\s?%)?"
WORD = rf"(?:{ONES})(?:\s+(?:{SCALES}|{ONES}))*"
NUMBER = re.compile(rf"\b(?:{FIGURE}(?:\s+(?:{SCALES}))*|{WORD})\b%?(?:\s+[A-Za-z]+)?", re.IGNORECASE)
APART = re.compile(r"(<[^>]*>|&#?\w+;)")
"""Tags and character references of safe HTML: what is not text."""


def numbers_marked(html: SafeString) -> SafeString:
    """The same safe HTML with each number of its text inside <mark>. Adds no other tag, changes no word."""
    pieces = APART.split(html)
    marked = [piece if at % 2 else NUMBER.sub(r"<mark>\g<0></mark>", piece) for at, piece in enumerate(pieces)]
    return mark_safe("".join(marked))  # noqa: S308  (pieces of what was safe already)


def count_numbers(html: SafeString) -> int:
    """How many numbers there are to check."""
    return sum(len(NUMBER.findall(piece)) for at, piece in enumerate(APART.split(html)) if not at % 2)
