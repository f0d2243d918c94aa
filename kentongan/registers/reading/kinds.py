"""What a file is by its content, whatever its name says. Standard library only."""

import zipfile
from typing import IO, Final

from kentongan.registers.reading.findings import Refused
from kentongan.registers.reading.limits import PARTS, RATIO, UNPACKED_BYTES

_HEADS: Final = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "document"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "strange"),
    (b"\x7fELF", "strange"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET: Final = "application/vnd.oasis.opendocument.spreadsheet"
_SMALL: Final = 10_000_000
"""Unpacked bytes below which no part is called a bomb, however well it packs."""


def of(file: IO[bytes]) -> str:
    """`workbook`, `opendocument` or `plain`. Raises Refused for everything else."""
    head = file.read(4096)
    file.seek(0)
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise Refused("empty")
    if b"%PDF-" in head[:1024]:
        raise Refused("pdf")
    if head.startswith(_OLE):
        raise Refused(_old(file))
    if head.startswith(b"PK"):
        return _zip(file)
    for sign, reason in _HEADS:
        if head.startswith(sign):
            raise Refused(reason)
    return _text(head)


def _old(file: IO[bytes]) -> str:
    """An old container: a workbook under a password, an old workbook, or something else."""
    content = file.read(20_000_000)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "locked"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "old"
    return "document" if "WordDocument".encode("utf-16-le") in content else "strange"


def _text(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<style")):
        raise Refused("web")
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("strange")
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if controls > len(head) // 50 and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("strange")
    return "plain"


def _zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            check(archive)
            names = set(archive.namelist())
            kind = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as broken:
        raise Refused("damaged") from broken
    finally:
        file.seek(0)
    if kind.startswith(_SHEET):
        return "opendocument"
    if kind.startswith("application/vnd.oasis.opendocument.presentation"):
        raise Refused("slides")
    if kind.startswith("application/vnd.oasis.opendocument"):
        raise Refused("document")
    reasons = (("xl/workbook.bin", "binary"), ("word/document.xml", "document"), ("ppt/presentation.xml", "slides"))
    for part, reason in reasons:
        if part in names:
            raise Refused(reason)
    if "[Content_Types].xml" in names:
        return "workbook"
    raise Refused("archive")


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        return part.read(200).decode("ascii", "replace").strip()


def check(archive: zipfile.ZipFile) -> None:
    """Refuse by what the zip itself declares: too many parts, too large together, one part that swells too much, a password."""
    parts = archive.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise Refused("bomb")
    for part in parts:
        if part.file_size > _SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            raise Refused("bomb")
        if part.flag_bits & 1:
            raise Refused("locked")
