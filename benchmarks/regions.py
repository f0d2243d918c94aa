"""How long it takes to load every place of the country, and to find one.

Needs: nothing but `make setup`; makes and drops a database of its own. Repeat: .venv/bin/python benchmarks/regions.py
Yardsticks: all regions load in <= 20 s (issue 2), a second load <= 1 s, a search over 91,592 places <= 50 ms (median of 15).
"""

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

LOAD, AGAIN, SEARCH = 20.0, 1.0, 50.0  # seconds, seconds, milliseconds
TURNS = 15
TYPED = (
    "tlogorejo pati",
    "3318172003",
    "desa gulang pongge",
    "kab pati",
    "salatiga",
    "jawa tengah",
    "kampung baru",
    "sumber rejo",
    "tlogrejo pati",  # misspelt
    "kalimantn barat",
    "gulang pongge gunung wungkal pati",
    "maju jaya makmur",  # nowhere
)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure() -> bool:
    """Everything, in a fresh database."""
    import django

    django.setup()
    from django.core.management import call_command

    from kentongan.regions.models import Region

    call_command("migrate", "regions", verbosity=0)
    good = [
        verdict("first load", f"{(took := seconds(lambda: call_command('load_regions'))):.1f} s", f"{LOAD:.0f} s", took <= LOAD),
        verdict("second load", f"{(took := seconds(lambda: call_command('load_regions'))):.2f} s", f"{AGAIN:.0f} s", took <= AGAIN),
    ]
    for text in TYPED:
        times = sorted(seconds(lambda text=text: list(Region.objects.search(text)[:20])) * 1000 for _turn in range(TURNS))
        middle = statistics.median(times)
        found = len(Region.objects.search(text)[:20])
        good.append(verdict(f"“{text}” ({found} found)", f"{middle:.1f} ms, worst {times[-1]:.1f}", f"{SEARCH:.0f} ms", middle <= SEARCH))
    for text in ("tlogorejo pati", "tlogrejo pati"):
        print(f"\n  Plan of “{text}”:\n{Region.objects.search(text)[:20].explain(analyze=True, buffers=True)}")
    return all(good)


def main() -> int:
    """Run `measure` against a private cluster in a temporary directory."""
    print(f"  {machine()}")
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-") as data:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"KENTONGAN_DATA": data}
        command = [sys.executable, "-m", "kentongan.config.database", "run", "--", sys.executable, str(Path(__file__).resolve()), "measure"]
        return subprocess.run(command, cwd=BASE, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit((0 if measure() else 1) if sys.argv[1:] == ["measure"] else main())
