"""How every group stands today, and how many stand so in each place: counted by the action that changes it, never by who reads."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from kentongan.groups.models.groups import Group
from kentongan.groups.models.measures import MONTH, STORIES
from kentongan.groups.models.places import CODE_OF_LEVEL, Located
from kentongan.regions.models import Level, Region


class Standings(models.QuerySet["Standing"]):
    """Standings by place and by what is true of the group."""

    def within(self, region: Region | None) -> Self:
        """Those of groups that lie in `region`, at any tier; no region is the nation."""
        return self.filter(**{CODE_OF_LEVEL[region.level]: region.code}) if region else self

    def holding(self, *measures: str) -> Self:
        """Those of groups of which all of these are true."""
        return self.filter(holds__contains=list(measures))

    def lacking(self, measure: str) -> Self:
        """Those of groups of which this is not true."""
        return self.exclude(holds__contains=[measure])

    def overdue(self) -> Self:
        """Those that time alone may have changed since they were reckoned, the longest first."""
        return self.filter(good_until__lte=timezone.now()).order_by("good_until", "group_id")


class Standing(Located):
    """One group as it stands: which measures are true of it, from when to when. Written by `reckon` only.

    Carries name and codes of its group, so that a list of those of which something is true is one walk of one index.
    """

    group = models.OneToOneField(Group, primary_key=True, on_delete=models.CASCADE, related_name="standing")
    name = models.CharField(max_length=80)
    holds = ArrayField(models.CharField(max_length=24), default=list)
    stories = models.PositiveIntegerField(default=0)
    """Published stories; 0 for a group that is not formed."""
    formed_on = models.DateField(null=True)
    """The day of its first decree."""
    good_until = models.DateTimeField(null=True)
    rule_version = models.CharField(max_length=20)
    reckoned_at = models.DateTimeField()

    objects = Standings.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["holds"], name="standing_holds"),
            models.Index(fields=["name", "group"], name="standing_name"),
            models.Index(fields=["province_code", "name", "group"], name="standing_province"),
            models.Index(fields=["regency_code", "name", "group"], name="standing_regency"),
            models.Index(fields=["district_code", "name", "group"], name="standing_district"),
            models.Index(fields=["village_code", "name", "group"], name="standing_village"),
            models.Index(fields=["good_until"], name="standing_good_until", condition=Q(good_until__isnull=False)),
        ]

    WRITTEN: ClassVar[tuple[str, ...]] = (
        *CODE_OF_LEVEL.values(),
        *("name", "holds", "stories", "formed_on", "good_until", "rule_version", "reckoned_at"),
    )

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(self.holds)}"

    def counted(self) -> dict[str, int]:
        """What this group adds to every place it lies in, by measure."""
        added = dict.fromkeys(self.holds, 1)
        if "formed" in added and self.formed_on:
            added[f"{MONTH}{self.formed_on:%Y-%m}"] = 1
        return added | ({STORIES: self.stories} if self.stories else {})

    def codes(self) -> list[str]:
        """The places it is counted in: the nation (empty) first."""
        return ["", *(code for column in CODE_OF_LEVEL.values() if (code := getattr(self, column)))]


class Tallies(models.QuerySet["Tally"]):
    """The counts of places. A count is the sum of its rows."""

    def of(self, code: str) -> dict[str, int]:
        """Everything counted in one place, by measure (one query). The nation's code is empty."""
        rows = self.filter(code=code).values("measure").order_by().annotate(all=Sum("n"))
        return {row["measure"]: row["all"] for row in rows if row["all"]}

    def inside(self, place: Region | None, level: int, *measures: str) -> dict[str, dict[str, int]]:
        """These measures (all) in every place of `level` inside `place`, one or two levels below it, by code (one query).

        Places where nothing counts are left out.
        """
        if level == (place.level if place else 0) + 1:
            rows = self.filter(above=place.code if place else "", level=level)
        else:
            between = Region.objects.filter(level=level - 1, parent=place)
            rows = self.filter(above__in=between.order_by().values("code"), level=level)
        rows = rows.filter(measure__in=measures) if measures else rows
        counted: dict[str, dict[str, int]] = {}
        for row in rows.values("code", "measure").order_by().annotate(all=Sum("n")):
            if row["all"]:
                counted.setdefault(row["code"], {})[row["measure"]] = row["all"]
        return counted


