"""What Pillow does for us: look at a file's head, and make clean pictures of it. Knows nothing of rows or requests."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

WIDTHS = (480, 960, 1600)
"""Pixels; a narrower original has fewer."""
FORMATS = ("JPEG", "PNG", "WEBP")
"""What is read. No HEIC: telephones send JPEG when the form asks for it (`ACCEPT`), and its decoder is one more door."""
ACCEPT = "image/jpeg,image/png,image/webp"
"""For the `accept` of a file field."""
MAX_PIXELS = 50_000_000
"""More is a bomb or a scan nobody needs: the largest common telephone picture has just under 50 million."""
SAVES: dict[str, dict[str, object]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": 1},
    "jpg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
}
"""File ending → how Pillow writes it; the modern one first."""

HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
FOREIGN = (b"Exif\x00", b"http://ns.adobe.com", b"<x:xmpmeta", b"<?xpacket", b"Photoshop 3.0")
UNREADABLE = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, struct.error, Image.DecompressionBombError)
"""What Pillow raises for files made by accident or by malice."""


class NotClean(Exception):
    """This file becomes no picture; the sentence says why."""


def sniff(file: IO[bytes]) -> None:
    """Read the head of `file` only. Raises NotClean with a sentence for what is no photo, a moving picture or a bomb."""
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        raise NotClean(_("Foto HEIC belum bisa kami terima. Di pengaturan kamera pilih JPEG, atau kirim tangkapan layarnya."))
    if head[:4] == b"GIF8":
        raise NotClean(_("Gambar GIF belum bisa kami terima. Pilih foto JPEG, PNG, atau WebP."))
    with _opened(file) as image:
        if image.width * image.height > MAX_PIXELS:
            raise NotClean(_("Ukuran gambar ini terlalu besar: paling banyak 50 juta titik. Perkecil dulu, lalu kirim lagi."))
    file.seek(0)


def renditions(original: Path) -> Iterator[tuple[int, int, Image.Image]]:
    """Width, height and picture for every width, wide to narrow: upright, sRGB, without anything but pixels. Raises NotClean."""
    with original.open("rb") as file:
        sniff(file)
        with _opened(file) as image:
            try:
                upright = _upright(image)
            except UNREADABLE as broken:
                raise NotClean(_("Foto ini rusak atau belum terkirim seluruhnya. Kirim sekali lagi.")) from broken
    for width in sorted(fitting(upright.width), reverse=True):
        height = max(1, round(upright.height * width / upright.width))
        yield width, height, upright.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def fitting(width: int) -> list[int]:
    """The widths made of an original of `width`, narrow to wide; never a larger one than itself."""
    widest = min(width, WIDTHS[-1])
    return [*[narrower for narrower in WIDTHS if narrower < widest], widest]


def write(picture: Image.Image, ending: str, path: Path) -> None:
    """Write `picture` to `path`, whole or not at all. Raises NotClean when the result carries anything but pixels."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            picture.save(file, **SAVES[ending])  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        refuse_metadata(part)
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def refuse_metadata(path: Path) -> None:
    """Fail closed: look again at what was written. Raises NotClean when it carries EXIF, GPS, XMP, IPTC, a profile or a comment."""
    content = path.read_bytes()
    with Image.open(path, formats=("AVIF", "JPEG")) as image:
        carried = set(image.info) & {"exif", "xmp", "icc_profile", "comment", "photoshop", "iptc"}
        if carried or image.getexif() or any(mark in content for mark in FOREIGN):
            raise NotClean(_("Data lokasi di foto ini tidak bisa kami hapus, jadi foto tidak kami simpan. Kirim tangkapan layarnya."))


def _opened(file: IO[bytes]) -> Image.Image:
    try:
        return Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise NotClean(_("Ukuran gambar ini terlalu besar: paling banyak 50 juta titik. Perkecil dulu, lalu kirim lagi.")) from bomb
    except UnidentifiedImageError as unknown:
        raise NotClean(_("Ini bukan foto yang kami kenal. Pilih foto JPEG, PNG, atau WebP.")) from unknown
    except UNREADABLE as broken:
        raise NotClean(_("Foto ini rusak atau belum terkirim seluruhnya. Kirim sekali lagi.")) from broken


def _upright(image: Image.Image) -> Image.Image:
    """The first picture of the file, turned as it was taken, in sRGB on white, with an empty `info`."""
    profile = image.info.get("icc_profile")
    image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # JPEG decodes smaller at once: memory stays small
    image.load()
    try:
        turned = ImageOps.exif_transpose(image)
    except UNREADABLE:  # camera data nobody can read says nothing about up and down
        turned = image
    opaque = _on_white(turned)
    plain = _to_srgb(opaque, profile) if profile else opaque
    plain.info = {}
    return plain


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a grey
        image = image.point(lambda value: value / 256).convert("L") if image.mode != "I" else image.convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The same colours without needing the camera's profile; a profile that makes no sense is ignored."""
    from io import BytesIO

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *UNREADABLE):
        return image
    return changed or image
