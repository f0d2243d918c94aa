"""Reads `regions.csv.xz` and works out what the file does not repeat: level, place in the tree, mean points, words to search by."""

import csv
import hashlib
import io
import lzma
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kentongan.regions.models import Region, chain
from kentongan.regions.search import name_text, search_text

FILE = Path(__file__).with_name("regions.csv.xz")
DECIMALS = 4


class Row(NamedTuple):
    """A line of the file. Only villages have a point or a postal code, and not all of them; empty where unknown."""

    code: str
    name: str
    lat: str = ""
    lon: str = ""
    postal_code: str = ""


class Place(NamedTuple):
    """A row of the table `Region`, its parent by code. Points in degrees."""

    code: str
    name: str
    level: int
    parent_code: str | None
    lies_in: str
    lat: float | None
    lon: float | None
    postal_code: str
    name_text: str
    search_text: str


def fingerprint() -> str:
    """The SHA-256 of the file."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


def read() -> list[Row]:
    """All rows of the file in the order of their codes."""
    text = io.StringIO(lzma.decompress(FILE.read_bytes()).decode())
    return [Row(*fields) for fields in list(csv.reader(text))[1:]]


def places(rows: Iterable[Row]) -> list[Place]:
    """The rows as the table keeps them; every row's larger places have to be among the rows."""
    rows = list(rows)
    names = {row.code: row.name for row in rows}
    short = {row.code: _short(row) for row in rows if len(row.code) < 13}
    points = _points(rows)
    return [_place(row, names, short, points) for row in rows]


def _place(row: Row, names: dict[str, str], short: dict[str, str], points: dict[str, tuple[float, float]]) -> Place:
    codes = chain(row.code)
    above = codes[:-1][::-1]
    lat, lon = points.get(row.code, (None, None))
    return Place(
        code=row.code,
        name=row.name,
        level=len(codes),
        parent_code=above[0] if above else None,
        lies_in=", ".join(short[code] for code in above if len(codes) == 2 or len(code) > 2),
        lat=lat,
        lon=lon,
        postal_code=row.postal_code,
        name_text=name_text(row.name),
        search_text=search_text(names[code] for code in (row.code, *above)),
    )


def _short(row: Row) -> str:
    return Region(code=row.code, name=row.name, level=len(chain(row.code))).short_label


def _points(rows: Iterable[Row]) -> dict[str, tuple[float, float]]:
    """Every village's own point; for a larger place the mean of the points of its villages."""
    below: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        if row.lat:
            for code in chain(row.code):
                below[code].append((float(row.lat), float(row.lon)))
    return {code: (_mean(lat for lat, _lon in found), _mean(lon for _lat, lon in found)) for code, found in below.items()}


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), DECIMALS)
