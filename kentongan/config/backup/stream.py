"""Keeping the backup: a stream of everything written, a look at the files every minute, a whole copy every day."""

import contextlib
import fcntl
import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from kentongan.config import postgres
from kentongan.config.database import data_folder, die_with_parent, embedded, parts
from kentongan.config.trouble import Trouble, from_os

from .files import Mirror
from .place import FLOOR, Base, Life, Place, now, stamp, write

SLOT = "kentongan_backup"
EVERY = 60.0
BASE_EVERY = timedelta(hours=24)
DRILL_EVERY = timedelta(days=7)
CAUGHT_UP = 20.0
"""Seconds the stream may take to have what is written now."""
HOOK_SECONDS = 600
IDENTITY = """
    select system_identifier::text, timeline_id, current_setting('server_version_num')::int / 10000,
           pg_size_bytes(current_setting('wal_segment_size')), current_user, current_database()
    from pg_control_system(), pg_control_checkpoint()
"""


def connect(url: str) -> "psycopg.Connection[Any]":
    """A connection of the backup's own."""
    return psycopg.connect(url, autocommit=True, application_name="kentongan-backup", connect_timeout=5)


def environment(url: str) -> dict[str, str]:
    """What PostgreSQL's programs read: no password shows in a list of processes."""
    given = {f"PG{'DATABASE' if key == 'dbname' else key.upper()}": value for key, value in parts(url).items()}
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | given | {"LC_ALL": "C.UTF-8"}


def programs() -> postgres.Programs:
    """The client programs: those of our own cluster, else the newest here (they work with older servers)."""
    return postgres.find(data_folder() / "pg")


