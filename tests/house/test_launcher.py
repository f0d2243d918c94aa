"""The private database and the supervisor, with real clusters and real processes."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kentongan.config import cluster, database, postgres, supervisor
from kentongan.config.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import os, sys, psycopg
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
    for sql in sys.argv[1].split(";"):
        answer = connection.execute(sql)
print(answer.fetchone()[0])
"""
Process = subprocess.Popen[str]


def module(home: Path, *arguments: str, **environment: str) -> Process:
    """A Python module of ours in a process of its own, as a stranger would start it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT")}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=kept | {"KENTONGAN_DATA": str(home)} | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def asking(home: Path, sql: str) -> Process:
    return module(home, "kentongan.config.database", "run", "--", sys.executable, "-c", ASK, sql)


def answer(process: Process) -> str:
    said, complained = process.communicate()
    assert process.returncode == 0, complained
    return said.strip()


def ask(home: Path, sql: str) -> str:
    return answer(asking(home, sql))


def refusal(process: Process) -> tuple[int, str]:
    """The exit status and what a person reads, which is never a stack trace."""
    _, complained = process.communicate()
    assert "Traceback" not in complained
    return process.returncode, complained


@contextmanager
def user(home: Path) -> Iterator[Process]:
    """Someone who uses the database until the block ends."""
    process = module(home, "kentongan.config.database", "run", "--", "sh", "-c", "echo up; exec sleep 300")
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    yield process
    process.terminate()
    process.communicate()


def postmaster(home: Path) -> int:
    return int(next(home.glob("pg/*/postmaster.pid")).read_text().split()[0])


def stopped(home: Path) -> bool:
    return not cluster.Cluster(home).running()


@contextmanager
def reachable() -> Iterator[Path]:
    """A folder that the system's postgres user can reach, as pytest's own are not when root runs it."""
    with tempfile.TemporaryDirectory(prefix="kentongan-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data folder whose cluster was made by two who came at the same moment."""
    with reachable() as folder:
        first, second = asking(folder, "select 1"), asking(folder, "select 2")
        assert (answer(first), answer(second)) == ("1", "2")
        yield folder


def test_two_first_starts_at_once_make_one_cluster(home: Path) -> None:
    assert len(list(home.glob("pg/*/PG_VERSION"))) == 1
    assert not list(home.glob("pg/init-*"))


def test_the_last_user_stops_the_server(home: Path) -> None:
    with user(home) as staying:
        pid = postmaster(home)
        ask(home, "select 1")
        assert postmaster(home) == pid, "one left, the other still uses it"
        assert staying.poll() is None
    assert stopped(home)


def test_the_server_is_private_and_keeps_its_promises(home: Path) -> None:
    settings = "listen_addresses", "fsync", "synchronous_commit", "full_page_writes", "data_checksums"
    asked = " || '/' || ".join(f"current_setting('{name}')" for name in settings)
    assert ask(home, f"select {asked}") == "/on/on/on/on"
    rules = next(home.glob("pg/*/pg_hba.conf")).read_text().splitlines()
    assert {rule.split()[-1] for rule in rules if rule.strip() and not rule.startswith("#")} == {"scram-sha-256"}
    assert (home / "pg/run").stat().st_mode & 0o077 == 0
    assert (home / "pg/secret").stat().st_mode & 0o077 == 0


def test_what_was_acknowledged_survives_kill_9_of_the_server(home: Path) -> None:
    count = "select count(*) from kept"
    with user(home):
        ask(home, "create table kept (n int); insert into kept select generate_series(1, 1000); " + count)
        os.kill(postmaster(home), signal.SIGKILL)
        assert ask(home, count) == "1000"


def test_what_a_killed_launcher_leaves_running_the_next_one_stops(home: Path) -> None:
    with user(home) as killed:
        killed.kill()
        killed.communicate()  # ends, because its child was asked to stop
        assert not stopped(home)
    assert ask(home, "select 1") == "1"
    assert stopped(home)


