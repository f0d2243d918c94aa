"""The figures of a place: each with numerator, denominator and day. Every room and every file that shows a figure takes it from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from kentongan.core.settings import registered
from kentongan.groups.models import Standing, Tally
from kentongan.measurement.models.indicators import BY_KEY, RECENT_MONTHS, VILLAGES, Indicator
from kentongan.measurement.models.villages import village_count, villages_by
from kentongan.measurement.settings import COVERAGE, DEADLINE
from kentongan.regions.models import Level, Region, RegionSetting, SettingOrigin
from kentongan.ui import writing

MONTH = "formed:"
DAYS_A_MONTH = 30.44
"""The mean month, for "so many a month until the deadline"."""
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator in one place: how many, of how many."""

    indicator: Indicator
    n: int
    of: int | None

    @property
    def percent(self) -> float | None:
        """The share in percent; None where there is nothing to divide by."""
        return 100 * self.n / self.of if self.of else None

    @property
    def share(self) -> str:
        """As it is written: "48,5%", or a dash where there is nothing to divide by."""
        percent = self.percent
        if percent is None:
            return "–"
        return f"{writing.number(percent, 1 if percent >= 0.1 or not percent else 2)}%"

    @property
    def written(self) -> str:
        """ "50 / 103 (48,5%)"."""
        return writing.number(self.n) + (f" / {writing.number(self.of)} ({self.share})" if self.of is not None else "")


def figure(indicator: Indicator, counts: Counts, villages: int, today: date) -> Figure:
    """One indicator from what was counted in a place."""
    n = _formed_lately(counts, today) if indicator.measure == "recent" else counts.get(indicator.measure, 0)
    return Figure(indicator, n, villages if indicator.of == VILLAGES else counts.get(indicator.of, 0))


def months_until(today: date, count: int = RECENT_MONTHS) -> list[str]:
    """The last months up to this one, as `2026-11`."""
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(last - count + 1, last + 1)]


def _formed_lately(counts: Counts, today: date) -> int:
    return sum(counts.get(f"{MONTH}{month}", 0) for month in months_until(today))


@dataclass(frozen=True)
class Target:
    """What a region aims at, how far it is, and what is left until the deadline."""

    percent: int
    deadline: date | None
    origin: SettingOrigin
    covered: int
    villages: int
    today: date

    @property
    def wanted(self) -> int:
        """How many villages the target means."""
        return ceil(self.villages * self.percent / 100)

    @property
    def missing(self) -> int:
        return max(self.wanted - self.covered, 0)

    @property
    def a_month(self) -> int | None:
        """How many more villages a month until the deadline; None without one, or when it has passed."""
        if self.deadline is None or self.deadline <= self.today:
            return None
        return ceil(self.missing / max((self.deadline - self.today).days / DAYS_A_MONTH, 1))


