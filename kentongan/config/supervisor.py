"""`make run`: database, preparation, web server and worker as one tree of processes in the foreground.

Stopped by Ctrl-C, TERM or HUP, it stops all of them within seconds and leaves nobody behind; should it be killed itself,
its children stop too. A child that dies is started again, later each time; when the web server does not stay up at
three tries, all stops and a sentence says so. Imports nothing of Django, so that it stays small.
"""

import contextlib
import http.client
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import database
from .trouble import Trouble, from_os, told

PYTHON = sys.executable
STEADY = 60.0  # seconds after which a child counts as having come up
TRIES = 3
GRACE = 8.0  # seconds a child has to end what it does
PATIENCE = 60.0  # seconds until the first page


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def shown(self) -> str:
        """As a person types it."""
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{host}:{self.port}/"


def address() -> Address:
    """PORT and KENTONGAN_HOST, checked. Raises Trouble for a port that is none, is taken or may not be used."""
    said = os.environ.get("PORT") or "8000"
    if not said.isascii() or not said.isdigit() or not 0 < int(said) < 65536:
        raise Trouble(
            f"PORT={said} bukan nomor port. Pakai angka 1 sampai 65535, misalnya: make run PORT=8001",
            f"PORT={said} is no port number; use 1 to 65535",
            code=2,
        )
    found = Address(os.environ.get("KENTONGAN_HOST") or "127.0.0.1", int(said))
    try:
        family = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((found.host, found.port))
    except PermissionError:
        raise Trouble(
            f"Port {found.port} hanya boleh dipakai root. Pakai yang lebih besar: make run PORT=8000",
            f"port {found.port} is for root only; use a larger one",
            code=2,
        ) from None
    except OSError as error:
        raise Trouble(
            f"Port {found.port} di {found.host} tidak bisa dipakai: mungkin Kentongan atau program lain sudah "
            f"memakainya. Hentikan itu, atau jalankan: make run PORT={found.port % 65535 + 1}",
            f"port {found.port} at {found.host} cannot be used, perhaps something runs there already: {error.strerror or error}",
            code=2,
        ) from None
    return found


@dataclass
class Child:
    """One process that is kept alive. `vital`: when it does not stay up, nothing else is worth keeping up."""

    name: str
    command: Sequence[str]
    vital: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    born: float = 0.0
    failures: int = 0
    again_at: float = 0.0
    inherited: tuple[int, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start it in its own session: a Ctrl-C in the terminal reaches only the supervisor."""
        self.born = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=database.CHECKOUT, env=os.environ | self.environment, pass_fds=self.inherited,
            stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=database.die_with_parent,  # noqa: PLW1509 (no threads here)
        )  # fmt: skip

    def tend(self) -> None:
        """Start it again when it died and its time has come. Raises Trouble when a vital one does not stay up."""
        now = time.monotonic()
        if self.process and (status := self.process.poll()) is not None:
            self.end(signal.SIGKILL)  # what it left behind, which may still hold the port
            self.process = None
            self.failures = 1 if now - self.born > STEADY else self.failures + 1
            if self.vital and self.failures >= TRIES:
                raise Trouble(
                    f"Bagian {self.name} {TRIES} kali berhenti sendiri (status {status}). Semua dihentikan; sebabnya tertulis di atas.",
                    f"{self.name} died {TRIES} times; everything is stopped, the cause stands above",
                )
            self.again_at = now + min(2.0 ** (self.failures - 1), 30.0)
            print(f"Bagian {self.name} berhenti (status {status}); dijalankan lagi. (restarted)", file=sys.stderr)
        if self.process is None and now >= self.again_at:
            self.start()

    def end(self, number: int) -> None:
        """Send a signal to it and to everything it started."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def children(at: Address, up: database.Up) -> list[Child]:
    """The web server, the worker and, where there is a place for it, what keeps the backup."""
    shared = {"inherited": up.inherited, "environment": _environment(up)}
    web = [
        PYTHON, "-m", "granian", "--interface", "wsgi", "--host", at.host, "--port", str(at.port), "--workers", "1",
        "--blocking-threads", "16", "--http", "1", "--no-ws", "--log-level", "error",
        "--workers-kill-timeout", "5", "kentongan.config.wsgi:application",
    ]  # fmt: skip
    worker = [
        PYTHON, "manage.py", "procrastinate", "worker", "--concurrency", "2", "--delete-jobs", "successful",
        "--shutdown-graceful-timeout", "5",
    ]  # fmt: skip
    backup = [PYTHON, "-m", "kentongan.config.backup", "keep"]
    family = [("web", web), ("pekerja", worker), *([("cadangan", backup)] if os.environ.get("KENTONGAN_BACKUP") else [])]
    return [Child(name, command, vital=name == "web", **shared) for name, command in family]  # type: ignore[arg-type]


def _environment(up: database.Up) -> dict[str, str]:
    return {"DATABASE_URL": up.url, "DJANGO_SETTINGS_MODULE": "kentongan.config.settings", "PYTHONUNBUFFERED": "1"}


class Bell:
    """Wakes the supervisor for a signal or a dead child, and remembers whether it was asked to stop."""

    def __init__(self) -> None:
        self.rung = False
        self._reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ring)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _ring(self, _number: int, _frame: object) -> None:
        self.rung = True

    def wait(self, seconds: float) -> bool:
        """Wait, less long when something happens; whether we were asked to stop."""
        if not self.rung and select.select([self._reader], [], [], seconds)[0]:
            os.read(self._reader, 512)
        return self.rung