def test_a_half_made_cluster_is_never_used() -> None:
    with reachable() as folder:
        half = folder / "pg" / "init-1"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")
        assert ask(folder, "select 1") == "1"
        assert not half.exists()


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://", "postgresql://a@b:port/c", "kentongan"])
def test_a_database_address_that_is_none_is_refused_with_a_sentence(tmp_path: Path, url: str) -> None:
    status, sentence = refusal(module(tmp_path, "kentongan.config.database", "run", "--", "true", DATABASE_URL=url))
    assert status == 2
    assert "DATABASE_URL tidak bisa dibaca" in sentence


def test_an_address_is_taken_apart_as_libpq_would() -> None:
    assert database.parts("postgresql://a:p%40ss@/kim?host=/run/pg") == {
        "dbname": "kim",
        "user": "a",
        "password": "p@ss",
        "host": "/run/pg",
    }
    assert database.parts("postgres://a@db.desa:5433/kim") == {"dbname": "kim", "user": "a", "host": "db.desa", "port": "5433"}


def test_data_of_another_version_is_left_alone_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "pg/99").mkdir(parents=True)
    (tmp_path / "pg/99/PG_VERSION").write_text("99\n")
    status, sentence = refusal(asking(tmp_path, "select 1"))
    assert status == 1
    assert "PostgreSQL 99" in sentence


def test_a_data_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")
    status, sentence = refusal(asking(tmp_path / "var", "select 1"))
    assert status == 1
    assert str(tmp_path / "var") in sentence


def test_a_full_disk_is_a_sentence() -> None:
    with pytest.raises(Trouble, match="Ruang simpan penuh"):
        raise cluster._failed("initdb: error: could not write: No space left on device")


def test_no_postgresql_at_all_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENTONGAN_PG_BIN", str(tmp_path))
    with pytest.raises(Trouble, match="tidak ditemukan"):
        postgres.find(tmp_path)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_refused_with_a_sentence(tmp_path: Path, port: str) -> None:
    status, sentence = refusal(module(tmp_path, "kentongan.config.supervisor", PORT=port))
    assert status == 2
    assert f"PORT={port} bukan nomor port" in sentence
    assert not (tmp_path / "pg").exists(), "nothing was started"


def test_a_taken_port_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, sentence = refusal(module(tmp_path, "kentongan.config.supervisor", PORT=str(port)))
    assert status == 2
    assert f"Port {port}" in sentence
    assert "make run PORT=" in sentence


def test_a_server_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    process = module(tmp_path, "kentongan.config.prepare", DATABASE_URL=f"postgresql://a@127.0.0.1:{port}/kim")
    status, sentence = refusal(process)
    assert status == 1
    assert "tidak bisa dihubungi" in sentence


def test_a_web_server_that_does_not_stay_up_is_given_up_after_three_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    child = supervisor.Child("web", [sys.executable, "-c", "raise SystemExit(3)"], vital=True)

    def until_given_up() -> None:
        for _ in range(600):
            child.again_at = 0.0
            child.tend()
            time.sleep(0.02)

    with pytest.raises(Trouble, match="3 kali berhenti sendiri"):
        until_given_up()


def test_a_child_takes_all_it_started_with_it() -> None:
    child = supervisor.Child("pekerja", ["sh", "-c", "sleep 300 & sleep 300"])
    with supervisor._kept_up([child]):
        assert child.process
        group = child.process.pid
    assert any(nobody_left_in(group) for _look in range(100))


def nobody_left_in(group: int) -> bool:
    """Whether every process of the group is gone; one that was killed may wait a moment for its parent to notice."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    time.sleep(0.1)
    return False


def test_ctrl_c_stops_the_whole_tree_and_leaves_nobody_behind(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = module(home, "kentongan.config.supervisor", PORT=port, KENTONGAN_DEMO="0", PYTHONUNBUFFERED="1")
    assert process.stdout
    assert process.stderr
    started = any("Kentongan berjalan" in line for line in process.stdout)
    assert started, process.stderr.read()
    assert not stopped(home)
    process.send_signal(signal.SIGINT)
    said, complained = process.communicate()
    assert process.returncode == 0, complained
    assert "Berhenti. Data tersimpan." in said
    assert stopped(home)
    assert not [pid for pid in Path("/proc").glob("[0-9]*") if f"KENTONGAN_DATA={home}\0".encode() in environment_of(pid)]


def environment_of(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""
