"""The first twenty of a search over a million stories: rare, common and very common words, most fitting first and newest first.

Needs: nothing but `make setup`, some 9 GB of disk below TMPDIR and a quarter of an hour; makes a database of its own and takes it away.
KENTONGAN_SEEDED=<data directory> measures in one that `manage.py seed` filled before.
Repeat: .venv/bin/python benchmarks/search.py [STORIES]
Yardstick (issue 3): p95 < 150 ms for each kind of word, as a reader's request through Django; taken beside it in the same run, the newest
twenty of the nation (`/kabar/`), which asks no words. Beside the clock stands the work, processor time of Django and PostgreSQL together:
on a busy machine the clock is an upper bound, the work is not touched by what others do (but for cold caches).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, machine, verdict

STORIES = 1_000_000
LIMIT = 150
TURNS = 40
SHARES = {"very common": (0.3, 1.0), "common": (0.01, 0.1), "rare": (0.0, 0.002)}
"""In which part of all things a word stands."""


def command(*arguments: str, data: str, quiet: bool = False) -> str:
    """Run `manage.py` or a module on the benchmark's own database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_DATA", "KENTONGAN_ENV")}
    run = [sys.executable, *arguments]
    done = subprocess.run(
        run, cwd=BASE, env=kept | {"KENTONGAN_DATA": data}, stdout=subprocess.PIPE if quiet else None, text=True, check=True
    )
    return done.stdout or ""


def words(count: int) -> dict[str, list[str]]:
    """Twenty words of each kind, spread over their range."""
    from kentongan.search.models import Word

    found = {}
    for name, (least, most) in SHARES.items():
        inside = Word.objects.filter(things__gt=max(1, least * count), things__lte=most * count).order_by("things", "word")
        every = list(inside.values_list("word", flat=True))
        found[name] = every[:: max(1, len(every) // 20)][:20]
    found["two words"] = [f"{one} {other}" for one, other in zip(found["common"], found["very common"], strict=False)]
    return found


def taken(ask: Callable[[str], None], asked: list[str]) -> tuple[float, float, float, float]:
    """Milliseconds of TURNS requests after one round that warms up: median and 95th percentile by the clock, and of work."""
    for one in asked:
        ask(one)
    times, works = [], []
    for turn in range(TURNS):
        began, before = time.perf_counter(), worked()
        ask(asked[turn % len(asked)])
        times.append(1000 * (time.perf_counter() - began))
        works.append(worked() - before)
    return (*(part for each in (times, works) for part in (statistics.median(each), sorted(each)[int(0.95 * TURNS)])),)  # type: ignore[return-value]


def worked() -> float:
    """Milliseconds of processor time this process and its part of PostgreSQL have had: what the clock says on a quiet machine."""
    from django.db import connection

    connection.ensure_connection()
    run = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    return 1000 * time.process_time() + int(run) / 1e6


def measure() -> None:
    """In a process of its own: median and 95th percentile of each kind, as JSON on standard output."""
    import django
    from django.conf import settings

    django.setup()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from django.test import Client

    from kentongan.search.models import Item

    client, count = Client(headers={"host": "localhost"}), Item.objects.count()

    def ask(address: str) -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}")

    found: dict[str, tuple[float, float, float, float]] = {}
    for name, some in {"": ["/kabar/"], **words(count)}.items():
        for order in ("", "baru") if name else ("",):
            figures = taken(ask, [f"/cari/?q={one.replace(' ', '+')}&urut={order}" if name else one for one in some])
            label = f"{name}, {'newest' if order else 'best'} first" if name else "yardstick: /kabar/"
            found[label] = figures
    print(json.dumps({"things": count, "taken": found}))


def main(stories: int) -> bool:
    """Fill and measure."""
    print(machine())
    with tempfile.TemporaryDirectory(prefix="kentongan-search-") as folder:
        Path(folder).chmod(0o755)
        data = os.environ.get("KENTONGAN_SEEDED") or folder
        if data == folder:
            command("manage.py", "seed", str(stories), data=data)
        arguments = ("-m", "kentongan.config.database", "run", "--", sys.executable, __file__, "--measure")
        measured = json.loads(command(*arguments, data=data, quiet=True).splitlines()[-1])
        if data == folder:
            command("-m", "kentongan.config.database", "stop", data=data, quiet=True)
    print(f"  {measured['things']:,} things in the index")
    passed = True
    for label, (median, late, work, most) in measured["taken"].items():
        said = f"median {median:.0f} ms, p95 {late:.0f} ms; work {work:.0f} and {most:.0f} ms"
        if label.startswith("yardstick"):
            print(f"  {label}: {said}")
        else:
            passed &= verdict(label, said, f"p95 {LIMIT} ms", late < LIMIT)
    return passed


if __name__ == "__main__":
    if sys.argv[1:] == ["--measure"]:
        measure()
    else:
        sys.exit(0 if main(*(int(size) for size in sys.argv[1:2] or [STORIES])) else 1)