@dataclass
class Keeper:
    """Keeps one place while it lives. `url` is the database, `home` the data folder."""

    place: Place
    url: str
    home: Path
    hook: str = ""
    receiver: "subprocess.Popen[bytes] | None" = None
    received: Path | None = None
    night: "subprocess.Popen[bytes] | None" = None
    after: "subprocess.Popen[str] | None" = None
    mirror: Mirror = field(init=False)

    def __post_init__(self) -> None:
        self.mirror = Mirror(self.home, self.place.root)

    def minute(self) -> None:
        """One look at everything; what fails is a sentence in the state and is tried again in a minute."""
        trouble: list[str] = []
        for work in (self._stream, self._files, self._squeeze, self._whole, self._then):
            try:
                work()
            except Trouble as told:
                trouble.append(str(told).split("\n")[0])
            except OSError as refused:
                trouble.append(str(from_os(refused, self.place.root)).split("\n")[0])
            except psycopg.Error as away:
                trouble.append(f"Basis data tidak bisa dihubungi untuk dicadangkan ({type(away).__name__}).")
        with contextlib.suppress(OSError):
            self.place.note(trouble=trouble, looked=now().isoformat())
        for sentence in dict.fromkeys(trouble):
            print(f"Cadangan: {sentence}", file=sys.stderr, flush=True)

    def _stream(self) -> None:
        """Have the stream run for the database as it is now, and note until when everything is in it."""
        self.place.claim(self.home)
        with connect(self.url) as connection:
            life = self.place.life_of(identity(connection, self.url))
            at, until = now(), connection.execute("select pg_current_wal_flush_lsn()").fetchone()
            self._receive(connection, life)
            end = time.monotonic() + CAUGHT_UP
            while not _has(connection, until[0] if until else ""):
                if time.monotonic() > end or self.receiver is None or self.receiver.poll() is not None:
                    raise Trouble(
                        "Aliran cadangan basis data belum menyusul. Dicoba lagi; bila tetap begini, lihat ruang simpan tempat cadangan.",
                        "the stream of the backup lags behind",
                    )
                time.sleep(0.05)
        self.place.note(stream={"at": at.isoformat(), "life": life.folder.name})

    def _receive(self, connection: "psycopg.Connection[Any]", life: Life) -> None:
        """A running pg_receivewal into this life."""
        if self.receiver and self.receiver.poll() is None and self.received == life.wal:
            return
        self.stop_receiver()
        _slot(connection)
        program = str(programs().folder / "pg_receivewal")
        command = [program, "-D", str(life.wal), f"--slot={SLOT}", "--synchronous", "--no-loop", "--status-interval=1"]
        self.receiver = subprocess.Popen(
            command, env=environment(self.url), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 (no threads here)
        )  # fmt: skip
        self.received = life.wal

    def stop_receiver(self) -> None:
        """End the stream."""
        if self.receiver:
            self.receiver.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.receiver.wait(5)
            self.receiver.kill()
            self.receiver.wait()
            self.receiver = None

    def _files(self) -> None:
        at = now()
        new, gone = self.mirror.look()
        self.place.note(files={"at": at.isoformat(), "new": new, "gone": gone})

    def _squeeze(self) -> None:
        """Compress what is complete; recovery reads it as it is."""
        for life in self.place.lives():
            for _number, file in life.segments():
                if len(file.name) == 24:
                    squeeze(file)

    def _whole(self) -> None:
        """Start the day's whole copy when it is due; it runs beside us."""
        if self.night and self.night.poll() is None:
            return
        state = self.place.state()
        lives = self.place.lives()
        newest = lives[-1].bases() if lives else []
        if newest and now() - newest[-1].ended < BASE_EVERY and newest[-1].about.get("verified"):
            return
        tried = state.get("base", {}).get("tried")
        if tried and now().timestamp() - tried < EVERY * 10 and self.night and self.night.returncode:
            return
        self.place.note(base=state.get("base", {}) | {"tried": now().timestamp()})
        self.night = subprocess.Popen(
            [sys.executable, "-m", "kentongan.config.backup", "night"], env=os.environ | {"DATABASE_URL": self.url},
            stdin=subprocess.DEVNULL, preexec_fn=die_with_parent,  # noqa: PLW1509
        )  # fmt: skip

    def _then(self) -> None:
        """Start the operator's own command after each look, for a copy on another machine; what it said last is in the state."""
        if self.after is not None:
            if self.after.poll() is None:
                return
            said = (self.after.stdout.read() if self.after.stdout else "").strip()[-200:]
            told = self.place.state().get("hook", {})
            fine = self.after.returncode == 0
            self.place.note(hook={"at": told.get("started" if fine else "at"), "ok": fine, "said": said})
            self.after = None
        if not self.hook:
            return
        started = now().isoformat()
        self.after = subprocess.Popen(
            ["timeout", str(HOOK_SECONDS), "sh", "-c", self.hook], env=os.environ | {"KENTONGAN_BACKUP": str(self.place.root)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=die_with_parent,  # noqa: PLW1509
        )  # fmt: skip
        self.place.note(hook=self.place.state().get("hook", {}) | {"started": started})


def keep(place: Place, url: str) -> None:
    """Look every minute until asked to stop; then once more, so that a stop loses nothing. Raises Trouble when another one keeps it."""
    place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(place):
        keeper = Keeper(place, url, data_folder(), os.environ.get("KENTONGAN_BACKUP_THEN", ""))
        stop = _Stop()
        while not stop.asked:
            keeper.minute()
            stop.wait(EVERY)
        keeper.minute()
        keeper.stop_receiver()
        if keeper.night and keeper.night.poll() is None:
            keeper.night.terminate()


class _Stop:
    """Whether we were asked to stop."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked = True

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.asked and time.monotonic() < end:
            time.sleep(0.2)


@contextlib.contextmanager
def alone(place: Place) -> Iterator[None]:
    """One keeper a place. Raises Trouble."""
    with (place.root / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(f"Sudah ada yang mencadangkan ke {place.root}.", "somebody else keeps this backup") from None
        yield


def identity(connection: "psycopg.Connection[Any]", url: str) -> dict[str, Any]:
    """Which database this is, as `Life.about` keeps it."""
    names = ("system", "timeline", "major", "segment", "role", "database")
    found = dict(zip(names, connection.execute(IDENTITY).fetchone() or (), strict=True))
    return found | {"private": parts(url).get("host") == str(embedded().socket)}


def _slot(connection: "psycopg.Connection[Any]") -> None:
    """The place in the stream the server keeps for us; begun anew when we were away for too long. Raises Trouble."""
    try:
        found = connection.execute("select wal_status from pg_replication_slots where slot_name = %s", [SLOT]).fetchone()
        if found and found[0] in ("lost", "unreserved"):
            connection.execute("select pg_drop_replication_slot(%s)", [SLOT])
            found = None
        if not found:
            connection.execute("select pg_create_physical_replication_slot(%s, true)", [SLOT])
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectNotInPrerequisiteState) as refused:
        raise Trouble(
            "Server basis data tidak mengizinkan cadangan: jalankan di sana ALTER ROLE … REPLICATION, dan beri baris "
            "«replication» di pg_hba.conf.",
            f"the database server does not allow replication: {refused}",
        ) from refused


def _has(connection: "psycopg.Connection[Any]", until: str) -> bool:
    """Whether the stream's copy holds everything up to `until`, flushed to its disk."""
    asked = "select flush_lsn >= %s::pg_lsn from pg_stat_replication where application_name = 'pg_receivewal' and flush_lsn is not null"
    return any(row[0] for row in connection.execute(asked, [until]))


def squeeze(segment: Path) -> None:
    """Compress a complete segment."""
    draft = segment.with_name(f".{segment.name}.part")
    with segment.open("rb") as plain, draft.open("wb") as raw, gzip.open(raw, "wb", compresslevel=1) as packed:
        shutil.copyfileobj(plain, packed, 1 << 20)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(segment.with_name(f"{segment.name}.gz"))
    segment.unlink()


def whole(place: Place, url: str) -> Base:
    """Take a whole copy of the database while it runs, verify it, and forget what is too old. Raises Trouble."""
    with connect(url) as connection:
        life = place.life_of(identity(connection, url))
        size = (connection.execute("select sum(pg_database_size(oid)) from pg_database").fetchone() or [0])[0]
    _make_room(place, int(size) // 3)
    for old in life.folder.glob("base/.part-*"):
        shutil.rmtree(old, ignore_errors=True)
    began = now()
    part = life.folder / "base" / f".part-{stamp(began)}"
    command = [
        str(programs().folder / "pg_basebackup"), "-D", str(part), "--format=tar", "--gzip", "--compress=1", "--wal-method=stream",
        "--checkpoint=fast", "--manifest-checksums=SHA256", "--label=kentongan",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, env=environment(url), check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise Trouble(
                f"Salinan utuh basis data gagal. Kata PostgreSQL: {(done.stderr.strip().splitlines() or ['?'])[-1]}",
                "pg_basebackup failed",
            )
        about = {"began": began.isoformat(), "ended": now().isoformat(), "bytes": sum(file.stat().st_size for file in part.iterdir())}
        about["unpacked"] = sum(file["Size"] for file in json.loads((part / "backup_manifest").read_text())["Files"])
        write(part / "base.json", about | {"verified": ""})
        os.sync()
        base = Base(part.rename(part.with_name(stamp(began))))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    verify(base)
    took = (now() - began).total_seconds()
    place.note(base={"at": about["ended"], "bytes": about["bytes"], "verified": base.about["verified"], "seconds": took})
    place.tidy()
    return base


def _make_room(place: Place, needed: int) -> None:
    """Give up the oldest whole copies, never the last verified one, until the next one fits. Raises Trouble."""
    while place.free() < needed + FLOOR:
        bases = [base for life in place.lives() for base in life.bases()]
        if len(bases) < 2:
            raise Trouble(
                f"Tempat cadangan {place.root} penuh: perlu {(needed + FLOOR) >> 20} MB, ada {place.free() >> 20} MB. "
                "Kosongkan atau ganti disknya.",
                f"the backup place is full: {(needed + FLOOR) >> 20} MB needed",
            )
        shutil.rmtree(bases[0].folder)
        place.tidy()


def verify(base: Base) -> None:
    """Read the copy back and compare every file's checksum with the manifest PostgreSQL made. Raises Trouble; notes the moment."""
    wanted = {file["Path"]: (file["Size"], file["Checksum"]) for file in base.manifest["Files"]}
    try:
        with base.archive("base.tar.gz") as copy:
            for member in copy:
                content = copy.extractfile(member) if member.isfile() else None
                expected = wanted.pop(member.name.removeprefix("./"), None) if content else None
                if content and expected:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
                    if (member.size, digest) != expected:
                        raise _damaged(base, member.name)
        with base.archive("pg_wal.tar.gz") as copy:
            for _member in copy:
                pass
    except (tarfile.TarError, EOFError, OSError) as broken:
        raise _damaged(base, type(broken).__name__) from broken
    if wanted:
        raise _damaged(base, next(iter(wanted)))
    write(base.folder / "base.json", base.about | {"verified": now().isoformat()})


def _damaged(base: Base, what: str) -> Trouble:
    return Trouble(f"Salinan utuh {base.folder.name} rusak ({what}). Buat yang baru: deploy/backup base", f"the copy is damaged: {what}")
