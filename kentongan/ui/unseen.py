"""Signs nobody sees: what they are, and a line without them."""

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u180e\u00ad\u034f"
OVERRIDES = "\u202d\u202e"
"""Show a text in another order than it is written. The weaker marks come with every number copied out of WhatsApp."""
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters that are drawn as nothing."""
TAGS = range(0xE0000, 0xE0080)
BLACK_FLAG = "\U0001f3f4"


def one_line(text: str) -> str:
    """A name or headline without the signs nobody sees: zero-width, direction marks, blank letters, controls.

    Joiners stay where a script needs them (Arabic, Javanese, Bengali) and in the middle of an emoji.
    """
    kept = [sign for at, sign in enumerate(text) if not _unseen(text, at)]
    return " ".join("".join(kept).split())


def _unseen(text: str, at: int) -> bool:
    sign = text[at]
    if sign.isascii():
        return not sign.isprintable() and not sign.isspace()
    if sign in "\u200c\u200d":
        return not (0 < at < len(text) - 1 and not text[at - 1].isascii() and not text[at + 1].isascii())
    return sign in ZERO_WIDTH or sign in BLANK_LETTERS[:4] or is_mark_of_direction(sign) or (ord(sign) in TAGS and not in_a_flag(text, at))


def is_mark_of_direction(sign: str) -> bool:
    return "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069" or sign in "\u200e\u200f\u061c"


def in_a_flag(text: str, at: int) -> bool:
    """The flags of England, Scotland and Wales are written with these signs."""
    return BLACK_FLAG in text[max(0, at - 8) : at]
