"""The parts of a zipped office file as a flow of XML, never held as a whole. Standard library only."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final
from xml.parsers import expat

from kentongan.registers.reading.findings import Refused
from kentongan.registers.reading.limits import UNPACKED_BYTES

_PIECE: Final = 65_536
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    OSError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
    KeyError,
)
"""What damaged or forged files make the standard library raise."""


@contextmanager
def opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever breaks while it is read is `Refused("damaged")`."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except BROKEN as broken:
        raise Refused("damaged") from broken


class Flow:
    """Reads parts piece by piece and counts what really comes out, whatever the zip declared."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.left = archive, UNPACKED_BYTES

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], Any],
        end: Callable[[str], Any] | None = None,
        text: Callable[[str], Any] | None = None,
    ) -> None:
        """Call back for every element and its text. A document type is refused: entities, other files. Raises BROKEN, Refused."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_entities
        with self.archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                self.left -= len(piece)
                if self.left < 0:
                    raise Refused("bomb")
                parser.Parse(piece)
            parser.Parse(b"", True)


def _refuse_entities(*_declared: Any) -> None:
    raise Refused("strange")


def local(name: str) -> str:
    """`c` of `x:c`: programs choose prefixes freely."""
    return name.rpartition(":")[2]
