"""A first draft made of the answers: plain sentences in the order a reader asks, nothing invented. The writer changes what they like."""

import re
from collections.abc import Mapping

HEADLINE_MAX = 80
"""A headline longer than this is cut off in lists and messages."""
FRAME = (("place", "Tempat"), ("happened", "Waktu"), ("who", "Yang terlibat"))
"""What is answered in a word or two, and how it is said in a text; content, so not translated."""
SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\w“\"(])")
"""Where a sentence ends; an abbreviation before a name ("H. Karto") ends none, for one letter is no sentence."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, each as it stands, spaces made single."""
    found: list[str] = []
    for piece in SENTENCE.split(" ".join(text.split())):
        if found and re.search(r"(?:\b\w|\b(?:Jl|No|Ds|Kec|Kab|dr|Drs|Hj|Tgl|Rp|Bpk|Sdr))\.$", found[-1]):
            found[-1] += f" {piece}"
        elif piece:
            found.append(piece)
    return found


def headline(answers: Mapping[str, str]) -> str:
    """The first sentence of what happened, without its full stop, as long as a headline may be."""
    first = next(iter(sentences(answers.get("what", ""))), "").rstrip(".…")
    return _begun_large(_short(first, HEADLINE_MAX))


def summary(answers: Mapping[str, str], most: int) -> str:
    """What happened, where and when, in at most `most` letters; whole sentences while they fit."""
    told = [_sentence(text) for text in sentences(answers.get("what", ""))]
    where = _sentence(", ".join(part for part in (answers.get("place", "").strip(), answers.get("happened", "").strip()) if part))
    text = ""
    for piece in [*told[:1], where, *told[1:]]:
        if piece and len(f"{text} {piece}".strip()) <= most:
            text = f"{text} {piece}".strip()
    return text or _short(" ".join(told), most)


def body(answers: Mapping[str, str]) -> str:
    """A paragraph for what happened, then where, when and who, then why and how: each as it was answered."""
    what, why, how = (_paragraph(answers.get(name, "")) for name in ("what", "why", "how"))
    frame = " ".join(_sentence(f"{label}: {answers[name]}") for name, label in FRAME if answers.get(name, "").strip())
    return "\n\n".join(text for text in (what, frame, why, how) if text)


def _paragraph(text: str) -> str:
    return " ".join(_sentence(one) for one in sentences(text))


def _sentence(text: str) -> str:
    """Begun with a capital, ended with a stop; empty stays empty."""
    text = " ".join(text.split())
    if not text:
        return ""
    return _begun_large(text) + ("" if text[-1] in '.!?…:;”"' else ".")


def _begun_large(text: str) -> str:
    """With a capital first letter, where it has one that is one letter and leads back to it ("ß" has none)."""
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 and first.lower() == text[0] else text


def _short(text: str, most: int) -> str:
    """Cut at a word, marked as cut."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…" if " " in text[: most - 1] else text[: most - 1] + "…"
