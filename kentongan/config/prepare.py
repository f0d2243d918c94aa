"""Everything that must be true before the first page: tables, regions, demo, static files.

Run by the supervisor as a process of its own, so that what it takes is given back. Says on standard error what takes
longer than a moment; leaves on standard output what the supervisor shows when all is up. Safe to run any number of
times, on any number of machines at once.
"""

import contextlib
import hashlib
import io
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from .postgres import OLDEST
from .trouble import Trouble, told

LOCK = 0x6B656E74  # one preparer at a time in one database


def main() -> None:
    """Prepare, or end with a sentence."""
    import django
    from django.db import Error, OperationalError, connection

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.config.settings")
    django.setup()
    try:
        with _alone():
            _tables()
            _contents()
            _after_a_restore()
        _static()
        print(_sign_ins(), end="")
    except OperationalError as error:
        raise _unreachable(error) from error
    except Error as error:
        raise Trouble(f"Basis data menolak: {error}", f"the database refuses: {error}") from error
    finally:
        connection.close()


@contextlib.contextmanager
def step(indonesian: str, english: str) -> Iterator[None]:
    """Say what is being done, and how long it took when that was longer than two seconds."""
    print(f"· {indonesian} ({english}) …", file=sys.stderr, flush=True)
    began = time.monotonic()
    yield
    if (seconds := time.monotonic() - began) > 2:
        print(f"  selesai dalam {seconds:.0f} detik (done)", file=sys.stderr, flush=True)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        version = int(cursor.fetchone()[0]) // 10000
        if version < OLDEST:
            raise Trouble(
                f"Server basis data memakai PostgreSQL {version}; Kentongan perlu versi {OLDEST} atau lebih baru.",
                f"the server runs PostgreSQL {version}; {OLDEST} or newer is needed",
            )
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def _tables() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step(f"Menyiapkan tabel: {len(plan)} langkah", f"preparing tables: {len(plan)} steps"):
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def _contents() -> None:
    """What a fresh database needs; the commands remember in the database that they are done, and are then quick."""
    from django.conf import settings

    _command("load_regions")
    if settings.DEMO:
        _command("load_demo")


def _after_a_restore() -> None:
    """Put photos where their rows say: a backup's files may be a little newer or older than its rows, and only some are for everyone."""
    from django.conf import settings

    mark = Path(settings.DATA) / "restored"
    if mark.exists():
        from kentongan.media.models import Photo

        for photo in Photo.objects.filter(state=Photo.State.READY).iterator():
            photo.place_files()
        mark.unlink()


def _command(name: str, out: io.TextIOBase | None = None) -> bool:
    """Call a room's command where that room brings it. What it says while it works goes to standard error."""
    from django.core.management import call_command, get_commands

    if name not in get_commands():
        return False
    call_command(name, stdout=out or sys.stderr, skip_checks=True)
    return True


def _static() -> None:
    """Collect static files when one of them changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    marks = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            marks.update(f"{path} {found.st_mtime_ns} {found.st_size}\n".encode())
    kept = Path(settings.STATIC_ROOT) / ".sources"
    if kept.exists() and kept.read_text() == marks.hexdigest():
        return
    with step("Mengumpulkan gaya dan skrip", "collecting static files"):
        call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
        kept.write_text(marks.hexdigest())


def _sign_ins() -> str:
    """Who can sign in to the demo, as the demo itself says it."""
    from django.conf import settings

    said = io.StringIO()
    if settings.DEMO:
        _command("demo_signins", said)
    return said.getvalue()


def _unreachable(error: Exception) -> Trouble:
    address = urlsplit(os.environ.get("DATABASE_URL", ""))
    where = f"{address.hostname or 'soket lokal'}{address.path}"
    reason = next(iter(str(error).strip().splitlines()), "?")
    return Trouble(
        f"Basis data {where} tidak bisa dihubungi atau tidak melayani. Periksa DATABASE_URL dan servernya. Katanya: {reason}",
        f"the database cannot be reached or does not serve; check DATABASE_URL and the server; it says: {reason}",
    )


if __name__ == "__main__":
    with told():
        main()
