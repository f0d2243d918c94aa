"""The nation at its full size: 80,000 groups in 83,763 villages. Server time of the figures, of the lists behind them, of the directory.

Needs: nothing but `make setup`, some 4 GB of disk below TMPDIR and ten minutes to seed; makes a database of its own and takes it away.
With a directory as argument it uses (and keeps) the database there, seeding it the first time. Pages are asked of Django itself, without
the page store, six times after a first one; the median counts. Repeat: .venv/bin/python benchmarks/national.py [DIRECTORY]
Yardsticks (issue 4): national dashboard < 50 ms; any list < 200 ms and <= 12 queries, first and deep, of the common and of the rare;
search in the directory < 50 ms. Beside them: what the same figures cost when they are added up from the groups, as before the counters.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, machine, verdict

GROUPS, STORIES = 80_000, 100_000
TURNS = 6
DASHBOARD, LIST, SEARCH, QUERIES = 50, 200, 50, 12
DASHBOARDS = ("/angka/", "/", "/wilayah/33/angka/", "/wilayah/33/", "/wilayah/33.18/angka/", "/wilayah/33.18/", "/wilayah/33.18.17/angka/")
FIGURES = ("terverifikasi", "cakupan", "tik-terhitung", "pengurus-lengkap", "adinda-networking", "dibentuk", "adinda-diskusi")
"""Of the common and of the rare."""
PLACES = ("", "/wilayah/33", "/wilayah/33.18")
NAMES = ("gulangpongge", "sukamaju", "KIM Tlogorejo", "karang")


def measure() -> bool:
    """In a process of its own, on the benchmark's database."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS.append("testserver")
    reader = Client()

    def asked(client: Client, address: str) -> tuple[float, int]:
        """Milliseconds (median) and queries of a page, warm."""
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return spent(lambda: client.get(address)), len(queries)

    def dashboard(address: str) -> bool:
        took, queries = asked(reader, address)
        return verdict(f"figures {address}", f"{took:.0f} ms, {queries} queries", f"< {DASHBOARD} ms", took < DASHBOARD)

    def listed(client: Client, address: str) -> bool:
        took, queries = asked(client, address)
        passed = took < LIST and queries <= QUERIES
        return verdict(f"list {address}", f"{took:.0f} ms, {queries} queries", f"< {LIST} ms, <= {QUERIES} queries", passed)

    def searched(words: str) -> bool:
        took, queries = asked(reader, f"/cari-kim/?q={words.replace(' ', '+')}")
        return verdict(f"search “{words}”", f"{took:.0f} ms, {queries} queries", f"< {SEARCH} ms", took < SEARCH)

    say_size()
    print(f"  yardstick: adding up the nation from its groups {spent(added_up):.0f} ms, reading its counts {spent(read):.1f} ms\n")
    passed = [dashboard(address) for address in DASHBOARDS]
    for place in PLACES:
        for key in FIGURES:
            passed += [listed(reader, address) for address in deep(place, key)]
    passed += [listed(reader, address) for address in ("/kim/", f"/kim/?sebelum={far(None)}", "/wilayah/33/kim/")]
    passed += [searched(words) for words in NAMES]
    with transaction.atomic():
        officer = ministry()
        passed += [listed(officer, address) for address in ("/meja/wilayah/angka/", "/meja/wilayah/angka/?wilayah=33", "/meja/kim/")]
        transaction.set_rollback(True)
    return all(passed)


def spent(work: Callable[[], Any]) -> float:
    """Milliseconds of the median turn."""
    turns = []
    for _turn in range(TURNS):
        began = time.perf_counter()
        work()
        turns.append((time.perf_counter() - began) * 1000)
    return statistics.median(turns)


def say_size() -> None:
    """How much there is."""
    from kentongan.groups.models import Group, Tally
    from kentongan.measurement.models import village_count

    print(f"  {machine()}")
    print(f"  {Group.objects.count():,} groups, {village_count(None):,} villages, {Tally.objects.count():,} rows of counts")


def added_up() -> None:
    """The figures of the nation the old way."""
    from django.db.models import Count, Q, Sum

    from kentongan.groups.models import FORMED, Group

    Group.objects.filter(state__in=FORMED).aggregate(
        covered=Count("village_code", filter=~Q(village_code=""), distinct=True),
        groups=Count("pk"),
        verified=Count("pk", filter=Q(state="verified")),
        stories=Sum("story_count"),
    )


def read() -> None:
    """The figures of the nation from its counts: all of them."""
    from kentongan.groups.models import Tally

    Tally.objects.of("")


def deep(place: str, key: str) -> list[str]:
    """The first page of a figure's groups, one three quarters down, and those that are not among it, first and deep."""
    from kentongan.measurement.models import BY_KEY, Place
    from kentongan.regions.models import Region

    code = place.rpartition("/")[2]
    where = Place(Region.objects.get(code=code) if code else None)
    addresses = []
    for lacking, more in ((False, ""), (True, "belum/")):
        if lacking and BY_KEY[key].of != "formed":
            continue
        address = f"{place}/angka/{key}/{more}"
        rows = where.rows(BY_KEY[key], lacking=lacking).order_by("name", "group_id")
        addresses += [address]
        if (count := rows.count()) > 40:
            addresses.append(f"{address}?sebelum={rows[count * 3 // 4].pk}")
    return addresses


def far(_place: None) -> int:
    """A group three quarters down the directory."""
    from kentongan.groups.models import Group

    rows = Group.objects.public().order_by("name", "id")
    return int(rows[rows.count() * 3 // 4].pk)


def ministry() -> Any:
    """A browser of somebody at the ministry, there for this measurement only."""
    from kentongan.groups.models import Appointment, Office
    from tests.cast import appoint, browser_for, person

    somebody = person("ukur-kementerian", "Maria Ukur", number=99_001)
    appoint(Office.at(None, Office.Kind.MINISTRY), somebody, Appointment.Role.OFFICER, "Petugas KIM")
    return browser_for(somebody)


def main() -> bool:
    """Seed where nothing is seeded, then measure."""
    if len(sys.argv) > 1:
        return on(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory(prefix="national-") as data:
        return on(Path(data))


def on(data: Path) -> bool:
    """With the database in this directory."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_ENV")}
    environment = kept | {"KENTONGAN_DATA": str(data), "NATIONAL_MEASURES": "1"}
    seeded = [sys.executable, "manage.py", "seed", str(STORIES), "--groups", str(GROUPS)]
    run = [sys.executable, "-m", "kentongan.config.database", "run", "--"]
    began = time.monotonic()
    subprocess.run([*run, *seeded], cwd=BASE, env=environment, check=True)
    print(f"  seeded (or found seeded) in {time.monotonic() - began:.0f} s")
    return subprocess.run([*run, sys.executable, __file__], cwd=BASE, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(0 if (measure() if os.environ.get("NATIONAL_MEASURES") else main()) else 1)
