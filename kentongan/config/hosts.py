"""Two host names, one installation: what everybody reads, and the desk one signs in to.

A hole in a public page (or in a browser's idea of it) then reaches no session: cookies, forms and scripts of the desk belong to a host that
serves nothing else. Links stay as they are; whoever asks the wrong host is sent to the right one. Outermost, so that the page store is not
asked at the desk either.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlsplit

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

SHARED = ("/static/", "/foto/")
"""What both serve: the same files under names that say nothing."""


def two_hosts(app: Application, public: str, desk: str) -> Application:
    """`app`, with /meja/ at the origin `desk` and all else at `public`; without `desk`, and under other names (localhost), as it is."""
    if not desk:
        return app
    reading, working = urlsplit(public).netloc, urlsplit(desk).netloc

    def by_host(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        host, path = environ.get("HTTP_HOST", "").lower(), environ.get("PATH_INFO", "")
        for_desk = path == "/meja" or path.startswith("/meja/")
        if host not in (reading, working) or path.startswith(SHARED) or for_desk == (host == working):
            return app(environ, start)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0"), ("Cache-Control", "no-store")])
            return [b""]
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        there = f"{desk if for_desk else public}{quote(path.encode('latin-1'), safe='/:@!$&()*+,;=~-._')}{query}"
        start("302 Found", [("Location", there), ("Content-Length", "0"), ("Cache-Control", "no-store")])
        return [b""]

    return by_host
