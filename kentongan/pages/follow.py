"""A web node follows the rows of `Change` by itself: LISTEN for speed, a sweep for certainty.

Overlapping transactions commit out of order, so "everything after the last id" would lose rows. A sweep reads every row of
transactions that the previous sweep's snapshot could not have seen (`pg_snapshot_xmin`), less those it handled already: exact,
however long a transaction was.

What a node kept is worth nothing when it cannot know what it missed. It then starts a new root: after another release (other
templates), another or a restored database, a reboot (files written without fsync), or an absence longer than rows are kept.
"""

import fcntl
import hashlib
import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from .models import ROWS_KEPT, Change
from .store import Store
from .store.changes import CHANNEL

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[tuple[Any, ...]]

TABLE = Change._meta.db_table
DATABASE = """
    select system_identifier, timeline_id, d.oid, pg_relation_filenode(%s::regclass)
    from pg_control_system(), pg_control_checkpoint(), pg_database d where d.datname = current_database()
"""
SNAPSHOT = """
    select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint, extract(epoch from clock_timestamp())::float8
    from pg_current_snapshot() s
"""
CHANGES = f"select id, site, hard from {TABLE} where within >= %s order by id"  # noqa: S608 (our own table's name)

SWEEP_EVERY = 0.5
TIDY_EVERY = 60.0
OLD_ROOT = 600.0
"""Seconds an abandoned root stays, for a process of the former release that still answers from it."""


class Position(NamedTuple):
    """How far a root has followed: transactions below `xmin` entirely, none from `xmax` on; `at` is the database's clock, seconds."""

    xmin: int
    xmax: int
    at: float


