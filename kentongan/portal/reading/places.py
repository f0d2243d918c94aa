"""A region's portal: where it lies, what lies in it, which of its villages have no group."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.groups.models import Group, Standing
from kentongan.measurement.models import villages_by
from kentongan.newsroom.models import Story
from kentongan.portal.reading import figures as counting
from kentongan.portal.reading.lists import Card, group_card, last_date, most_useful, newest, standing, story_card
from kentongan.portal.reading.maps import MOST_NUMBERS, DotMap, dot_map
from kentongan.regions.models import Level, Region, RegionSuccession

NEWEST = 6
Cell = Any
Table = dict[str, Any]


def crumbs(region: Region, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where one is: the tiers from the nation down."""
    above = [(place.short_label, place.get_absolute_url()) for place in region.ancestors]
    here = region.label if region.level == Level.VILLAGE else region.short_label
    own = (here, region.get_absolute_url() if more else "")
    return [(_("Indonesia"), reverse("portal:home")), *above, own, *more]


def successor(code: str) -> Region | None:
    """What a code that no longer exists became, when that is one region."""
    rows = [row.region for row in RegionSuccession.objects.filter(old_code=code).select_related("region")[:2]]
    return rows[0] if len(rows) == 1 else None


def groups_in(region: Region) -> Any:
    """The public groups of a place, dissolved ones too: they say so."""
    return Group.objects.visible_to(None).within(region).select_related("region")


@dataclass
class Portal:
    """What the front of a place says; None is the nation. Each part asks a bounded number of queries, however much there is."""

    region: Region | None

    @cached_property
    def figures(self) -> counting.Figures:
        return counting.figures(self.region)

    @cached_property
    def stories(self) -> list[Card]:
        """The newest published ones."""
        stories = Story.objects.of_place(self.region)
        return [story_card(story) for story in newest(stories, NEWEST)]

    @cached_property
    def useful(self) -> dict[str, Any]:
        """What readers found most useful lately."""
        return most_useful(Story.objects.of_place(self.region))

    @cached_property
    def groups(self) -> list[Group]:
        """The first groups by name, as many as the map can number."""
        return list(groups_in(self.region).order_by("name", "id")[: MOST_NUMBERS + 1]) if self.region else []

    @cached_property
    def numbered(self) -> list[Group]:
        """The groups of a regency when the map can carry their numbers."""
        small = self.region is not None and self.region.level == Level.REGENCY and len(self.groups) <= MOST_NUMBERS
        return self.groups if small else []

    @cached_property
    def map(self) -> DotMap | None:
        return dot_map(self.region, [group.village_code for group in self.numbered])

    @cached_property
    def group_cards(self) -> list[Card]:
        """A village's or district's own groups, in full."""
        return [group_card(group) for group in self.groups[:MOST_NUMBERS]]

    @cached_property
    def table(self) -> Table | None:
        """What stands beside the map: the groups with their numbers, else what lies below with its figures."""
        if self.numbered:
            head = [_("KIM"), _("Kecamatan"), _("Keadaan"), _("Kabar terakhir")]
            return {"head": head, "rows": [_numbered_row(n, group) for n, group in enumerate(self.numbered, 1)]}
        return None

    @cached_property
    def below(self) -> Table | None:
        """What lies in this place, each with its groups and villages."""
        level = 1 if self.region is None else self.region.level + 1
        if level > Level.VILLAGE:
            return None
        return village_table(self.region) if level == Level.VILLAGE and self.region else figures_table(self.region, level)

    @cached_property
    def lead(self) -> str:
        """The state of the place in a sentence."""
        counted = self.figures
        if self.region is not None and self.region.level == Level.VILLAGE:
            return _village_lead(self.region, counted)
        if not counted.covered:
            return _("Belum ada KIM di %(villages)s desa dan kelurahan di sini.") % counted.words
        return _("%(covered)s dari %(villages)s desa dan kelurahan punya kelompok informasi masyarakat.") % counted.words

    @cached_property
    def neighbours(self) -> list[Card]:
        """For a village without a group: groups of its district, whom one may ask."""
        if self.region is None or self.region.level != Level.VILLAGE or self.groups:
            return []
        near = Group.objects.public().filter(district_code=self.region.district_code).select_related("region").order_by("name", "id")
        return [group_card(group) for group in near[:4]]


def _village_lead(region: Region, counted: counting.Figures) -> str:
    if not counted.groups:
        return _("%(place)s belum punya kelompok informasi masyarakat.") % {"place": region.label}
    words = {"n": counted.groups, "place": region.label}
    return (
        ngettext(
            "%(place)s punya %(n)s kelompok informasi masyarakat.", "%(place)s punya %(n)s kelompok informasi masyarakat.", counted.groups
        )
        % words
    )


def _numbered_row(number: int, group: Group) -> list[Cell]:
    district = group.region.lies_in.partition(", ")[0].removeprefix("Kec. ")
    return [(f"{number}. {group.name}", group.get_absolute_url()), district, standing(group), last_date(group) or _("belum ada")]


def figures_table(region: Region | None, level: int) -> Table:
    """Regions one level below with their groups and villages (three queries)."""
    villages, groups = villages_by(region, level), counting.groups_by(region, level)
    regions = Region.objects.at_level(level)
    rows: list[list[Cell]] = []
    for place in (regions.within(region) if region else regions).order_by("code"):
        formed, covered, ict = groups.get(place.code, (0, 0, 0))
        rows.append(
            [
                (place.short_label if level > 1 else place.name, place.get_absolute_url()),
                str(formed),
                f"{covered} / {villages.get(place.code, 0)}",
                str(ict),
            ]
        )
    head = [str(Level(level).label), _("KIM"), _("Desa ber-KIM"), _("Berbasis TIK")]
    return {"head": head, "rows": rows}


def village_table(region: Region) -> Table:
    """The villages of a district, each with its group or none (two queries)."""
    shown = Prefetch("groups", queryset=Group.objects.public().order_by("id"), to_attr="public_groups")
    villages = Region.objects.at_level(Level.VILLAGE).within(region).order_by("code").prefetch_related(shown)
    return {"head": [_("Desa/kelurahan"), _("KIM")], "rows": [_village_row(village) for village in villages]}


def _village_row(village: Any) -> list[Cell]:
    if not village.public_groups:
        return [(village.label, village.get_absolute_url()), _("belum ada")]
    group = village.public_groups[0]
    return [(village.label, village.get_absolute_url()), (f"{group.name}, {standing(group)}", group.get_absolute_url())]


@dataclass
class Gap:
    """Villages of one district that have no group."""

    title: str
    href: str
    villages: list[tuple[str, str]]


def gaps(region: Region) -> list[Gap]:
    """The villages without a group in a regency or below, district by district (three queries)."""
    covered = set(Standing.objects.within(region).holding("covers").values_list("village_code", flat=True))
    districts = {
        place.code: Gap(place.short_label, place.get_absolute_url(), []) for place in Region.objects.at_level(Level.DISTRICT).within(region)
    }
    for village in Region.objects.at_level(Level.VILLAGE).within(region):
        if village.code not in covered:
            gap = districts.setdefault(village.district_code, Gap(village.lies_in, "", []))
            gap.villages.append((village.name, reverse("portal:region", args=[village.code])))
    return [gap for gap in districts.values() if gap.villages]