class Tally(models.Model):
    """A count, or a difference to it: how many groups of a place have something true of them.

    A change appends rows and touches none, so that nothing is locked and nobody waits; the clock folds them into one.
    """

    code = models.CharField(max_length=13, blank=True)
    """The place; empty is the nation."""
    level = models.PositiveSmallIntegerField()
    above = models.CharField(max_length=13, blank=True)
    """The place it lies in; empty for the nation and for provinces."""
    measure = models.CharField(max_length=24)
    n = models.IntegerField()
    folded = models.BooleanField(default=False)

    objects = Tallies.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["code", "measure"], name="tally_place", include=["n"]),
            models.Index(fields=["above", "level", "measure"], name="tally_below", include=["code", "n"]),
            models.Index(fields=["id"], name="tally_unfolded", condition=Q(folded=False)),
        ]

    FOLD: ClassVar[str] = """
        with keys as materialized (
            select distinct code, measure from (select code, measure from groups_tally where not folded order by id limit %s) newest
        ), gone as (
            delete from groups_tally tally using keys where tally.code = keys.code and tally.measure = keys.measure
            returning tally.code, tally.level, tally.above, tally.measure, tally.n
        )
        insert into groups_tally (code, level, above, measure, n, folded)
        select code, level, above, measure, sum(n), true from gone group by code, level, above, measure having sum(n) <> 0
    """

    def __str__(self) -> str:
        return f"{self.code or 'Indonesia'} {self.measure} {self.n:+}"

    @classmethod
    def append(cls, differences: dict[tuple[str, str], int], *, many: bool = False) -> None:
        """Add differences by (code, measure); those of 0 are left out. Of `many` groups those of villages count as folded."""
        rows = [
            cls(code=code, level=_level(code), above=_above(code), measure=measure, n=n, folded=many and _level(code) == Level.VILLAGE)
            for (code, measure), n in sorted(differences.items())
            if n
        ]
        cls._default_manager.bulk_create(rows, batch_size=5000)

    @classmethod
    def fold(cls, most: int = 10_000) -> bool:
        """Make one row of the rows of each count that changed, unless somebody is doing so; whether there may be more."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(hashtext('groups.tally is folded'))")
            if not cursor.fetchone()[0]:
                return False
            cursor.execute(cls.FOLD, [most])
        return cls._default_manager.filter(folded=False).exists()


class Practice(models.Model):
    """When a group last took one of the steps of ADINDA (`measures.STEPS`), as the actions of the rooms above say."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="practices")
    step = models.CharField(max_length=16)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "step"], name="one_practice_a_step")]

    LEAST: ClassVar[timedelta] = timedelta(hours=1)
    """What is done again within the hour is not written again: two who speak at once do not wait for each other."""
    NOTE: ClassVar[str] = """
        insert into groups_practice (group_id, step, last_at) values (%(group)s, %(step)s, %(at)s)
        on conflict (group_id, step) do update set last_at = excluded.last_at where groups_practice.last_at < excluded.last_at - %(least)s
        returning id
    """

    def __str__(self) -> str:
        return f"{self.step} {self.last_at:%Y-%m-%d}"

    @classmethod
    def note(cls, group: Group, step: str, at: datetime | None = None) -> bool:
        """Inside `act`: this group took this step. Whether that was written down."""
        said: dict[str, Any] = {"group": group.pk, "step": step, "at": at or timezone.now(), "least": cls.LEAST}
        with connection.cursor() as cursor:
            cursor.execute(cls.NOTE, said)
            return cursor.fetchone() is not None


class Recount(models.Model):
    """A nightly count of everything, and what it found different from what the actions had counted."""

    at = models.DateTimeField(auto_now_add=True)
    groups = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    """How many differences there were; each was put right."""
    differences = models.JSONField(default=list)
    """The first of them, in words."""

    class Meta:
        get_latest_by = "at"

    KEPT: ClassVar[int] = 50

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.found}"


def _level(code: str) -> int:
    return code.count(".") + 1 if code else 0


def _above(code: str) -> str:
    return code.rpartition(".")[0]
