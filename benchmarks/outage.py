"""Readers while the database is down, and while the web server is down as well: the share of pages that were once rendered and answer 200.

    .venv/bin/python benchmarks/outage.py [seconds of reading per part, 10]

Brings up the demo village on a database of its own, reads every public page it can find once, lets every site change (so that only kept
copies are left), stops the database under readers, and goes on reading. Then nginx before it, with the web server killed too. Pages nobody
ever read are asked as well: they answer 503 with a sentence, and are counted apart. Yardstick: the same readers before the database stops.
"""

import collections
import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from _machine import BASE, free_port, machine, need, nginx, verdict

from kentongan.config.cluster import Cluster

LIMIT = 99.9
READERS = 8
PAGES = 250
COLD = 40


FAILED: "collections.Counter[tuple[int, str]]" = collections.Counter()
"""What did not answer 200, for the report."""


def get(port: int, path: str, stored: "set[str] | None" = None) -> tuple[int, str]:
    """Status and text of a page; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        if stored is not None and answer.getheader("etag"):
            stored.add(path)
        return answer.status, answer.read().decode(errors="replace")
    except OSError:
        return 0, ""
    finally:
        connection.close()


def public_pages(port: int) -> tuple[list[str], list[str]]:
    """What a reader finds by following links: pages read once by now, and pages only seen as links."""
    seen, todo, read, stored = {"/"}, collections.deque(["/"]), [], set[str]()
    while todo and len(read) < PAGES:
        path = todo.popleft()
        status, text = get(port, path, stored)
        if status != 200:
            continue
        read.append(path)
        for link in re.findall(r'href="(/[a-z0-9./-]*/)"', text):
            if link not in seen and not link.startswith(("/meja/", "/static/", "/foto/", "/gaya/", "/cari/", "/k/")):
                seen.add(link)
                todo.append(link)
    print(f"  not for the store, rendered for each reader: {sorted({path.split('/')[-2] for path in read if path not in stored})}")
    return [path for path in read if path in stored], [path for path in todo if "/bahan/" not in path][:COLD]


def read(port: int, pages: list[str], seconds: float) -> "collections.Counter[int]":
    """What readers are answered, by status."""
    answers: collections.Counter[int] = collections.Counter()
    until = time.monotonic() + seconds

    def reader(seed: int) -> None:
        choose = random.Random(seed)
        mine: collections.Counter[int] = collections.Counter()
        while time.monotonic() < until:
            path = choose.choice(pages)
            status, _text = get(port, path)
            mine[status] += 1
            if status != 200:
                FAILED[status, path] += 1
        with lock:
            answers.update(mine)

    lock = threading.Lock()
    readers = [threading.Thread(target=reader, args=(seed,)) for seed in range(READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return answers


def share(answers: "collections.Counter[int]") -> float:
    """Per cent of 200."""
    return 100 * answers[200] / max(sum(answers.values()), 1)


def told(name: str, answers: "collections.Counter[int]") -> bool:
    """One line of the result."""
    figure = f"{share(answers):.3f} % of {sum(answers.values()):,} answers ({dict(answers)})"
    for (status, path), times in FAILED.most_common(5):
        print(f"        {status} × {times}  {path}")
    FAILED.clear()
    return verdict(name, figure, f"≥ {LIMIT} %", share(answers) >= LIMIT)


def main(seconds: float) -> int:
    need("nginx")
    print(f"Reading while the database is down · {machine()}")
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-", ignore_cleanup_errors=True) as name:
        here = Path(name)
        here.chmod(0o755)
        cluster = Cluster(here / "db")
        cluster.start()
        port, front = free_port(), free_port()
        env = os.environ | {
            "KENTONGAN_DATA": str(here / "data"), "DATABASE_URL": cluster.url(), "PORT": str(port), "KENTONGAN_DEMO": "1",
            "KENTONGAN_URL": "http://localhost", "PYTHONUNBUFFERED": "1", "KENTONGAN_BACKUP": "",
        }  # fmt: skip
        site = subprocess.Popen(
            [sys.executable, "-m", "kentongan.config.supervisor"],
            cwd=BASE,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            if not (site.stdout and any("Kentongan berjalan" in line for line in site.stdout)):
                sys.exit("Kentongan did not start")
            return measure(here, cluster, site, (port, front), seconds)
        finally:
            site.terminate()
            site.wait(30)
            cluster.stop()
            shutil.rmtree(here, ignore_errors=True)


def measure(here: Path, cluster: Cluster, site: "subprocess.Popen[str]", ports: tuple[int, int], seconds: float) -> int:
    """The parts in turn."""
    import psycopg

    port, front = ports
    pages, never_read = public_pages(port)
    print(f"  {len(pages)} pages read once, {len(never_read)} only seen as links; {READERS} readers, {seconds:g} s a part")
    before = read(port, pages, seconds)
    print(f"  yardstick, all well: {share(before):.3f} % of {sum(before.values()):,}")
    stopping = threading.Timer(seconds / 2, cluster.stop)
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        sites = [row[0] for row in connection.execute("select 'kim/' || slug from groups_group")]
        sites += [f"wilayah/{row[0]}" for row in connection.execute("select code from regions_region where length(code) <= 8 limit 2000")]
        for one in ["nasional", *sites[:300]]:
            connection.execute("insert into pages_change (site, hard) values (%s, false)", [one])
        connection.execute("select pg_notify('kentongan_pages', '')")
    stopping.start()
    during = read(port, pages, seconds)
    stopping.join()
    after = read(port, pages, seconds)
    cold = collections.Counter(get(port, path)[0] for path in never_read)
    mute = [path for path in never_read if not re.search("Muat ulang sebentar lagi|Reload it in a moment", get(port, path)[1])]
    sentence = not mute
    print(*(f"        no sentence: {path}" for path in mute[:3]), sep="\n", end="\n" if mute else "")
    results = [
        told("every site changed, the database stopped under readers", during),
        told("the database down", after),
        verdict(
            "pages never read before, the database down",
            f"{dict(cold)}, a sentence each: {sentence}",
            "503 with a sentence",
            set(cold) <= {503} and sentence,
        ),
    ]
    static, data = here / "data/static", here / "data"
    with nginx(listen=front, upstream=port, pages=data / "pages", static=static, here=here / "nginx"):
        results.append(told("the same through nginx", read(front, pages, seconds)))
        web = [
            int(one)
            for one in subprocess.run(
                ["pgrep", "-f", f"granian.*--port {port} "], capture_output=True, text=True, check=False
            ).stdout.split()
        ]
        site.send_signal(signal.SIGSTOP)  # or it would start the web server again
        for one in web:
            os.kill(one, signal.SIGKILL)
        results.append(told("through nginx, the web server dead as well", read(front, pages, seconds)))
        site.send_signal(signal.SIGCONT)
    print(f"  repeat: .venv/bin/python benchmarks/outage.py {seconds:g}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
