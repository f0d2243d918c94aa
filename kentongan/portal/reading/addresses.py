"""Whole addresses, with the host, for what leaves the site: feeds, shared text, structured data."""

from urllib.parse import urlsplit

from django.conf import settings

SINCE = "2026"


def whole(path: str) -> str:
    """The address with its host."""
    return f"{settings.SITE_URL}{path}"


def tag(kind: str, key: object) -> str:
    """A name that stays the same after every edit (RFC 4151), for a feed or an entry."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{SINCE}:{kind}/{key}"
