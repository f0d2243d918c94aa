"""What a first visit takes: page, stylesheet and script as they are served compressed, and how many requests besides pictures.

Needs: nothing but `make setup`; makes and drops a database of its own with all regions and the demo (about a minute).
Repeat: .venv/bin/python benchmarks/sizes.py
Yardsticks (issue 2): a story <= 14 kB (one round trip), a group's front and a region's portal <= 20 kB, at most 3 requests.
"""

import gzip
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, machine, verdict

STORY, FRONT, REQUESTS = 14_000, 20_000, 3
ASSET = re.compile(r'<(?:link rel="stylesheet" href|script src)="/static/([^"]+)"')
PORTALS = ("33.18.17.2003", "33.18.17", "33.18", "33", "35", "11.08")
"""The four tiers above Gulangpongge, the province with most districts, the regency with most villages."""


def pages() -> list[tuple[str, str, int]]:
    """Name, address and limit of every page measured; of the stories the heaviest counts as well."""
    from kentongan.newsroom.models import Story

    stories = Story.objects.published().select_related("group").order_by("-correction_count", "-id")[:40]
    measured = [("kabar", story.get_absolute_url(), STORY) for story in stories]
    measured += [("KIM", "/kim/gulangpongge/", FRONT), ("KIM, tentang", "/kim/gulangpongge/tentang/", FRONT), ("beranda", "/", FRONT)]
    return measured + [(f"wilayah {code}", f"/wilayah/{code}/", FRONT) for code in PORTALS]


def visit(address: str) -> tuple[int, int, int]:
    """Bytes of the page, bytes of what it asks for besides pictures, and requests in all."""
    from django.contrib.staticfiles import finders
    from django.test import Client

    answer = Client(headers={"host": "localhost"}).get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    assets = [Path(str(finders.find(name))).read_bytes() for name in ASSET.findall(answer.content.decode())]
    return len(gzip.compress(answer.content, 6)), sum(len(gzip.compress(asset, 9)) for asset in assets), 1 + len(assets)


def measure() -> bool:
    """Everything, in a fresh database."""
    import django
    from django.conf import settings

    django.setup()
    from django.core.management import call_command

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    for command in ("migrate", "load_regions", "load_demo"):
        call_command(command, verbosity=0)
    heaviest: dict[str, tuple[int, str, int]] = {}
    for name, address, limit in pages():
        page, assets, requests = visit(address)
        if page + assets > heaviest.get(name, (0, "", 0))[0]:
            heaviest[name] = (page + assets, f"{page + assets:,} bytes (page {page:,}) in {requests} requests", limit)
        if requests > REQUESTS:
            verdict(address, f"{requests} requests", str(REQUESTS), False)
            return False
    good = [verdict(name, said, f"{limit:,}", total <= limit) for name, (total, said, limit) in heaviest.items()]
    return all(good)


def main() -> int:
    """Run `measure` against a private cluster in a temporary directory."""
    print(f"  {machine()}")
    with tempfile.TemporaryDirectory(prefix="kentongan-sizes-") as data:
        Path(data).chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_ENV")}
        command = [sys.executable, "-m", "kentongan.config.database", "run", "--", sys.executable, str(Path(__file__).resolve()), "measure"]
        return subprocess.run(command, cwd=BASE, env=kept | {"KENTONGAN_DATA": data}, check=False).returncode


if __name__ == "__main__":
    sys.exit((0 if measure() else 1) if sys.argv[1:] == ["measure"] else main())
