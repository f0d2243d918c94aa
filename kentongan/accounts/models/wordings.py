"""The wordings people agreed to, kept as text files in the room that asks: `wordings/<kind>-<version>.txt`. A version never changes."""

import re
from functools import cache
from pathlib import Path

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kentongan.core.language import HOUSE

KINDS = {
    "privacy": _("Cara Kentongan memakai data saya"),
    "conduct": _("Keanggotaan dan kesepakatan anggota"),
    "guardian": _("Izin orang tua atau wali"),
    "name": _("Nama saya tampil untuk umum"),
}
"""What people are asked, as the log calls it."""


@cache
def wording(kind: str, version: str) -> str:
    """The words of that version; empty when no room keeps such a file."""
    rooms = (Path(room.path) for room in apps.get_app_configs())
    files = (path for path in (room / "wordings" / f"{kind}-{version}.txt" for room in rooms) if path.is_file())
    return next((path.read_text().strip() for path in files), "")


def plain(template: str) -> str:
    """The words of a template of ours, a paragraph or point a line: what its text file has to say."""
    with override(HOUSE):
        shown = render_to_string(template)
    lines = (re.sub(r"\s+", " ", strip_tags(line)).strip() for line in re.split(r"</(?:li|p|h2)>", shown))
    return "\n".join(line for line in lines if line)
