"""One web node for `visible.py`: the page store as installed, around a page that shows the newest number in the database."""

import os
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.config.settings")

import django

django.setup()

from kentongan.pages.wsgi import listening, page_store  # noqa: E402

mine = threading.local()


def newest(environ, start):  # type: ignore[no-untyped-def]
    """Every address shows "nomor <n>."."""
    if not hasattr(mine, "connection") or mine.connection.closed:
        mine.connection = listening()
    number = mine.connection.execute("select max(number) from bench_published").fetchone()[0]
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("X-Page-Store", "1")])
    return [f"<!doctype html><title>Kabar</title><p>nomor {number}.</p>{'<p>isi kabar</p>' * 400}".encode()]


application = page_store(newest)
