"""Dots on a map without tiles: from latitude and longitude to the short paths the component `map` draws."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

Point = tuple[int, int]
MANY = 1500
"""Above so many dots a nearest-neighbour walk costs more time than its shorter path saves."""


@dataclass(frozen=True)
class Plane:
    """A rectangle of the earth, drawn `width` units wide and `height` high."""

    west: float
    north: float
    scale: float
    stretch: float
    width: int
    height: int
    margin: int

    def at(self, latitude: float, longitude: float) -> Point:
        """Where a place stands on the drawing, in units from the upper left."""
        x = (longitude - self.west) * self.stretch * self.scale + self.margin
        y = (self.north - latitude) * self.scale + self.margin
        return round(x), round(y)


def plane(places: Sequence[tuple[float, float]], *, width: int = 468, margin: int = 14) -> Plane:
    """The smallest plane that holds these (latitude, longitude) pairs. Without places it is an empty square."""
    south, north = min((p[0] for p in places), default=0.0), max((p[0] for p in places), default=0.0)
    west, east = min((p[1] for p in places), default=0.0), max((p[1] for p in places), default=0.0)
    stretch = cos(radians((north + south) / 2))
    wide, high = (east - west) * stretch, north - south
    inner = width - 2 * margin
    # A tall region is drawn at most 1.5 times as high as wide, so that it fits on a phone.
    scale = min(inner / wide if wide else inner, 1.5 * inner / high if high else inner)
    return Plane(west, north, scale, stretch, round(wide * scale) + 2 * margin, round(high * scale) + 2 * margin, margin)


def dots(points: Iterable[Point]) -> str:
    """One path of zero-length strokes, written as relative moves between neighbours because that is shortest."""
    path: list[str] = []
    x = y = 0
    for px, py in _walk(points):
        path.append(f"m{px - x} {py - y}h0" if path else f"M{px} {py}h0")
        x, y = px, py
    return "".join(path).replace(" -", "-")


def rings(points: Iterable[Point], radius: int = 11) -> str:
    """One path of circles around these points."""
    r = radius
    return "".join(f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0 {r} {r} 0 1 0-{2 * r} 0" for x, y in points)


def _walk(points: Iterable[Point]) -> list[Point]:
    left = sorted(set(points), key=lambda p: (p[1] // 12, p[0] if p[1] // 12 % 2 else -p[0]))
    if not left or len(left) > MANY:
        return left
    walk = [left.pop(0)]
    while left:
        x, y = walk[-1]
        nearest = min(range(len(left)), key=lambda i: (left[i][0] - x) ** 2 + (left[i][1] - y) ** 2)
        walk.append(left.pop(nearest))
    return walk
