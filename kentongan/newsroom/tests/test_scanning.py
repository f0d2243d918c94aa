"""The site looks at its own pages: what nobody of the group put there rings, its links lead nowhere until somebody looked."""

import gzip
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.jobs import run_pending
from kentongan.desk.waits import waiting_for
from kentongan.groups.models import Group
from kentongan.newsroom import actions, jobs, markdown
from kentongan.newsroom.jobs.scanning import scan_story
from kentongan.newsroom.models import Alarm, Story
from kentongan.newsroom.tests.factories import WORDS, story_in
from kentongan.pages.models import Change
from tests.cast import browser_for, village

pytestmark = pytest.mark.django_db
SEEN = "Kami baca bersama; tautannya sudah diganti."


@pytest.fixture
def cast():
    cache.clear()
    return village()


def again(row):
    return type(row)._default_manager.get(pk=row.pk)


def tamper(story, **words):
    """Somebody in the database, behind the door."""
    Story.objects.filter(pk=story.pk).update(**words)
    return Story.objects.whole().get(pk=story.pk)


def tampered(cast):
    return tamper(story_in("published", cast), body=WORDS["body"] + "\n\n[Daftar di sini](https://situs.id/slot-gacor)")


def read(story):
    return browser_for(None).get(story.get_absolute_url()).text


def test_a_clean_site_rings_nothing_however_often_it_is_looked_at(cast):
    story_in("published", cast)
    for _twice in range(2):
        jobs.scan()
        run_pending()
    assert not Alarm.objects.exists()


def test_words_changed_behind_the_door_ring_once(cast):
    story = tampered(cast)
    Change.objects.all().delete()
    for _twice in range(2):
        jobs.scan()
        run_pending()
    assert sorted(Alarm.objects.values_list("cause", "state")) == [("changed", "open"), ("text", "open")]
    assert Change.objects.filter(site="kim/gulangpongge").exists()
    assert "Daftar di sini" in Alarm.objects.get(cause="changed").told[0]["found"]
    assert again(story).state == "published"  # nothing is taken down


def test_while_it_rings_no_link_of_it_opens_and_the_page_says_why(cast):
    story = tampered(cast)
    assert 'href="https://situs.id/slot-gacor"' in read(story)
    jobs.scan()
    page = read(story)
    assert 'href="https://situs.id/slot-gacor"' not in page
    assert "Daftar di sini (tautan ini sedang diperiksa)" in page and "Halaman ini sedang diperiksa" in page


def test_group_and_regency_office_have_it_before_them_and_the_office_only_reads(cast):
    tampered(cast)
    jobs.scan()
    alarm = Alarm.objects.get(cause="changed")
    mine = {row.wait.kind for row in waiting_for(cast.ketua)}
    theirs = {row.wait.kind for row in waiting_for(cast.dinas)}
    assert "alarm" in mine and "their_alarm" in theirs and "alarm" not in {row.wait.kind for row in waiting_for(cast.tetangga)}
    page = browser_for(cast.dinas).get(f"/meja/tanda-bahaya/{alarm.pk}/").text
    assert "Daftar di sini" in page and "usulkan ralat" in page
    for who in ("dinas", "kades", "kementerian", "operator", "anggota", "tetangga"):
        with pytest.raises(NotAllowed):
            actions.close_alarm(again(alarm), note=SEEN, by=cast.people[who])
    assert browser_for(cast.tetangga).get(f"/meja/tanda-bahaya/{alarm.pk}/").status_code == 404


def test_somebody_of_the_group_closes_it_with_a_note_the_office_reads(cast):
    story = tampered(cast)
    jobs.scan()
    with pytest.raises(NotNow, match="Tulis apa"):
        actions.close_alarm(Alarm.objects.first(), note="  ", by=cast.ketua)
    for alarm in Alarm.objects.open():
        address = f"/meja/tanda-bahaya/{alarm.pk}/penutupan/"
        assert browser_for(cast.ketua).post(address, {"note": SEEN, "version": alarm.version}).status_code == 302
        assert SEEN in browser_for(cast.dinas).get(f"/meja/tanda-bahaya/{alarm.pk}/").text
    assert "Halaman ini sedang diperiksa" not in read(story)
    jobs.scan()
    assert not Alarm.objects.open().exists()  # what was looked at does not ring again
    tamper(story, body="Lain lagi.")
    jobs.scan()
    assert Alarm.objects.open().get().cause == "changed"


