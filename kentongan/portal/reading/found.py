"""Which place somebody means, whether it has a group, and where the nearest ones are."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import cos, hypot, radians
from typing import Any

from django.db.models import Count, F, FloatField, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.groups.models import CODE_OF_LEVEL, Group
from kentongan.portal.reading.lists import Card, group_card
from kentongan.portal.reading.profiles import public_groups
from kentongan.regions.models import Level, Region
from kentongan.regions.search import KINDS, words_of
from kentongan.ui import writing

MOST = 20
MOST_GROUPS = 6
NEAREST = 5
NOT_A_PLACE = frozenset(("kim", "kelompok", "komunitas", "informasi", "masyarakat"))
KM_A_DEGREE = 111.195
SOUTH, NORTH, WEST, EAST = -12, 7, 94, 142
"""Degrees between which Indonesia lies."""
BOXES = (0.1, 0.5, 2.0, 60.0)
"""Degrees around a point in which we look, one after the other, until there is enough."""
Point = tuple[float, float]


@dataclass
class Found:
    """The answer to "which is my group?". `asked` is what was typed, `point` the position that was sent, rounded to a kilometre."""

    asked: str = ""
    point: Point | None = None
    places: list[Card] = field(default_factory=list)
    groups: list[Card] = field(default_factory=list)
    """Groups of that name; where one village is meant, its own."""
    more: bool = False
    village: Region | None = None
    """The village meant, when it is the only place found."""
    near: list[Card] = field(default_factory=list)
    """Groups around, the nearest first, with the way there in a straight line."""
    sentence: str = ""
    """Why a position could not be used."""

    @property
    def nothing(self) -> bool:
        return bool(self.asked) and not self.places and not self.groups

    @property
    def ambiguous(self) -> bool:
        """Several places carry this name: the reader chooses."""
        return len(self.places) > 1 and self.point is None

    @property
    def lacking(self) -> bool:
        """The village meant has no group."""
        return self.village is not None and not self.groups


def mine(text: str) -> Found:
    """Places and groups for what somebody typed: a name in nearly any spelling, a code, a postal code (at most fourteen queries)."""
    asked = " ".join(text.replace("\0", " ").split())[:100]
    words = _place_words(asked)
    if not words:
        return Found(asked)
    regions = list(Region.objects.search(_place_text(asked, words))[: MOST + 1])
    result = Found(asked, more=len(regions) > MOST)
    if len(regions) == 1 and regions[0].level == Level.VILLAGE:
        return _village(result, regions[0])
    result.places = _place_cards(regions[:MOST])
    result.groups = [group_card(group) for group in _named(words)]
    return result


def _village(result: Found, village: Region) -> Found:
    result.village, result.places = village, _place_cards([village])
    own = public_groups().filter(village_code=village.code).order_by("name", "id")
    result.groups = [group_card(group) for group in own[:MOST_GROUPS]]
    if village.lat is not None and village.lon is not None:
        result.near = near_cards((village.lat, village.lon), without=village)
    return result


def around(text: str) -> Found:
    """The villages and groups around a position "latitude,longitude", rounded to a kilometre whatever was sent (five to ten queries)."""
    point = _point(text)
    if point is None:
        return Found(sentence=_("Posisi itu tidak kami kenal, atau di luar Indonesia. Tulis nama desa Anda saja."))
    villages = _nearest(Region.objects.at_level(Level.VILLAGE).exclude(lat=None), point, NEAREST)
    cards = _place_cards([village for village, _km in villages])
    places = [_from_here(card, km) for card, (_village, km) in zip(cards, villages, strict=True)]
    return Found(point=point, places=places, near=near_cards(point))


def _point(text: str) -> Point | None:
    try:
        lat, lon = (round(float(part), 2) for part in text[:60].split(","))
    except ValueError:
        return None
    return (lat, lon) if SOUTH <= lat <= NORTH and WEST <= lon <= EAST else None


def near_cards(point: Point, *, without: Region | None = None, count: int = NEAREST) -> list[Card]:
    """The nearest groups of villages that are not dissolved, each with its distance."""
    groups = Group.objects.public().exclude(state=Group.State.DISSOLVED).exclude(village_code="").select_related("region")
    if without is not None:
        groups = groups.exclude(village_code=without.code)
    return [_from_here(group_card(group), km) for group, km in _nearest(groups, point, count, "region__")]


def _from_here(card: Card, km: float) -> Card:
    return replace(card, meta=f"{_way(km)} · {card.meta}")


def _nearest(rows: Any, point: Point, count: int, prefix: str = "") -> list[tuple[Any, float]]:
    """The `count` of `rows` nearest to `point` with their distance in kilometres: a box at a time, so that an index narrows it down."""
    lat, lon = point
    flat = cos(radians(lat))
    north = (F(f"{prefix}lat") - Value(lat)) * (F(f"{prefix}lat") - Value(lat))
    east = (F(f"{prefix}lon") - Value(lon)) * (F(f"{prefix}lon") - Value(lon)) * Value(flat * flat, output_field=FloatField())
    for box in BOXES:
        inside = {f"{prefix}lat__range": (lat - box, lat + box), f"{prefix}lon__range": (lon - box, lon + box)}
        found = list(rows.filter(**inside).order_by(north + east, "id")[:count])
        if len(found) == count:
            break
    return [(row, _km(row.region if prefix else row, point, flat)) for row in found]


def _km(place: Region, point: Point, flat: float) -> float:
    return KM_A_DEGREE * hypot((place.lat or 0) - point[0], ((place.lon or 0) - point[1]) * flat)


def _way(km: float) -> str:
    """The way in a straight line, no finer than it is known."""
    return _("kurang dari 1 km") if km < 1 else _("± %(km)s km") % {"km": writing.number(round(km))}


def place_cards(text: str, most: int) -> tuple[list[Card], bool]:
    """The places somebody may mean by a search for anything, and whether it is the very name of one (four to ten queries)."""
    words = _place_words(text)
    places = list(Region.objects.search(_place_text(text, words))[:most]) if words else []
    said = "".join(word for word in words if word not in KINDS)
    named = any("".join(words_of(place.name)) == said or "".join(words_of(place.code)) == "".join(words) for place in places)
    return _place_cards(places), named


def _place_words(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in NOT_A_PLACE]


def _place_text(text: str, words: list[str]) -> str:
    return text if text[:1].isdigit() else " ".join(words)


def _place_cards(regions: Sequence[Region]) -> list[Card]:
    said = _groups_of(regions)
    return [_place_card(region, said) for region in regions]


def _groups_of(regions: Sequence[Region]) -> dict[str, str]:
    """What to say of the groups in each of these places that has any; one query a level that occurs."""
    said: dict[str, str] = {}
    for level in {region.level for region in regions}:
        column, codes = CODE_OF_LEVEL[level], [region.code for region in regions if region.level == level]
        rows = Group.objects.public().filter(**{f"{column}__in": codes}).order_by()
        if level == Level.VILLAGE:
            for code, name in rows.values_list(column, "name"):
                said[code] = f"{said[code]}, {name}" if code in said else _("ada %(name)s") % {"name": name}
        else:
            counted = rows.values_list(column).annotate(Count("pk"))
            said |= {code: ngettext("%(n)s KIM", "%(n)s KIM", number) % {"n": number} for code, number in counted}
    return said


def _place_card(region: Region, said: dict[str, str]) -> Card:
    return Card(region.full_label, region.get_absolute_url(), meta=f"{region.code} · {said.get(region.code, _('belum ada KIM'))}")


def _named(words: list[str]) -> Any:
    """Groups whose own name holds every word."""
    groups = public_groups()
    for word in words:
        groups = groups.filter(name__icontains=word)
    return groups.order_by("name", "id")[:MOST_GROUPS]
