"""Publish → visible on all six sites of a story, while 50 readers read, on one web node and on two with stores of their own.

    .venv/bin/python benchmarks/visible.py [publications, 100]

Measured from the commit until every one of the six pages on every node shows it. The readers are wrk in a closed loop, so they take all the
processor there is. The yardstick is the same without readers. Needs wrk; makes a database of its own in a temporary directory.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple, Protocol

from _machine import free_port, granian, machine, need, read_wrk, verdict

READERS, PATIENCE, LIMIT, WANTED = 50, 5.0, 1.0, 0.2


class Subject(Protocol):
    """What is published: `application` shows it at `paths`, `publish` commits it and returns the text by which a page shows it."""

    application: str
    paths: tuple[str, ...]

    def prepare(self) -> None:
        """Make what is needed in an empty database."""

    def publish(self, number: int) -> str:
        """Commit the `number`th publication, numbers ascending."""


class Number:
    """The smallest thing with six sites: a number."""

    application = "benchmarks._published:application"
    sites = ("kim/gulangpongge", "wilayah/33.18.17.2003", "wilayah/33.18.17", "wilayah/33.18", "wilayah/33", "nasional")
    paths = tuple("/" if site == "nasional" else f"/{site}/" for site in sites)

    def prepare(self) -> None:
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", "pages", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("create table bench_published (number integer primary key)")
            cursor.execute("insert into bench_published values (0)")

    def publish(self, number: int) -> str:
        from django.db import connection, transaction

        from kentongan.pages.store import changed

        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("insert into bench_published values (%s)", [number])
            changed(*self.sites)
        return f"nomor {number}."


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


def watch(subject: Subject, ports: list[int], numbers: range) -> Seen:
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
def readers(paths: tuple[str, ...], ports: list[int], here: Path) -> Iterator[list[int]]:
    """50 readers shared among the nodes while the block runs (at most ten minutes). Yields [requests, errors], filled at the end."""
    script = here / "paths.lua"
    quoted = ", ".join(f'"{path}"' for path in paths)
    body = f"  turn = turn % {len(paths)} + 1\n  return wrk.format(nil, paths[turn])\n"
    script.write_text(f"local paths, turn = {{{quoted}}}, 0\nrequest = function()\n{body}end\n")
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


def measure(subject: Subject, nodes: int, numbers: range, here: Path) -> bool:
    """One installation of `nodes` web nodes, each with a store of its own."""
    with ExitStack() as stack:
        ports = [free_port() for _node in range(nodes)]
        for place, port in enumerate(ports):
            pages = {"KENTONGAN_PAGES": str(here / f"pages-{nodes}-{place}")}
            stack.enter_context(granian(subject.application, port, pages))
        alone = watch(subject, ports, range(numbers.start, numbers.start + 10))
        start = time.monotonic()
        with readers(subject.paths, ports, here) as sums:
            seen = watch(subject, ports, range(numbers.start + 10, numbers.stop))
        spent = time.monotonic() - start
    figures = sorted(seen.seconds)
    middle, late, worst = statistics.median(figures), figures[int(len(figures) * 0.95)], figures[-1]
    told = f"median {middle * 1000:.0f} ms, p95 {late * 1000:.0f} ms, worst {worst * 1000:.0f} ms"
    yardstick = f"{statistics.median(alone.seconds) * 1000:.0f} ms without readers"
    print(f"  {nodes} web node(s): {told}; yardstick {yardstick}; readers {sums[0] / spent:,.0f} requests/s")
    name = f"{len(figures)} publications on {nodes} web node(s)"
    good = verdict(f"{name}, worst", f"{worst * 1000:.0f} ms", f"< {LIMIT * 1000:.0f} ms, {WANTED * 1000:.0f} wanted", worst < LIMIT)
    trouble = seen.errors + alone.errors + sums[1] + seen.fell_back + alone.fell_back
    return verdict(f"{name}, errors and pages that fell back", str(trouble), "0", trouble == 0) and good


def main(count: int, subject: Subject) -> int:
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
        subject.prepare()
        results = [measure(subject, nodes, range(nodes * 10_000, nodes * 10_000 + count + 10), here) for nodes in (1, 2)]

        from django.db import connection

        connection.close()
    print(f"  repeat: .venv/bin/python benchmarks/visible.py {count}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, Number()))
