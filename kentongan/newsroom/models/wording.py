"""Texts of this room: how long they may be, whether they fit, what differs between two of them."""

import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import wraps
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext

from kentongan.core.errors import BadRequest
from kentongan.ui.writing import number

BODY_MAX = 20_000
SUMMARY_MAX = 280
SHARE_MAX = 500
DIFF_PAIRS = 100_000
"""How many pairs of equal words two texts may have to be compared word by word: some three times those of 3,000 ordinary words."""


def too_long(thing: models.Model) -> str:
    """The sentence about the first text of `thing` that is longer than its field allows; empty when all fit. Says that nothing is lost."""
    for field in thing._meta.get_fields():
        most = getattr(field, "max_length", None)
        text = getattr(thing, field.name) if most else ""
        if isinstance(text, str) and most and len(text) > most:
            said = gettext(
                "“%(field)s” terlalu panjang: %(length)s huruf, paling banyak %(most)s. Pendekkan dulu; yang Anda tulis tidak hilang."
            )
            label = str(getattr(field, "verbose_name", field.name)).capitalize()
            return said % {"field": label, "length": number(len(text)), "most": number(most)}
    return ""


Answer = TypeVar("Answer")


def asked_once(question: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
    """Keep the answer until the row's version changes: a page of buttons asks the same of one story many times."""

    @wraps(question)
    def ask(thing: Any) -> Answer:
        kept: dict[tuple[str, int], Answer] = thing.__dict__.setdefault("_answers", {})
        key = (question.__name__, thing.version)
        if key not in kept:
            kept[key] = question(thing)
        return kept[key]

    return ask


def diff(before: str, after: str) -> list[tuple[str, str]]:
    """What changed between two texts, word by word: (op, text) with op "same", "del" or "ins", for <del> and <ins>.

    Line breaks are kept, so that the pieces put together read like the text. A word that merely moved counts as deleted and inserted.
    Texts made to be slow to compare are compared line by line, or not at all: this is done while a reader waits.
    """
    for piece in (r"\S+|\s+", r".+|\n+"):
        old, new = re.findall(piece, before), re.findall(piece, after)
        if _pairs(old, new) <= DIFF_PAIRS:
            break
    else:
        return [(op, text) for op, text in (("del", before), ("ins", after)) if text]
    pieces: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(old[i1:i2])))
            continue
        pieces += [(op, text) for op, text in (("del", "".join(old[i1:i2])), ("ins", "".join(new[j1:j2]))) if text]
    return pieces


def _pairs(old: list[str], new: list[str]) -> int:
    """How often a piece of one text stands in the other, blanks left out: what comparing them costs."""
    times = Counter(piece for piece in new if not piece.isspace())
    return sum(times[piece] for piece in old)


def fit(thing: models.Model) -> None:
    """Raise BadRequest, which loses nothing, when a text of `thing` is longer than its field."""
    if sentence := too_long(thing):
        raise BadRequest(sentence)
