"""What in a text looks slipped in: gambling and adult advertising, letters in disguise, links that pretend, things nobody sees.

Nothing here punishes. A finding makes a person look: words like "judi", "slot" or "togel" alone are found nowhere, since neighbours write
about gambling, parking and immunisation. What is found is the language of the advertisement ("slot gacor", "bonus new member"), a plain
word only where somebody took pains to disguise it ("t0gel", "s l o t", "ѕlot" with a Cyrillic letter), and a word of its own where an
address is named after it. Pure, offline, and linear in the length of the text: words are cut once and looked up, four in a row at most.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from kentongan.ui.unseen import BLANK_LETTERS, OVERRIDES, TAGS, ZERO_WIDTH, in_a_flag, is_mark_of_direction, one_line

LINK, VOCABULARY, HIDDEN, FLOOD, WORDS = "link", "vocabulary", "hidden", "flood", "words"
"""Causes: an address, the language of an advertisement, what is disguised or invisible, too many links, a word its region watches."""
LONGEST: Final = 60_000
"""Letters that are read of one text: three times the longest story."""
IN_A_ROW: Final = 4
QUOTE: Final = 80
AROUND: Final = 30
"""Letters on either side by which one place of a text is told from another."""
MOST: Final = 12
"""Findings that are told of one text: nobody reads the thirteenth."""
FLOOD_OF_LINKS: Final = 40
"""Bawaan Kentongan: a story with more links than this is looked at."""


def _terms(text: str) -> frozenset[str]:
    return frozenset(text.split())


PHRASES = _terms("""
    slotgacor situsgacor linkgacor akungacor gamegacor polagacor jamgacor gacormaxwin slotmaxwin gampangmaxwin bocoranslot
    bocoranrtp rtpslot rtplive rtpgacor linkslot akunslot slotdana slotpulsa slotdeposit slotthailand slotserver
    slotterpercaya slotresmi slothariini slotonlineterpercaya slotonlineresmi slotdemo demoslot slotbonus judislotonline
    judionlineterpercaya judionlineresmi daftarjudi linkjudi
    bandartogelterpercaya togelterpercaya togelhongkong togelsingapore togelhariini
    keluarantogel prediksitogel bocorantogel datatogel livedrawhk livedrawsgp keluaranhk keluaransgp
    scatterhitam scatterhijau gatesofolympus sweetbonanza mahjongways pragmaticplay pgsoft starlightprincess antirungkad
    bonusnewmember depositpulsatanpapotongan depopulsa depositdana5000 modalrecehjackpot linkalternatifslot linkalternatifjudi
    livecasino dominoqq bandarqq pokerqq bandarq
    sbobet sabungayamonline agensbobet
    nontonbokep bokepindo bokepviral bokepjepang xnxx xvideos pornhub bisyarvcs
    """)
"""What only an advertisement says, blanks left out."""
RUN_TOGETHER = tuple(sorted(phrase for phrase in PHRASES if len(phrase) >= 9))
"""Long enough to be looked for inside one long word: "slotgacorhariini"."""
NAMES = _terms("slot judi togel toto casino kasino poker bokep gacor maxwin sbobet domino porno")
"""Innocent in a sentence; found in disguise, or as the name of an address."""
NUMBERED = re.compile(r"(?:slot|gacor|togel|judi|casino|kasino|bokep|maxwin)\d{2,4}")
"""How such sites call themselves: "slot88", "gacor77"."""
MENTIONS = _terms("judionline slotonline judol togel casino kasino bokep slot taruhanbola")
PROMISES = _terms("""gacor maxwin jackpot deposit depo withdraw rtp scatter bonus cuan newmember gampangmenang mudahmenang
    pastimenang modalreceh linkalternatif tanpapotongan terpercaya winrate freespin""")
"""A paragraph that names the game and makes four of these promises is an advertisement; a warning against it makes one or two."""
PROMISES_OF_AN_AD = 4

SHORTENERS = _terms(
    "bit.ly s.id tinyurl.com t.co goo.gl cutt.ly ow.ly is.gd v.gd rb.gy rebrand.ly shorturl.at t.ly tiny.cc lnk.ink heylink.me"
)
ENDINGS = (
    "com|net|org|id|co|info|biz|xyz|vip|site|online|store|shop|top|club|fun|live|win|bet|casino|poker|cc|me|io|link|app|page|click|pro|icu|"
    "space|website|today|asia|tv|ws|us|uk|in|ly|to|gg|la|lol|art|cfd|sbs|buzz|life|world|games|bar|cam|porn|sex|xxx|ru|cn"
)
"""How bare addresses end; a full stop without a blank after it ("ditangkap.Polisi") is none."""
BARE = re.compile(rf"(?<![\w@./-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{ENDINGS})\b(?:/[^\s<>()\[\]\"']{{0,200}})?", re.IGNORECASE)
"""An address without https://, which WhatsApp and browsers turn into a link all the same."""
FULL = re.compile(r"\bhttps?://[^\s<>()\[\]\"']{1,2000}", re.IGNORECASE)
RUNNING = re.compile(r"\]\(\s{0,9}(?:javascript|data|vbscript)\s{0,9}:|display\s{0,9}:\s{0,9}none", re.IGNORECASE)
"""What belongs to no story: a link that would run something, a piece of style that hides. (Other HTML is shown as the words it is.)"""

