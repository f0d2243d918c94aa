"""Drawn pictures for the demo: no photograph of real people or places stands beside an invented story."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1600, 1000)
PALETTE = {
    "sky": "#dfeaea",
    "hill": "#9dbcbc",
    "near": "#5d8b90",
    "deep": "#0a4655",
    "wood": "#7f4300",
    "warm": "#f5ad1f",
    "leaf": "#1b6537",
    "paper": "#fbfaf5",
}


def picture(name: str) -> BytesIO:
    """A JPEG of the scene called `name`: pipa, kebun, jalan, pasar."""
    image = Image.new("RGB", SIZE, PALETTE["sky"])
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 560), (380, 330), (820, 540), (1220, 300), (1600, 500), (1600, 1000), (0, 1000)], PALETTE["hill"])
    draw.polygon([(0, 720), (520, 600), (1100, 740), (1600, 640), (1600, 1000), (0, 1000)], PALETTE["near"])
    SCENES[name](draw)
    file = BytesIO()
    image.save(file, "JPEG", quality=90)
    file.seek(0)
    return file


def _pipe(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 270, 900, 370), PALETTE["deep"])
    draw.rectangle((800, 270, 900, 520), PALETTE["deep"])
    draw.rectangle((300, 250, 380, 390), PALETTE["wood"])
    for x in range(815, 890, 18):
        draw.line((x, 530, x, 790), PALETTE["paper"], 8)
    draw.polygon([(700, 760), (1010, 760), (960, 940), (750, 940)], PALETTE["wood"])


def _garden(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((740, 420, 830, 900), PALETTE["wood"])
    draw.ellipse((480, 120, 1100, 560), PALETTE["leaf"])
    for x, y in ((580, 470), (690, 520), (900, 500), (1000, 440), (800, 560)):
        draw.ellipse((x, y, x + 60, y + 80), PALETTE["warm"])


def _road(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(620, 1000), (980, 1000), (830, 480), (770, 480)], PALETTE["paper"])
    draw.line((420, 760, 1180, 690), PALETTE["wood"], 70)
    for x in range(1090, 1260, 40):
        draw.ellipse((x, 560, x + 160, 760), PALETTE["leaf"])


def _market(draw: ImageDraw.ImageDraw) -> None:
    for x, colour in ((180, "warm"), (640, "paper"), (1100, "deep")):
        draw.polygon([(x, 480), (x + 360, 480), (x + 320, 380), (x + 40, 380)], PALETTE[colour])
        draw.rectangle((x + 20, 480, x + 36, 860), PALETTE["wood"])
        draw.rectangle((x + 324, 480, x + 340, 860), PALETTE["wood"])
        draw.rectangle((x + 20, 700, x + 340, 760), PALETTE["wood"])
        for offset in range(40, 320, 56):
            draw.ellipse((x + offset, 650, x + offset + 48, 700), PALETTE["leaf"])


SCENES = {"pipa": _pipe, "kebun": _garden, "jalan": _road, "pasar": _market}
