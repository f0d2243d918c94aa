"""How many queries each page of the desk takes, for every part of the demo's cast.

Needs: nothing but `make setup`; makes a database of its own with the demo in it and takes it away. Follows every link from /meja/ as each
of them; pages of one kind (numbers left out of the address) are one line. Repeat: .venv/bin/python benchmarks/desk.py
Yardstick (issue 2): every desk page <= 12 queries. That 1 and 20 items take the same is asserted by the rooms' own tests.
"""

import logging
import os
import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, verdict

LIMIT = 12
PARTS = (
    "anggota",
    "redaktur",
    "pemeriksa",
    "ketua",
    "pembina",
    "pengusul",
    "kades",
    "camat",
    "dinas",
    "provinsi",
    "kementerian",
    "operator",
)
PAGES = 150  # looked at for each part


def crawl() -> bool:
    """In a process of its own, on the benchmark's database: every page of every part; the most queries a kind of page took."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from kentongan.accounts.models import SECOND_FACTOR, Account

    settings.ALLOWED_HOSTS.append("testserver")
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    most: dict[str, tuple[int, str, str]] = {}
    broken: list[str] = []
    for part in PARTS:
        client = Client()
        client.force_login(Account.objects.get(username=part))
        session = client.session
        session[SECOND_FACTOR] = True
        session.save()
        ahead, seen = ["/meja/"], {"/meja/"}
        while ahead and len(seen) < PAGES:
            address = ahead.pop(0)
            client.get(address)  # what a process asks once (content types, settings of the nation) is not the page's
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            if answer.status_code >= 400:
                broken.append(f"a link leads to {address} as {part}: {answer.status_code}")
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            kind = re.sub(r"\d[\d.]*", "n", address.partition("?")[0])
            most[kind] = max(most.get(kind, (0, "", "")), (len(queries), part, address))
            links = (unescape(link) for link in re.findall(r'href="(/meja/[^"#]*)', answer.content.decode()))
            for link in dict.fromkeys(links):
                if link not in seen:
                    seen.add(link)
                    ahead.append(link)
    for kind, (count, part, address) in sorted(most.items(), key=lambda row: (-row[1][0], row[0])):
        print(f"  {count:>4}  {kind:<48} {part:<12} {address}")
    for line in broken:
        print(f"  {line}")
    worst = max(count for count, _part, _address in most.values())
    return verdict(f"{len(most)} kinds of page, the most queries", str(worst), f"{LIMIT}", worst <= LIMIT and not broken)


def main() -> int:
    """Make the database, load places and demo, and look."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_DATA", "KENTONGAN_ENV")}
    with tempfile.TemporaryDirectory(prefix="kentongan-desk-") as folder:
        Path(folder).chmod(0o755)
        environment = kept | {"KENTONGAN_DATA": folder}
        for words in (("migrate", "-v0"), ("load_regions",), ("load_demo",)):
            subprocess.run([sys.executable, "manage.py", *words], cwd=BASE, env=environment, check=True)
        inside = ["-m", "kentongan.config.database", "run", "--", sys.executable, __file__, "--crawl"]
        return subprocess.run([sys.executable, *inside], cwd=BASE, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] != ["--crawl"] else 0 if crawl() else 1)
