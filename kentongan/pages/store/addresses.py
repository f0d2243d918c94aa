"""Which file answers which address. Pure text: `deploy/nginx.conf` holds the same table, and a test compares the two."""

import re
from functools import lru_cache

SLUG = r"[a-z0-9][a-z0-9-]{0,100}"
CODE = r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?"
CURSOR = r"[A-Za-z0-9_.~-]{1,80}"
LONGEST = 700
"""Characters of the longest address we answer from the store."""
TYPES = {
    ".html": "text/html; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "sitemap.xml": "application/xml; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By a file's name, else by its ending."""

_SITE = re.compile(rf"nasional|kim/{SLUG}|wilayah/{CODE}", re.ASCII)
_ADDRESS = re.compile(
    rf"/(?P<tongue>en/)?+"  # in English, in a directory that no Indonesian address has
    rf"(?:(?P<site>kim/{SLUG}|wilayah/{CODE})/(?!en/)|(?!(?:kim|wilayah)/[^/]))"  # what only looks like a site is nobody's page
    rf"(?P<rest>(?:{SLUG}/){{0,5}})"
    r"(?P<file>(?:atom|rss|sitemap)\.xml|feed\.json|(?:poster|rekap)\.pdf|bagikan\.png|[0-9]{4}-w[0-9]{2}\.pdf|[a-z0-9][a-z0-9-]{0,40}\.(?:csv|xlsx))?",
    re.ASCII,
)
_RESERVED = re.compile(r"/(?:en/)?(?:(?:meja|static|foto)/|data/.)")
_QUERY = re.compile(rf"sebelum=({CURSOR})", re.ASCII)


def is_site(name: str) -> bool:
    """Whether `name` is a public site: "nasional", "kim/<slug>" or "wilayah/<code>"."""
    return _SITE.fullmatch(name) is not None


def file_for(path: str, query: str) -> tuple[str, str] | None:
    """The site and the file inside its generation that answer `path?query`, or None: this request must not touch the store.

    A directory is a segment of the path and a file starts with "_" or holds a dot, which no segment does, so no two addresses meet.
    `/en/…` is the same page in English: another file of the same site, so that one change makes both of them new.
    """
    return _file_for(path, query) if len(path) + len(query) <= LONGEST else None


@lru_cache(maxsize=4096)
def _file_for(path: str, query: str) -> tuple[str, str] | None:
    match = _ADDRESS.fullmatch(path)
    if match is None or _RESERVED.match(path):
        return None
    site, rest, file = match["site"] or "nasional", (match["tongue"] or "") + match["rest"], match["file"]
    if not query:
        return site, rest + (file or "_index.html")
    cursor = _QUERY.fullmatch(query)
    if cursor is None or file:
        return None
    return site, f"{rest}_index.sebelum-{cursor[1]}.html"


def content_type(name: str) -> str:
    """The media type of a file the store names."""
    file = name.rsplit("/", 1)[-1]
    return TYPES.get(file) or TYPES.get(file[file.rfind(".") :], TYPES[".html"])
