"""Judges of feeds, each by the rule of its format, and one way to read all three."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
from jsonschema import Draft202012Validator
from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
TYPES = {"atom.xml": "application/atom+xml", "rss.xml": "application/rss+xml", "feed.json": "application/feed+json"}
ONE_LINK_EACH = (
    "count(/a:feed/a:link[@rel='self']) = 1",
    "count(/a:feed/a:link[@rel='alternate']) = 1",
    "count(//a:entry[count(a:link[@rel='alternate']) != 1]) = 0",
)


@dataclass(frozen=True)
class Item:
    """One entry as a reader sees it, whatever the format."""

    id: str
    link: str
    title: str
    words: str
    published: str
    updated: str
    author: str
    checker: str
    labels: list[str]
    enclosure: tuple[str, str, int] | None


def complaints(file: str, body: bytes) -> list[str]:
    """What is wrong with a feed by the rule of its format; empty when nothing is."""
    if file == "feed.json":
        schema = json.loads((SCHEMAS / "feed.schema.json").read_text())
        found = [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(schema).iter_errors(json.loads(body))]
        ids = [item["id"] for item in json.loads(body)["items"]]
    else:
        tree = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
        judge = etree.RelaxNG(etree.parse(SCHEMAS / f"{file.removesuffix('.xml')}.rng"))
        found = [] if judge.validate(tree) else [f"line {error.line}: {error.message}" for error in judge.error_log]
        if file == "atom.xml":  # which links there must be is more than the grammar can say where elements come in any order
            found += [
                f"{path} is not one" for path in ONE_LINK_EACH if not tree.xpath(path, namespaces={"a": "http://www.w3.org/2005/Atom"})
            ]
        read = feedparser.parse(body, response_headers={"content-type": f"{TYPES[file]}; charset=utf-8"})
        found += [f"feedparser: {read.bozo_exception}"] if read.bozo else []
        ids = [entry.id for entry in read.entries]
    return found + ([] if len(ids) == len(set(ids)) else ["an id stands twice"])


def read(file: str, body: bytes) -> list[Item]:
    """The entries of a feed."""
    if file == "feed.json":
        return [_from_json(item) for item in json.loads(body)["items"]]
    return [_from_parser(entry) for entry in feedparser.parse(body, sanitize_html=False).entries]


def _from_json(item: dict[str, Any]) -> Item:
    attached = item.get("attachments", [None])[0]
    return Item(
        id=item["id"],
        link=item["url"],
        title=item["title"],
        words=item["content_text"],
        published=item["date_published"],
        updated=item["date_modified"],
        author=item["authors"][0]["name"],
        checker=item["_kentongan"]["checked_by"],
        labels=item["tags"],
        enclosure=(attached["url"], attached["mime_type"], attached["size_in_bytes"]) if attached else None,
    )


def _from_parser(entry: Any) -> Item:
    attached = next(iter(entry.enclosures), None)
    return Item(
        id=entry.id,
        link=entry.link,
        title=entry.title,
        words=entry.summary,
        published=_moment(entry.published_parsed),
        updated=_moment(entry.updated_parsed),
        author=entry.author,
        checker=entry.contributors[0]["name"],
        labels=[tag.get("label") or tag["term"] for tag in entry.tags],
        enclosure=(attached["href"], attached["type"], int(attached["length"])) if attached else None,
    )


def _moment(parsed: Any) -> str:
    return datetime(*parsed[:6]).isoformat()
