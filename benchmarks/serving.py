"""Stored pages: requests per server CPU-second, against nginx serving the same file as a plain static file in the same run.

    .venv/bin/python benchmarks/serving.py [seconds per measurement, 5]

Also: how long a hit takes while every slot for rendering is taken by slow pages. Needs nginx and wrk. Five rounds of all three
one after another; the median of each round's share counts, since other work on the machine moves the figures.
"""

import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from _machine import cpu_seconds, free_port, granian, machine, need, nginx, verdict, wrk

ROUNDS = 5
EMBEDDED, BEHIND_NGINX, P99 = 0.40, 0.75, 50.0
PLAIN = "nginx, plain file"
PATH = "/kim/gulangpongge/kabar/7-panen-raya/"


def per_cpu_second(pid: int, url: str, seconds: float) -> float:
    """Requests the server's processes answered for each second of processor they used."""
    before = cpu_seconds(pid)
    load = wrk(url, seconds=seconds)
    spent = cpu_seconds(pid) - before
    if load.errors or not load.requests:
        sys.exit(f"{load.errors} errors at {url}")
    return load.requests / max(spent, 0.01)


def misses(url: str, stop: threading.Event, answers: list[int]) -> None:
    """Ask for pages nobody has rendered, one after another, at most 5,000."""
    for number in range(5000):
        if stop.is_set():
            return
        try:
            with urllib.request.urlopen(f"{url}/lambat/{threading.get_ident()}-{number}/", timeout=20) as answer:
                answers.append(answer.status)
        except urllib.error.HTTPError as refused:
            answers.append(refused.code)
            time.sleep(0.05)
        except OSError:
            answers.append(0)


def hit_under_misses(url: str, seconds: float) -> tuple[float, int, int]:
    """99th percentile of a hit in ms while 16 askers keep every slot taken; how many pages were rendered, how many asked in vain."""
    stop, answers = threading.Event(), list[int]()
    askers = [threading.Thread(target=misses, args=(url, stop, answers), daemon=True) for _asker in range(16)]
    for asker in askers:
        asker.start()
    time.sleep(1)
    load = wrk(url + PATH, seconds=seconds, connections=16)
    stop.set()
    for asker in askers:
        asker.join(30)
    if load.errors:
        sys.exit(f"{load.errors} hits failed while slow pages were rendered")
    return load.p99, answers.count(200), answers.count(503)


def main(seconds: float) -> int:
    need("nginx", "wrk")
    print(f"Serving a stored page · {machine()}")
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-") as name:
        here = Path(name)
        here.chmod(0o755)
        port, front, plain = free_port(), free_port(), free_port()
        pages, static = here / "pages", here / "static"
        static.mkdir()
        yardstick = (
            f"server {{ listen 127.0.0.1:{plain} backlog=2048; location / {{ root {static}; gzip_static always; }} }}"  # the ceiling
        )
        with granian("benchmarks._village:application", port, {"KENTONGAN_BENCH": name}) as embedded:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{PATH}", timeout=20).close()
            stored = next(pages.rglob("current/kabar/*/_index.html.gz"))
            (static / "kabar.html.gz").write_bytes(stored.read_bytes())
            with nginx(listen=front, upstream=port, pages=pages, static=static, here=here / "nginx", also=yardstick) as proxy:
                check(f"http://127.0.0.1:{front}{PATH}", f"http://127.0.0.1:{port}{PATH}", proxy, embedded)
                ways: dict[str, Callable[[], float]] = {
                    PLAIN: lambda: per_cpu_second(proxy, f"http://127.0.0.1:{plain}/kabar.html", seconds),
                    "nginx + page store": lambda: per_cpu_second(proxy, f"http://127.0.0.1:{front}{PATH}", seconds),
                    "granian + page store": lambda: per_cpu_second(embedded, f"http://127.0.0.1:{port}{PATH}", seconds),
                }
                rounds = [{way: measure() for way, measure in ways.items()} for _round in range(ROUNDS)]
            p99, rendered, refused = hit_under_misses(f"http://127.0.0.1:{port}", seconds)
        size = stored_size(static)
    middle = {way: statistics.median(one[way] for one in rounds) for way in ways}
    share = {way: statistics.median(one[way] / one[PLAIN] for one in rounds) for way in ways}
    print(f"  page of {size:,} bytes compressed; requests per server CPU-second, median of {ROUNDS}:")
    for way, figure in middle.items():
        print(f"    {way:<22}{figure:>10,.0f}   {share[way]:.2f} of the yardstick")
    told = f"{p99:.1f} ms ({rendered} rendered, {refused} busy)"
    embedded_share, front_share = share["granian + page store"], share["nginx + page store"]
    results = [
        verdict("embedded server ÷ nginx static", f"{embedded_share:.2f}", f"≥ {EMBEDDED:.2f}", embedded_share >= EMBEDDED),
        verdict("nginx + page store ÷ nginx static", f"{front_share:.2f}", f"≥ {BEHIND_NGINX:.2f}", front_share >= BEHIND_NGINX),
        verdict("hits while slow misses saturate, p99", told, f"< {P99:.0f} ms", p99 < P99),
    ]
    print(f"  repeat: .venv/bin/python benchmarks/serving.py {seconds:g}")
    return 0 if all(results) else 1


def stored_size(static: Path) -> int:
    """Bytes of the page measured."""
    return (static / "kabar.html.gz").stat().st_size


def check(front: str, direct: str, proxy: int, embedded: int) -> None:
    """Both ways give the same page under the same tag, and nginx reads it without asking the server."""
    answers = []
    before = cpu_seconds(embedded)
    for url in (direct, front):
        request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            answers.append((answer.read(), {name.lower(): text for name, text in answer.headers.items()}))
    (one, ours), (other, theirs) = answers
    fixed = ("etag", "content-type", "content-encoding", "cache-control", "content-security-policy", "referrer-policy", "last-modified")
    differing = [f"{name}: {ours.get(name)!r} ≠ {theirs.get(name)!r}" for name in fixed if ours.get(name) != theirs.get(name)]
    if one != other or differing:
        sys.exit("nginx and the embedded server do not answer alike:\n  " + "\n  ".join(differing or ["the page itself"]))
    load = wrk(front, seconds=1)
    if cpu_seconds(embedded) - before > 0.2 or not load.requests:
        sys.exit(f"nginx (process {proxy}) asked the server for a page it could read itself")


if __name__ == "__main__":
    try:
        sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5))
    except subprocess.TimeoutExpired as late:
        sys.exit(f"{late.cmd[0]} took longer than {late.timeout:g} seconds")
