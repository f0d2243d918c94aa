"""A site where nothing happens is read only after a year; its board is told a month before, and one button opens it again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.desk.waits import waiting_for
from kentongan.groups import actions, jobs
from kentongan.groups.models import Group
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.tests.factories import story_in
from kentongan.pages.models import Change
from kentongan.regions.models import RegionSetting
from tests.cast import browser_for, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = village()
    Group.objects.filter(pk=cast.other_group.pk).update(last_published_at=timezone.now())
    return cast


def ago(days):
    return timezone.now() - timedelta(days=days)


def quiet(cast, days, **more):
    Group.objects.filter(pk=cast.group.pk).update(public_since=ago(3 * 365), last_published_at=ago(days), **more)


def now(cast):
    return Group.objects.select_related("region").get(pk=cast.group.pk)


def asleep(cast):
    quiet(cast, 400, sleep_warned_at=ago(31))
    jobs.look_who_sleeps()
    return now(cast)


@pytest.mark.parametrize(("days", "warned"), [(100, False), (330, False), (336, True), (900, True)])
def test_the_board_is_warned_a_month_before(cast, days, warned):
    quiet(cast, days)
    for _twice in range(2):
        jobs.look_who_sleeps()
    group = now(cast)
    assert (bool(group.sleep_warned_at), group.asleep_since) == (warned, None)
    assert Entry.of(group).filter(action="groups.warn_of_sleep").count() == warned
    told = [row.title for row in waiting_for(cast.ketua)]
    assert ("Katakan bahwa KIM Gulangpongge masih aktif" in told) == warned
    assert "Katakan bahwa KIM Gulangpongge masih aktif" not in [row.title for row in waiting_for(cast.anggota)]


def test_nobody_sleeps_without_having_been_warned_a_month(cast):
    quiet(cast, 2000)
    jobs.look_who_sleeps()
    jobs.look_who_sleeps()
    assert now(cast).asleep_since is None


def test_a_sign_in_is_a_sign_of_life(cast):
    quiet(cast, 400, sleep_warned_at=ago(31))
    account = cast.anggota.account
    account.last_login = ago(2)
    account.save()
    jobs.look_who_sleeps()
    group = now(cast)
    assert group.sleep_warned_at is None and group.asleep_since is None


def test_asleep_it_is_read_and_takes_nothing(cast):
    story = story_in("published", cast)
    group = asleep(cast)
    assert group.asleep_since and not group.may_publish and Change.objects.filter(site=group.site).exists()
    assert "sedang tidak aktif" in browser_for(None).get(f"/kim/{group.slug}/").text
    assert browser_for(None).get(story.get_absolute_url()).status_code == 200
    closed = browser_for(None).get(f"/kim/{group.slug}/bahan/")
    assert closed.status_code == 409 and "Sampaikan langsung kepada pemerintah Desa Gulangpongge" in closed.text
    with pytest.raises(NotNow, match="tidak aktif"):
        newsroom.receive_tip(group, text="Jembatan putus")


def test_asleep_nobody_publishes_with_an_old_key_until_the_board_wakes_it(cast):
    story = story_in("verified", cast)
    group = asleep(cast)
    with pytest.raises(NotNow, match="Kami masih aktif"):
        newsroom.publish(type(story).objects.get(pk=story.pk), by=cast.redaktur)
    for who in ("anggota", "redaktur", "dinas", "kades", "operator"):
        with pytest.raises(NotAllowed):
            actions.wake(group, by=cast.people[who])
    assert browser_for(cast.ketua).post(f"/meja/kim/{group.pk}/kegiatan/", {"version": group.version}).status_code == 302
    assert newsroom.publish(type(story).objects.get(pk=story.pk), by=cast.redaktur).state == "published"


def test_woken_it_is_not_warned_again_at_once(cast):
    actions.wake(asleep(cast), by=cast.ketua)
    jobs.look_who_sleeps()
    group = now(cast)
    assert group.may_publish and group.sleep_warned_at is None
    with pytest.raises(NotNow, match="memang sedang aktif"):
        actions.wake(group, by=cast.ketua)


def test_no_office_closes_a_site_quickly(cast):
    with pytest.raises(ValueError, match="180"):
        RegionSetting.replace(cast.region, "groups.asleep_days", 7, source="SE", edition="1", since=timezone.localdate())