class Place:
    """The figures of a place today; None is the nation. Asked once: one query for all counts, one for the villages, one for the rules."""

    def __init__(self, region: Region | None) -> None:
        self.region = region
        self.at = timezone.now()

    @property
    def today(self) -> date:
        return timezone.localdate(self.at, self.region.tz if self.region else None)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Everything counted here, by measure."""
        return Tally.objects.of(self.region.code if self.region else "")

    @cached_property
    def villages(self) -> int:
        return village_count(self.region)

    def figure(self, key: str) -> Figure:
        """One indicator here. Raises KeyError."""
        return figure(BY_KEY[key], self.counts, self.villages, self.today)

    def figures(self, keys: Sequence[str]) -> list[Figure]:
        """Several, but for those that cannot be counted."""
        return [self.figure(key) for key in keys if BY_KEY[key].countable]

    @cached_property
    def origins(self) -> dict[str, SettingOrigin]:
        """Every rule as it holds here, by key (one query)."""
        if self.region is not None:
            return {origin.setting.key: origin for origin in self.region.setting_origins()}
        rows = {row.key: row for row in RegionSetting.objects.current().filter(region=None)}
        return {key: SettingOrigin.of(setting, rows.get(key)) for key, setting in registered().items()}

    @cached_property
    def target(self) -> Target | None:
        """What is aimed at here; None where nothing is."""
        origin, deadline = self.origins[COVERAGE], self.origins[DEADLINE].value
        if not origin.value:
            return None
        day = date.fromisoformat(deadline) if deadline else None
        return Target(origin.value, day, origin, self.counts.get("covers", 0), self.villages, self.today)

    @property
    def level_below(self) -> int:
        """The level of what lies directly in it; 5 for a village."""
        return (self.region.level if self.region else 0) + 1

    @cached_property
    def below(self) -> list["Below"]:
        """What lies directly in it, by code: each with its counts and villages (three queries)."""
        level = self.level_below
        if level > Level.VILLAGE:
            return []
        counted, villages = Tally.objects.inside(self.region, level), villages_by(self.region, level)
        regions = Region.objects.filter(level=level, parent=self.region).order_by("code")
        return [Below(region, counted.get(region.code, {}), villages.get(region.code, 0), self.today) for region in regions]

    def rows(self, indicator: Indicator, *, lacking: bool = False) -> Any:
        """The standings behind a figure: the groups of which it is true or, of all formed ones, of which it is not."""
        formed = Standing.objects.within(self.region).holding("formed")
        if indicator.measure == "recent":
            first = date.fromisoformat(f"{months_until(self.today)[0]}-01")
            late = Q(formed_on__gte=first, formed_on__lte=self.today)
            return formed.exclude(late) if lacking else formed.filter(late)
        if lacking:
            return formed.lacking(indicator.measure)
        return Standing.objects.within(self.region).holding(indicator.measure)

    @cached_property
    def unplaced(self) -> int:
        """Groups counted here and in nothing below: the forums of this very place."""
        return self.counts.get("formed", 0) - sum(one.counts.get("formed", 0) for one in self.below)


@dataclass(frozen=True)
class Below:
    """A place in the table of the one above it."""

    region: Region
    counts: Counts
    villages: int
    today: date

    def figure(self, key: str) -> Figure:
        """One indicator there. Raises KeyError."""
        return figure(BY_KEY[key], self.counts, self.villages, self.today)


def after(rows: Any, mark: int | None, count: int) -> list[Standing]:
    """The next `count` standings by name after the one of that group: one walk along an index. None for the beginning.

    Raises Standing.DoesNotExist for a mark nobody gave out.
    """
    if mark is not None:
        last = Standing.objects.only("name").get(pk=mark)
        rows = rows.extra(where=["(groups_standing.name, groups_standing.group_id) > (%s, %s)"], params=[last.name, last.pk])
    return list(rows.order_by("name", "group_id").select_related("group__region")[:count])


def trend(place: Place, indicator: Indicator) -> list[tuple[date, Figure]]:
    """The figure as it stood on the last kept day of each month, the oldest first, up to today (one query)."""
    from kentongan.measurement.models.snapshots import Snapshot

    code = place.region.code if place.region else ""
    since = place.today - timedelta(days=int(2 * RECENT_MONTHS * DAYS_A_MONTH))
    kept = Snapshot.objects.filter(code=code, day__gte=since).order_by("day")
    months: dict[str, tuple[date, Figure]] = {}
    for one in kept.annotate(all=F("counts")).only("day", "counts"):
        months[f"{one.day:%Y-%m}"] = (one.day, figure(indicator, one.counts, one.counts.get(VILLAGES, 0), one.day))
    months[f"{place.today:%Y-%m}"] = (place.today, place.figure(indicator.key))
    return [months[month] for month in sorted(months)]


def formed_by_month(place: Place, count: int = 2 * RECENT_MONTHS) -> list[tuple[str, int]]:
    """How many of today's formed groups got their first decree in each of the last months."""
    return [(month, place.counts.get(f"{MONTH}{month}", 0)) for month in months_until(place.today, count)]
