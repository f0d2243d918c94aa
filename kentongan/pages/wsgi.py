"""The page store in front of Django: whatever Django or the database does, a page that was read before is answered at once.

A request takes one of three ways:

- a stored page, or a public photo: from memory or disk, no Django and no line to stand in;
- a public page not stored yet: one thread renders it, without anything of its visitor; the others are given the kept copy or wait for it;
- everything else, `/meja/` above all: to Django as it came. Its body is read before its turn to work, so slow uploads hold up uploads only.

All places in line together are fewer than the server's threads (`THREADS`), so a hit always finds a free one.
"""

import logging
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit
from wsgiref.util import FileWrapper

import psycopg
from django.conf import settings
from django.db import connection

from kentongan.core.guard import code_to_quote

from .follow import Connection, Follower, release
from .store import Page, Place, Store, file_for

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

THREADS = 16
"""Threads the web server should run: 13 may be held by the lines below. More of them only quarrel about whose turn it is."""
PUBLIC_LINE, DESK_LINE, AT_WORK, UPLOADS = 5, 8, 2, 3
BODY_MOST = 20 << 20
DRAIN_MOST = 3 * BODY_MOST
FORM_MOST = 64 << 10
"""Bytes up to which a body is a form and not counted as an upload."""
BODY_SECONDS = 300
FLIGHT_SECONDS = 15
IN_MEMORY = 1 << 20
UNSTORABLE_MOST = 10_000
PHOTO = re.compile(r"/foto/(?P<name>[0-9a-z]{1,64}-[0-9]{1,5}\.(?P<ending>avif|webp|jpg))", re.ASCII)
PHOTO_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
PHOTO_HEADERS = (("cache-control", "public, max-age=31536000, immutable"), ("x-content-type-options", "nosniff"))
HOP = frozenset({"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade"})


class Answer(NamedTuple):
    """What an application answered, whole."""

    status: str
    headers: Headers
    body: Iterable[bytes]

    def header(self, name: str) -> str:
        """The header's text, or an empty one."""
        return next((text for known, text in self.headers if known.lower() == name), "")


class Sorry(NamedTuple):
    """What is said when not even a template can be asked, in both languages; `deploy/nginx.conf` says the first and the second as well."""

    status: str
    title: str
    sentence: str
    english_title: str
    english: str


SORRY = (
    Sorry(
        "503 Service Unavailable",
        "Sebentar, ya",
        "Halaman ini belum bisa dibuka karena server sedang sibuk atau diperbaiki. Muat ulang sebentar lagi; "
        "yang sudah tersimpan tetap aman.",
        "One moment, please",
        "This page cannot be opened now because the server is busy or being repaired. Reload it in a moment; what was saved is safe.",
    ),
    Sorry(
        "413 Content Too Large",
        "Kiriman terlalu besar",
        "Satu kiriman paling besar 20 MB. Kecilkan fotonya atau kirim satu per satu; isian Anda masih ada di halaman sebelumnya.",
        "Too large to send",
        "One form may be at most 20 MB. Make the photos smaller or send them one by one; what you typed is still on the page before.",
    ),
    Sorry(
        "408 Request Timeout",
        "Kiriman terputus",
        "Kiriman tidak selesai sampai. Coba lagi di tempat yang sinyalnya lebih baik; isian Anda masih ada di halaman sebelumnya.",
        "The connection broke off",
        "What you sent did not arrive in full. Try again where the signal is better; what you typed is still on the page before.",
    ),
    Sorry(
        "500 Internal Server Error",
        "Ada yang rusak di pihak kami",
        "Kami mencatat kesalahan ini. Coba lagi nanti; yang sudah tersimpan tetap aman.",
        "Something broke on our side",
        "We have noted this error. Try again later; what was saved is safe.",
    ),
)


