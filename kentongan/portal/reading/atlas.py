"""Where the dots of a map stand: what only a new list of places changes, so it is kept in memory by edition."""

from dataclasses import dataclass
from functools import lru_cache

from kentongan.measurement.models.villages import CODE_LENGTH, edition, inside
from kentongan.regions.models import Region
from kentongan.ui import drawing

NATION_WIDTH, WIDTH = 1032, 468


@dataclass(frozen=True, slots=True)
class Area:
    """The dots of a map that lie in one region one tier below the map's own: a tap on any of them leads there."""

    code: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The dots of one map: the plane, where each region stands, the paths that draw them, how many regions there are."""

    plane: drawing.Plane
    at: dict[str, drawing.Point]
    areas: tuple[Area, ...]
    regions: int


def ground(place: Region | None, level: int) -> Ground:
    """The dots of `level` inside a place."""
    now, code = edition(), place.code if place else ""
    return _ground(now, code, level) if now else _ground.__wrapped__(now, code, level)


@lru_cache(maxsize=256)
def _ground(_edition: int, code: str, level: int) -> Ground:
    tier = 1 + next(step for step, length in CODE_LENGTH.items() if length == len(code))
    both = list(inside(code, tier, level).only("code", "name", "level", "lat", "lon"))
    rows = [row for row in both if row.level == level]
    points = {row.code: (row.lat, row.lon) for row in rows if row.lat is not None and row.lon is not None}
    plane = drawing.plane(list(points.values()), width=WIDTH if code else NATION_WIDTH)
    at = {place: plane.at(*point) for place, point in points.items()}
    return Ground(plane, at, _areas([row for row in both if row.level == tier], at), len(rows))


def _areas(regions: list[Region], at: dict[str, drawing.Point]) -> tuple[Area, ...]:
    lying: dict[str, list[drawing.Point]] = {region.code: [] for region in regions}
    length = len(regions[0].code) if regions else 0
    for place, point in at.items():
        lying[place[:length]].append(point)
    return tuple(Area(region.code, region.short_label, drawing.dots(lying[region.code])) for region in regions if lying[region.code])
