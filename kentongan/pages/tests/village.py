"""A tiny application behind the page store, its pages held in a dict, so that a test can stop it in the middle of a page."""

import threading
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from kentongan.pages.store import Store
from kentongan.pages.wsgi import PageStore

HEADERS = (("cache-control", "public, max-age=0, must-revalidate"), ("x-content-type-options", "nosniff"))


class Village:
    """Answers every address with `text`; `gate` closed makes a renderer wait; `down` makes it answer 500."""

    def __init__(self) -> None:
        self.text, self.down, self.calls = "satu", False, 0
        self.gate, self.entered = threading.Event(), threading.Semaphore(0)
        self.gate.set()
        self.seen: list[dict[str, Any]] = []
        self.extra: list[tuple[str, str]] = [("X-Page-Store", "1")]

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.calls += 1
        self.seen.append(dict(environ))
        body, down = self.text.encode(), self.down
        if environ["REQUEST_METHOD"] == "POST":
            body = str(len(environ["wsgi.input"].read())).encode()
        self.entered.release()
        assert self.gate.wait(10)
        start("500 Internal Server Error" if down else "200 OK", [("Content-Type", "text/html; charset=utf-8"), *self.extra])
        return [body]


class Reader:
    """Asks the layer as a server would, through `wsgiref.validate`."""

    def __init__(self, village: Any, root: Path, headers: tuple[tuple[str, str], ...] = HEADERS) -> None:
        root.mkdir(exist_ok=True)
        self.store = Store(root, headers)
        self.layer = PageStore(village, self.store, origin="https://kim.test", photos=root.parent)

    def ask(self, path: str, query: str = "", method: str = "GET", **environ: Any) -> tuple[str, dict[str, str], bytes]:
        """Status, headers and body."""
        asked: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", **environ}
        setup_testing_defaults(asked)
        begun: list[Any] = []
        parts = validator(self.layer)(asked, lambda status, headers, error=None: begun.extend([status, dict(headers)]))
        body = b"".join(parts)
        parts.close()
        return begun[0], {name.lower(): text for name, text in begun[1].items()}, body

    def read(self, path: str, query: str = "") -> str:
        """What somebody reads there."""
        return self.ask(path, query)[2].decode()
