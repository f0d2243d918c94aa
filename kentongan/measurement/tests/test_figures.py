"""The figures of every place: one definition at every tier, each with its numerator, denominator and day."""

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from kentongan.groups.models import MEASURES, Group, Membership, reckon_all
from kentongan.measurement import jobs
from kentongan.measurement.models import BY_KEY, INDICATORS, STAGES, Place, Snapshot, after, trend
from kentongan.measurement.settings import COVERAGE, DEADLINE
from kentongan.regions.models import Level, Region, RegionSetting
from kentongan.regions.tests.factories import region_chain
from tests.cast import Cast, group_in, person

CODES = ("33.18.17.2003", "33.18.17.2004", "33.18.13.2001", "33.19.01.2001", "34.71.01.1001")


@pytest.fixture
def many(cast: Cast) -> list[Group]:
    """Groups of every state and age in two provinces, some with a whole board, and a forum of a district."""
    draw, somebody = Random(7), person("banyak", "Banyak Peran", number=900)
    places = [region_chain(code) for code in CODES]
    groups = [cast.group, cast.other_group]
    for number in range(14):
        group = group_in(draw.choice(places), f"KIM {number}", f"kim-{number}", state=draw.choice(Group.State.values[3:9]))
        at = timezone.now() - timedelta(days=draw.choice([3, 200]))
        Group.objects.filter(pk=group.pk).update(
            story_count=draw.choice([0, 2]),
            last_published_at=draw.choice([None, at]),
            public_since=at,
            stated_digital=draw.choice([True, None]),
        )
        for role in draw.sample(("ketua", "sekretaris", "bendahara"), draw.choice([1, 3])):
            Membership.objects.create(group=group, person=somebody, role=role, starts=date(2026, 1, 1), state="active")
        groups.append(group)
    groups.append(group_in(Region.objects.get(code="33.18.17"), "Forum KIM", "forum"))
    reckon_all(groups)
    return groups


def test_what_is_counted_below_and_in_the_place_itself_is_what_is_counted_there(many: list[Group]) -> None:
    for region in (None, *Region.objects.filter(level__lt=Level.VILLAGE)):
        place = Place(region)
        own = [group.standing for group in Group.objects.select_related("standing").filter(region=region)]
        for measure in (*(measure.key for measure in MEASURES), "covers", "stories"):
            below = sum(one.counts.get(measure, 0) for one in place.below)
            here = sum(standing.counted().get(measure, 0) for standing in own)
            assert below + here == place.counts.get(measure, 0), (region, measure)
        assert sum(one.villages for one in place.below) == place.villages


@pytest.mark.parametrize("key", [indicator.key for indicator in INDICATORS])
def test_every_figure_opens_to_as_many_rows_as_it_says(many: list[Group], key: str) -> None:
    for region in (None, *Region.objects.filter(code__in=("33", "33.18", "33.18.17", "33.18.17.2003"))):
        place, indicator = Place(region), BY_KEY[key]
        figure = place.figure(key)
        assert place.rows(indicator).count() == figure.n
        if indicator.of == "formed":
            assert place.rows(indicator, lacking=True).count() == (figure.of or 0) - figure.n


def test_a_village_is_covered_by_a_group_with_a_decree_only(many: list[Group]) -> None:
    for code in CODES:
        formed = Group.objects.filter(village_code=code, state__in=("decreed", "registered", "verified", "suspended")).exists()
        assert Place(Region.objects.get(code=code)).figure("cakupan").n == int(formed)


def test_digital_is_two_figures_stated_and_counted(many: list[Group]) -> None:
    place = Place(None)
    assert place.figure("tik-dinyatakan").n != place.figure("tik-terhitung").n
    assert place.figure("tik-dinyatakan").of == place.figure("tik-terhitung").of == place.counts["formed"]


def test_a_share_is_written_with_numerator_and_denominator(cast: Cast) -> None:
    reckon_all(Group.objects.all())
    place = Place(Region.objects.get(code="33.18"))
    assert place.figure("cakupan").written == "2 / 2 (100,0%)"
    empty = Place(region_chain("34.71.01.1001"))
    assert empty.figure("sk-berlaku").share == "–"


def test_what_no_room_records_is_not_counted_but_says_what_it_lacks() -> None:
    lacking = [indicator.key for indicator in INDICATORS if not indicator.countable]
    assert lacking == ["adinda-implementasi", "adinda-aspirasi", "adinda-prestasi"]
    assert all(BY_KEY[key].lacks for key in lacking)
    assert STAGES[2].shown_by == () and STAGES[2].lacks


def test_rows_are_read_by_name_and_key(many: list[Group]) -> None:
    rows = Place(None).rows(BY_KEY["terverifikasi"])
    first = after(rows, None, 2)
    names = [row.name for row in after(rows, None, 50)]
    assert names == sorted(names)
    assert [row.name for row in after(rows, first[-1].pk, 2)] == names[2:4]


def test_a_target_says_how_many_a_month_are_left(cast: Cast) -> None:
    regency = Region.objects.get(code="33.18")
    Group.objects.filter(pk=cast.other_group.pk).update(state="dissolved")
    reckon_all(Group.objects.all())
    assert Place(regency).target is None
    deadline = (timezone.localdate() + timedelta(days=61)).isoformat()
    for key, value in ((COVERAGE, 100), (DEADLINE, deadline)):
        RegionSetting.replace(regency, key, value, source="RPJMD", edition="1", since=date(2026, 1, 1))
    target = Place(regency).target
    assert target is not None
    assert (target.wanted, target.covered, target.missing, target.a_month) == (2, 1, 1, 1)
    assert Place(Region.objects.get(code="33.18.17")).target is not None, "inherited by what lies below"


def test_snapshots_are_kept_by_day_and_read_by_month(cast: Cast) -> None:
    reckon_all(Group.objects.all())
    jobs.take_snapshots()
    jobs.take_snapshots()
    assert set(Snapshot.objects.values_list("level", flat=True)) <= {0, 1, 2, 3}
    assert Snapshot.objects.filter(code="33.18").count() == 1
    kept = Snapshot.objects.get(code="33.18")
    assert (kept.counts["covers"], kept.counts["villages"]) == (2, 2)
    Snapshot.objects.create(day=timezone.localdate() - timedelta(days=62), code="33.18", level=2, counts={"covers": 1, "villages": 2})
    points = trend(Place(Region.objects.get(code="33.18")), BY_KEY["cakupan"])
    assert [figure.n for _day, figure in points] == [1, 2]


def test_districts_are_kept_on_the_first_of_a_month_only(cast: Cast) -> None:
    reckon_all(Group.objects.all())
    Snapshot.take(date(2026, 11, 2))
    assert not Snapshot.objects.filter(level=3).exists()
    Snapshot.take(date(2026, 11, 1))
    assert Snapshot.objects.filter(level=3, code="33.18.17").exists()
