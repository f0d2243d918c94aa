"""From the backup alone to a database that serves: as it was last, or at any moment of the last days."""

import contextlib
import gzip
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import psycopg

from kentongan.config import cluster as own
from kentongan.config.cluster import ROLE, Cluster
from kentongan.config.database import configured_url, parts
from kentongan.config.trouble import Trouble

from . import files, keys
from .place import Base, Life, Place, local, now, stamp

WIB = timezone(timedelta(hours=7))
LONGEST = 4 * 3600
"""Seconds recovery may take."""
ENDED_EARLY = "recovery ended before configured recovery target was reached"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What came back: the moment of the last change in it, lines of the record, photos asked for and missing, seconds taken."""

    last: datetime | None
    entries: int
    photos: int
    missing: int
    seconds: float
    settings: Path | None = None


def moment_of(text: str) -> datetime:
    """A moment as an operator types it: "2026-11-24 14:00" is Western Indonesian time unless it says otherwise. Raises Trouble."""
    try:
        at = datetime.fromisoformat(text.strip().replace(".", ":"))
    except ValueError:
        raise Trouble(
            f'Waktu "{text}" tidak bisa dibaca. Tulis begini: --at "2026-11-24 14:00" (WIB), atau dengan zona: "2026-11-24 14:00+08:00".',
            "write the moment as 2026-11-24 14:00",
            code=2,
        ) from None
    at = at if at.tzinfo else at.replace(tzinfo=WIB)
    if at > now():
        raise Trouble(f"{local(at)} belum terjadi.", "that moment has not come yet", code=2)
    return at.astimezone(UTC)


def restore(place: Place, home: Path, *, at: datetime | None = None, packet: dict[str, str] | None = None, say: Say) -> Restored:
    """Put database, files and (with their packet) keys below `home`; what was there is kept beside it. Raises Trouble.

    With DATABASE_URL set the database is restored privately first and then carried over to that server.
    """
    began = time.monotonic()
    life, base = place.choose(at)
    url = configured_url()
    if not (url or life.about["private"]):
        raise Trouble(
            "Cadangan ini dari server PostgreSQL Anda sendiri: isi DATABASE_URL dengan server tujuannya, lalu ulangi.",
            "this backup is of your own server: set DATABASE_URL to where it shall go",
        )
    home.mkdir(parents=True, exist_ok=True)
    _refuse_running(home)
    say(f"Salinan utuh {local(base.ended)} dibongkar (unpacking)")
    with recovered(life, base, home, at, say) as (cluster, connection):
        last, entries, photos, missing = facts(connection, place)
        if url:
            say("Data dipindahkan ke server DATABASE_URL (carrying over)")
            _carry_over(cluster, life, url)
        else:
            _password(cluster, connection)
    aside = _set_aside(home, database=not url)
    if not url:
        cluster.data.rename(home / "pg" / str(life.about["major"]))
        (home / "pg" / "secret").touch(0o600)
        (home / "pg" / "secret").write_text((cluster.home / "secret").read_text())
    shutil.rmtree(cluster.home.parent, ignore_errors=True)
    say("Berkas dan foto (files)")
    files.put_back(place.root, home, at)
    settings = keys.put_back(packet, home) if packet else None
    (home / "restored").write_text(f"{now().isoformat()}\n")
    if aside:
        say(f"Yang ada sebelumnya disimpan di {aside} (kept)")
    return Restored(last, entries, photos, missing, time.monotonic() - began, settings)


def drill(place: Place, say: Say, *, within: Path | None = None) -> Restored:
    """Restore the database into a folder that is then thrown away, read every table, and look for every photo. Notes the outcome."""
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix=".drill-", dir=within, ignore_cleanup_errors=True) as name:
            home = Path(name)
            home.chmod(0o755)
            life, base = place.choose(None)
            with recovered(life, base, home, None, say) as (_cluster, connection):
                last, entries, photos, missing = facts(connection, place)
    except Trouble as failed:
        place.note(drill={"at": now().isoformat(), "ok": False, "said": str(failed).split("\n")[0]})
        raise
    took = time.monotonic() - began
    said = {
        "at": now().isoformat(),
        "ok": missing == 0,
        "seconds": round(took, 1),
        "last": last.isoformat() if last else "",
        "missing": missing,
    }
    place.note(drill=said)
    return Restored(last, entries, photos, missing, took)


@contextlib.contextmanager
def recovered(life: Life, base: Base, home: Path, at: datetime | None, say: Say) -> Iterator[tuple[Cluster, "psycopg.Connection[Any]"]]:
    """The database as it was, running privately below `home`, until the block ends; it then lies there stopped."""
    major = life.about["major"]
    work = home / f"restore-{os.getpid()}"
    work.mkdir(mode=0o711)
    try:
        cluster = Cluster(work, major)
        _room(base, life, work)
        _unpack(cluster, base, life)
        say("Yang ditulis sesudahnya dijalankan ulang (replaying)")
        _recover(cluster, at)
        try:
            url = {"host": str(cluster.socket), "user": life.about["role"], "dbname": life.about["database"]}
            with psycopg.connect(**url, autocommit=True) as connection:
                yield cluster, connection
        finally:
            cluster.stop()
        _back_to_normal(cluster, private=life.about["private"])
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def facts(connection: "psycopg.Connection[Any]", place: Place) -> tuple[datetime | None, int, int, int]:
    """Read every table to its end, and say: the last change, lines of the record, photos, photos whose files are not in the backup."""
    tables = connection.execute(
        "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables "
        "where schemaname not in ('pg_catalog', 'information_schema')"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f"select count(*) from {table} as whole where whole is not null")  # noqa: S608 (names from the catalogue)
    here = {table for (table,) in tables}
    entries = _one(connection, "select count(*) from core_entry") if "public.core_entry" in here else 0
    last = _one(connection, "select pg_last_xact_replay_timestamp()")
    wanted = (
        connection.execute(
            "select key || '-' || w || '.jpg' from media_photo, jsonb_array_elements_text(widths) w where state = 'ready'"
        ).fetchall()
        if "public.media_photo" in here
        else []
    )
    have = {
        entry.name
        for name in ("public", "private")
        if (folder := place.root / "files/media" / name).is_dir()
        for entry in os.scandir(folder)
    }
    return last, entries, len(wanted), sum(name not in have for (name,) in wanted)


def _one(connection: "psycopg.Connection[Any]", sql: str) -> Any:
    return (connection.execute(sql).fetchone() or [None])[0]


def _refuse_running(home: Path) -> None:
    if any((home / "pg").glob("*/PG_VERSION")) and Cluster(home).running():
        raise Trouble(
            "Kentongan masih berjalan. Hentikan dulu (systemctl stop kentongan), lalu ulangi.",
            "Kentongan still runs; stop it first",
        )


def _room(base: Base, life: Life, work: Path) -> None:
    disk = os.statvfs(work)
    free, needed = disk.f_bavail * disk.f_frsize, base.about["unpacked"] + sum(1 for _ in life.segments()) * life.about["segment"]
    if free < needed:
        raise Trouble(
            f"Ruang simpan kurang untuk memulihkan: perlu {needed >> 20} MB di {work.parent}, ada {free >> 20} MB.",
            f"{needed >> 20} MB of free disk needed to restore",
        )


def _unpack(cluster: Cluster, base: Base, life: Life) -> None:
    """The whole copy and everything written since, in the cluster's data folder, for the user that may run it."""
    cluster.data.mkdir(mode=0o700, parents=True)
    try:
        for archive, target in (("base.tar.gz", cluster.data), ("pg_wal.tar.gz", cluster.data / "pg_wal")):
            with base.archive(archive) as packed:
                for member in packed:
                    _put(packed, member, target)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as broken:
        raise Trouble(
            f"Salinan utuh {base.folder.name} rusak. Pakai --at dengan waktu sebelum {local(base.ended)}.", "damaged copy"
        ) from broken
    first = base.first_segment(life.about["segment"])
    for number, file in life.segments():
        if number >= first:
            _segment(file, cluster.data / "pg_wal" / file.name[:24])
    for history in life.wal.glob("*.history"):
        shutil.copy(history, cluster.data / "pg_wal" / history.name)
    for place, folders, names in os.walk(cluster.data):
        for folder in folders:
            (Path(place) / folder).chmod(0o700)
        for path in (Path(place), *(Path(place) / name for name in names)):
            if cluster.run.drop:
                os.chown(path, cluster.run.owner, cluster.run.group)
    cluster.data.chmod(0o700)


