"""Publish → visible on all six sites of a story, while 50 readers read, on one web node and on two with stores of their own.

    .venv/bin/python benchmarks/visible.py [publications, 100]

The nodes run the whole application on every region and the demo; real stories are published. Measured from the commit until every one of
the six pages on every node shows it. A reader opens ten pages a second, so 50 of them ask 500 times a second, on the same two cores.
Shown besides and not judged: readers in a closed loop, who take all the processor there is. The yardstick is the same without readers.
Needs wrk; makes a database of its own in a temporary directory (a minute before the first figure).
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from _machine import free_port, granian, machine, need, read_wrk, verdict

READERS, PATIENCE, LIMIT, WANTED = 50, 5.0, 1.0, 0.2
PAUSE = 100  # milliseconds from one page to the next
FLOOD = 20  # publications while readers never pause


class Stories:
    """Stories of the demo's KIM Gulangpongge, verified ahead and published one by one through the newsroom's own action."""

    application = "kentongan.config.wsgi:application"
    paths = ("/kim/gulangpongge/", "/wilayah/33.18.17.2003/", "/wilayah/33.18.17/", "/wilayah/33.18/", "/wilayah/33/", "/")

    def __init__(self) -> None:
        self.verified: dict[int, int] = {}

    def prepare(self, numbers: Iterable[int]) -> None:
        """All regions, the demo, and a verified story for each number, whose headline carries the number."""
        from django.core.management import call_command

        for command in ("migrate", "load_regions", "load_demo", "collectstatic"):
            call_command(command, verbosity=0, stdout=StringIO(), **({"interactive": False} if command == "collectstatic" else {}))

        from kentongan.accounts.models import Account
        from kentongan.groups.models import Group
        from kentongan.newsroom.tests.factories import story_in

        group = Group.objects.select_related("region").get(slug="gulangpongge")
        people = {part: Account.objects.get(username=part).person for part in ("anggota", "ketua", "pemeriksa", "redaktur")}
        cast = SimpleNamespace(group=group, region=group.region, anggota2=people["ketua"], **people)
        self.editor = people["redaktur"]
        for number in numbers:
            words = {"headline": self.headline(number)}
            self.verified[number] = story_in("verified", cast, words=words).pk

    @staticmethod
    def headline(number: int) -> str:
        return f"Air Dukuh Krajan mengalir lagi, laporan nomor {number}."

    def publish(self, number: int) -> str:
        """Commit the publication of the story with this number; returns the text by which a page shows it."""
        from kentongan.newsroom import actions
        from kentongan.newsroom.models import Story

        actions.publish(Story.objects.get(pk=self.verified[number]), by=self.editor)
        return self.headline(number)


class Eye:
    """One reader who looks at the pages of a node again and again over one connection."""

    def __init__(self, port: int) -> None:
        self.line = HTTPConnection("127.0.0.1", port, timeout=10)
        self.errors = 0

    def shows(self, path: str, text: str) -> bool:
        """Whether the page shows the text now."""
        try:
            self.line.request("GET", path)
            answer = self.line.getresponse()
            body = answer.read().decode()
        except (OSError, HTTPException):
            self.line.close()
            self.errors += 1
            return False
        self.errors += answer.status != 200
        return text in body


class Seen(NamedTuple):
    """Seconds until visible, one a publication; errors of the eyes; pages that later fell back to an older text."""

    seconds: list[float]
    errors: int
    fell_back: int


def watch(subject: Stories, ports: list[int], numbers: range) -> Seen:
    """Publish again and again, and look until it is visible everywhere."""
    eyes = [Eye(port) for port in ports]
    seconds, fell_back = [], 0
    for number in numbers:
        text = subject.publish(number)
        start = time.monotonic()
        unseen = [(eye, path) for eye in eyes for path in subject.paths]
        while unseen and time.monotonic() - start < PATIENCE:
            unseen = [(eye, path) for eye, path in unseen if not eye.shows(path, text)]
        seconds.append(time.monotonic() - start if not unseen else float("inf"))
        time.sleep(0.1)
        fell_back += sum(not eye.shows(path, text) for eye in eyes for path in subject.paths if not unseen)
    return Seen(seconds, sum(eye.errors for eye in eyes), fell_back)


@contextmanager
def readers(paths: tuple[str, ...], ports: list[int], here: Path, pause: int) -> Iterator[list[int]]:
    """50 readers shared among the nodes while the block runs (at most ten minutes). Yields [requests, errors], filled at the end."""
    script = here / "paths.lua"
    quoted = ", ".join(f'"{path}"' for path in paths)
    delay = f"delay = function() return {pause} end\n" if pause else ""
    body = f"  turn = turn % {len(paths)} + 1\n  return wrk.format(nil, paths[turn])\n"
    script.write_text(f"local paths, turn = {{{quoted}}}, 0\nrequest = function()\n{body}end\n{delay}")
    command = f"wrk -t 1 -c {READERS // len(ports)} -d 600s --latency -s {script} -H Accept-Encoding:gzip".split()
    started = [subprocess.Popen([*command, f"http://127.0.0.1:{port}/"], stdout=subprocess.PIPE, text=True) for port in ports]
    sums = [0, 0]
    try:
        yield sums
    finally:
        for one in started:
            one.send_signal(signal.SIGINT)
        for one in started:
            load = read_wrk(one.communicate(timeout=30)[0])
            sums[0] += load.requests
            sums[1] += load.errors


def measure(subject: Stories, nodes: int, numbers: range, here: Path) -> bool:
    """One installation of `nodes` web nodes, each with a store of its own."""
    with ExitStack() as stack:
        ports = [free_port() for _node in range(nodes)]
        for place, port in enumerate(ports):
            pages = {"KENTONGAN_PAGES": str(here / f"pages-{nodes}-{place}")}
            stack.enter_context(granian(subject.application, port, pages))
        alone = watch(subject, ports, range(numbers.start, numbers.start + 10))
        start = time.monotonic()
        with readers(subject.paths, ports, here, PAUSE) as sums:
            seen = watch(subject, ports, range(numbers.start + 10 + FLOOD, numbers.stop))
        spent = time.monotonic() - start
        with readers(subject.paths, ports, here, 0):
            flooded = watch(subject, ports, range(numbers.start + 10, numbers.start + 10 + FLOOD))
    figures = sorted(seen.seconds)
    middle, late, worst = statistics.median(figures), figures[int(len(figures) * 0.95)], figures[-1]
    told = f"median {middle * 1000:.0f} ms, p95 {late * 1000:.0f} ms, worst {worst * 1000:.0f} ms"
    yardstick = f"{statistics.median(alone.seconds) * 1000:.0f} ms without readers"
    print(f"  {nodes} web node(s): {told}; yardstick {yardstick}; readers {sums[0] / spent:,.0f} requests/s")
    flood = f"median {statistics.median(flooded.seconds) * 1000:.0f} ms, worst {max(flooded.seconds) * 1000:.0f} ms"
    print(f"  {nodes} web node(s), readers who never pause, {FLOOD} publications (not judged): {flood}")
    name = f"{len(figures)} publications on {nodes} web node(s)"
    good = verdict(f"{name}, worst", f"{worst * 1000:.0f} ms", f"< {LIMIT * 1000:.0f} ms, {WANTED * 1000:.0f} wanted", worst < LIMIT)
    trouble = {
        "answers other than 200": seen.errors + alone.errors,
        "pages that fell back": seen.fell_back + alone.fell_back,
        "errors the readers met (more than 2 s counts)": sums[1],
    }
    told = ", ".join(f"{count} {what}" for what, count in trouble.items())
    return verdict(f"{name}, trouble", told, "0", not any(trouble.values())) and good


def main(count: int) -> int:
    subject = Stories()
    need("wrk")
    print(f"Publish → visible on six sites while {READERS} readers read · {machine()}")
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-") as name, ExitStack() as stack:
        here = Path(name)
        here.chmod(0o755)
        os.environ["KENTONGAN_DATA"] = name
        os.environ.pop("DATABASE_URL", None)

        from kentongan.config import database

        os.environ["DATABASE_URL"] = stack.enter_context(database.used()).url

        import django

        django.setup()
        turns = {nodes: range(nodes * 10_000, nodes * 10_000 + count + 10 + FLOOD) for nodes in (1, 2)}
        subject.prepare(number for numbers in turns.values() for number in numbers)
        results = [measure(subject, nodes, numbers, here) for nodes, numbers in turns.items()]

        from django.db import connection

        connection.close()
    print(f"  repeat: .venv/bin/python benchmarks/visible.py {count}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