def test_a_correction_makes_the_words_those_of_the_record_again(cast):
    story = tampered(cast)
    words = {name: getattr(story, name) for name in Story.TEXTS} | {"body": WORDS["body"] + "\n\nBetul."}
    correction = actions.propose_correction(story, what="Disusupi.", why="Bukan tulisan kami.", **words, by=cast.anggota)
    actions.confirm_correction(correction, by=cast.pemeriksa)
    assert scan_story(Story.objects.whole().get(pk=story.pk)) == []


def test_a_link_in_the_stored_page_that_nobody_wrote_rings(cast, settings, tmp_path):
    settings.PAGES_ROOT = tmp_path
    story = story_in("published", cast, words={"body": "Lihat [laporan](https://desa.id/laporan)."})
    page = read(story)
    file = Path(tmp_path, "rilis", story.group.site, "current", "kabar", story.get_absolute_url().split("/")[4], "_index.html.gz")
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress(page.encode()))
    assert scan_story(Story.objects.whole().get(pk=story.pk)) == []
    file.write_bytes(gzip.compress(page.replace("</article>", '<a href="https://toko-lain.example/x">murah</a></article>').encode()))
    (alarm,) = scan_story(Story.objects.whole().get(pk=story.pk))
    assert (alarm.cause, alarm.found[0].found) == ("page", "https://toko-lain.example/x")
    file.write_bytes(b"rusak")
    assert scan_story(Story.objects.whole().get(pk=story.pk)) == []


def test_what_a_group_says_about_itself_is_looked_at_too(cast):
    Group.objects.filter(pk=cast.group.pk).update(about="Slot gacor hari ini, daftar di sini.")
    jobs.scan()
    run_pending()
    alarm = Alarm.objects.get()
    assert (alarm.story, alarm.cause, alarm.found[0].part) == (None, "text", "about")


def test_a_longer_list_of_its_region_holds_what_waits_to_go_out(cast):
    from django.utils import timezone

    from kentongan.regions.models import RegionSetting

    story = story_in("verified", cast)
    RegionSetting.replace(cast.region, "newsroom.watched_words", ["krajan"], source="SE", edition="1", since=timezone.localdate())
    for _twice in range(2):
        jobs.scan_unpublished()
    assert story.holds.get().state == "open"


def test_one_alarm_of_a_kind_stands_at_a_time(cast):
    story = tampered(cast)
    jobs.scan()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.create(group=cast.group, story=story, cause="changed", state="open")


def test_many_stories_are_looked_at_in_turns(cast, monkeypatch):
    monkeypatch.setattr(jobs.scanning, "SCANNED", 1)
    for _n in range(3):
        tampered(cast)
    jobs.scan()
    run_pending()
    assert Alarm.objects.filter(cause="changed").count() == 3


# Links say where they lead


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[laporan](https://www.desa.id/a)", '<a href="https://www.desa.id/a" rel="nofollow ugc noopener">laporan (desa.id)</a>'),
        ("[di desa.id](https://desa.id/a)", ">di desa.id</a>"),
        ("https://desa.id/a", ">https://desa.id/a</a>"),
        ("[jujur.id](https://lain.id/a)", ">jujur.id (lain.id)</a>"),
    ],
)
def test_a_link_says_its_host_when_its_words_do_not(typed, shown):
    assert shown in markdown.html(typed)


def test_a_link_of_our_own_needs_no_host(settings):
    settings.SITE_URL = "https://kim.example"
    assert ">kabar</a>" in markdown.html("[kabar](https://kim.example/kim/a/)")


def test_a_link_that_is_looked_at_leads_nowhere():
    assert "<a" not in markdown.html("[a](https://x.id) https://y.id", None)
    page = markdown.html("[a](https://x.id) [b](https://y.id)", frozenset({"https://x.id"}))
    assert "a (tautan ini sedang diperiksa)" in page and 'href="https://y.id"' in page
    assert "sedang diperiksa" not in markdown.plain("[a](https://x.id)") and "x.id" not in markdown.plain("[a](https://x.id)")
