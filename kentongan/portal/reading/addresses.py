"""Whole addresses, with the host, for what leaves the site: feeds, shared text, structured data; and where feeds stand."""

from urllib.parse import urlsplit

from django.conf import settings

SINCE = "2026"
FEEDS = (
    ("atom.xml", "application/atom+xml", "Atom"),
    ("rss.xml", "application/rss+xml", "RSS"),
    ("feed.json", "application/feed+json", "JSON"),
)
"""File, media type and name of each format."""
FEED_TYPES = {file: kind for file, kind, _name in FEEDS}


def whole(path: str) -> str:
    """The address with its host."""
    return f"{settings.SITE_URL}{path}"


def tag(kind: str, key: object) -> str:
    """A name that stays the same after every edit (RFC 4151), for a feed or an entry."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{SINCE}:{kind}/{key}"


def files_at(list_at: str) -> dict[str, str]:
    """The formats in which a list can be taken away: the address of the list, without its last stroke, and an ending."""
    return {kind: f"{list_at.rstrip('/')}.{kind}" for kind in ("csv", "xlsx")}


def feeds_at(place: str) -> list[dict[str, str]]:
    """The feeds that stand beside a page."""
    return [{"href": f"{place}{file}", "type": kind, "label": name} for file, kind, name in FEEDS]