LOOK_ALIKE = str.maketrans(
    "аеорсухѕіјԁһӏԛѡвнкмтгпαοενκιρτυχγηωβАВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıℓ",
    "aeopcyxsijdhlqwbhkmtrnaoevkiptuxynwbABEKMHOPCTYXSIJABEZHIKMNOPTYXgil",
)
"""Letters of other alphabets that look Latin: Cyrillic, Greek, a few of phonetics. Unicode's confusables, those that occur."""
DIGITS_AS_LETTERS = str.maketrans("013456789@$!", "oieasgtbgasi")
ELL = str.maketrans("013456789@$!", "oleasgtbgasl")
SIGNS_AS_LETTERS = "@$!"
PIECE = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True)
class Finding:
    """What was found: why, the very signs as they stand (shortened), in which part of the thing ("headline", "body", "source" …),
    and the words around it.
    """

    cause: str
    found: str
    part: str = ""
    around: str = ""

    @property
    def key(self) -> str:
        """Names it in its sentence: what somebody looked at is not put before them again, the same words elsewhere are."""
        return f"{self.cause}:{self.around or self.found}"


@dataclass(frozen=True)
class Word:
    """One word: as it is compared, where it stands, and whether somebody took pains that it should not be read."""

    plain: str
    start: int
    end: int
    disguised: bool = False


def look(parts: Iterable[tuple[str, str]], links: Iterable[tuple[str, str]] = (), watched: Iterable[str] = ()) -> list[Finding]:
    """Everything in these parts (name, text) that a person should look at, each once, at most MOST.

    `links` are addresses (part, address) besides those in the texts; `watched` the words a region asks to be looked at.
    """
    watch = {run(word) for word in watched} - {""}
    found: dict[str, Finding] = {}
    amount = 0
    for part, whole in parts:
        text = whole[:LONGEST]
        addresses = addresses_in(text)
        amount += len(addresses)
        for finding in (*_in_text(text, part, watch), *(_link(address, part) for address in addresses)):
            if finding is not None:
                found.setdefault(finding.key, finding)
    for part, address in links:
        if (about := _link(address, part)) is not None:
            found.setdefault(about.key, about)
    if amount > FLOOD_OF_LINKS:
        found.setdefault(FLOOD, Finding(FLOOD, str(amount)))
    return list(found.values())[:MOST]


def addresses_in(text: str) -> list[str]:
    """Every address written in a text, with https:// or bare, each once and in order."""
    trimmed = (address.rstrip(".,;:!?*_") for pattern in (FULL, BARE) for address in pattern.findall(text))
    return list(dict.fromkeys(trimmed))


def is_short(address: str) -> bool:
    """Whether an address hides where it leads: a link shortener. Said beside the link; where it leads is not asked of the network."""
    return _host(address).removeprefix("www.") in SHORTENERS


def host_of(address: str) -> str:
    """The host as it is read: without "www.", punycode as it stands."""
    return _host(address).removeprefix("www.")


def run(text: str) -> str:
    """A text as it is compared: small Latin letters and digits, no blanks, no marks, other alphabets' look-alikes read as Latin."""
    return "".join(word.plain for word in words(text))


