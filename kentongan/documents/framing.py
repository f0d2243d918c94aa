"""A photo set into a drawing, as a picture light enough to be passed on."""

from io import BytesIO

from PIL import Image, ImageOps

from .typeset import NotTypeset, broken

COLOURS = 256
Box = tuple[int, int, int, int]
"""Left, upper, right and lower edge in pixels."""


def framed(drawing: bytes, photo: bytes | None, box: Box) -> bytes:
    """`drawing` as a PNG of COLOURS colours, `photo` filling `box` of it, cut at its longer sides. Raises NotTypeset for a broken photo.

    A photo in all its colours weighs three times as much as one whose colours are mixed of COLOURS, and cannot be told apart on a phone.
    """
    sheet = Image.open(BytesIO(drawing)).convert("RGB")
    if photo is not None:
        sheet.paste(_filling(photo, (box[2] - box[0], box[3] - box[1])), box[:2])
    colours = sheet.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    made = BytesIO()
    sheet.quantize(palette=colours, dither=Image.Dither.FLOYDSTEINBERG if photo else Image.Dither.NONE).save(made, "PNG")
    return made.getvalue()


def _filling(photo: bytes, size: tuple[int, int]) -> Image.Image:
    try:
        with Image.open(BytesIO(photo), formats=("JPEG",)) as image:
            image.draft("RGB", (2 * size[0], 2 * size[1]))
            return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.BILINEAR)
    except (OSError, ValueError, SyntaxError) as error:
        raise NotTypeset(broken("share", error)) from error