SORRY_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} | Kentongan</title>'
    '<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/static/ui/kentongan.css"></head><body>'
    '<header class="masthead"><div class="page"><a class="mark" href="/"><i>Ken</i><i>tong</i><i>an</i></a></div></header>'
    '<main class="page"><div class="notice quiet measure stack-small"><h1 class="h2">{title}</h1><p>{sentence}</p>'
    '<p class="meta" lang="{other}">{other_words}</p>{quote}</div></main></body></html>'
)


def said(sorry: Sorry, lang: str = "id", code: str = "") -> Answer:
    """The page of one sentence, in the language of the address and below it in the other. It reads as well without its stylesheet."""
    texts = [("id", sorry.title, sorry.sentence), ("en", sorry.english_title, sorry.english)]
    (_own, title, sentence), (other, other_title, other_sentence) = texts if lang == "id" else texts[::-1]
    quote = f'<p class="meta">{"Kode" if lang == "id" else "Code"}: <strong>{code}</strong></p>' if code else ""
    text = SORRY_PAGE.format(
        lang=lang, title=title, sentence=sentence, other=other, other_words=f"{other_title}. {other_sentence}", quote=quote
    )
    body = f"{text}\n".encode()
    headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store"), ("content-length", str(len(body)))]
    headers.append(("content-security-policy", "default-src 'none'; style-src 'self'"))
    if sorry.status.startswith("503"):
        headers.append(("retry-after", "3"))
    return Answer(sorry.status, headers, [body])


BUSY, TOO_LARGE, TOO_SLOW, BROKEN = (said(sorry) for sorry in SORRY)
_ENGLISH = [(own, said(sorry, "en")) for own, sorry in zip((BUSY, TOO_LARGE, TOO_SLOW, BROKEN), SORRY, strict=True)]


def spoken(answer: Answer, path: str) -> Answer:
    """One of the layer's own sentences in the language of the address; any other answer as it is."""
    if not path.startswith("/en/"):
        return answer
    return next((english for own, english in _ENGLISH if own is answer), answer)


class Refuse(Exception):
    """The layer answers by itself."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Briskly:
    """While somebody renders, threads take turns every half millisecond, so that a hit does not wait 5 ms behind each of them.

    Not always: with nothing but hits, threads that wake up so often for their turn cost a third of the throughput.
    """

    def __init__(self) -> None:
        self._working, self._lock, self._usual = 0, threading.Lock(), sys.getswitchinterval()

    def __enter__(self) -> None:
        with self._lock:
            self._working += 1
            sys.setswitchinterval(0.0005)

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._working -= 1
            if not self._working:
                sys.setswitchinterval(self._usual)


BRISKLY = Briskly()


class Line:
    """At most `places` requests, `at_work` of them working and the rest waiting. One more is told at once that it is busy (Refuse)."""

    def __init__(self, places: int, at_work: int) -> None:
        self._places, self._turns = threading.Semaphore(places), threading.Semaphore(at_work)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Stand in line."""
        if not self._places.acquire(blocking=False):
            raise Refuse(BUSY)
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """From the place in line, wait to work, and work."""
        with self._turns, BRISKLY:
            yield


