"""Data and a layout to PDF or PNG, by typst."""

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from .lettering import drawable

LAYOUTS = Path(__file__).resolve().parent / "layouts"
FONTS = Path(__file__).resolve().parent / "fonts"
DATA_MOST = 120_000
"""Bytes of text a layout is given."""
PICTURE_MOST = 3 << 20
"""Bytes of all its pictures."""
MAIN = """#import "/LAYOUT.typ": set-page
#let pictures = json(bytes(sys.inputs.pictures))
#set-page(json(bytes(sys.inputs.data)), pictures.keys().map(name => (name, bytes(pictures.at(name)))).to-dict())
"""
"""Every layout offers `set-page(data, pictures)`. Files handed to typst from memory must be text, so pictures come as numbers."""

logger = logging.getLogger(__name__)


class NotTypeset(Exception):
    """This cannot be set; the sentence says what to do."""


def pdf(layout: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1). `data` is what JSON holds; `pictures` are its files by name (JPEG, PNG, SVG). Raises NotTypeset."""
    return _compiled(layout, data, pictures or {}, format="pdf", pdf_standards=["ua-1"])


def png(layout: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None, *, width: int) -> bytes:
    """A picture of the layout's only page, which is 1200 points wide; `width` in pixels. Raises NotTypeset."""
    return _compiled(layout, data, pictures or {}, format="png", ppi=72 * width / 1200)


def _compiled(layout: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], **how: Any) -> bytes:
    """The same bytes for the same arguments: no clock, no system font, no file and no address takes part."""
    text = json.dumps(_drawable(data), ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > DATA_MOST or sum(map(len, pictures.values())) > PICTURE_MOST:
        raise NotTypeset(_("Isinya terlalu panjang untuk dicetak. Cetak halaman kabarnya dari peramban."))
    inputs = {"data": text, "pictures": json.dumps({name: list(file) for name, file in pictures.items()}, separators=(",", ":"))}
    files = {**_layouts(), "main.typ": MAIN.replace("LAYOUT", layout).encode()}
    try:
        made = typst.compile(files, font_paths=_fonts(), sys_inputs=inputs, root=str(LAYOUTS), timestamp=0, **how)
    except typst.TypstError as error:
        raise NotTypeset(broken(layout, error)) from error
    assert isinstance(made, bytes)  # only a PNG of several pages would be a list
    return made


def broken(layout: str, error: Exception) -> str:
    """The sentence for readers when something of ours failed; the reason goes to the log."""
    logger.error("%s was not set: %s", layout, error)
    return str(_("Berkas ini belum bisa dibuat. Kami mencatatnya; cetak dulu halaman kabarnya dari peramban."))


def _drawable(data: Any) -> Any:
    if isinstance(data, str):
        return drawable(data)
    if isinstance(data, Mapping):
        return {str(name): _drawable(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_drawable(value) for value in data]
    return data


@cache
def _layouts() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(LAYOUTS.glob("*.typ"))}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
