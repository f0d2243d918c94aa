"""Where the backup lies and what it is made of.

<place>/kentongan.json            which place this is, so that an empty mount is not mistaken for it
<place>/lives/<time>/life.json    one timeline of one database: a restored database begins a new life
<place>/lives/<time>/base/<time>/ whole copies (pg_basebackup, tar) with their manifest
<place>/lives/<time>/wal/         everything written since, as it came (pg_receivewal)
<place>/files/                    photos and what else is kept as files, each once
<place>/removed/<time>/           what was removed or replaced, until it is too old to matter
<place>/state.json                what went well and when, what did not
"""

import contextlib
import gzip
import json
import os
import re
import secrets
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kentongan.config.trouble import Trouble

ANY_MOMENT = timedelta(days=7)
"""How far back every single moment can be restored."""
WEEKLY = timedelta(days=35)
"""How far back one whole copy a week is kept. Nothing that was deleted outlives this."""
FLOOR = 256 << 20
"""Bytes that stay free at the place for what is written next."""
SEGMENT = re.compile(r"([0-9A-F]{8})([0-9A-F]{16})(\.gz|\.partial)?")
STAMP = "%Y%m%dT%H%M%SZ"


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """A moment as the name of a folder."""
    return at.astimezone(UTC).strftime(STAMP)


def moment(name: str) -> datetime:
    """The moment a folder is named for."""
    return datetime.strptime(name[:16], STAMP).replace(tzinfo=UTC)


