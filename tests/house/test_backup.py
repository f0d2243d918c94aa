"""A lost machine comes back from the backup alone: real clusters, real processes, kill -9 of everything."""

import gzip
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kentongan.config import postgres
from kentongan.config.backup import files, keys, place, restore, stream
from kentongan.config.cluster import Cluster
from kentongan.config.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
FOREVER = 120.0  # a test gives up after this; none waits for it


def environment(data: Path, **more: str) -> dict[str, str]:
    outside = ("DATABASE_URL", "PORT", "KENTONGAN_BACKUP", "KENTONGAN_BACKUP_THEN", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    return kept | {"KENTONGAN_DATA": str(data), "KENTONGAN_DEMO": "0", "PYTHONUNBUFFERED": "1"} | more


def command(data: Path, *arguments: str, said: str = "", **more: str) -> str:
    """A command of ours as an operator runs it; what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment(data, **more), input=said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def asked(data: Path, sql: str) -> str:
    tool = ("-m", "kentongan.config.database", "tool", "psql", "-XAtc")
    return command(data, *tool, sql).strip()


def until(true: object) -> None:
    end = time.monotonic() + FOREVER
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def site(data: Path, **more: str) -> Iterator[str]:
    """Kentongan, running; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    started = subprocess.Popen(
        [sys.executable, "-m", "kentongan.config.supervisor"],
        cwd=ROOT, env=environment(data, PORT=port, **more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert started.stdout
        assert any("Kentongan berjalan" in line for line in started.stdout)
        yield f"http://localhost:{port}"
    finally:
        if started.poll() is None:
            started.terminate()
        started.communicate()


def kill_everything(data: Path) -> None:
    """kill -9 of every process of this installation, as a power cut does."""
    mine = f"KENTONGAN_DATA={data}\0".encode()
    for _round in range(3):
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mine in (process / "environ").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)


def status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return int(answer.status)


class Lost:
    """What is left of a machine that was lost: its backup, a packet of keys, and what its people remember."""

    def __init__(self, home: Path) -> None:
        self.home, self.backup, self.packet = home, home / "disk-lain", home / "kunci"
        self.between = AT
        self.record = ""

    def run_and_lose(self) -> None:
        data = self.home / "mesin"
        (data / "media/public").mkdir(parents=True)
        (data / "media/public/0a1b2c-480.jpg").write_bytes(b"a photo")
        manage = ("-m", "kentongan.config.database", "run", "--", sys.executable, "manage.py", "create_operator")
        with site(data, KENTONGAN_BACKUP=str(self.backup)) as url:
            until(lambda: place.Place(self.backup).state().get("drill", {}).get("ok"))
            assert status(f"{url}/") == 200
            command(data, *manage, "Ibu Pertama", "0812-3456-7001")
            self.between = datetime.now(UTC)
            time.sleep(1.1)
            command(data, *manage, "Bapak Kedua", "0812-3456-7002")
            self.record = asked(data, "select count(*), max(id) from core_entry")
            packet = ("-m", "kentongan.config.backup", "keys", str(self.packet))
            command(data, *packet, said="empat kata yang panjang\n")
            kill_everything(data)
        data.rename(self.home / "terbakar")

    def back(self, name: str, *more: str, said: str = "") -> tuple[Path, str]:
        """On another machine, from the backup alone."""
        data = self.home / name
        return data, command(data, "-m", "kentongan.config.backup", "restore", str(self.backup), *more, said=said)


@pytest.fixture(scope="module")
def lost() -> Iterator[Lost]:
    """A machine that served, was written to, and was lost with a kill -9."""
    with tempfile.TemporaryDirectory(prefix="kentongan-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        home.chmod(0o755)
        gone = Lost(home)
        try:
            gone.run_and_lose()
            yield gone
        finally:
            for data in home.iterdir():
                kill_everything(data)


def test_a_lost_machine_comes_back_with_every_change_its_record_its_photos_and_its_keys(lost: Lost) -> None:
    data, said = lost.back("mesin-baru", "--keys", str(lost.packet), said="empat kata yang panjang\n")
    assert "Pulih dalam" in said
    with site(data) as url:
        assert status(f"{url}/") == 200
        assert asked(data, "select count(*), max(id) from core_entry") == lost.record
        assert asked(data, "select string_agg(name, ',' order by id) from accounts_person") == "Ibu Pertama,Bapak Kedua"
        with pytest.raises(AssertionError, match="ERROR"):
            asked(data, "delete from core_entry")
        root = (data / "pages/_pages").resolve()
        assert (root / "why").read_text(), "the page store began anew and says why"
    assert (data / "media/public/0a1b2c-480.jpg").read_bytes() == b"a photo"
    assert (data / "secret-key").read_text() == (lost.home / "terbakar/secret-key").read_text()
    assert not (data / "restored").exists(), "photos were put where their rows say"


def test_the_site_can_be_had_as_it_was_at_a_moment(lost: Lost) -> None:
    at = (lost.between + timedelta(hours=7)).replace(tzinfo=None).isoformat(sep=" ")
    data, _said = lost.back("mesin-lama", "--at", at)
    assert asked(data, "select string_agg(name, ',' order by id) from accounts_person") == "Ibu Pertama"


def test_a_restored_machine_is_backed_up_as_a_new_life(lost: Lost) -> None:
    data, _said = lost.back("mesin-ketiga")
    before = len(place.Place(lost.backup).lives())
    with site(data, KENTONGAN_BACKUP=str(lost.backup)):
        until(lambda: len(place.Place(lost.backup).lives()) > before and place.Place(lost.backup).lives()[-1].bases())
        kill_everything(data)
    again, _said = lost.back("mesin-keempat")
    assert asked(again, "select count(*) from accounts_person") == "2"


def test_a_damaged_copy_is_found(lost: Lost, tmp_path: Path) -> None:
    base = place.Place(lost.backup).lives()[0].bases()[0]
    stream.verify(base)
    archive = base.folder / "base.tar.gz"
    content = bytearray(gzip.decompress(archive.read_bytes()))
    content[len(content) // 2] ^= 1
    copy = tmp_path / base.folder.name
    copy.mkdir()
    for file in base.folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    (copy / "base.tar.gz").write_bytes(gzip.compress(bytes(content), 1))
    with pytest.raises(Trouble, match="rusak"):
        stream.verify(place.Base(copy))


def test_a_moment_the_backup_does_not_reach_is_a_sentence(lost: Lost) -> None:
    with pytest.raises(Trouble, match="Pilih waktu sesudahnya"):
        place.Place(lost.backup).choose(AT - timedelta(days=900))
    with pytest.raises(Trouble, match="belum ada salinan utuh"):
        place.Place(lost.home / "kosong").choose(None)


@pytest.mark.parametrize("text", ["kemarin", "2026-13-01 10:00", ""])
def test_a_moment_nobody_can_read_is_a_sentence(text: str) -> None:
    with pytest.raises(Trouble, match="tidak bisa dibaca"):
        restore.moment_of(text)


def test_a_moment_is_western_indonesian_unless_it_says_otherwise() -> None:
    assert restore.moment_of("2026-11-24 14.00") == AT
    assert restore.moment_of("2026-11-24 15:00+08:00") == AT


def test_the_backup_holds_no_key(lost: Lost) -> None:
    held = {file.name for file in lost.backup.rglob("*") if file.is_file()}
    assert not held & {"secret-key", "private.key", "secret"}
    secret = (lost.home / "terbakar/secret-key").read_bytes()
    assert not [file for file in (lost.backup / "files").rglob("*") if file.is_file() and secret in file.read_bytes()]


def test_keys_open_with_their_passphrase_only(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("rahasia")
    (tmp_path / "env").write_text("KENTONGAN_URL=https://kim.contoh.id\n")
    packet = keys.close(tmp_path, tmp_path / "env", "empat kata yang panjang")
    assert b"rahasia" not in packet
    assert keys.opened(packet, "empat kata yang panjang") == {"secret-key": "rahasia", "settings": "KENTONGAN_URL=https://kim.contoh.id\n"}
    with pytest.raises(Trouble, match="tidak cocok"):
        keys.opened(packet, "empat kata yang pendek")
    with pytest.raises(Trouble, match="bukan paket kunci"):
        keys.opened(b"{}", "empat kata yang panjang")
    with pytest.raises(Trouble, match="Frasa sandi"):
        keys.close(tmp_path, None, "pendek")


def test_a_disk_that_is_not_mounted_is_not_taken_for_the_backup(tmp_path: Path) -> None:
    data, usual, empty = tmp_path / "data", place.Place(tmp_path / "usual"), place.Place(tmp_path / "empty")
    data.mkdir()
    usual.claim(data)
    usual.claim(data)
    with pytest.raises(Trouble, match="tidak terpasang"):
        empty.claim(data)


def test_files_are_copied_once_and_what_was_removed_can_be_had_again(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    (data / "media/public").mkdir(parents=True)
    for name in ("pg/18/base", "static/a.css", "pages/x", "secret-key", "vault/private.key", "vault/public.key", "media/public/a.jpg"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name)
    mirror = files.Mirror(data, copy)
    assert mirror.look() == (2, 0)
    assert mirror.look() == (0, 0)
    (data / "media/public/a.jpg").unlink()
    (data / "media/public/b.jpg").write_text("b")
    before = place.now() - timedelta(minutes=1)
    assert mirror.look() == (1, 1)
    files.put_back(copy, tmp_path / "now", None)
    files.put_back(copy, tmp_path / "then", before)
    assert sorted(file.name for file in (tmp_path / "now/media/public").iterdir()) == ["b.jpg"]
    assert (tmp_path / "then/media/public/a.jpg").read_text() == "media/public/a.jpg"


def bases(folder: Path, *ages: float) -> list[place.Base]:
    made = []
    for age in ages:
        ended = AT - timedelta(days=age)
        base = folder / place.stamp(ended)
        base.mkdir()
        (base / "base.json").write_text(json.dumps({"ended": ended.isoformat()}))
        made.append(place.Base(base))
    return made


def test_every_moment_of_a_week_is_kept_one_copy_a_week_for_five_and_nothing_longer(tmp_path: Path) -> None:
    made = bases(tmp_path, *range(60, -1, -1))
    ages = [(AT - base.ended).days for base in place.kept(made, AT)]
    assert set(range(8)) <= set(ages)
    assert max(ages) <= 35
    assert len([age for age in ages if age > 8]) in (4, 5)


def test_the_newest_copy_is_kept_however_old_it_is(tmp_path: Path) -> None:
    assert len(place.kept(bases(tmp_path, 90, 80), AT)) == 1


def test_the_newest_of_two_keepers_is_told(tmp_path: Path) -> None:
    here = place.Place(tmp_path)
    with stream.alone(here), pytest.raises(Trouble, match="Sudah ada yang mencadangkan"), stream.alone(here):
        pass


def test_a_full_place_gives_up_its_oldest_copy_and_never_its_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = place.Place(tmp_path)
    life = tmp_path / "lives/20261124T000000Z"
    (life / "wal").mkdir(parents=True)
    (life / "base").mkdir()
    (life / "life.json").write_text(json.dumps({"segment": 16 << 20}))
    for base in bases(life / "base", 2, 1):
        (base.folder / "backup_manifest").write_text(json.dumps({"WAL-Ranges": [{"Start-LSN": "0/2000028"}]}))
    monkeypatch.setattr(place.Place, "free", lambda self: 0)
    with pytest.raises(Trouble, match="penuh"):
        stream._make_room(here, 1)
    assert len(here.lives()[0].bases()) == 1


@pytest.fixture
def checkout(lost: Lost) -> Path:
    """A checkout of its own, with the programs of this one."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    there = lost.home / "kode"
    git(lost.home, "clone", "--quiet", "--shared", str(ROOT), str(there))
    (there / ".venv").mkdir()
    for entry in (ROOT / ".venv").iterdir():
        if not entry.name.startswith("installed-"):
            (there / ".venv" / entry.name).symlink_to(entry)
    requirements = (there / "requirements/prod.txt").read_bytes() * 2
    (there / ".venv/installed-prod").write_text(f"{hashlib.sha256(requirements).hexdigest()}  -\n")
    return there


def git(folder: Path, *arguments: str) -> str:
    named = ("-c", "user.name=uji", "-c", "user.email=uji@localhost", "-c", "safe.directory=*")
    return subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def upgrade(checkout: Path, data: Path, version: str) -> subprocess.CompletedProcess[str]:
    script = [checkout / "deploy/upgrade", data.parent / "salinan", version]
    nowhere = {"KENTONGAN_ENV_FILE": "/tidak/ada"}
    return subprocess.run(script, env=environment(data, **nowhere), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


def test_an_upgrade_that_fails_leaves_code_and_data_as_they_were(lost: Lost, checkout: Path) -> None:
    data, _said = lost.back("mesin-naik")
    before, branch = git(checkout, "rev-parse", "HEAD"), git(checkout, "symbolic-ref", "--short", "HEAD")
    newest = sorted((checkout / "kentongan/core/migrations").glob("0*.py"))[-1]
    git(checkout, "checkout", "--quiet", "-b", "rusak")
    (newest.parent / "9999_breaks.py").write_text(
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f"    dependencies = [('core', '{newest.stem}')]\n"
        "    operations = [migrations.RunSQL('drop table core_step cascade; select 1 / 0')]\n"
    )
    git(checkout, "add", "-A", "kentongan")
    git(checkout, "commit", "--quiet", "-m", "a release that breaks")
    git(checkout, "checkout", "--quiet", branch)
    failed = upgrade(checkout, data, "rusak")
    assert failed.returncode == 1
    assert "semuanya dikembalikan" in failed.stderr
    assert (git(checkout, "rev-parse", "HEAD"), git(checkout, "symbolic-ref", "--short", "HEAD")) == (before, branch)
    assert asked(data, "select string_agg(name, ',' order by id), (select count(*) from core_step) from accounts_person").startswith(
        "Ibu Pertama"
    )
    git(checkout, "checkout", "--quiet", "-b", "baik")
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "a release")
    git(checkout, "checkout", "--quiet", branch)
    done = upgrade(checkout, data, "baik")
    assert done.returncode == 0, done.stderr
    assert git(checkout, "log", "-1", "--format=%s") == "a release"


def test_a_server_of_ones_own_is_backed_up_and_restored_into_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's PostgreSQL, which is older than our programs, asked over DATABASE_URL."""
    debian = sorted(postgres.DEBIAN.glob("[0-9]*/bin"))
    if not debian:
        pytest.skip("apt install postgresql")
    major = int(debian[0].parent.name)
    with tempfile.TemporaryDirectory(prefix="kentongan-") as name:
        home = Path(name)
        home.chmod(0o755)
        for folder in ("data", "satu", "dua"):
            (home / folder).mkdir()
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("KENTONGAN_DATA", str(home / "data"))
        monkeypatch.setenv("KENTONGAN_BACKUP", str(home / "cadangan"))
        one, two, here = Cluster(home / "satu", major), Cluster(home / "dua", major), place.Place(home / "cadangan")
        keeper = stream.Keeper(here, one.url() if one.made() else "", home / "data")
        try:
            one.start()
            two.start()
            keeper.url = one.url()
            with stream.connect(one.url()) as connection:
                connection.execute("create table kept (n int)")
                keeper.minute()
                assert keeper.night
                assert keeper.night.wait(FOREVER) == 0
                connection.execute("insert into kept select generate_series(1, 1000)")
                keeper.minute()
            assert here.state()["trouble"] == []
            os.kill(int((one.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            with pytest.raises(Trouble, match="DATABASE_URL"):
                restore.restore(here, home / "data", say=lambda _step: None)
            monkeypatch.setenv("DATABASE_URL", two.url())
            restore.restore(here, home / "data", say=lambda _step: None)
            with stream.connect(two.url()) as connection:
                assert connection.execute("select count(*) from kept").fetchone() == (1000,)
        finally:
            keeper.stop_receiver()
            one.stop()
            two.stop()


def test_the_copy_on_another_machine_is_noted_and_so_is_its_failure(tmp_path: Path) -> None:
    here = place.Place(tmp_path / "cadangan")
    here.root.mkdir()

    def after(hook: str) -> dict[str, object]:
        keeper = stream.Keeper(here, "", tmp_path, hook)
        keeper._then()
        assert keeper.after
        keeper.after.wait(FOREVER)
        keeper.hook = ""
        keeper._then()
        return dict(here.state()["hook"])

    went = after('test -d "$KENTONGAN_BACKUP" && echo tersalin')
    assert (went["ok"], went["said"]) == (True, "tersalin")
    failed = after("echo mesin lain tidak menjawab; exit 12")
    assert (failed["ok"], failed["said"], failed["at"]) == (False, "mesin lain tidak menjawab", went["at"])
