"""What was counted on a day: kept every night for the nation, provinces and regencies, on the first of a month for districts."""

from datetime import date
from typing import ClassVar

from django.db import models

from kentongan.groups.models import Tally
from kentongan.measurement.models.indicators import VILLAGES
from kentongan.measurement.models.villages import villages_by
from kentongan.regions.models import Level, Region


class Snapshot(models.Model):
    """The counts of one place on one day, villages among them. Never changed afterwards, but for the day it is taken on."""

    day = models.DateField()
    code = models.CharField(max_length=13, blank=True)
    """The place; empty is the nation."""
    level = models.PositiveSmallIntegerField()
    counts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "day"], name="one_snapshot_a_day")]

    NIGHTLY: ClassVar[tuple[int, ...]] = (0, Level.PROVINCE, Level.REGENCY)
    MONTHLY: ClassVar[tuple[int, ...]] = (Level.DISTRICT,)

    def __str__(self) -> str:
        return f"{self.code or 'Indonesia'} {self.day}"

    @classmethod
    def take(cls, day: date) -> int:
        """Keep what is counted now under this day; again on the same day it replaces what was kept. Answers how many places."""
        levels = cls.NIGHTLY + (cls.MONTHLY if day.day == 1 else ())
        rows = [cls(day=day, code=code, level=level, counts=counts) for level in levels for code, counts in _counted(level).items()]
        cls._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["code", "day"], update_fields=["counts", "level"], batch_size=2000
        )
        return len(rows)


def _counted(level: int) -> dict[str, dict[str, int]]:
    """Every place of a level with what is counted there; months of formation stand in the tallies for good and are left out."""
    villages = {"": sum(villages_by(None, Level.PROVINCE).values())} if level == 0 else villages_by(None, level)
    codes = [""] if level == 0 else list(Region.objects.at_level(level).order_by().values_list("code", flat=True))
    counted = {code: {VILLAGES: villages.get(code, 0)} for code in codes}
    rows = Tally.objects.filter(level=level).exclude(measure__startswith="formed:").values("code", "measure").order_by()
    for row in rows.annotate(all=models.Sum("n")):
        if row["all"]:
            counted.setdefault(row["code"], {})[row["measure"]] = row["all"]
    return counted
