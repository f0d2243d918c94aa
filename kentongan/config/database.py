"""The database Kentongan stands on: a real server when DATABASE_URL is set, else a private one below KENTONGAN_DATA.

    python -m kentongan.config.database run -- COMMAND…    run COMMAND with DATABASE_URL set; start and stop as needed
    python -m kentongan.config.database tool PROGRAM …     psql, pg_dump, pg_restore… of the right version, connected
    python -m kentongan.config.database status | url | start | stop

Imports nothing of Django, so that it is up before Django asks for it.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import parse_qsl, unquote, urlsplit

from .cluster import Cluster
from .trouble import Trouble, from_os, told

CHECKOUT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """Where everything kept on disk lives: KENTONGAN_DATA, or `var/` beside the code."""
    return Path(os.environ.get("KENTONGAN_DATA") or CHECKOUT / "var").expanduser().resolve()


def configured_url() -> str | None:
    """DATABASE_URL, checked for its shape; None when it is not set. Raises Trouble."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if url:
        parts(url)
    return url or None


def parts(url: str) -> dict[str, str]:
    """What libpq calls the parts of an address (dbname, user, password, host, port, options). Raises Trouble."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        raise _bad_url() from None
    name = unquote(split.path.lstrip("/"))
    if split.scheme not in ("postgres", "postgresql") or not name:
        raise _bad_url()
    found = {
        "dbname": name,
        "user": unquote(split.username or ""),
        "password": unquote(split.password or ""),
        "host": unquote(split.hostname or ""),
        "port": str(port or ""),
    }
    return {key: value for key, value in (found | dict(parse_qsl(split.query))).items() if value}


def _bad_url() -> Trouble:
    return Trouble(
        "DATABASE_URL tidak bisa dibaca. Bentuknya postgresql://pengguna:sandi@server:5432/nama; kosongkan bila ingin basis data bawaan.",
        "DATABASE_URL cannot be read; it looks like postgresql://user:password@server:5432/name; leave it empty for the built-in database",
        code=2,
    )


def embedded() -> Cluster:
    """The private cluster below `data_folder()`; nothing is started."""
    home = data_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        return Cluster(home)
    except OSError as error:
        raise from_os(error, home) from error


def running_url() -> str:
    """The address to connect to now: DATABASE_URL, or the private cluster's when it runs. Raises Trouble."""
    if url := configured_url():
        return url
    cluster = embedded()
    if not (cluster.made() and cluster.running()):
        raise Trouble(
            "Basis data belum berjalan. Jalankan make run, atau awali perintah dengan python -m kentongan.config.database run -- …",
            "the database does not run yet: make run, or prefix the command with python -m kentongan.config.database run --",
        )
    return cluster.url()


@dataclass(frozen=True)
class Up:
    """A database that is up: its address, what children inherit to keep it up, and the cluster where it is ours."""

    url: str
    inherited: tuple[int, ...] = ()
    cluster: Cluster | None = None


@contextlib.contextmanager
def used() -> Iterator[Up]:
    """The database, up for as long as the block runs. Raises Trouble."""
    if url := configured_url():
        yield Up(url)
        return
    cluster = embedded()
    with cluster.used() as user:
        yield Up(cluster.url(), (user,), cluster)


def die_with_parent() -> None:
    """For `preexec_fn` of a child: it is asked to stop when this process is killed, so that nobody is left behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def run(command: Sequence[str]) -> int:
    """Run a command with the database up and DATABASE_URL set; returns its exit status."""
    if configured_url():
        os.execvp(command[0], list(command))  # noqa: S606
    with used() as up:
        child = subprocess.Popen(
            command, env=os.environ | {"DATABASE_URL": up.url}, pass_fds=up.inherited,
            preexec_fn=die_with_parent,  # noqa: PLW1509 (no threads here)
        )  # fmt: skip

        def pass_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sent Ctrl-C to the child too; wait for it
        signal.signal(signal.SIGTERM, pass_on)
        signal.signal(signal.SIGHUP, pass_on)
        status = child.wait()
    return status if status >= 0 else 128 - status


def tool(program: str, *args: str) -> int:
    """Run a PostgreSQL client program of the server's version, connected to our database."""
    with used() as up:
        path = str(up.cluster.program(program)) if up.cluster else shutil.which(program)
        if path is None or not Path(path).exists():
            raise Trouble(f"Program {program} tidak ada. Pasang postgresql-client.", f"{program} is not installed")
        given = parts(up.url)
        # by environment, so that no password shows in a list of processes
        environment = {f"PG{'DATABASE' if key == 'dbname' else key.upper()}": value for key, value in given.items()}
        return subprocess.run([path, *args], check=False, env=os.environ | environment).returncode


def status() -> str:
    """One line on where the database is and whether it runs."""
    if configured_url():
        return "server (DATABASE_URL)"
    cluster = embedded()
    state = "berjalan" if cluster.made() and cluster.running() else "berhenti"
    return f"PostgreSQL {cluster.programs.major} di {cluster.data}: {state}"


def main(arguments: Sequence[str]) -> int:
    """The command line at the head of this file."""
    match list(arguments):
        case ["run", "--", *command] | ["run", *command] if command:
            return run(command)
        case ["tool", program, *args]:
            return tool(program, *args)
        case ["status"]:
            print(status())
        case ["url"]:
            print(running_url())
        case ["start"]:
            embedded().start()
        case ["stop"]:
            embedded().stop()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    with told():
        sys.exit(main(sys.argv[1:]))
