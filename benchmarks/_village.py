"""The page store around an application of one page, for measuring the store alone. KENTONGAN_BENCH is the directory it may write in.

`/` and everything else is a story of about 12 kB compressed; an address with "lambat" takes half a second and some work to render.
"""

import hashlib
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.config.settings")

import django
from django.conf import settings
from whitenoise import WhiteNoise

django.setup()

from kentongan.pages.store import Store  # noqa: E402
from kentongan.pages.wsgi import PageStore  # noqa: E402

WORDS = [
    "warga", "desa", "kali", "bambu", "jembatan", "panen", "musyawarah", "air",
    "listrik", "jalan", "sawah", "ronda", "balai", "kader", "posyandu", "irigasi",
]  # fmt: skip


def story() -> bytes:
    """A page as long as a real story with its frame: the words are drawn by a hash, so it compresses as text does."""
    drawn = (WORDS[byte % len(WORDS)] + str(byte) for turn in range(220) for byte in hashlib.sha256(str(turn).encode()).digest()[:28])
    return f"<!doctype html><html lang=id><title>Kabar</title><p>{' '.join(drawn)}</p></html>".encode()


PAGE = story()


def village(environ, start):  # type: ignore[no-untyped-def]
    """A slow page works for 50 ms and waits for half a second, as one that asks the database does."""
    if "lambat" in environ["PATH_INFO"]:
        until = time.thread_time() + 0.05
        while time.thread_time() < until:
            hashlib.sha256(PAGE).digest()
        time.sleep(0.5)
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("X-Page-Store", "1")])
    return [PAGE]


root = Path(os.environ["KENTONGAN_BENCH"]) / "pages/_pages"
root.mkdir(parents=True, exist_ok=True)
# Static files outermost, as in kentongan/config/wsgi.py
application = WhiteNoise(PageStore(village, Store(root, settings.PAGES_HEADERS), origin="http://localhost"), prefix="static/")