class Follower:
    """Moves the links of `store` forward.

    `base` holds the node's roots and the link `_pages` (for nginx); `release` names what renders.
    """

    def __init__(self, store: Store, base: Path, *, connect: Callable[[], Connection], release: str) -> None:
        self.store, self.base, self.connect, self.release = store, base, connect, release
        self._stop = threading.Event()
        self._handled: frozenset[int] = frozenset()
        self._position: Position | None = None
        self._stale: set[str] = set()
        self._written = 0.0
        self._trouble = ""
        self._threads: list[threading.Thread] = []
        self.base.mkdir(parents=True, exist_ok=True)
        if (kept := self._current()) is not None:  # the database may be down: what is kept can be shown at once
            self.store.use(kept)

    def start(self) -> None:
        """Catch up once, then follow in a thread. With the database down, go on with what is kept and follow when it returns."""
        connection = self._connected()
        for work, name in ((lambda: self._follow(connection), "pages-follow"), (self._tidy, "pages-tidy")):
            self._threads.append(threading.Thread(target=work, name=name, daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        """Stop following; for tests and benchmarks."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def _connected(self) -> Connection | None:
        """A connection that listens, on a settled root, caught up; None while the database is away."""
        try:
            connection = self.connect()
        except (psycopg.Error, OSError) as error:
            self._say(f"page store keeps serving what it has, the database is away: {str(error).strip()}")
            return None
        try:
            connection.execute(f"listen {CHANNEL}")
            self._settle(connection)
            self.sweep(connection)
        except (psycopg.Error, OSError) as error:
            self._say(f"page store cannot follow yet: {str(error).strip()}")
            with suppress(psycopg.Error):
                connection.close()
            return None
        self._say("")
        return connection

    def _say(self, trouble: str) -> None:
        """Log a trouble once, and once that it is over."""
        if trouble and not self._trouble:
            logger.warning(trouble)
        elif self._trouble and not trouble:
            logger.info("page store follows the database again")
        self._trouble = trouble

    def _follow(self, connection: Connection | None) -> None:
        while not self._stop.is_set():
            if connection is None:
                self._stop.wait(SWEEP_EVERY)
                connection = self._connected()
                continue
            try:
                for _told in connection.notifies(timeout=SWEEP_EVERY, stop_after=1):
                    pass
                self.sweep(connection)
            except (psycopg.Error, OSError) as error:
                self._say(f"page store lost the database and keeps serving: {str(error).strip()}")
                with suppress(psycopg.Error):
                    connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def sweep(self, connection: Connection) -> int:
        """Follow everything committed since the last sweep. Returns how many rows that were."""
        position = self._position
        if position is None:
            return 0
        # The snapshot is taken before the rows are read: what commits in between is read twice rather than never
        now = Position(*connection.execute(SNAPSHOT).fetchone() or ())
        rows = connection.execute(CHANGES, [position.xmin]).fetchall()
        fresh = [(site, hard) for number, site, hard in rows if number not in self._handled]
        hard_ones = {site for site, hard in fresh if hard}
        for site in dict.fromkeys(site for site, _hard in fresh):
            self.store.bump(site, hard=site in hard_ones)
        self._handled = frozenset(number for number, _site, _hard in rows)
        self._position = now
        self._stale |= {site for site, _hard in fresh}
        if fresh or now.at - self._written > 10:
            self._write(now)
        return len(fresh)

    def _settle(self, connection: Connection) -> None:
        """Stand on the node's current root if it can be trusted, else on a new one."""
        identity = self._identity(connection)
        now = Position(*connection.execute(SNAPSHOT).fetchone() or ())
        self._handled = frozenset()
        with self._alone():
            root = self._current()
            reason = self._distrust(root, identity, now)
            if root is None or reason:
                self._close()
                root = self._new(identity, now, reason or "")
        self._position = _position(root)
        if str(root) != self.store.root:
            self.store.use(root)

    def _distrust(self, root: Path | None, identity: str, now: Position) -> str | None:
        """Why what stands under `root` may be wrong, or None."""
        position = _position(root) if root else None
        if root is None or position is None:
            return "nothing was kept yet"
        if not root.name.startswith(f"{identity}-"):
            return "another release, another database or a reboot"
        if position.xmax > now.xmax or position.at > now.at + 60:
            return "the database stands earlier than what was followed: it was restored"
        if now.at - position.at > ROWS_KEPT.total_seconds():
            return "this node was away longer than rows are kept"
        return None

    def _close(self) -> None:
        """Show nothing from the disk until there is a root to trust; should the disk be full, that is how it stays."""
        self.store.use(self.base / "untrusted")
        (self.base / "_pages").unlink(missing_ok=True)

    def _identity(self, connection: Connection) -> str:
        database = connection.execute(DATABASE, [TABLE]).fetchone()
        return hashlib.blake2b(f"{self.release}|{database}|{_boot()}".encode(), digest_size=8).hexdigest()

    def _new(self, identity: str, now: Position, why: str) -> Path:
        root = self.base / f"{identity}-{time.time_ns():x}"
        root.mkdir()
        (root / "why").write_text(f"{why}\n")
        _write_position(root, now)
        self._written = now.at
        draft = self.base / f".pages.{os.getpid()}"
        draft.unlink(missing_ok=True)
        draft.symlink_to(root.name)
        draft.replace(self.base / "_pages")
        logger.info("page store starts anew: %s", why)
        return root

    def _write(self, position: Position) -> None:
        with suppress(OSError):  # a full disk: the next start sees an older position and follows more rows, or starts anew
            _write_position(Path(self.store.root), position)
            self._written = position.at

    def _current(self) -> Path | None:
        root = self.base / "_pages"
        return root.resolve() if root.is_symlink() and root.is_dir() else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.base / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _tidy(self) -> None:
        """Remove what nobody reads any more, away from the thread that must be quick."""
        with suppress(OSError):
            for site in self.store.sites():
                self.store.collect(site)
        while not self._stop.wait(TIDY_EVERY):
            stale, self._stale = self._stale, set()
            for site in stale:
                with suppress(OSError):
                    self.store.collect(site)
            with suppress(OSError):
                self._forget_roots()

    def _forget_roots(self) -> None:
        keep = {self._current(), Path(self.store.root)}
        for root in self.base.iterdir():
            if root.is_dir() and not root.is_symlink() and root not in keep and time.time() - root.stat().st_mtime > OLD_ROOT:
                shutil.rmtree(root, ignore_errors=True)


def release(*trees: Path) -> str:
    """What renders the pages, as a hash of every source file's name, size and time and of the settings in the environment."""
    digest = hashlib.blake2b(digest_size=8)
    for tree in trees:
        for file in sorted(tree.rglob("*")):
            if file.suffix in {".py", ".html", ".css", ".js", ".svg", ".mo", ".json"} and "tests" not in file.parts:
                about = file.stat()
                digest.update(f"{file}|{about.st_size}|{about.st_mtime_ns}\n".encode())
    for name, text in sorted(os.environ.items()):
        if name.startswith("KENTONGAN_") or name == "PORT":
            digest.update(f"{name}={text}\n".encode())
    return digest.hexdigest()


def _position(root: Path | None) -> Position | None:
    try:
        return Position(**json.loads((root / "followed").read_text())) if root else None
    except (OSError, ValueError, TypeError):
        return None


def _write_position(root: Path, position: Position) -> None:
    draft = root / f".followed.{os.getpid()}.{threading.get_ident()}"
    draft.write_text(json.dumps(position._asdict()))
    draft.replace(root / "followed")


def _boot() -> str:
    """The kernel's number for this boot; empty where there is none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
