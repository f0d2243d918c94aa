"""Files made by hand for the tests: workbooks, text, OpenDocument, and what only pretends to be one."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

Lines = Sequence[Sequence[Any]]
HEAD = ("Nama KIM", "Desa", "Kecamatan")
SMALL: Lines = (HEAD, ("KIM Bermi", "Bermi", "Gembong"), ("KIM Kajen", "Kajen", "Margoyoso"))


def workbook(path: Path, lines: Lines = SMALL, sheet: str = "Data KIM") -> Path:
    """A workbook of one sheet."""
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        for at, line in enumerate(lines):
            page.write_row(at, 0, line)
    return path


def repacked(path: Path, parts: Mapping[str, bytes | str]) -> Path:
    """The zip at `path` with these parts added or put in place of its own."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name not in parts}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (kept | dict(parts)).items():
            archive.writestr(name, content)
    return path


def sheet_xml(rows: str, more: str = "") -> str:
    """The XML of a sheet around these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{more}</worksheet>'


OPEN_HEAD = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
)


def opendocument(path: Path, tables: str, styles: str = "") -> Path:
    """An OpenDocument spreadsheet of these `table:table` elements."""
    body = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"{OPEN_HEAD}{body}</office:body></office:document-content>")
    return path


def old_container(*streams: str) -> bytes:
    """The head of an OLE file that names these streams, as .xls files and encrypted workbooks begin."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") + bytes(64) for name in streams)


def zipped(**parts: bytes | str) -> bytes:
    """A zip of these parts."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()
