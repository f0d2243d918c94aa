"""Real files as people and others send them."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

MAKER, PLACE = "Warung HP Gulangpongge", (6.0, 38.0, 1.23)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def halves(width: int, height: int) -> Image.Image:
    """Red above, blue below: shows what is up."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width, height // 2))
    return image


def jpeg(width: int = 2000, height: int = 1500, orientation: int = 1, gps: bool = True) -> bytes:
    """A telephone's picture: with its maker, the way it was held, where it was taken, XMP and a comment."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MAKER, orientation
    if gps:
        exif.get_ifd(0x8825).update({1: "S", 2: PLACE, 3: "E", 4: (110.0, 58.0, 4.5)})
    out = BytesIO()
    halves(width, height).save(out, "JPEG", exif=exif, xmp=b"<x:xmpmeta>rahasia</x:xmpmeta>", comment="rahasia", dpi=(72, 72))
    return out.getvalue()


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def moving_gif() -> bytes:
    return encoded(halves(50, 50), "GIF", save_all=True, append_images=[Image.new("RGB", (50, 50), "green")], duration=100)


def bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