def _put(packed: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """One file or folder of the copy. There are no links in it: tablespaces are refused."""
    path = target / member.name
    if not path.resolve().is_relative_to(target.resolve()) or not (member.isdir() or member.isfile()):
        raise Trouble(
            f"Cadangan ini memakai tablespace ({member.name}); pulihkan dengan alat PostgreSQL sendiri.", "tablespaces are not supported"
        )
    if member.isdir():
        path.mkdir(parents=True, exist_ok=True)
    elif content := packed.extractfile(member):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file, 1 << 20)
        path.chmod(0o600)


def _segment(file: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    if file.suffix == ".gz":
        with gzip.open(file) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, 1 << 20)
    else:
        shutil.copy(file, target)
    target.chmod(0o600)


def _recover(cluster: Cluster, at: datetime | None) -> None:
    """Run recovery to its end; then the server serves on a new timeline."""
    kept = cluster.data / "postgresql.conf"  # what initdb found out about the machine stands in it; one of another server lies elsewhere
    usual = kept.read_text() if kept.exists() else own.CONF
    for name, text in (
        ("postgresql.conf", usual + _overrides(cluster)),
        ("restore_hba.conf", "local all all trust\n"),  # its socket lies in a folder of ours alone
        ("postgresql.auto.conf", _target(at)),
    ):
        (cluster.data / name).unlink(missing_ok=True)
        _give(cluster, cluster.data / name, text)
    _give(cluster, cluster.data / "recovery.signal", "")
    if _ended(cluster):
        return
    if at is None or not _said(cluster, ENDED_EARLY):
        raise own.no_start(cluster.data)
    # nothing was written between that moment and the end of the stream: the end is that moment
    _give(cluster, cluster.data / "postgresql.auto.conf", _target(None))
    if not _ended(cluster):
        raise own.no_start(cluster.data)


