"""The pages of a PDF as pictures. Run by its path, in a process of its own (`papers.py`): knows nothing of rows, requests or this project.

    python -I drawing.py look FILE          says on one line what it is: {"pages": 3}, or {"refused": "encrypted"}
    python -I drawing.py draw FILE FOLDER   writes page-01.jpg … into FOLDER

What is refused by name: not-pdf, polyglot, encrypted, script, broken, empty, many (with "pages").
"""

import json
import os
import re
import resource
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_PAGES = 20
WIDE, TALL = 1600, 2600
"""Pixels a page is drawn within: an A4 at about 190 dots an inch. So a page has at most 4.2 megapixels, whatever size it says it is."""
MEMORY = 1 << 30
"""Bytes of address space; a page of 4 megapixels takes about 60 MB of it."""
SECONDS = 30
FILE_MOST = 16 << 20
"""Bytes of one picture."""
UNPACKED_MOST = 8 << 20
"""Bytes looked at in the packed objects of one file: those that hold more hold no names of actions we need to see."""
BLANK = b"\0\t\n\x0c\r \x1a"
ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/RichMedia", b"/XFA", b"/EmbeddedFile", b"/SubmitForm", b"/ImportData")
"""What makes a PDF more than paper."""
NAME = rb"(?![A-Za-z0-9_.+-])"
ZIP_END = b"PK\x05\x06"


class Refused(Exception):
    """This file becomes no pictures; the name says why."""


def confine() -> None:
    """Take from this process what drawing does not need, before anything of the file is read."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, FILE_MOST),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.environ.clear()


def only_paper(content: bytes) -> None:
    """Refuse what is no PDF from its first byte to its last, and what carries a program. Raises Refused."""
    if re.match(rb"%PDF-[12]\.\d", content) is None:
        raise Refused("not-pdf")
    end = content.rstrip(BLANK)
    if not end.endswith(b"%%EOF"):
        raise Refused("polyglot" if b"%%EOF" in content else "broken")
    if ZIP_END in content[-66_000:]:
        raise Refused("polyglot")
    for part in (content, *packed(content)):
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), part)  # /J#53 is /JS
        if re.search(b"(?:" + b"|".join(map(re.escape, ACTIVE)) + b")" + NAME, plain):
            raise Refused("script")


def packed(content: bytes) -> Iterator[bytes]:
    """The objects that are written inside compressed streams, as far as UNPACKED_MOST."""
    left = UNPACKED_MOST
    for found in re.finditer(rb"/ObjStm.{0,400}?stream\r?\n", content, re.DOTALL):
        if left <= 0:
            return
        try:
            part = zlib.decompressobj().decompress(content[found.end() :], left)
        except zlib.error:
            continue
        left -= len(part)
        yield part


def opened(path: str) -> Any:
    """The document, when it is one we take. Raises Refused."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else "broken") from error
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Refused("encrypted")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or raw.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refused("script")
    if not len(document):
        raise Refused("empty")
    if len(document) > MOST_PAGES:
        raise Refused(f"many {len(document)}")
    return document


def draw(document: Any, folder: str) -> int:
    """Write every page as a JPEG; answers how many."""
    import pypdfium2

    for number in range(len(document)):
        try:
            page = document[number]
            width, height = page.get_size()
            if not (0 < width < 1e6 and 0 < height < 1e6):
                raise Refused("broken")
            scale = min(WIDE / width, TALL / height)
            if min(width, height) * scale < 8:
                raise Refused("broken")  # a hair, no page
            picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        except pypdfium2.PdfiumError as error:
            raise Refused("broken") from error
        picture.save(Path(folder) / f"page-{number + 1:02}.jpg", "JPEG", quality=92)
        page.close()
    return len(document)


def main(verb: str, path: str, folder: str = "") -> dict[str, Any]:
    """What there is to say about the file."""
    confine()
    only_paper(Path(path).read_bytes())
    document = opened(path)
    return {"pages": draw(document, folder) if verb == "draw" else len(document)}


if __name__ == "__main__":
    try:
        answer = main(*sys.argv[1:4])
    except Refused as refused:
        reason, _space, pages = str(refused).partition(" ")
        answer = {"refused": reason, "pages": int(pages or 0)}
    except (MemoryError, OSError, RecursionError):
        answer = {"refused": "heavy"}
    sys.stdout.write(json.dumps(answer))
