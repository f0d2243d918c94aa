"""A machine is lost while people write: seconds of record lost, and how long until the site serves again from the backup alone.

    .venv/bin/python benchmarks/restore.py [stories in the seed, 0: the demo village alone]

Brings up the site with a backup beside it, writes a numbered row ten times a second, kills everything with -9, restores into
an empty folder and starts there. Lost: from the first acknowledged write that is missing to the kill; its yardstick is the promise of one
minute. Serving again: from the first command to the first page, packages installed before.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from _machine import BASE, free_port, machine, verdict

from kentongan.config.backup.place import Place

LOST, SERVING = 60.0, 15 * 60.0
WRITE_FOR = 15.0


def environment(data: Path, **more: str) -> dict[str, str]:
    outside = ("DATABASE_URL", "PORT", "KENTONGAN_BACKUP", "KENTONGAN_BACKUP_THEN")
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    return kept | {"KENTONGAN_DATA": str(data), "KENTONGAN_DEMO": "1", "PYTHONUNBUFFERED": "1"} | more


def start(data: Path, port: int, **more: str) -> "subprocess.Popen[str]":
    """Kentongan, once it answers."""
    site = subprocess.Popen(
        [sys.executable, "-m", "kentongan.config.supervisor"],
        cwd=BASE, env=environment(data, PORT=str(port), **more), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    if not (site.stdout and any("Kentongan berjalan" in line for line in site.stdout)):
        sys.exit("Kentongan did not start")
    return site


def url_of(data: Path) -> str:
    asked = [sys.executable, "-m", "kentongan.config.database", "url"]
    return subprocess.run(asked, cwd=BASE, env=environment(data), check=True, capture_output=True, text=True).stdout.strip()


def write(url: str, stop: threading.Event, done: list[tuple[int, float]]) -> None:
    """A row at a time, each noted once it was acknowledged."""
    import psycopg

    number = 0
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            while not stop.is_set():
                number += 1
                connection.execute("insert into bench_kept values (%s)", [number])
                done.append((number, time.time()))
                time.sleep(0.1)
    except psycopg.Error:
        return  # the server was killed


def kill_everything(data: Path) -> None:
    """kill -9 of every process of this installation."""
    mine = f"KENTONGAN_DATA={data}\0".encode()
    for _round in range(3):
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mine in (process / "environ").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                continue


def size(url: str) -> tuple[int, int]:
    """Megabytes and stories."""
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("select pg_database_size(current_database()) >> 20, (select count(*) from newsroom_story)").fetchone()
    return row or (0, 0)


def main(stories: int) -> int:
    import psycopg

    print(f"A machine is lost · {machine()}")
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        home.chmod(0o755)
        old, new, place = home / "lama", home / "baru", Place(home / "cadangan")
        if stories:
            seed = ["-m", "kentongan.config.database", "run", "--", sys.executable]
            for command in (["-m", "kentongan.config.prepare"], ["manage.py", "seed", str(stories)]):
                subprocess.run(
                    [sys.executable, *seed, *command],
                    cwd=BASE,
                    env=environment(old),
                    check=True,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
        start(old, free_port(), KENTONGAN_BACKUP=str(place.root))
        while not place.state().get("base", {}).get("verified"):
            time.sleep(0.5)
        url = url_of(old)
        megabytes, count = size(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create table bench_kept (n int primary key)")
        stop, done = threading.Event(), list[tuple[int, float]]()
        writer = threading.Thread(target=write, args=(url, stop, done))
        writer.start()
        time.sleep(WRITE_FOR)
        killed = time.time()
        kill_everything(old)
        stop.set()
        writer.join()
        old.rename(home / "terbakar")
        began, port = time.monotonic(), free_port()
        restore = [sys.executable, "-m", "kentongan.config.backup", "restore", str(place.root)]
        subprocess.run(restore, cwd=BASE, env=environment(new), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        restored = time.monotonic() - began
        site = start(new, port)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            serves = page.status == 200
        serving = time.monotonic() - began
        with psycopg.connect(url_of(new)) as connection:
            have = {row[0] for row in connection.execute("select n from bench_kept")}
        missing = [at for number, at in done if number not in have]
        lost = killed - min(missing) if missing else 0.0
        site.terminate()
        site.wait(30)
    print(f"  {count:,} stories, {megabytes} MB of database; {len(done)} rows acknowledged, {len(missing)} missing")
    results = [
        verdict("record lost", f"{max(lost, 0.0):.2f} s", f"≤ {LOST:.0f} s", lost <= LOST),
        verdict(
            "serving again", f"{serving:.0f} s, of which restoring {restored:.0f} s", f"≤ {SERVING:.0f} s", serves and serving <= SERVING
        ),
    ]
    print(f"  repeat: .venv/bin/python benchmarks/restore.py {stories}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
