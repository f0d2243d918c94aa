"""What only a new list of places changes: how many villages lie where, and where the dots of a map stand. Kept in memory by edition."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr

from kentongan.regions.models import Level, Region, RegionData
from kentongan.ui import drawing

NATION_WIDTH, WIDTH = 1032, 468
CODE_LENGTH = {0: 0, 1: 2, 2: 5, 3: 8, 4: 13}


@dataclass(frozen=True, slots=True)
class Ground:
    """The dots of one map: the plane, where each region stands, the path that draws them, how many regions there are."""

    plane: drawing.Plane
    at: dict[str, drawing.Point]
    path: str
    regions: int


def edition() -> int:
    """The number of the list of places that was loaded last; 0 when none was (one query)."""
    loaded: int | None = RegionData.objects.order_by("-loaded_at").values_list("pk", flat=True).first()
    return loaded or 0


def villages_by(place: Region | None, level: int) -> dict[str, int]:
    """How many villages lie in each region of `level` inside a place."""
    now, code = edition(), place.code if place else ""
    return _villages_by(now, code, level) if now else _villages_by.__wrapped__(now, code, level)


def village_count(place: Region | None) -> int:
    """How many villages there are in a place, which may be one itself."""
    return sum(villages_by(place, place.level if place else Level.PROVINCE).values())


def ground(place: Region | None, level: int) -> Ground:
    """The dots of `level` inside a place."""
    now, code = edition(), place.code if place else ""
    return _ground(now, code, level) if now else _ground.__wrapped__(now, code, level)


@lru_cache(maxsize=2048)
def _villages_by(_edition: int, code: str, level: int) -> dict[str, int]:
    part = Substr("code", 1, CODE_LENGTH[level])
    return dict(_inside(code, Level.VILLAGE).order_by().values_list(part).annotate(Count("pk")))


@lru_cache(maxsize=256)
def _ground(_edition: int, code: str, level: int) -> Ground:
    rows = list(_inside(code, level).values_list("code", "lat", "lon"))
    points = {place: (lat, lon) for place, lat, lon in rows if lat is not None}
    plane = drawing.plane(list(points.values()), width=WIDTH if code else NATION_WIDTH)
    at = {place: plane.at(*point) for place, point in points.items()}
    return Ground(plane, at, drawing.dots(at.values()), len(rows))


def _inside(code: str, level: int) -> Any:
    rows = Region.objects.at_level(level)
    return rows.filter(code__startswith=f"{code}." if CODE_LENGTH[level] > len(code) else code) if code else rows