def prepare(up: database.Up, bell: Bell) -> str | None:
    """Tables, regions, demo, static files; what to show when all is up, or None when asked to stop meanwhile."""
    process = subprocess.Popen(
        [PYTHON, "-m", "kentongan.config.prepare"], cwd=database.CHECKOUT, env=os.environ | _environment(up),
        pass_fds=up.inherited, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
        preexec_fn=database.die_with_parent, text=True,  # noqa: PLW1509
    )  # fmt: skip
    assert process.stdout
    said = ""
    while not bell.rung:
        if select.select([process.stdout], [], [], 0.2)[0]:
            if not (more := os.read(process.stdout.fileno(), 65536)):
                break
            said += more.decode()
    if bell.rung:
        _end_soon(process)
        return None
    if status := process.wait():
        sys.exit(status)  # it has said why
    return said


def _end_soon(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers(at: Address) -> bool:
    """Whether the home page answers."""
    try:
        connection = http.client.HTTPConnection(at.host, at.port, timeout=10)
        connection.request("GET", "/", headers={"Host": f"localhost:{at.port}", "Accept-Encoding": "gzip"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    return True


def welcome(at: Address, sign_ins: str, seconds: float) -> str:
    """What a newcomer needs to know, once everything is up."""
    prefix = f"KENTONGAN_DATA={shlex.quote(kept)} " if (kept := os.environ.get("KENTONGAN_DATA")) else ""
    python = os.path.relpath(PYTHON, Path.cwd()) if Path(PYTHON).is_relative_to(Path.cwd()) else PYTHON
    lines = [
        "",
        f"Kentongan berjalan (siap dalam {seconds:.1f} detik). Tekan Ctrl-C untuk berhenti.",
        "(Kentongan is running; Ctrl-C stops everything.)",
        "",
        f"  Beranda (home)          {at.shown}",
        f"  Meja (desk, sign-in)    {at.shown}meja/",
        f"  Galeri (components)     {at.shown}gaya/",
        "",
    ]
    if sign_ins.strip():
        lines += [
            sign_ins.rstrip(),
            "",
            "  Kode masuk petugas, di terminal lain (an officer's current code, in another terminal):",
            f"    {prefix}{python} manage.py totp NAMA",
            "",
        ]
    return "\n".join(lines)


@contextlib.contextmanager
def _kept_up(family: list[Child]) -> Iterator[None]:
    """Start them; at the end ask them to stop, and make them after `GRACE` seconds."""
    try:
        for child in family:
            child.start()
        yield
    finally:
        for child in family:
            child.end(signal.SIGTERM)
        end = time.monotonic() + GRACE
        for child in family:
            if child.process:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(end - time.monotonic(), 0.1))
        for child in family:
            child.end(signal.SIGKILL)  # what is left of its group, grandchildren included
            if child.process:
                child.process.wait()


def run() -> int:
    """Bring everything up, keep it up, and stop it when asked. Raises Trouble."""
    began = time.monotonic()
    at = address()
    bell = Bell()
    _say_first_start()
    with database.used() as up:
        if bell.rung or (sign_ins := prepare(up, bell)) is None:
            print("\nDihentikan; lain kali dilanjutkan dari sini. (Stopped; the next start goes on from here.)", flush=True)
            return 0
        family = children(at, up)
        with _kept_up(family):
            if _first_page(at, family, bell):
                print(welcome(at, sign_ins, time.monotonic() - began), flush=True)
            while not bell.wait(2.0):
                _tend(family, up)
        print("\nMenghentikan semuanya … (stopping)", flush=True)
    print("Berhenti. Data tersimpan. (Stopped; everything is saved.)", flush=True)
    return 0


def _say_first_start() -> None:
    if not database.configured_url() and not any((database.data_folder() / "pg").glob("*/PG_VERSION")):
        print("· Membuat basis data (making the database) …", file=sys.stderr, flush=True)


def _tend(family: list[Child], up: database.Up) -> None:
    if up.cluster and not up.cluster.running():
        print("Basis data berhenti; dijalankan lagi. (database restarted)", file=sys.stderr)
        up.cluster.revive()
    for child in family:
        child.tend()


def _first_page(at: Address, family: list[Child], bell: Bell) -> bool:
    """Wait until the home page answers; False when asked to stop. Raises Trouble when it never does."""
    end = time.monotonic() + PATIENCE
    while not bell.wait(0.05):
        if answers(at):
            return True
        for child in family:
            child.tend()
        if time.monotonic() > end:
            raise Trouble(
                f"Halaman pertama tidak menjawab dalam {PATIENCE:.0f} detik. Semua dihentikan; sebabnya tertulis di atas.",
                f"no page answered within {PATIENCE:.0f} seconds; everything is stopped, the cause stands above",
            )
    return False


if __name__ == "__main__":
    with told():
        try:
            sys.exit(run())
        except OSError as error:
            raise from_os(error, database.data_folder()) from error
