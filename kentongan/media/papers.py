"""A PDF, looked at and drawn in a process of its own with little memory and little time. Nobody is ever given the PDF itself."""

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from kentongan.media.cleaning import ACCEPT as PHOTOS
from kentongan.media.cleaning import NotClean
from kentongan.media.drawing import MOST_PAGES, SECONDS

SCRIPT = Path(__file__).resolve().parent / "drawing.py"
ACCEPT = f"{PHOTOS},application/pdf"
"""For the `accept` of a file field that takes a photo or a PDF."""
HEAD = b"%PDF-"
LOOKING_SECONDS = 10
"""How long somebody who sends a form waits at most for the first look."""


def is_pdf(file: IO[bytes]) -> bool:
    """Whether a file begins as a PDF does; nothing else of it is read."""
    file.seek(0)
    head = file.read(len(HEAD))
    file.seek(0)
    return head == HEAD


def looked_at(path: Path) -> int:
    """How many pages the PDF has. Raises NotClean with a sentence for what we do not take."""
    return _asked("look", path, "", LOOKING_SECONDS)


def drawn(path: Path, target: Path) -> list[Path]:
    """The pages of the PDF as pictures in `target`, in order. Raises NotClean with a sentence."""
    _asked("draw", path, str(target), SECONDS)
    return sorted(target.glob("page-*.jpg"))


def _asked(verb: str, path: Path, target: str, seconds: int) -> int:
    command = [sys.executable, "-I", "-B", str(SCRIPT), verb, str(path), *([target] if target else [])]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, env={}, cwd="/", check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as slow:
        raise NotClean(sentence("heavy")) from slow
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as crashed:  # the process broke on this file, as it is allowed to
        raise NotClean(sentence("heavy" if done.returncode < 0 else "broken")) from crashed
    if "refused" in answer:
        raise NotClean(sentence(answer["refused"], answer.get("pages", 0)))
    return int(answer["pages"])


def sentence(reason: str, pages: int = 0) -> str:
    """Why a PDF is refused, and what to do instead."""
    said = {
        "not-pdf": _("Ini bukan PDF yang kami kenal. Kirim PDF, atau potret halamannya."),
        "polyglot": _("Berkas ini bukan hanya PDF: ada isi lain di dalamnya. Cetak ulang menjadi PDF, atau potret halamannya."),
        "encrypted": _("PDF ini dikunci dengan sandi. Simpan lagi tanpa sandi, atau potret halamannya."),
        "script": _("PDF ini memuat program atau lampiran, jadi tidak kami terima. Cetak ulang menjadi PDF, atau potret halamannya."),
        "broken": _("PDF ini rusak atau belum terkirim seluruhnya. Kirim sekali lagi, atau potret halamannya."),
        "empty": _("PDF ini tidak punya halaman. Pilih berkas yang lain."),
        "many": _("PDF ini %(pages)s halaman. Paling banyak %(most)s: kirim halaman yang perlu saja."),
        "heavy": _("PDF ini terlalu berat untuk dibuka. Kirim halaman yang perlu saja, atau potret halamannya."),
    }
    return said.get(reason, said["broken"]) % {"pages": pages, "most": MOST_PAGES}
