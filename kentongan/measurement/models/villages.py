"""How many villages lie where: the denominator of coverage. Changes only with a new list of places, so it is kept in memory by edition."""

from functools import lru_cache
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr

from kentongan.regions.models import Level, Region, RegionData

CODE_LENGTH = {0: 0, 1: 2, 2: 5, 3: 8, 4: 13}


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


@lru_cache(maxsize=2048)
def _villages_by(_edition: int, code: str, level: int) -> dict[str, int]:
    part = Substr("code", 1, CODE_LENGTH[level])
    return dict(inside(code, Level.VILLAGE).order_by().values_list(part).annotate(Count("pk")))


def inside(code: str, *levels: int) -> Any:
    """The regions of these levels inside the place of a code (empty: the nation)."""
    rows = Region.objects.filter(level__in=levels)
    return rows.filter(code__startswith=f"{code}." if CODE_LENGTH[min(levels)] > len(code) else code) if code else rows