def write(path: Path, content: Any) -> None:
    """A small file of JSON, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")
    draft.replace(path)


def read(path: Path) -> dict[str, Any]:
    """Its content; empty where there is none that can be read."""
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Base:
    """One whole copy of the database."""

    folder: Path

    @property
    def about(self) -> dict[str, Any]:
        """`ended`, `bytes` on disk, `unpacked` bytes, `verified` (a moment, or empty)."""
        return read(self.folder / "base.json")

    @property
    def ended(self) -> datetime:
        """From this moment on it can be restored."""
        return datetime.fromisoformat(self.about["ended"])

    @property
    def manifest(self) -> dict[str, Any]:
        """What PostgreSQL says is in it."""
        return read(self.folder / "backup_manifest")

    @contextlib.contextmanager
    def archive(self, name: str) -> Iterator[tarfile.TarFile]:
        """One of its two archives, to read from beginning to end. Its gzip has several members, which tarfile itself does not read."""
        with gzip.open(self.folder / name) as plain, tarfile.open(fileobj=plain, mode="r|") as packed:
            yield packed

    def first_segment(self, segment_bytes: int) -> str:
        """The part of a segment's name (log and number) this copy's recovery begins with."""
        high, low = (int(half, 16) for half in self.manifest["WAL-Ranges"][0]["Start-LSN"].split("/"))
        per_log = (1 << 32) // segment_bytes
        number = ((high << 32) | low) // segment_bytes
        return f"{number // per_log:08X}{number % per_log:08X}"


@dataclass(frozen=True)
class Life:
    """One timeline of one database."""

    folder: Path

    @property
    def about(self) -> dict[str, Any]:
        """`system`, `timeline`, `major`, `segment` bytes, `private` (the cluster is our own), `role`, `database`."""
        return read(self.folder / "life.json")

    @property
    def wal(self) -> Path:
        """What was written, segment by segment."""
        return self.folder / "wal"

    @property
    def began(self) -> datetime:
        """When the backup of it began."""
        return moment(self.folder.name)

    def bases(self) -> list[Base]:
        """Whole copies, oldest first; half-made ones have other names."""
        return [Base(found.parent) for found in sorted(self.folder.glob("base/[0-9]*/base.json"))]

    def segments(self) -> Iterator[tuple[str, Path]]:
        """(log and number, file) of everything written, in order; an unfinished one only where there is no finished one."""
        best: dict[str, Path] = {}
        for file in sorted(self.wal.iterdir(), key=lambda file: file.name.endswith(".partial")):
            if found := SEGMENT.fullmatch(file.name):
                best.setdefault(found[2], file)
        yield from sorted(best.items())


@dataclass(frozen=True)
class Place:
    """A backup. Making one of these writes nothing."""

    root: Path

    @property
    def state_file(self) -> Path:
        """What went well and when."""
        return self.root / "state.json"

    def state(self) -> dict[str, Any]:
        """The parts `stream`, `files`, `base`, `drill`, `hook`, `trouble` as far as they have happened."""
        return read(self.state_file)

    def note(self, **parts: Any) -> None:
        """Write parts of the state anew; the others stay."""
        write(self.state_file, self.state() | parts)

    def lives(self) -> list[Life]:
        """Oldest first."""
        return [Life(found.parent) for found in sorted(self.root.glob("lives/*/life.json"))]

    def life_of(self, identity: dict[str, Any]) -> Life:
        """The life of the database that runs now, begun where it is new."""
        for life in reversed(self.lives()):
            if (life.about["system"], life.about["timeline"]) == (identity["system"], identity["timeline"]):
                return life
        folder = self.root / "lives" / stamp(now())
        (folder / "wal").mkdir(mode=0o700, parents=True)
        (folder / "base").mkdir(mode=0o700)
        write(folder / "life.json", identity)
        return Life(folder)

    def choose(self, at: datetime | None) -> tuple[Life, Base]:
        """The newest whole copy from which the moment `at` can be reached (None: the last one there is). Raises Trouble."""
        lives = self.lives()
        for life, after in reversed(list(zip(lives, [*lives[1:], None], strict=False))):
            if at and after and at >= after.began and after.bases():
                continue
            fit = [base for base in life.bases() if at is None or base.ended <= at]
            if fit:
                return life, fit[-1]
        oldest = min((base.ended for life in lives for base in life.bases()), default=None)
        if oldest is None:
            raise Trouble(
                f"Di {self.root} belum ada salinan utuh. Pastikan ini folder cadangannya: di dalamnya ada folder bernama lives.",
                "there is no whole copy of the database at this place",
            )
        raise Trouble(
            f"Cadangan ini baru mulai {local(oldest)}. Pilih waktu sesudahnya.",
            f"this backup begins at {oldest.isoformat()}; choose a later moment",
        )

    def claim(self, home: Path) -> None:
        """Make sure this is the place `home` was backed up to before, so that an unmounted disk is noticed. Raises Trouble."""
        known, mark = home / "backup-place", self.root / "kentongan.json"
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        found, expected = read(mark).get("place", ""), known.read_text().strip() if known.exists() else ""
        if expected and found != expected:
            raise Trouble(
                f"{self.root} bukan tempat cadangan yang biasa, atau disknya tidak terpasang. Pasang disknya; bila tempatnya memang "
                "baru, jalankan: deploy/backup begin",
                "this is not the usual backup place, perhaps its disk is not mounted; if it is a new place run: deploy/backup begin",
            )
        if not found:
            found = secrets.token_hex(8)
            write(mark, {"place": found, "format": 1})
        known.write_text(f"{found}\n")

    def free(self) -> int:
        """Bytes free at the place."""
        disk = os.statvfs(self.root)
        return disk.f_bavail * disk.f_frsize

    def tidy(self) -> None:
        """Remove what is older than is promised: copies, what was written before the first of them, removed files, emptied lives."""
        lives = self.lives()
        for life in lives:
            for base in set(life.bases()) - set(kept(life.bases(), now(), newest_stays=life is lives[-1] or not lives[-1].bases())):
                shutil.rmtree(base.folder)
            _forget_segments(life)
            if life is not lives[-1] and not life.bases():
                shutil.rmtree(life.folder)
        for folder in (self.root / "removed").glob("[0-9]*"):
            if moment(folder.name) < now() - WEEKLY:
                shutil.rmtree(folder)


def kept(bases: list[Base], at: datetime, *, newest_stays: bool = True) -> list[Base]:
    """Which copies stay: all that reach into the last `ANY_MOMENT`, one a week for `WEEKLY`, and the newest whatever its age."""
    staying: dict[Path, Base] = {}
    weeks: set[tuple[int, int]] = set()
    for position, base in enumerate(bases):
        following = bases[position + 1].ended if position + 1 < len(bases) else at
        week = base.ended.isocalendar()[:2]
        needed = following >= at - ANY_MOMENT
        weekly = week not in weeks and at - base.ended <= WEEKLY
        if needed or weekly or (newest_stays and base is bases[-1]):
            staying[base.folder] = base
            weeks.add(week)
    return list(staying.values())


def _forget_segments(life: Life) -> None:
    """What was written before the oldest copy of the last `ANY_MOMENT`: older copies bring along what they need themselves."""
    bases = life.bases()
    reaching = [base for base, after in zip(bases, [*bases[1:], None], strict=False) if after is None or after.ended >= now() - ANY_MOMENT]
    if not reaching:
        return
    first = reaching[0].first_segment(life.about["segment"])
    for number, file in list(life.segments()):
        if number < first:
            file.unlink()


def local(at: datetime) -> str:
    """A moment as an Indonesian operator reads it: in Western Indonesian time."""
    return (at.astimezone(UTC) + timedelta(hours=7)).strftime("%d-%m-%Y %H.%M.%S WIB")
