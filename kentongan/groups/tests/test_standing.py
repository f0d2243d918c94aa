"""How every group stands, and how many stand so in each place: kept by the verbs, never counted by who reads."""

from collections import Counter
from datetime import timedelta
from random import Random
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kentongan.core.jobs import run_pending
from kentongan.discussions import actions as discussions
from kentongan.groups import actions, jobs
from kentongan.groups.models import Group, Practice, Recount, Standing, Tally, reckon, reckon_all, recount
from kentongan.groups.tests.factories import carried_to, fresh, proposed, today
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.tests.factories import story_in
from kentongan.regions.models import Region
from tests.cast import Cast, group_in, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = village()
    reckon_all(Group.objects.all())
    return made


def holds(group: Group) -> set[str]:
    return set(Standing.objects.get(pk=group.pk).holds)


def counted(code: str = "") -> dict[str, int]:
    return Tally.objects.of(code)


def counted_afresh() -> Counter[tuple[str, str]]:
    """What every place should count, from the standings alone."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in Standing.objects.all():
        sums.update({(code, measure): n for code in row.codes() for measure, n in row.counted().items()})
    return sums


def all_tallies() -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for code, measure, n in Tally.objects.values_list("code", "measure", "n"):
        sums[code, measure] += n
    return Counter({key: n for key, n in sums.items() if n})


def test_a_group_counts_in_its_five_places(cast: Cast) -> None:
    for code in ("33.18.17.2003", "33.18.17"):
        assert counted(code)["formed"] == 1
    for code in ("33.18", "33", ""):
        assert counted(code)["formed"] == 2
    assert Tally.objects.inside(Region.objects.get(code="33.18"), 3, "formed") == {"33.18.17": {"formed": 1}, "33.18.13": {"formed": 1}}


def test_a_proposal_counts_as_forming_and_a_decree_as_formed(cast: Cast) -> None:
    group = proposed(cast)
    assert holds(group) == {"forming"}
    assert counted("33.18")["forming"] == 1
    group = carried_to(cast, "decreed")
    assert {"formed", "decree_valid", "board_complete"} <= holds(group)
    assert counted("33.18")["forming"] == 1, "the first proposal stands where it stood"
    assert counted("33.18")[f"formed:{today():%Y-%m}"] == 1


def test_a_village_is_covered_once_and_another_takes_over(cast: Cast) -> None:
    second = group_in(cast.region, "KIM Kedua", "kedua")
    reckon(second)
    assert counted(cast.region.code)["formed"] == 2
    assert counted(cast.region.code)["covers"] == 1
    assert "covers" in holds(cast.group) and "covers" not in holds(second)
    actions.ask_dissolution(fresh(cast.group), reason="Semua pindah", appeal_to="Diskominfo", by=cast.dinas)
    actions.dissolve(fresh(cast.group), by=cast.dinas2)
    assert "covers" in holds(second) and "covers" not in holds(cast.group)
    assert counted(cast.region.code) | {"covers": 1} == counted(cast.region.code)
    assert holds(cast.group) == {"dissolved"}


def test_a_complete_board_is_counted_until_somebody_leaves(cast: Cast) -> None:
    assert "board_complete" in holds(cast.group)
    treasurer = cast.group.memberships.get(role="bendahara")
    actions.end_membership(treasurer, reason="Pindah", by=cast.ketua)
    assert "board_complete" not in holds(cast.group)
    assert "board_complete" not in counted(cast.region.code)


def test_publishing_counts_and_taking_back_discounts(cast: Cast) -> None:
    story = story_in("published", cast)
    assert {"digital", "active", "writing", "adinda:diseminasi"} <= holds(cast.group)
    assert counted("33")["stories"] == 1
    newsroom.retract(story, reason="Keliru", by=cast.redaktur)
    assert "stories" not in counted("33") and "writing" not in holds(cast.group)


def test_what_time_alone_ends_is_found_by_the_clock(cast: Cast) -> None:
    story_in("published", cast)
    long_ago = timezone.now() - timedelta(days=181)
    Group.objects.filter(pk=cast.group.pk).update(last_published_at=long_ago, public_since=long_ago)
    Standing.objects.filter(pk=cast.group.pk).update(good_until=timezone.now() - timedelta(minutes=1))
    jobs.reckon_lapsed()
    assert "dormant" in holds(cast.group) and "digital" not in holds(cast.group)
    before = all_tallies()
    jobs.reckon_lapsed()
    assert all_tallies() == before


def test_a_rule_of_a_region_is_applied_to_the_groups_below_it(cast: Cast) -> None:
    story_in("published", cast)
    Group.objects.filter(pk=cast.group.pk).update(last_published_at=timezone.now() - timedelta(days=40))
    actions.set_region_setting(
        Region.objects.get(code="33.18"), "groups.digital_days", 30, source="Perbup", edition="1", since=today(), by=cast.dinas
    )
    run_pending()
    assert "digital" not in holds(cast.group)


def test_a_step_of_adinda_is_counted_once_it_is_taken(cast: Cast) -> None:
    cast.group.practise("diskusi")
    assert "adinda:diskusi" in holds(cast.group) and counted("33")["adinda:diskusi"] == 1
    cast.group.practise("diskusi")
    assert Practice.objects.count() == 1 and counted("33")["adinda:diskusi"] == 1


def test_the_rooms_say_which_steps_a_group_takes(cast: Cast) -> None:
    topic = discussions.open_topic(cast.group, subject="Dinding penahan", by=cast.anggota)
    discussions.contribute(topic, kind="opinion", text="Kira-kira dua juta.", by=cast.anggota2)
    tip = newsroom.receive_tip(cast.other_group, text="Jembatan putus sejak pagi.")
    assert tip.group == cast.other_group
    story = story_in("published", cast)
    newsroom.repost(story, group=cast.other_group, by=cast.tetangga)
    assert {"adinda:diskusi", "adinda:akses", "adinda:diseminasi"} <= holds(cast.group)
    assert "adinda:networking" not in holds(cast.group)
    assert {"adinda:akses", "adinda:networking"} <= holds(cast.other_group)


def test_folding_changes_no_count(cast: Cast) -> None:
    story_in("published", cast)
    proposed(cast)
    before, rows = all_tallies(), Tally.objects.count()
    jobs.fold_tallies()
    assert all_tallies() == before
    assert Tally.objects.count() < rows
    assert Tally.objects.filter(folded=False).count() == 0


def test_the_nightly_count_finds_repairs_and_reports_what_differs(cast: Cast) -> None:
    assert recount().found == 0
    Tally.objects.create(code="33", level=1, above="", measure="verified", n=7)
    said = recount()
    assert (said.found, said.differences) == (1, ["33 verified: -7"])
    Standing.objects.filter(pk=cast.group.pk).update(holds=["formed"])
    assert recount().differences[0].startswith("KIM Gulangpongge: board_complete 0 → 1")
    assert all_tallies() == counted_afresh()
    assert recount().found == 0
    assert Recount.objects.latest().found == 0


def test_counts_are_right_after_any_verbs_in_any_order(cast: Cast) -> None:
    draw = Random(4)
    groups = [group_in(cast.region, f"KIM {n}", f"kim-{n}", state=draw.choice(["decreed", "verified", "suspended"])) for n in range(6)]
    reckon_all(groups)
    for _turn in range(60):
        group = draw.choice(groups)
        draw.choice(CHANGES)(group, draw)
        if draw.random() < 0.2:
            Tally.fold()
    assert all_tallies() == counted_afresh()
    assert recount().found == 0


def _state(group: Group, draw: Random) -> None:
    state = draw.choice(["minuted", "decreed", "registered", "verified", "suspended", "dissolved"])
    Group.objects.filter(pk=group.pk).update(state=state)
    reckon(group)


def _story(group: Group, draw: Random) -> None:
    at = timezone.now() - timedelta(days=draw.choice([1, 100, 170, 200]))
    Group.objects.filter(pk=group.pk).update(story_count=draw.randint(0, 3), last_published_at=at)
    reckon(group)


CHANGES: tuple[Any, ...] = (_state, _story, lambda group, draw: group.practise(draw.choice(["akses", "diskusi"])))


@pytest.mark.django_db(transaction=True)
def test_counts_are_right_when_many_change_at_once(cast: Cast) -> None:
    """Six threads, groups of two villages of one regency: nobody waits for another in a ring, and no change is lost."""
    groups = [group_in(cast.region if n % 2 else cast.other_group.region, f"KIM {n}", f"kim-{n}") for n in range(6)]
    reckon_all(groups)
    failed: list[Exception] = []

    def work(seed: int) -> None:
        draw = Random(seed)
        try:
            for _turn in range(15):
                draw.choice(CHANGES)(draw.choice(groups), draw)
                if draw.random() < 0.15:
                    Tally.fold()
                if draw.random() < 0.1:
                    reckon_all(draw.sample(groups, 3))
        except Exception as wrong:  # reported below, in the thread that asks
            failed.append(wrong)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert all_tallies() == counted_afresh()
    covers = Counter(Standing.objects.holding("covers").values_list("village_code", flat=True))
    assert set(covers.values()) <= {1}
    assert recount().found == 0