def words(text: str) -> list[Word]:
    """The words of a text as they are compared."""
    folded, at = _folded(text)
    return [_word(folded, at, text, found.start(), found.end()) for found in PIECE.finditer(folded)]


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in small plain letters, without what cannot be seen, and where each letter came from."""
    letters: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        if sign.isascii():
            letters.append(sign.lower())
            at.append(place)
            continue
        if sign in ZERO_WIDTH or sign in BLANK_LETTERS or is_mark_of_direction(sign) or ord(sign) in TAGS:
            continue
        for plain in unicodedata.normalize("NFKD", sign.translate(LOOK_ALIKE)):
            if not unicodedata.combining(plain):
                letters.append(plain.translate(LOOK_ALIKE).lower()[:1])
                at.append(place)
    return "".join(letters), at


def _word(folded: str, at: list[int], text: str, start: int, end: int) -> Word:
    first, last = at[start], at[end - 1] + 1
    written = text[first:last]
    return Word(folded[start:end], first, last, disguised=_is_mixed(written) or _has_a_gap(written))


def _is_mixed(written: str) -> bool:
    """One word of two alphabets, one of whose letters only looks like the other's ("10 kΩ" and "β-karoten" are none)."""
    if written.isascii() or len(written) < 3:
        return False
    latin = any("a" <= sign.lower() <= "z" for sign in written)
    return latin and any(sign.translate(LOOK_ALIKE) != sign and sign not in "ıɡℓ" for sign in written)


def _has_a_gap(written: str) -> bool:
    """A sign nobody sees between two Latin letters; a soft hyphen comes with every text copied from print."""
    return any(
        sign in ZERO_WIDTH.replace("\u00ad", "")
        and 0 < place < len(written) - 1
        and written[place - 1].isascii()
        and written[place + 1].isascii()
        for place, sign in enumerate(written)
    )


def _in_text(text: str, part: str, watch: set[str]) -> Iterator[Finding]:
    yield from _hidden(text, part)
    read = BARE.sub(_blank, FULL.sub(_blank, text))  # addresses are judged as addresses
    for start, end in _paragraphs(read):
        yield from _in_paragraph(read[start:end], part, watch)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in re.finditer(r"\n[ \t]*\n", text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _in_paragraph(text: str, part: str, watch: set[str]) -> Iterator[Finding]:
    plain = words(text)
    signs = any(sign in text for sign in SIGNS_AS_LETTERS)
    seen = set()
    for joined, first, last in _joined(plain):
        seen.add(joined)
        if joined in watch:
            yield _at(WORDS, text, plain[first].start, plain[last].end, part)
        if joined in PHRASES:
            yield _at(VOCABULARY, text, plain[first].start, plain[last].end, part)
        elif first == last:
            yield from _alone(plain[first], text, part, signs)
    for word in _spelled(plain):
        if word.plain in PHRASES or any(name in word.plain for name in NAMES):
            yield _at(VOCABULARY, text, word.start, word.end, part)
    if seen & MENTIONS and len(seen & PROMISES) >= PROMISES_OF_AN_AD:
        yield _at(VOCABULARY, text, plain[0].start, plain[-1].end, part)


def _joined(plain: list[Word]) -> Iterator[tuple[str, int, int]]:
    """Every one to four words in a row, put together, with the first and the last."""
    for first in range(len(plain)):
        joined = ""
        for last in range(first, min(first + IN_A_ROW, len(plain))):
            joined += plain[last].plain
            yield joined, first, last


def _alone(word: Word, text: str, part: str, signs: bool) -> Iterator[Finding]:
    """One word by itself: the name of a site, or something in disguise."""
    if _names_a_site(word.plain) or (signs and _signs_for_letters(word, text)):
        yield _at(VOCABULARY, text, word.start, word.end, part)
    elif word.disguised and (word.plain in NAMES or _is_mixed(text[word.start : word.end])):
        yield _at(HIDDEN, text, word.start, word.end, part)


def _names_a_site(plain: str) -> bool:
    """A number behind its name, a phrase run together, or a name written with digits for letters."""
    return NUMBERED.fullmatch(plain) is not None or _long(plain) or _digits_for_letters(plain)


def _digits_for_letters(plain: str) -> bool:
    inside = plain.rstrip("0123456789")
    if inside.isalpha() or plain.isdecimal() or not any(sign.isdecimal() for sign in plain):
        return False
    return any(
        read in NAMES or read in PHRASES for read in (plain.translate(DIGITS_AS_LETTERS), plain.translate(ELL), inside.translate(ELL))
    )


def _signs_for_letters(word: Word, text: str) -> bool:
    """ "c@sino", "$lot": the word as it stands between blanks, when it has such a sign inside."""
    start, end = word.start, word.end
    while start > 0 and end - start < 24 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and end - start < 24 and not text[end].isspace():
        end += 1
    chunk = text[start:end].strip(".,;:?()[]\"'").lower()
    if not any(sign in chunk for sign in SIGNS_AS_LETTERS):
        return False
    return any(chunk.rstrip("!").translate(table) in NAMES for table in (DIGITS_AS_LETTERS, ELL))


def _spelled(plain: list[Word]) -> Iterator[Word]:
    """Words put together from single letters: "s l o t", "g.a.c.o.r"."""
    start = 0
    while start < len(plain):
        end = start
        while end < len(plain) and len(plain[end].plain) == 1 and end - start < 40:
            end += 1
        if end - start >= 4:
            letters = "".join(word.plain for word in plain[start:end])
            yield Word(letters, plain[start].start, plain[end - 1].end, disguised=True)
        start = max(end, start + 1)


def _hidden(text: str, part: str) -> Iterator[Finding]:
    if found := RUNNING.search(text):
        yield Finding(HIDDEN, _quote(text, found.start(), found.end()), part)
    for at, sign in enumerate(text):
        if sign.isascii():
            continue
        tagged = ord(sign) in TAGS and not in_a_flag(text, at)
        if sign in OVERRIDES or sign in BLANK_LETTERS[:4] or tagged:
            yield _at(HIDDEN, text, max(0, at - 12), at + 12, part, said=f"U+{ord(sign):04X} ")
            break


def _link(address: str, part: str) -> Finding | None:
    return Finding(LINK, address[:QUOTE], part, address[:500]) if suspicious_address(address) else None


def suspicious_address(address: str) -> bool:
    """Whether an address is named after what such sites sell, or pretends to be another one."""
    host = _host(address)
    return _pretends(address, host) or _sells(host, _path(address))


def _pretends(address: str, host: str) -> bool:
    """Letters of another alphabet in the host, a name before "@", a bare number: none of them leads where it says."""
    if "xn--" in host or not host.isascii():
        return True
    parts = urlsplit(address) if "//" in address else None
    return parts is not None and (
        "@" in parts.netloc or re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}|0x[0-9a-f]{1,8}|\d{8,10}", host) is not None
    )


