"""One private PostgreSQL cluster: made, started, counted by its users, stopped by the last of them.

It listens on a unix socket in a folder of mode 0700 and nowhere else, asks for a password (scram), keeps checksums and
loses nothing that was acknowledged (fsync and synchronous_commit stay on). `kill -9` of anything here is recovered from.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from . import postgres
from .trouble import Trouble

ROLE = DATABASE = "kentongan"
PATIENCE = 120  # seconds a server may take to recover after a crash
CONF = """\
# Written once by Kentongan; you may edit it.
listen_addresses = ''
max_connections = 100
shared_buffers = '128MB'
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_directory = 'log'
log_filename = 'pg-%a.log'
log_rotation_age = '1d'
log_truncate_on_rotation = on
# What people typed stands in statements and in the details of errors: neither is logged.
log_min_duration_statement = -1
log_min_error_statement = panic
log_error_verbosity = terse
# The backup's stream may be away for this long before it has to begin anew; then it keeps no more.
max_slot_wal_keep_size = '2GB'
"""


class Cluster:
    """The cluster kept below `home`/pg, of version `major` where one is asked for.

    Making one of these starts nothing; every method may raise Trouble.
    """

    def __init__(self, home: Path, major: int | None = None) -> None:
        self.home = home / "pg"
        self.home.mkdir(parents=True, exist_ok=True)
        self.programs = postgres.find(self.home, major)
        self.data = self.home / str(self.programs.major)
        self.secret = self.home / "secret"
        self.socket = _socket_folder(self.home)
        self.run = postgres.runner(self.programs, self.data, home)

    def program(self, name: str) -> Path:
        """The path of one PostgreSQL program (`psql`, `pg_dump`…) of the cluster's own version."""
        return self.programs.folder / name

    def url(self) -> str:
        """The connection address, password included."""
        password = quote(self.secret.read_text().strip())
        return f"postgresql://{ROLE}:{password}@/{DATABASE}?host={quote(str(self.socket))}"

    def made(self) -> bool:
        """Whether the cluster has been made; half-made ones never get this name."""
        return (self.data / "PG_VERSION").exists()

    def running(self) -> bool:
        """Whether its server lives. Not `pg_ctl status`, which takes a zombie or a reused pid for a server."""
        pid = self._pid()
        return pid is not None and _works_in(pid, self.data)

    @contextlib.contextmanager
    def used(self) -> Iterator[int]:
        """Start it if need be and stop it when the last user leaves. Yields the descriptor that counts as one user.

        A shared lock means "I use it", and the kernel drops the locks of the killed. A child that inherits the
        descriptor keeps the server in use should this process be killed.
        """
        with _opened(self.home / "lock") as gate, _opened(self.home / "users") as users:
            fcntl.flock(gate, fcntl.LOCK_EX)
            self.start()
            fcntl.flock(users, fcntl.LOCK_SH)
            fcntl.flock(gate, fcntl.LOCK_UN)
            try:
                yield users
            finally:
                fcntl.flock(gate, fcntl.LOCK_EX)
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def revive(self) -> None:
        """Start the server again when it was killed while in use."""
        if not self.running():
            with _opened(self.home / "lock") as gate:
                fcntl.flock(gate, fcntl.LOCK_EX)
                self.start()

    def start(self, patience: int = PATIENCE) -> None:
        """Make the cluster if there is none, and start its server if it does not run, within `patience` seconds. Call under the gate."""
        if not self.made():
            self._make()
        self._own(self.socket)
        end = time.monotonic() + patience
        while not (ready := self.ready()) and self.running() and time.monotonic() < end:
            time.sleep(0.05)  # starting, recovering, or just killed and not yet gone
        if ready:
            return
        self._clear_stale_locks()
        log = self.data / "start.log"
        log.unlink(missing_ok=True)
        started = self.run(
            self.program("pg_ctl"), "start", "--silent", "--wait", "-t", patience, "-D", self.data, "-l", log,
            "-o", f"-k {self.socket}", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if started.returncode:
            raise no_start(self.data)

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back, nothing acknowledged is lost."""
        if self.running():
            self.run(
                self.program("pg_ctl"), "stop", "--silent", "--wait", "-m", "fast", "-D", self.data,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    def ready(self) -> bool:
        """Whether its server takes connections."""
        return self.run(self.program("pg_isready"), "-q", "-h", self.socket, "-t", "2").returncode == 0

    def _pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (FileNotFoundError, ValueError):
            return None

    def _make(self) -> None:
        """initdb under another name, with our database in it, renamed when complete."""
        self._own(self.home, 0o711)
        for old in self.home.glob("init-*"):
            shutil.rmtree(old, ignore_errors=True)
        fresh = self.home / f"init-{os.getpid()}"
        self._own(fresh)
        if not self.secret.exists():
            self.secret.touch(0o600)
            self.secret.write_text(secrets.token_urlsafe(32))
        try:
            self._initdb(fresh)
            (fresh / "kentongan.conf").write_text(CONF)
            with (fresh / "postgresql.conf").open("a") as main:
                main.write("include = 'kentongan.conf'\n")
            # without a server: no port, no socket, no second program while the cluster is half made
            single = ["--single", "-D", fresh, "-c", "logging_collector=off", "postgres"]
            made = self.run(self.program("postgres"), *single, input=f"CREATE DATABASE {DATABASE}\n", capture_output=True)
            _succeed(made)
            os.sync()
            fresh.rename(self.data)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _initdb(self, folder: Path) -> None:
        reader, writer = os.pipe()
        os.write(writer, self.secret.read_bytes())
        os.close(writer)
        if self.run.drop:
            os.fchown(reader, self.run.owner, self.run.group)  # so that the other user may open /dev/fd/N
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.programs.major >= 17 else []
        try:
            made = self.run(
                self.program("initdb"), "-D", folder, "-U", ROLE, "-E", "UTF8", "--locale=C.UTF-8", *builtin,
                "--data-checksums", "--auth=scram-sha-256", f"--pwfile=/dev/fd/{reader}",
                pass_fds=[reader], capture_output=True,
            )  # fmt: skip
        finally:
            os.close(reader)
        _succeed(made)

    def _own(self, folder: Path, mode: int = 0o700) -> None:
        """A folder of ours with this mode, or Trouble when someone else put it there."""
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), self.run.owner):
            raise Trouble(
                f"{folder} milik pengguna lain. Jalankan sebagai pengguna itu, atau pakai folder lain dengan KENTONGAN_DATA=…",
                f"{folder} belongs to another user: run as that user, or choose another KENTONGAN_DATA",
            )
        folder.chmod(mode)
        if self.run.drop:
            os.chown(folder, self.run.owner, self.run.group)

    def _clear_stale_locks(self) -> None:
        """Remove the lock files of a dead server: PostgreSQL refuses while the pid in them exists at all."""
        for _ in range(30):  # a killed one may wait to be reaped
            pid = self._pid()
            if pid is None or not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.1)
        for process in Path("/proc").glob("[0-9]*"):  # every backend works in its data folder
            if _works_in(int(process.name), self.data):
                raise Trouble(
                    f"Proses {process.name} sisa server lama masih memakai {self.data}. Akhiri dulu: kill {process.name}",
                    f"process {process.name} of a dead server still uses the data; end it first",
                )
        for lock in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)


def _socket_folder(home: Path) -> Path:
    """Below `home`, or in /tmp where that is too long for a socket's address (107 bytes)."""
    folder = home / "run"
    if len(bytes(folder)) <= 80:
        return folder
    return Path("/tmp") / f"kentongan-{hashlib.sha256(bytes(folder)).hexdigest()[:16]}"  # noqa: S108 (its owner is checked)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _works_in(pid: int, folder: Path) -> bool:
    """Whether a living process works in `folder`; a zombie has no folder any more."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def _succeed(done: "subprocess.CompletedProcess[str]") -> None:
    if done.returncode:
        raise _failed(done.stderr or done.stdout or "")


def no_start(data: Path) -> Trouble:
    """Why the server of these data does not start, from its own logs."""
    logs = sorted([data / "start.log", *data.glob("log/*.log")], key=lambda p: p.stat().st_mtime if p.exists() else 0)
    return _failed("\n".join(log.read_text(errors="replace")[-2000:] for log in logs[-2:] if log.exists()))


def _failed(said: str) -> Trouble:
    if any(sign in said for sign in ("No space left on device", "free disk space", "wrote only")):
        return Trouble(
            "Ruang simpan penuh, basis data tidak bisa berjalan. Kosongkan ruang lalu jalankan lagi; data yang sudah tersimpan tetap utuh.",
            "the disk is full and the database cannot run; free some space and run again, what was saved is safe",
        )
    last = [line for line in said.splitlines() if "FATAL" in line or "error" in line.lower()] or said.splitlines()
    reason = last[-1].strip() if last else "?"
    return Trouble(
        f"Basis data tidak mau berjalan. Kata PostgreSQL: {reason}",
        f"the database does not start; PostgreSQL says: {reason}",
    )
