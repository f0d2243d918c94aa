"""One compressed file a page, one directory a generation of a site.

    <root>/<site>/current -> gen-<n>     fresh pages; the link is swapped by rename when anything public changes
    <root>/<site>/keep    -> keep-<n>    the last good copy of each page (the same file by another name), shown while one thread renders
                                         anew or the database is down; a take-down starts an empty one

A renderer reads both links *before* it renders and writes where they pointed: a page rendered across a change lands in a directory nobody
reads. A site without links is in generation 0; its first page makes the links unless a change was quicker. No locks for readers, no tags,
no list of pages to purge.
"""

import fcntl
import gzip
import hashlib
import os
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .addresses import content_type, is_site

Headers = Sequence[tuple[str, str]]

BESIDES = 1500
"""Bytes a page takes in memory besides its text."""
FLOOR = 100 << 20
"""Bytes left free on the disk for the database: below that, pages are answered without storing."""
CURSORS = 2000
"""Older pages of lists (`?sebelum=`) kept a generation: their addresses can be made up, so their number must be bounded."""


class Place(NamedTuple):
    """Where a site's pages stand: the directory of fresh ones, the directory of kept ones."""

    fresh: str
    kept: str


class Page:
    """A page as it stands on the disk, with its headers ready."""

    __slots__ = ("compressed", "mark", "plain", "recent", "tag", "unchanged", "zipped")

    def __init__(self, name: str, compressed: bytes, headers: Headers) -> None:
        self.compressed = compressed
        self.mark = content_mark(compressed)
        # nginx makes the same tag of the file's time and size, weak where it unpacks; so readers may change between nodes and servers
        self.tag = f'"{self.mark:x}-{len(compressed):x}"'
        common = [("content-type", content_type(name)), ("vary", "accept-encoding"), *headers]
        self.zipped = [*common, ("etag", self.tag), ("content-encoding", "gzip"), ("content-length", str(len(compressed)))]
        self.plain = [*common, ("etag", f"W/{self.tag}")]
        self.unchanged = [*common[1:], ("etag", self.tag)]
        self.recent = True

    @property
    def size(self) -> int:
        """Bytes it takes in memory."""
        return len(self.compressed) + BESIDES

    def answer(self, accepts: str | None, has: str | None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body for a reader's Accept-Encoding and If-None-Match."""
        if has is not None and (self.tag in has or has == "*"):
            return "304 Not Modified", list(self.unchanged), b""
        if accepts is not None and takes_gzip(accepts):
            return "200 OK", list(self.zipped), self.compressed
        body = gzip.decompress(self.compressed)
        return "200 OK", [*self.plain, ("content-length", str(len(body)))], body


class Store:
    """The pages of one web node under `root`. `headers` stand on every page; `memory` is how many bytes of pages stay in memory."""

    def __init__(self, root: str | Path, headers: Headers = (), *, memory: int = 64 << 20, recheck: float = 0.1) -> None:
        self.headers, self.memory, self.recheck = tuple(headers), memory, recheck
        self._lock = threading.Lock()
        self.use(root)

    def use(self, root: str | Path) -> None:
        """Stand on another root; nothing of the old one is shown again."""
        with self._lock:
            self.root = str(root)
            self._pages: OrderedDict[tuple[str, str], Page] = OrderedDict()
            self._used = 0
            self._seen: dict[str, tuple[float, Place]] = {}
            self._cursors: dict[str, int] = {}
            self._lost: set[str] = set()

    def where(self, site: str, *, now: bool = False) -> Place:
        """Where the site's pages stand. Looked up every `recheck` seconds, or `now`."""
        at = time.monotonic()
        seen = self._seen.get(site)
        if seen is not None and not now and at - seen[0] < self.recheck:
            return seen[1]
        home = f"{self.root}/{site}"
        fresh = "lost" if site in self._lost else _points(home, "current", "gen-0")
        place = Place(f"{home}/{fresh}", f"{home}/{_points(home, 'keep', 'keep-0')}")
        if len(self._seen) > 5000:  # addresses can be made up; they must not fill memory
            self._seen.clear()
        self._seen[site] = (at, place)
        return place

    def get(self, place: Place, name: str) -> Page | None:
        """The fresh page, from memory or disk."""
        page = self._pages.get((place.fresh, name))
        if page is not None:
            page.recent = True
            return page
        page = self._read(place.fresh, name)
        if page is not None:
            self._remember(place.fresh, name, page)
        return page

    def kept(self, place: Place, name: str) -> Page | None:
        """The last good copy. Never from memory: unlike a generation's, its files are replaced."""
        return self._read(place.kept, name)

    def put(self, place: Place, name: str, body: bytes) -> Page:
        """Keep what was rendered after `where` had answered `place`. Always returns the page; a full disk only means it is not kept."""
        page = Page(name, gzip.compress(body, 6, mtime=0), self.headers)
        with suppress(OSError):
            if self._has_room(place, name):
                self._write(place, name, page)
        return page

    def bump(self, site: str, *, hard: bool = False) -> None:
        """Forget the site's fresh pages by pointing at a new, always larger generation; `hard`: its kept ones as well.

        Raises OSError when the disk takes no new directory; the site then shows nothing from the store until a later bump succeeds.
        """
        if not is_site(site):
            return
        home = Path(self.root, site)
        try:
            home.mkdir(parents=True, exist_ok=True)
            with _alone(home / ".lock"):
                _forward(home, hard=hard)
        except OSError:
            self._lost.add(site)
            with suppress(OSError):
                (home / "current").unlink(missing_ok=True)
                if hard:
                    (home / "keep").unlink(missing_ok=True)
            raise
        finally:
            self.where(site, now=True)
        self._lost.discard(site)
        self.where(site, now=True)

    def collect(self, site: str) -> None:
        """Remove the directories of a site that no link points at any more."""
        home = Path(self.root, site)
        now = {"gen": _number(_points(home, "current", "gen-0")), "keep": _number(_points(home, "keep", "keep-0"))}
        for directory in home.glob("*-*"):
            kind = directory.name.partition("-")[0]
            if kind in now and _number(directory.name) < now[kind]:
                shutil.rmtree(directory, ignore_errors=True)
                self._cursors.pop(str(directory), None)

    def sites(self) -> Iterator[str]:
        """Every site that has a directory here."""
        for home in (*Path(self.root).glob("nasional"), *Path(self.root).glob("kim/*"), *Path(self.root).glob("wilayah/*")):
            yield str(home.relative_to(self.root))

    def _read(self, directory: str, name: str) -> Page | None:
        try:
            with open(f"{directory}/{name}.gz", "rb") as file:  # noqa: PTH123 (a third of the time of Path)
                return Page(name, file.read(), self.headers)
        except OSError:
            return None

    def _remember(self, directory: str, name: str, page: Page) -> None:
        with self._lock:
            if (directory, name) not in self._pages:
                self._used += page.size
                self._pages[directory, name] = page
            while self._used > self.memory and self._pages:
                key, oldest = self._pages.popitem(last=False)
                if oldest.recent and len(self._pages) > 1:  # a second chance, so that a hit needs no lock
                    oldest.recent = False
                    self._pages[key] = oldest
                else:
                    self._used -= oldest.size

    def _has_room(self, place: Place, name: str) -> bool:
        disk = os.statvfs(Path(self.root).parent)
        if disk.f_bavail * disk.f_frsize < FLOOR:
            return False
        if "_index.sebelum-" not in name:
            return True
        with self._lock:
            self._cursors[place.fresh] = self._cursors.get(place.fresh, 0) + 1
            return self._cursors[place.fresh] <= CURSORS

    def _write(self, place: Place, name: str, page: Page) -> None:
        fresh, kept = Path(f"{place.fresh}/{name}.gz"), Path(f"{place.kept}/{name}.gz")
        if not (self._opened(place) and Path(place.fresh).is_dir()):
            return
        fresh.parent.mkdir(parents=True, exist_ok=True)
        draft = fresh.with_name(f"{fresh.name}.{os.getpid()}.{threading.get_ident()}~")
        try:
            draft.write_bytes(page.compressed)
            os.utime(draft, (page.mark, page.mark))
            if self.where(_site_of(place, self.root), now=True) == place:
                _link(draft, kept)
            draft.replace(fresh)
        finally:
            draft.unlink(missing_ok=True)

    def _opened(self, place: Place) -> bool:
        """Make the links of a site that shows its first page; a change that came first has made them already. False: the root is gone."""
        if not place.fresh.endswith("/gen-0"):
            return True
        if not Path(self.root).is_dir():
            return False
        home = Path(place.fresh).parent
        for link, directory in (("keep", Path(place.kept)), ("current", Path(place.fresh))):
            if not (home / link).is_symlink():
                directory.mkdir(parents=True, exist_ok=True)
                with suppress(FileExistsError):
                    (home / link).symlink_to(directory.name)
        return True


def content_mark(compressed: bytes) -> int:
    """A number in the range of file times that only this content has; the file's time, so that nginx's tag changes with the content."""
    return int.from_bytes(hashlib.blake2b(compressed, digest_size=4).digest()) >> 1


@lru_cache(maxsize=512)
def takes_gzip(accepts: str) -> bool:
    """Whether an Accept-Encoding header lets us answer compressed (RFC 9110 § 12.5.3)."""
    for offer in accepts.lower().split(","):
        coding, _semicolon, quality = offer.replace(" ", "").partition(";q=")
        if coding in ("gzip", "x-gzip", "*"):
            return quality.strip("0.") != "" or quality == ""
    return False


def _points(home: str | Path, link: str, otherwise: str) -> str:
    try:
        return os.readlink(f"{home}/{link}")  # noqa: PTH115
    except OSError:
        return otherwise


def _forward(home: Path, *, hard: bool) -> None:
    number = 1 + max((_number(found.name) for found in home.glob("[gk]e*-*")), default=0)
    if hard or not (home / "keep").is_symlink():
        (home / f"keep-{number}").mkdir()
        _point(home, "keep", f"keep-{number}")
    (home / f"gen-{number}").mkdir()
    _point(home, "current", f"gen-{number}")


def _number(name: str) -> int:
    digits = name.rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0


def _site_of(place: Place, root: str) -> str:
    return str(Path(place.fresh).parent)[len(root) + 1 :]


def _point(home: Path, link: str, target: str) -> None:
    draft = home / f".{link}.{os.getpid()}.{threading.get_ident()}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(home / link)


def _link(file: Path, name: Path) -> None:
    """Give the file a second name, in place of what had it. An empty kept directory may be gone after a take-down: then nothing."""
    name.parent.mkdir(parents=True, exist_ok=True)
    draft = name.with_name(f"{name.name}.{os.getpid()}.{threading.get_ident()}~")
    draft.unlink(missing_ok=True)
    draft.hardlink_to(file)
    draft.replace(name)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One at a time, among the threads and processes of this node."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