def _ended(cluster: Cluster) -> bool:
    """Start it and wait until recovery has ended and it serves; False when it gave up."""
    end = time.monotonic() + LONGEST
    with contextlib.suppress(Trouble):  # why it did not start stands in its log
        cluster.start(LONGEST)
    while cluster.running() and time.monotonic() < end:
        if cluster.ready():
            return True
        time.sleep(0.1)
    return False


def _overrides(cluster: Cluster) -> str:
    return f"hot_standby = off\nhba_file = '{cluster.data}/restore_hba.conf'\n"


def _target(at: datetime | None) -> str:
    lines = ["restore_command = 'false'", "recovery_target_timeline = 'latest'"]  # everything lies in pg_wal already
    if at:
        lines += [f"recovery_target_time = '{at.isoformat()}'", "recovery_target_action = 'promote'"]
    return "\n".join(lines) + "\n"


def _said(cluster: Cluster, words: str) -> bool:
    return any(
        words in log.read_text(errors="replace") for log in (cluster.data / "start.log", *cluster.data.glob("log/*.log")) if log.exists()
    )


def _back_to_normal(cluster: Cluster, *, private: bool) -> None:
    """The configuration a cluster of ours has; of one that came from another server nothing is kept."""
    _give(cluster, cluster.data / "postgresql.auto.conf", "")
    _give(cluster, cluster.data / "pg_hba.conf", "local all all scram-sha-256\nlocal replication all scram-sha-256\n")
    if not (private and (cluster.data / "kentongan.conf").exists()):
        _give(cluster, cluster.data / "kentongan.conf", own.CONF)
    usual = (cluster.data / "postgresql.conf").read_text().removesuffix(_overrides(cluster))
    _give(cluster, cluster.data / "postgresql.conf", usual if private else "include 'kentongan.conf'\n")
    (cluster.data / "restore_hba.conf").unlink(missing_ok=True)


def _give(cluster: Cluster, path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)
    if cluster.run.drop:
        os.chown(path, cluster.run.owner, cluster.run.group)


def _password(cluster: Cluster, connection: "psycopg.Connection[Any]") -> None:
    """A new password: the old one lies with the keys of a machine that may be in strange hands."""
    password = secrets.token_urlsafe(32)
    cluster.secret.touch(0o600)
    cluster.secret.write_text(password)
    connection.execute(psycopg.sql.SQL("alter role {} password {}").format(psycopg.sql.Identifier(ROLE), psycopg.sql.Literal(password)))


def _carry_over(cluster: Cluster, life: Life, url: str) -> None:
    """Dump the recovered database into the empty or older one behind `url`: wholly or not at all. Raises Trouble."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    source = clean | {"PGHOST": str(cluster.socket), "PGUSER": life.about["role"], "PGDATABASE": life.about["database"]}
    target = clean | {f"PG{'DATABASE' if key == 'dbname' else key.upper()}": value for key, value in parts(url).items()}
    head = (
        "set client_min_messages = warning; drop schema if exists public cascade; create schema public; "
        "grant usage on schema public to public;\n"
    )
    with tempfile.TemporaryFile() as dumped:
        dumped.write(head.encode())
        dumped.flush()
        dump = [str(cluster.program("pg_dump")), "--no-owner", "--no-privileges"]
        made = subprocess.run(dump, env=source, check=False, stdout=dumped, stderr=subprocess.PIPE, text=True)
        dumped.seek(0)
        load = [str(cluster.program("psql")), "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        loaded = subprocess.run(load, env=target, check=False, stdin=dumped, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if made.returncode or loaded.returncode:
        said = (made.stderr + loaded.stderr).strip().splitlines() or ["?"]
        raise Trouble(f"Server DATABASE_URL menolak data yang dipulihkan; isinya tidak berubah. Katanya: {said[-1]}", "the server refuses")


def _set_aside(home: Path, *, database: bool) -> Path | None:
    """Move what is there out of the way, on the same disk, and say where."""
    there = [found for found in home.iterdir() if not found.name.startswith(("restore-", "before-")) and (database or found.name != "pg")]
    there = [found for found in there if found.name != "pg" or any(found.glob("*/PG_VERSION"))]
    aside = home / f"before-{stamp(now())}"
    if not there:
        _pg_folder(home)
        return None
    aside.mkdir(mode=0o711)
    for found in there:
        found.rename(aside / found.name)
    _pg_folder(home)
    return aside


def _pg_folder(home: Path) -> None:
    (home / "pg").mkdir(mode=0o711, exist_ok=True)
    (home / "pg").chmod(0o711)
