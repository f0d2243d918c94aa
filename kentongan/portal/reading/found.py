"""Search for one's own group: places by any spelling, each with whether it has a group."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.groups.models import CODE_OF_LEVEL, Group
from kentongan.portal.reading.lists import Card, group_card
from kentongan.portal.reading.profiles import public_groups
from kentongan.regions.models import Level, Region
from kentongan.regions.search import words_of

MOST = 20
MOST_GROUPS = 6
NOT_A_PLACE = frozenset(("kim", "kelompok", "komunitas", "informasi", "masyarakat"))


@dataclass
class Found:
    """What a search found. `asked` is what was typed."""

    asked: str
    places: list[Card] = field(default_factory=list)
    groups: list[Card] = field(default_factory=list)
    more: bool = False
    lacking: Region | None = None
    """The village meant, when it is the only one found and has no group."""

    @property
    def nothing(self) -> bool:
        return bool(self.asked) and not self.places and not self.groups

    @property
    def ambiguous(self) -> bool:
        """Several places carry this name: the reader chooses."""
        return len(self.places) > 1


def search(text: str) -> Found:
    """Places and groups for what somebody typed (at most eleven queries)."""
    asked = " ".join(text.split())[:100].replace("\0", "")
    words = [word for word in words_of(asked) if word not in NOT_A_PLACE]
    if not words:
        return Found(asked)
    place = asked if asked[:1].isdigit() else " ".join(words)
    regions = list(Region.objects.search(place)[: MOST + 1])
    found, counted = regions[:MOST], _groups_of(regions[:MOST])
    result = Found(asked, [_place_card(region, counted) for region in found], more=len(regions) > MOST)
    result.groups = [group_card(group) for group in _named(words)]
    if len(found) == 1 and found[0].level == Level.VILLAGE and not counted.get(found[0].code):
        result.lacking = found[0]
    return result


def _groups_of(regions: list[Region]) -> dict[str, str]:
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
