"""Numbers of a place, each with its denominator and the day it was counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.core.settings import registered
from kentongan.groups.models import Tally
from kentongan.measurement.models import village_count
from kentongan.regions.models import Region
from kentongan.ui import writing

DIGITAL_SETTING = "groups.digital_days"
DIGITAL_DAYS = 180
"""Where no rule is declared: bawaan Kentongan."""


def digital_days(place: Region | None) -> int:
    """Within how many days a verified group must have written to count as ICT-based [berbasis TIK], by the place's published rule."""
    setting = registered().get(DIGITAL_SETTING)
    if setting is None:
        return DIGITAL_DAYS
    return int(place.setting(DIGITAL_SETTING) if place else setting.default)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted in a place, `at` a moment."""

    place: Region | None
    at: datetime
    days: int
    villages: int
    covered: int
    groups: int
    verified: int
    digital: int
    writing: int
    stories: int

    @property
    def missing(self) -> int:
        """Villages without a group."""
        return self.villages - self.covered

    @property
    def words(self) -> dict[str, Any]:
        """The figures as they are written in sentences."""
        names = ("days", "villages", "covered", "missing", "groups", "verified", "digital", "writing", "stories")
        percent = 100 * self.covered / max(self.villages, 1)
        share = writing.number(percent, 1 if percent >= 0.1 or not percent else 2)
        return {name: writing.number(getattr(self, name)) for name in names} | {
            "share": share,
            "day": writing.date_only(self.at, self.place),
        }

    def _opens(self, key: str) -> str:
        """The page of one figure: its formula, its rule, its rows."""
        return reverse("portal:number_of", args=[self.place.code, key]) if self.place else reverse("portal:number", args=[key])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The four numbers as the component `number` takes them: figure, denominator, meaning, list."""
        place = self.place
        stories = reverse("portal:region_stories", args=[place.code]) if place else reverse("portal:stories")
        rows = (
            (self.covered, self.villages, _("desa dan kelurahan punya KIM (%(share)s%%). Dihitung %(day)s"), self._opens("cakupan")),
            (self.verified, self.groups, _("KIM ber-SK sudah diverifikasi. Dihitung %(day)s"), self._opens("terverifikasi")),
            (
                self.digital,
                self.groups,
                _("KIM berbasis TIK: terverifikasi dan menulis dalam %(days)s hari. Dihitung %(day)s"),
                self._opens("tik-terhitung"),
            ),
            (self.stories, None, _("kabar terbit, dari %(writing)s di antara %(groups)s KIM. Dihitung %(day)s"), stories),
        )
        return [{"figure": figure, "of": of, "meaning": meaning % self.words, "href": href} for figure, of, meaning, href in rows]


def figures(place: Region | None) -> Figures:
    """What was counted in a place (two queries, three where a rule is asked)."""
    counted = Tally.objects.of(place.code if place else "")
    names = {"covered": "covers", "groups": "formed"} | {name: name for name in ("verified", "digital", "writing", "stories")}
    counts = {name: counted.get(measure, 0) for name, measure in names.items()}
    return Figures(place, timezone.now(), digital_days(place), village_count(place), **counts)


def groups_by(place: Region | None, level: int) -> dict[str, tuple[int, int, int]]:
    """For each region of `level` inside a place that has any: groups, villages covered, groups ICT-based (one query)."""
    counted = Tally.objects.inside(place, level, "formed", "covers", "digital")
    rows = {code: (one.get("formed", 0), one.get("covers", 0), one.get("digital", 0)) for code, one in counted.items()}
    return {code: row for code, row in rows.items() if row[0]}


def holding(place: Region | None, level: int, measure: str) -> dict[str, tuple[int, int, int]]:
    """The same shape for one measure: regions of `level` with a group that holds it (one query)."""
    return {code: (one[measure], 0, 0) for code, one in Tally.objects.inside(place, level, measure).items()}