class PageStore:
    """The layer around `app`.

    `origin` is the installation's public address: a renderer sees it in place of everything of the visitor. `photos` is the directory
    of photos that everyone may see, served under /foto/ as nginx does; what is not there is asked of `app`.
    """

    def __init__(self, app: Application, store: Store, *, origin: str, photos: Path | None = None) -> None:
        self.app, self.store, self.origin, self.photos = app, store, urlsplit(origin), photos
        self.public, self.desk = Line(PUBLIC_LINE, AT_WORK), Line(DESK_LINE, AT_WORK)
        self._uploads = threading.Semaphore(UPLOADS)
        self._flights: dict[tuple[str, str], Future[Page | Answer | None]] = {}
        self._lock = threading.Lock()
        self._unstorable: set[tuple[str, str]] = set()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        address = file_for(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")) if method in ("GET", "HEAD") else None
        answer: Page | Answer | None
        if address is None:
            answer = self._photo(environ.get("PATH_INFO", ""), method) or self._through(environ)
        else:
            place = self.store.where(address[0])
            answer = self.store.get(place, address[1]) or self._miss(environ, address, place)
        if isinstance(answer, Page):
            status, headers, body = answer.answer(environ.get("HTTP_ACCEPT_ENCODING"), environ.get("HTTP_IF_NONE_MATCH"))
            start(status, headers)
            return [b""] if method == "HEAD" else [body]
        answer = spoken(answer, environ.get("PATH_INFO", ""))
        start(answer.status, [(name, text) for name, text in answer.headers if name.lower() not in HOP and name.lower() != "x-page-store"])
        if method == "HEAD":
            _close(answer.body)
            return [b""]
        return answer.body

    def _photo(self, path: str, method: str) -> Answer | None:
        """A public photo from its file."""
        asked = PHOTO.fullmatch(path) if self.photos and method in ("GET", "HEAD") else None
        if asked is None or self.photos is None:
            return None
        try:
            body = (self.photos / asked["name"]).read_bytes()
        except OSError:
            return None
        kind, length = PHOTO_TYPES[asked["ending"]], str(len(body))
        return Answer("200 OK", [("content-type", kind), ("content-length", length), *PHOTO_HEADERS], [body])

    def _miss(self, environ: Environ, address: tuple[str, str], place: Place) -> Page | Answer:
        """Render a page once for everyone who asks for it now; what is not for the store is rendered for each alone."""
        if address in self._unstorable:
            return self._alone(environ)
        key = (place.fresh, address[1])
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if not leads:
            return self.store.kept(place, address[1]) or self._wait(flight) or self._alone(environ)
        shared: Page | Answer | None = BUSY
        try:
            answer = self._lead(environ, address, place)
            shared = answer if isinstance(answer, Page) else BUSY if answer.status.startswith("5") else None
        finally:
            with self._lock:
                del self._flights[key]
            flight.set_result(shared)
        return answer

    def _lead(self, environ: Environ, address: tuple[str, str], place: Place) -> Page | Answer:
        answer = self._alone(environ)
        if answer.status.startswith("5"):  # the database is down, or everybody renders: the last good copy
            return self.store.kept(place, address[1]) or (BUSY if answer.status.startswith("503") else answer)
        if not answer.status.startswith("200"):
            return answer
        if answer.header("x-page-store") == "1" and not answer.header("set-cookie"):
            return self.store.put(place, address[1], b"".join(answer.body))
        if len(self._unstorable) > UNSTORABLE_MOST:
            self._unstorable.clear()
        self._unstorable.add(address)
        return answer

    def _wait(self, flight: "Future[Page | Answer | None]") -> Page | Answer | None:
        """What the thread that renders made, or None when it made nothing that others may see."""
        try:
            with self.public.place():
                return flight.result(timeout=FLIGHT_SECONDS)
        except (Refuse, TimeoutError):
            return BUSY

    def _alone(self, environ: Environ) -> Answer:
        """Render a public page. Its visitor's headers, cookies and address stay outside."""
        seen = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
        seen |= {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "0", "wsgi.input": BytesIO(), "REMOTE_ADDR": "", "REMOTE_PORT": ""}
        seen |= {"HTTP_HOST": self.origin.netloc, "HTTP_X_FORWARDED_PROTO": self.origin.scheme, "wsgi.url_scheme": self.origin.scheme}
        return self._answered(self.public, seen)

    def _through(self, environ: Environ) -> Answer:
        """Hand a request on as it came: to the desk with its cookies, to anything else without."""
        desk = environ.get("PATH_INFO", "").startswith("/meja/")
        seen = dict(environ)
        if not desk:
            seen.pop("HTTP_COOKIE", None)
        return self._answered(self.desk if desk else self.public, seen)

    def _answered(self, line: Line, environ: Environ) -> Answer:
        """What the application answers when its turn comes; never raises."""
        try:
            with line.place(), self._body(environ), line.turn():
                return whole(self.app, environ)
        except Refuse as refused:
            return refused.answer
        except Exception:
            code = code_to_quote()
            logger.exception("the application failed, code %s", code)
            return said(SORRY[-1], "en" if environ.get("PATH_INFO", "").startswith("/en/") else "id", code)

    @contextmanager
    def _body(self, environ: Environ) -> Iterator[None]:
        """Read the request's body, at most BODY_MOST bytes, before anything else is held."""
        length = environ.get("CONTENT_LENGTH") or ""
        if length in ("", "0") and "HTTP_TRANSFER_ENCODING" not in environ:
            yield
            return
        expected = int(length) if length.isdecimal() else None
        if expected is not None and expected > BODY_MOST:
            self._drain(environ["wsgi.input"], expected)
            raise Refuse(TOO_LARGE)
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as kept:
            with nullcontext() if expected is not None and expected <= FORM_MOST else self._upload():
                size = _read(environ["wsgi.input"], kept, expected)
            kept.seek(0)
            environ |= {"wsgi.input": kept, "CONTENT_LENGTH": str(size)}
            yield

    def _drain(self, source: Any, expected: int) -> None:
        """Read past what is a little too large: a browser shows our sentence only when all it sent was read."""
        if expected <= DRAIN_MOST:
            with self._upload():
                while expected > 0 and (chunk := source.read(65536)):
                    expected -= len(chunk)

    @contextmanager
    def _upload(self) -> Iterator[None]:
        if not self._uploads.acquire(blocking=False):
            raise Refuse(BUSY)
        try:
            yield
        finally:
            self._uploads.release()


def _read(source: Any, into: IO[bytes], expected: int | None) -> int:
    size, until = 0, time.monotonic() + BODY_SECONDS
    while expected is None or size < expected:
        chunk = source.read(65536 if expected is None else min(65536, expected - size))
        if not chunk:
            break
        size += len(chunk)
        if size > BODY_MOST:
            raise Refuse(TOO_LARGE)
        if time.monotonic() > until:
            raise Refuse(TOO_SLOW)
        into.write(chunk)
    return size


def whole(app: Application, environ: Environ) -> Answer:
    """Let `app` answer to the end, so that its slot does not wait for a slow reader. Long answers wait on disk."""
    begun: list[Any] = []
    written: list[bytes] = []

    def start(status: str, headers: Headers, error: Any = None) -> Callable[[bytes], None]:
        begun[:] = [status, headers]
        return written.append

    parts = app(environ, start)
    try:
        body = _spooled(parts, written)
    finally:
        _close(parts)
    return Answer(begun[0], begun[1], body)


def _spooled(parts: Iterable[bytes], written: list[bytes]) -> Iterable[bytes]:
    size, file = 0, None
    for part in parts:
        if file is None:
            written.append(part)
            size += len(part)
            if size > IN_MEMORY:
                file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by the server, through FileWrapper)
                file.writelines(written)
        else:
            file.write(part)
    if file is None:
        return [b"".join(written)]
    file.seek(0)
    return FileWrapper(file, 65536)


def _close(parts: Any) -> None:
    close = getattr(parts, "close", None)
    if close is not None:
        close()


def listening() -> Connection:
    """A connection of its own to Django's database, which notices within seconds when the other side is gone."""
    given = {name: value for name, value in connection.get_connection_params().items() if name not in ("cursor_factory", "context")}
    alive = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 10_000}
    return psycopg.connect(**(given | alive | {"autocommit": True, "application_name": "kentongan-pages"}))


def page_store(app: Application) -> PageStore:
    """The layer as this installation's settings say, following the database from now on. Call it once a process."""
    base = Path(settings.PAGES_ROOT)
    store = Store(base / "untrusted", settings.PAGES_HEADERS)
    Follower(store, base, connect=listening, release=release(Path(settings.BASE) / "kentongan", Path(settings.BASE) / "locale")).start()
    return PageStore(app, store, origin=settings.SITE_URL, photos=Path(settings.MEDIA_ROOT) / "public")