def _sells(host: str, path: str) -> bool:
    labels = words(host)
    named = any(_named_after(word.plain) for word in labels)
    if named or _phrase_in(labels):
        return True
    steps = [words(step) for step in path.split("/") if step]
    return any(_phrase_in(step) or _only_names(step) for step in steps)


def _named_after(plain: str) -> bool:
    stem = plain.rstrip("0123456789")
    long = any(name in stem for name in ("casino", "kasino", "judionline", "slotgacor", "pokerqq", "dominoqq", "sbobet"))
    return (
        long
        or bool(NUMBERED.search(plain))
        or any(stem == name or (len(name) > 4 and (stem.startswith(name) or stem.endswith(name))) for name in NAMES)
    )


def _phrase_in(step: list[Word]) -> bool:
    return any(one in PHRASES or one == "slotonline" or _names_a_site(one) for one, _first, _last in _joined(step))


def _long(one: str) -> bool:
    return len(one) >= 9 and any(phrase in one for phrase in RUN_TOGETHER)


def _only_names(step: list[Word]) -> bool:
    """A step of the path that says nothing else: "/togel/", "/judi-online/", "/slot-gacor-77"; not "/warga-menolak-judi-online"."""
    said = {word.plain.rstrip("0123456789") for word in step} - {"", "online", "indonesia", "html", "php", "login", "daftar"}
    return bool(said) and said <= NAMES - {"domino", "toto", "slot", "poker"}


def _host(address: str) -> str:
    rest = address.split("//", 1)[-1]
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rsplit("@", 1)[-1]
    return unquote(host).split(":", 1)[0].lower().rstrip(".")


def _path(address: str) -> str:
    rest = address.split("//", 1)[-1]
    return re.sub(r"[?#&=]", "/", unquote(rest[len(re.split(r"[/?#]", rest, maxsplit=1)[0]) :]))[:500]


def _at(cause: str, text: str, start: int, end: int, part: str, *, said: str = "") -> Finding:
    around = one_line(text[max(0, start - AROUND) : end + AROUND])
    return Finding(cause, said + _quote(text, start, end), part, around[: 2 * QUOTE])


def _quote(text: str, start: int, end: int) -> str:
    """The place as it stands, in one line, shortened."""
    quoted = one_line(text[start:end])
    return quoted if len(quoted) <= QUOTE else f"{quoted[: QUOTE - 1]}…"
