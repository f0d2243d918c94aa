"""Newest-20 at each of the five tiers: pages of the database read with 10 thousand and with 1 million stories.

Needs: nothing but `make setup`, some 5 GB of disk below TMPDIR and a few minutes; makes a database of its own and takes it away.
Repeat: .venv/bin/python benchmarks/newest.py [SMALL LARGE]
Yardstick (issue 2): shared buffers (hit + read) of the list's own query stay the same, ± 20 %, from the small to the large size.
Both sizes come from the same groups: a list also reads the group, place and checker of each story, and would read more of them if there
were more groups to come from, however few stories there were.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, machine, verdict

SMALL, LARGE = 10_000, 1_000_000
LIMIT = 0.20
GROUPS = 400
PLACES = 25  # groups looked at, the same in both sizes; the median of their regions counts
TIERS = ("desa/kelurahan", "kecamatan", "kabupaten/kota", "provinsi", "nasional")
BESIDES = "satu KIM"  # shown without a verdict: of few stories the planner rather sorts them all, which reads more, not less


def command(*arguments: str, data: str, quiet: bool = False) -> str:
    """Run `manage.py` on the benchmark's own database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_DATA", "KENTONGAN_ENV")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE,
        env=kept | {"KENTONGAN_DATA": data},
        stdout=subprocess.PIPE if quiet else None,
        text=True,
        check=True,
    )
    return done.stdout or ""


def measure() -> None:
    """In a process of its own: what each list reads, as JSON on standard output."""
    import django

    django.setup()
    from kentongan.demo.multitude import seeded_groups
    from kentongan.groups.models import Group
    from kentongan.newsroom.models import Story
    from kentongan.portal.reading.lists import LONG_TEXTS, PAGE
    from kentongan.regions.models import Region

    def read(stories: Any) -> tuple[int, float]:
        """Buffers and milliseconds of the query of `portal.reading.lists.newest`, warm."""
        rows = stories.newest(PAGE + 1).select_related("group", "region", "verifier").defer(*LONG_TEXTS)
        plans = [json.loads(rows.explain(format="json", analyze=True, buffers=True))[0] for _turn in range(2)]
        top = plans[-1]["Plan"]
        return top["Shared Hit Blocks"] + top["Shared Read Blocks"], plans[-1]["Execution Time"]

    found: dict[str, tuple[float, float]] = {}
    groups = seeded_groups()[:PLACES]
    for depth, tier in enumerate((*TIERS, BESIDES)):
        if tier == "nasional":
            lists = [Story.objects.all()]
        elif tier == BESIDES:
            lists = [Story.objects.filter(group=Group.objects.get(pk=group.pk)) for group in groups]
        else:
            codes = {group.codes[3 - depth] for group in groups}
            lists = [Story.objects.within(Region.objects.get(code=code)) for code in sorted(codes)]
        figures = [read(one) for one in lists]
        found[tier] = (statistics.median(buffers for buffers, _ms in figures), statistics.median(ms for _buffers, ms in figures))
    print(json.dumps({"stories": Story.objects.published().count(), "read": found}))


def main(small: int, large: int) -> bool:
    """Fill, measure, fill more, measure again."""
    print(machine())
    with tempfile.TemporaryDirectory(prefix="kentongan-newest-") as folder:
        Path(folder).chmod(0o755)
        before, after = (_filled(size, folder) for size in (small, large))
        command("-m", "kentongan.config.database", "stop", data=folder, quiet=True)
    print(f"\n  {'newest 20':<16}{before['stories']:>14,} stories{after['stories']:>18,} stories")
    passed = True
    for tier in (*TIERS, BESIDES):
        (few, few_ms), (many, many_ms) = before["read"][tier], after["read"][tier]
        print(f"  {tier:<16}{few:>8.0f} buffers {few_ms:5.2f} ms{many:>10.0f} buffers {many_ms:5.2f} ms")
        if tier != BESIDES:
            passed &= verdict(tier, f"{many / few:.2f} × the buffers", f"{1 - LIMIT:.2f}–{1 + LIMIT:.2f}", abs(many / few - 1) <= LIMIT)
    return passed


def _filled(size: int, folder: str) -> dict[str, Any]:
    began = time.monotonic()
    command("manage.py", "seed", str(size), "--groups", str(GROUPS), data=folder)
    print(f"  {size:,} stories after {time.monotonic() - began:.0f} s", flush=True)
    measured: dict[str, Any] = json.loads(
        command("-m", "kentongan.config.database", "run", "--", sys.executable, __file__, "--measure", data=folder, quiet=True)
    )
    return measured


if __name__ == "__main__":
    if sys.argv[1:] == ["--measure"]:
        measure()
    else:
        sizes = [int(size) for size in sys.argv[1:3]]
        sys.exit(0 if main(*(sizes or (SMALL, LARGE))) else 1)
