"""Make the fonts of this folder again from the npm packages they come from.

    npm pack @fontsource/plus-jakarta-sans dejavu-fonts-ttf      (unpack both beside each other)
    pip install fonttools brotli
    python make.py <folder of @fontsource/plus-jakarta-sans> <folder of dejavu-fonts-ttf>

Plus Jakarta Sans comes cut into alphabets as woff2; typst reads whole TTF files. DejaVu Sans stands in for letters it does not have. Beside
them goes `coverage.txt`: every character that one of them can draw, since a letter nobody can draw would spoil a PDF/UA.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
WEIGHTS = {400: "Regular", 500: "Medium", 700: "Bold", 800: "ExtraBold"}
ALPHABETS = ("latin", "latin-ext", "vietnamese", "cyrillic-ext")
STANDS_IN = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def whole(files: list[Path], weight: int, target: Path) -> None:
    """One TTF from the cut alphabets of one weight, always the same bytes."""
    with TemporaryDirectory() as folder:
        parts = []
        for number, file in enumerate(files):
            font = TTFont(file, recalcTimestamp=False)
            font.flavor = None
            for table in ("GDEF", "GSUB", "STAT", "DSIG"):
                if table in font:
                    del font[table]
            parts.append(f"{folder}/{number}.ttf")
            font.save(parts[-1])
        merged = Merger().merge(parts)
        named(merged, weight)
        merged["head"].created = merged["head"].modified = TTFont(files[0])["head"].modified
        merged.recalcTimestamp = False
        merged.save(target)


def named(font: TTFont, weight: int) -> None:
    """Say the family and weight as typst looks for them."""
    style = WEIGHTS[weight]
    for number, text in ((1, "Plus Jakarta Sans"), (2, style), (4, f"Plus Jakarta Sans {style}"), (6, f"PlusJakartaSans-{style}")):
        font["name"].setName(text, number, 3, 1, 0x409)
    for number in (16, 17):
        font["name"].removeNames(nameID=number)
    font["OS/2"].usWeightClass = weight


def ranges(points: set[int]) -> str:
    """`20-7e`, one range a line."""
    lines: list[list[int]] = []
    for point in sorted(points):
        if lines and point == lines[-1][1] + 1:
            lines[-1][1] = point
        else:
            lines.append([point, point])
    return "".join(f"{first:x}-{last:x}\n" for first, last in lines)


def main(jakarta: Path, dejavu: Path) -> None:
    """Write everything."""
    for weight, style in WEIGHTS.items():
        cut = [jakarta / f"files/plus-jakarta-sans-{alphabet}-{weight}-normal.woff2" for alphabet in ALPHABETS]
        whole(cut, weight, HERE / f"PlusJakartaSans-{style}.ttf")
    for name in STANDS_IN:
        (HERE / name).write_bytes((dejavu / "ttf" / name).read_bytes())
    (HERE / "PlusJakartaSans-OFL.txt").write_text((jakarta / "LICENSE").read_text())
    (HERE / "DejaVu-LICENSE.txt").write_text((dejavu / "LICENSE").read_text())
    drawn = {file.name: set(TTFont(file).getBestCmap()) for file in HERE.glob("*.ttf")}
    both = set.intersection(*(drawn[name] for name in STANDS_IN))
    (HERE / "coverage.txt").write_text(ranges(both | drawn["PlusJakartaSans-Regular.ttf"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
