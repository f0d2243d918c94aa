"""Ends that come: who is told when, once; what a page says on the day and the day after, by the clock of the place."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.core.errors import NotAllowed
from kentongan.core.models import Entry
from kentongan.desk.waits import waiting_for
from kentongan.groups import actions, jobs
from kentongan.groups.models import Appointment, Decree, Group, Membership, Reminder, decrees_ending, stage_reached
from kentongan.groups.tests.factories import a_decree, fresh, today
from kentongan.pages.models import Change
from kentongan.portal.reading.profiles import Profile
from kentongan.regions.models import RegionSetting
from kentongan.regions.tests.factories import region_chain
from tests.cast import Cast, group_in

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
BOARD_AND_OFFICES = ("ketua", "sekretaris", "kades", "dinas", "dinas2")


def waits(somebody: Any, kind: str) -> list[Any]:
    for read in ("_memberships", "_appointments", "_wait_rules"):  # a new request
        somebody.__dict__.pop(read, None)
    return [row for row in waiting_for(somebody) if row.wait.kind == kind]


def told(cast: Cast, kind: str) -> set[str]:
    return {part for part, somebody in cast.people.items() if waits(somebody, kind)}


def ends(cast: Cast, days: int, **more: Any) -> None:
    cast.group.decrees.update(ends=today() + timedelta(days=days), **more)


# ------------------------------------------------------------ decrees


@pytest.mark.parametrize(
    ("left", "stage"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, None), (-400, None)]
)
def test_the_stage_is_the_smallest_one_reached(left: int, stage: int | None) -> None:
    day = date(2026, 11, 25)
    assert stage_reached(day + timedelta(days=left), day, (90, 30, 7)) == stage


@pytest.mark.parametrize(("left", "drawn"), [(91, None), (90, "later"), (30, "later"), (8, "later"), (7, ""), (0, ""), (-1, "late")])
def test_a_decree_that_ends_is_one_row_that_grows_more_urgent(cast: Cast, left: int, drawn: str | None) -> None:
    ends(cast, left)
    rows = waits(cast.ketua, "decree_ends")
    assert [row.kind for row in rows] == ([] if drawn is None else [drawn])
    assert all(row.due_on == today() + timedelta(days=left) for row in rows)


def test_those_are_told_who_can_do_something_and_nobody_else(cast: Cast) -> None:
    ends(cast, 20)
    assert told(cast, "decree_ends") == set(BOARD_AND_OFFICES)
    cast.group.decrees.update(rank="camat")
    assert told(cast, "decree_ends") == {"ketua", "sekretaris", "camat", "dinas", "dinas2"}
    cast.group.decrees.update(rank="bupati")
    assert told(cast, "decree_ends") == {"ketua", "sekretaris", "dinas", "dinas2"}


def test_a_decree_that_follows_ends_the_reminder(cast: Cast) -> None:
    ends(cast, 20)
    actions.renew_decree(fresh(cast.group), a_decree(starts=today() + timedelta(days=21)), by=cast.kades)
    assert told(cast, "decree_ends") == set()


@pytest.mark.parametrize(("ago", "offices"), [(90, True), (91, False)])
def test_an_old_end_waits_for_the_board_only(cast: Cast, ago: int, offices: bool) -> None:
    ends(cast, -ago)
    assert told(cast, "decree_ends") == (set(BOARD_AND_OFFICES) if offices else {"ketua", "sekretaris"})


def test_a_dissolved_group_is_reminded_of_nothing(cast: Cast) -> None:
    ends(cast, 20)
    Group.objects.update(state="dissolved")
    assert told(cast, "decree_ends") == set()


def test_a_region_names_its_own_days(cast: Cast) -> None:
    ends(cast, 100)
    RegionSetting.replace(cast.region.ancestors[1], "groups.reminder_days", ["120", "14"], source="Perbup", edition="1", since=today())
    assert told(cast, "decree_ends") == set(BOARD_AND_OFFICES)
    for wrong in ([], ["7", "30"], ["0"], ["400"], ["tiga"], ["7", "7"]):
        with pytest.raises(ValueError, match="Tulis satu sampai lima"):
            RegionSetting.replace(cast.region, "groups.reminder_days", wrong, source="x", edition="1", since=today())


def test_the_clock_marks_each_stage_once(cast: Cast) -> None:
    marked = []
    for left in (91, 90, 89, 30, 29, 7, 7, 0, -1):
        ends(cast, left)
        Reminder.objects.update(ends=today() + timedelta(days=left))  # as if the days had passed, not the end moved
        for _twice in range(2):
            jobs.look_what_ends()
        marked.append(Entry.objects.filter(action="groups.remind").count())
    assert marked == [0, 1, 1, 2, 2, 3, 3, 3, 3]
    assert [(row.decree.group_id, row.stage) for row in Reminder.objects.filter(decree__isnull=False)] == [(cast.group.pk, 7)]  # type: ignore[union-attr]


def test_an_end_that_moved_begins_anew(cast: Cast) -> None:
    ends(cast, 5)
    jobs.look_what_ends()
    ends(cast, 60)
    jobs.look_what_ends()
    row = Reminder.objects.get(decree__group=cast.group)
    assert (row.stage, row.ends) == (90, today() + timedelta(days=60))


def test_nobody_marks_a_reminder_by_hand(cast: Cast) -> None:
    from kentongan.core.actions import act

    reminder = Reminder(board=cast.group, ends=today(), stage=7)
    with pytest.raises(NotAllowed), act("groups.remind", on=reminder, by=cast.ketua):
        pass


# ------------------------------------------------------------ boards and appointments


def test_a_board_whose_term_ends_is_one_row_unless_its_decree_says_so(cast: Cast) -> None:
    board = Membership.objects.filter(group=cast.group, role__in=Membership.BOARD)
    board.update(ends=today() + timedelta(days=20))
    assert told(cast, "board_ends") == {"ketua", "sekretaris", "dinas", "dinas2"}
    assert len(waits(cast.dinas, "board_ends")) == 1
    jobs.look_what_ends()
    assert Reminder.objects.get(board=cast.group).stage == 30
    ends(cast, 20)
    assert told(cast, "board_ends") == set() and told(cast, "decree_ends") == set(BOARD_AND_OFFICES)


def test_a_seat_that_is_filled_further_on_is_not_vacant(cast: Cast) -> None:
    Membership.objects.filter(person=cast.bendahara).update(ends=today() + timedelta(days=20))
    assert "ketua" in told(cast, "board_ends")
    Membership.objects.create(group=cast.group, person=cast.anggota2, role="bendahara", state="active", starts=today() + timedelta(days=21))
    assert told(cast, "board_ends") == set()


def test_an_appointment_that_ends_is_told_to_its_holder_and_to_who_appoints(cast: Cast) -> None:
    Appointment.objects.filter(person=cast.kades).update(ends=today() + timedelta(days=10))
    assert told(cast, "own_post_ends") == {"kades"} and told(cast, "post_ends") == {"dinas", "dinas2"}
    Appointment.objects.filter(person=cast.dinas).update(ends=today() + timedelta(days=10))
    assert told(cast, "post_ends") == {"dinas", "dinas2", "provinsi"}
    Appointment.objects.filter(person=cast.provinsi).update(ends=today() + timedelta(days=10))
    assert "kementerian" in told(cast, "post_ends")
    jobs.look_what_ends()
    assert Reminder.objects.filter(appointment__isnull=False, stage=30).count() == 3


def test_an_office_left_empty_is_told_one_with_a_colleague_is_not(cast: Cast) -> None:
    yesterday = today() - timedelta(days=1)
    Appointment.objects.filter(person__in=[cast.kades, cast.dinas]).update(ends=yesterday)
    rows = waits(cast.dinas2, "post_ends")
    assert [(row.number, row.kind) for row in rows] == [(cast.kades.appointments.get().pk, "late")]
    assert told(cast, "own_post_ends") == set() and waits(cast.provinsi, "post_ends") == []


# ------------------------------------------------------------ half-yearly confirmation


def confirmed(cast: Cast, days: float) -> None:
    Group.objects.filter(pk=cast.group.pk).update(last_confirmed_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("days", "kind"), [(152, None), (154, "later"), (177, ""), (184, "late")])
def test_the_board_is_asked_before_it_becomes_stale(cast: Cast, days: int, kind: str | None) -> None:
    confirmed(cast, days)
    assert [row.kind for row in waits(cast.sekretaris, "confirm_board")] == ([] if kind is None else [kind])
    assert not set(told(cast, "confirm_board")) - {"ketua", "sekretaris"}


def test_one_tap_from_the_list_confirms_and_everybody_reads_who_did(cast: Cast, client_of: ClientOf) -> None:
    confirmed(cast, 200)
    page = client_of(cast.ketua).get("/meja/").text
    assert "Masih benar pengurus dan kontak KIM Gulangpongge?" in page and "Ada yang berubah" in page
    assert "Sugeng Riyadi, Endang Lestari, Slamet Widodo · 0812-0000-0000" in page
    address = f"/meja/kim/{cast.group.pk}/penegasan/"
    assert f'action="{address}"' in page
    version = page.split(f'action="{address}"')[1].split('name="version" value="')[1].split('"')[0]
    assert "sudah waktunya ditegaskan lagi" in client_of(None).get("/kim/gulangpongge/").text
    assert client_of(cast.ketua).post(address, {"version": version}).status_code == 302
    assert waits(cast.ketua, "confirm_board") == []
    facts = dict(Profile(fresh(cast.group)).facts)
    assert "terakhir ditegaskan Sugeng Riyadi" in facts["Pengurus dan anggota"] and "waktunya" not in facts["Pengurus dan anggota"]


def test_a_tap_on_an_old_list_changes_nothing(cast: Cast, client_of: ClientOf) -> None:
    confirmed(cast, 200)
    version = fresh(cast.group).version
    actions.confirm_board(fresh(cast.group), by=cast.sekretaris)
    assert client_of(cast.ketua).post(f"/meja/kim/{cast.group.pk}/penegasan/", {"version": version}).status_code == 409
    assert fresh(cast.group).last_confirmed_by == cast.sekretaris


def test_the_page_is_made_anew_on_the_day_it_becomes_stale(cast: Cast) -> None:
    group = actions.confirm_board(fresh(cast.group), by=cast.ketua)
    due = group.last_confirmed_at + timedelta(days=6 * 30.5)  # type: ignore[operator]
    assert due in group.moments() and group.confirm_by == due


# ------------------------------------------------------------ by the clock of the place


@pytest.mark.parametrize(
    ("code", "hour"), [("33.18.17.2003", 17), ("51.01.01.1006", 16), ("81.01.01.1009", 15)], ids=["WIB", "WITA", "WIT"]
)
def test_a_decree_ends_at_midnight_where_the_group_lies(cast: Cast, code: str, hour: int, monkeypatch: pytest.MonkeyPatch) -> None:
    group = group_in(region_chain(code), "KIM Zona", "zona")
    last = date(2027, 3, 31)
    Decree.objects.filter(group=group).update(starts=date(2026, 1, 1), ends=last)
    midnight = datetime(2027, 3, 31, hour, tzinfo=UTC)
    assert midnight in fresh(group).moments()
    for moment, holds in ((midnight - timedelta(seconds=1), True), (midnight, False)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert (fresh(group).decree is not None) is holds
        said = Profile(fresh(group)).summary
        assert ("berlaku s.d. 31 Mar 2027" in said, "berakhir 31 Mar 2027" in said) == (holds, not holds)


def test_the_public_page_says_that_a_decree_has_ended(cast: Cast, client_of: ClientOf) -> None:
    ends(cast, 0)
    assert "berlaku s.d." in client_of(None).get("/kim/gulangpongge/").text
    ends(cast, -1)
    from kentongan.pages import store

    store.changed(*fresh(cast.group).sites())
    front, about = (Profile(fresh(cast.group)) for _each in range(2))
    assert ", berakhir " in front.summary and "sudah berakhir" in dict(about.about_facts)["SK"][2]
    desk = client_of(cast.ketua).get(f"/meja/kim/{cast.group.pk}/").text
    assert "SK sudah berakhir" in desk and "tidak dihitung ber-SK yang berlaku" in desk


def test_every_page_of_its_regions_hears_of_the_end(cast: Cast) -> None:
    before = Change.objects.count()
    actions.confirm_board(fresh(cast.group), by=cast.ketua)
    assert Change.objects.count() > before
    assert decrees_ending(today() + timedelta(days=601)).filter(group=cast.group).exists()


def test_the_list_and_the_group_stay_cheap(cast: Cast, client_of: ClientOf) -> None:
    ends(cast, 20)
    confirmed(cast, 200)
    for who in (cast.ketua, cast.dinas):
        for address, most in (("/meja/", 12), (f"/meja/kim/{cast.group.pk}/", 14)):
            browser = client_of(who)
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                browser.get(address)
            assert len(asked) <= most, "\n".join(row["sql"][:150] for row in asked)
