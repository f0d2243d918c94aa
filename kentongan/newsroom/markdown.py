"""What members write, as safe HTML: structure only. Headings, lists, quotes, links, tables; no raw HTML, no pictures by address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kentongan.newsroom.suspicion import is_short
from kentongan.ui.writing import outside

TAGS = {
    *[
        "h2",
        "h3",
        "p",
        "br",
        "hr",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "a",
        "code",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
}
REL = "nofollow ugc noopener"
WEB = re.compile(r"https?://[^\s<>\"')\]]+(?<![.,;:!?])", re.IGNORECASE)


def _web_only(address: str) -> bool:
    return WEB.match(address) is not None


def _two_headings(state: Any) -> None:
    """The page has its h1: `#` and `##` become h2, everything below h3."""
    for token in state.tokens:
        if token.type.startswith("heading_"):
            token.tag = "h2" if token.tag in ("h1", "h2") else "h3"


def _bare_links(state: Any) -> None:
    """An address pasted as it is becomes a link, as people on phones expect."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_linked(token.children))


def _marked(state: Any) -> None:
    """A link says where it leads when its words do not; one that is being looked at leads nowhere and says so."""
    told = state.env.get("links")
    for token in state.tokens if told else ():
        if token.type == "inline":
            token.children = list(told.mark(token.children))


@dataclass(frozen=True)
class Links:
    """How links are shown: `inert` are addresses that lead nowhere for now (None: all of them)."""

    inert: frozenset[str] | None = frozenset()

    def mark(self, tokens: list[Token]) -> Iterator[Token]:
        """The tokens of a line, each link with its host or without its way."""
        address, words = "", ""
        for token in tokens:
            if token.type == "link_open":
                address, words = str(token.attrs["href"]), ""
                if not self._leads(address):
                    continue
            elif token.type == "link_close":
                if not self._leads(address):
                    yield Token("text", "", 0, content=f" ({gettext('tautan ini sedang diperiksa')})")
                    continue
                if said := _beside(address, words):
                    yield Token("text", "", 0, content=f" ({said})")
            else:
                words += token.content
            yield token

    def _leads(self, address: str) -> bool:
        return self.inert is not None and address not in self.inert


def short_link() -> str:
    """What is said of a link of which nobody sees where it leads."""
    return gettext("tautan pendek: tujuannya baru terlihat setelah dibuka")


def _beside(address: str, words: str) -> str:
    """What a reader is told of a link besides its words: its host where they do not say it, and that it is a short one."""
    host = outside(address)
    return ", ".join([host] * (host not in words.lower()) + [short_link()] * is_short(address))


def _linked(tokens: list[Token]) -> Iterator[Token]:
    inside = False
    for token in tokens:
        inside = token.type == "link_open" or (inside and token.type != "link_close")
        if token.type == "text" and not inside:
            yield from _split(token.content)
        else:
            yield token


def _split(text: str) -> Iterator[Token]:
    end = 0
    for match in WEB.finditer(text):
        yield Token("text", "", 0, content=text[end : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": match[0]})
        yield Token("text", "", 0, content=match[0])
        yield Token("link_close", "a", -1)
        end = match.end()
    yield Token("text", "", 0, content=text[end:])


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
    parser.validateLink = _web_only  # type: ignore[method-assign,assignment]
    parser.core.ruler.push("two_headings", _two_headings)
    parser.core.ruler.push("bare_links", _bare_links)
    parser.core.ruler.push("marked_links", _marked)
    return parser


_markdown = _parser()


def html(text: str, inert: frozenset[str] | None = frozenset()) -> SafeString:
    """`text` as HTML in which nothing can run: parsed without HTML, then cleaned against a list of tags as if it had not been.

    A link to another host says which, when its words do not. `inert` are addresses that lead nowhere while somebody looks at them (None:
    every address).
    """
    attributes = {"a": {"href"}, "ol": {"start"}}
    rendered = _markdown.render(text, {"links": Links(inert)})
    clean = nh3.clean(rendered, tags=TAGS, attributes=attributes, url_schemes={"http", "https"}, link_rel=REL)
    return mark_safe(clean)  # noqa: S308


def plain(text: str) -> str:
    """The words alone, in one line, for excerpts, feeds and search."""
    return " ".join(unescape(nh3.clean(_markdown.render(text), tags=set())).split())


def blocks(text: str) -> list[tuple[str, str]]:
    """The words of `text` in order, for paper and voice, as (kind, words).

    "h" is a heading, "li" a point of a list or a row of a table, anything else "p". A quotation stands in quotation marks.
    """
    found: list[tuple[str, str]] = []
    inside: list[str] = []
    row: list[str] = []
    for token in _markdown.parse(text):
        inside += [token.type] * (token.nesting == 1)
        words = _words(token)
        if "tr_open" in inside:
            row += [words] if words else []
        elif words:
            words = words if "blockquote_open" not in inside or words[0] in '"“«' else f"“{words}”"
            found.append(("h" if "heading_open" in inside else "li" if "list_item_open" in inside else "p", words))
        if token.nesting == -1 and inside.pop() == "tr_open":
            found.append(("li", ": ".join((row[0], ", ".join(row[1:]))) if len(row) > 1 else "".join(row)))
            row = []
    return [(kind, words) for kind, words in found if words]


def _words(token: Token) -> str:
    """The words of a token that holds some, in one line."""
    if token.type in ("fence", "code_block"):
        return " ".join(token.content.split())
    said = ("\n" if child.type.endswith("break") else child.content for child in token.children or [])
    return " ".join("".join(said).split())


def links(text: str) -> list[tuple[str, str]]:
    """Every web address in `text` that becomes a link, with the words it stands under, in order and once."""
    return list(dict.fromkeys(_written(_markdown.parse(text))))


def _written(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        children = token.children or []
        for number, child in enumerate(children):
            if child.type == "link_open":
                yield str(child.attrs["href"]), _words_after(children[number + 1 :])


def _words_after(tokens: list[Token]) -> str:
    words = []
    for token in tokens:
        if token.type == "link_close":
            break
        words.append(token.content)
    return "".join(words)
