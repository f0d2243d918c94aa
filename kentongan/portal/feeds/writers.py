"""Three ways to write a feed: Atom (RFC 4287), RSS 2.0 (RSS Advisory Board), JSON Feed 1.1 (jsonfeed.org)."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from kentongan.portal.feeds.entries import Entry, Feed

ATOM, DC, TERMS = "http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
for prefix, space in (("atom", ATOM), ("dc", DC), ("dcterms", TERMS)):
    ET.register_namespace(prefix, space)


def atom(feed: Feed) -> bytes:
    """RFC 4287. Everything in it is plain text, so that no reader can run any of it."""
    root = ET.Element("feed", {"xmlns": ATOM, LANG: feed.language})
    _put(root, "id", feed.name)
    _put(root, "title", feed.title)
    _put(root, "updated", _iso(feed.updated))
    _put(root, "link", rel="self", type="application/atom+xml", href=feed.here)
    _put(root, "link", rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        _atom_entry(_put(root, "entry"), entry)
    return _document(root)


def _atom_entry(node: ET.Element, entry: Entry) -> None:
    node.set(LANG, entry.language)
    _put(node, "id", entry.name)
    _put(node, "title", entry.title)
    _put(node, "link", rel="alternate", type="text/html", href=entry.address)
    _put(node, "published", _iso(entry.published))
    _put(node, "updated", _iso(entry.updated))
    author = _put(node, "author")
    _put(author, "name", entry.author)
    _put(author, "uri", entry.author_address)
    if entry.checker:
        _put(_put(node, "contributor"), "name", entry.checker)
    for term, words in entry.labels:
        _put(node, "category", term=term, label=words)
    if entry.image:
        _put(node, "link", rel="enclosure", type=entry.image.kind, length=str(entry.image.size), href=entry.image.address)
    _put(node, "summary", "\n\n".join(entry.words))


def rss(feed: Feed) -> bytes:
    """RSS 2.0. A description is taken for HTML by readers, so its words are escaped once more."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = _put(root, "channel")
    _put(channel, "title", feed.title)
    _put(channel, "link", feed.page)
    _put(channel, "description", feed.title)
    _put(channel, "language", feed.entries[0].language if feed.entries else feed.language)
    _put(channel, "lastBuildDate", format_datetime(feed.updated))
    _put(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=feed.here)
    for entry in feed.entries:
        _rss_item(_put(channel, "item"), entry)
    return _document(root)


def _rss_item(node: ET.Element, entry: Entry) -> None:
    _put(node, "title", entry.title)
    _put(node, "link", entry.address)
    _put(node, "guid", entry.name, isPermaLink="false")
    _put(node, "pubDate", format_datetime(entry.published))
    _put(node, f"{{{TERMS}}}modified", _iso(entry.updated))
    _put(node, f"{{{DC}}}creator", entry.author)
    if entry.checker:
        _put(node, f"{{{DC}}}contributor", entry.checker)
    for _term, words in entry.labels:
        _put(node, "category", words)
    if entry.image:
        _put(node, "enclosure", url=entry.image.address, length=str(entry.image.size), type=entry.image.kind)
    _put(node, "description", "".join(f"<p>{escape(line)}</p>" for line in entry.words))


def json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1; who checked a story stands in an extension of ours."""
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.here,
        "language": feed.language,
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(top, ensure_ascii=False, indent=1).encode()


def _json_item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.name,
        "url": entry.address,
        "title": entry.title,
        "content_text": "\n\n".join(entry.words),
        "summary": entry.summary,
        "date_published": _iso(entry.published),
        "date_modified": _iso(entry.updated),
        "authors": [{"name": entry.author, "url": entry.author_address}],
        "tags": [words for _term, words in entry.labels],
        "language": entry.language,
        "_kentongan": {"checked_by": entry.checker},
    }
    if entry.image:
        item["image"] = entry.image.address
        item["attachments"] = [{"url": entry.image.address, "mime_type": entry.image.kind, "size_in_bytes": entry.image.size}]
    return item


def _put(node: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(node, name, attributes)
    child.text = text
    return child


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _document(root: ET.Element) -> bytes:
    ET.indent(root, "")
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written


WRITERS: dict[str, Callable[[Feed], bytes]] = {"atom.xml": atom, "rss.xml": rss, "feed.json": json_feed}
"""By the name of the file; the names and types stand in `portal.reading.addresses.FEEDS`."""
