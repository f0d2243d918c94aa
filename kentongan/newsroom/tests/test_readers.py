"""What readers say, knowledge that ages, stories that belong together."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kentongan.core.actions import may
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.newsroom import actions, jobs
from kentongan.newsroom.models import Feedback, Series, Story
from kentongan.newsroom.tests.factories import story_in
from kentongan.pages.models import Change, Moment

pytestmark = pytest.mark.django_db


def again(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


def guide(cast, **changes):
    """A published guide of the cast's group."""
    story = story_in("published", cast)
    Story.objects.filter(pk=story.pk).update(**{"kind": "panduan", "review_by": timezone.localdate() + timedelta(days=9)} | changes)
    return again(story)


def say(client, story, **answers):
    return client.post(story.get_absolute_url() + "paham/", answers)


class TestReaders:
    def test_a_reader_answers_in_two_taps_without_account_or_cookie(self, cast, client):
        story = story_in("published", cast)
        first = say(client, story, paham="ya")
        assert first.status_code == 200 and "Berguna bagi Anda?" in first.content.decode() and not first.cookies
        assert "no-store" in first["Cache-Control"]
        second = say(client, story, paham="ya", berguna="ya")
        assert "Berguna bagi Anda?" not in second.content.decode()
        assert list(Feedback.objects.values_list("understood", "useful")) == [(True, True)]

    def test_the_same_device_counts_once_a_day_and_its_first_answer_stands(self, cast, client):
        story = story_in("published", cast)
        for answer in ("belum", "ya", "ya"):
            say(client, story, paham=answer)
        assert list(Feedback.objects.values_list("understood", flat=True)) == [False]
        say(client, story, paham="ya")
        client.defaults["HTTP_USER_AGENT"] = "another phone"
        say(client, story, paham="ya")
        assert Feedback.objects.count() == 2

    def test_nothing_that_leads_back_to_the_reader_is_kept(self, cast, client):
        story = story_in("published", cast)
        client.defaults |= {"HTTP_USER_AGENT": "Kenari-9", "REMOTE_ADDR": "203.0.113.77"}
        say(client, story, paham="ya")
        kept = str(list(Feedback.objects.values()) + list(Entry.objects.order_by("-id")[:1].values()))
        assert "Kenari" not in kept and "203.0.113" not in kept

    def test_an_answer_that_is_none_is_refused_with_a_sentence(self, cast, client):
        story = story_in("published", cast)
        for answers in ({}, {"paham": "mungkin"}, {"berguna": "<script>"}):
            refused = say(client, story, **answers)
            assert refused.status_code == 400 and "tidak terbaca" in refused.content.decode()
        assert not Feedback.objects.exists()

    def test_a_machine_that_keeps_answering_is_told_to_wait(self, cast, client):
        story = story_in("published", cast)
        statuses = {say(client, story, paham="ya").status_code for _ in range(62)}
        assert statuses == {200, 429}

    @pytest.mark.parametrize("state", ["written", "retracted", "withheld"])
    def test_only_what_is_out_is_asked_about(self, cast, client, state):
        story = story_in(state, cast)
        assert say(client, story, paham="ya").status_code == 404
        with pytest.raises(NotNow):
            actions.say_understood(story, understood=True, device="d")

    def test_a_tap_renders_nothing_anew_and_a_night_carries_it_over(self, cast, client):
        story = story_in("published", cast)
        before, version = Change.objects.count(), story.version
        say(client, story, paham="ya", berguna="ya")
        assert Change.objects.count() == before and again(story).useful_count == 0
        jobs.count_feedback()
        story = again(story)
        assert (story.understood_count, story.puzzled_count, story.useful_count, story.version) == (1, 0, 1, version)
        assert Change.objects.count() == before + len(set(story.sites()))
        jobs.count_feedback()
        assert Change.objects.count() == before + len(set(story.sites()))

    def test_most_useful_needs_enough_readers_and_a_recent_story(self, cast):
        few, many, old = (story_in("published", cast) for _ in range(3))
        since = timezone.now() - timedelta(days=90)
        for story, count in ((few, 2), (many, 3), (old, 50)):
            Story.objects.filter(pk=story.pk).update(useful_count=count)
        Story.objects.filter(pk=old.pk).update(published_at=since - timedelta(seconds=1))
        assert list(Story.objects.most_useful(4, since)) == [many]
        assert list(Story.objects.within(cast.region).most_useful(4, since)) == [many]


class TestKnowledge:
    def test_a_guide_cannot_be_submitted_without_a_day_to_look_again(self, cast):
        story = story_in("written", cast)
        Story.objects.filter(pk=story.pk).update(kind="panduan", second_pair=cast.anggota2)
        answer = may(cast.anggota, "newsroom.submit", again(story))
        assert not answer and "tanggal tinjau" in answer.sentence and "newsroom.write" in answer.yours
        Story.objects.filter(pk=story.pk).update(review_by=timezone.localdate() + timedelta(days=100))
        assert may(cast.anggota, "newsroom.submit", again(story))

    def test_its_page_says_when_it_was_reviewed_and_from_its_day_on_that_it_is_stale(self, cast, client):
        story = guide(cast)
        assert "ditinjau lagi paling lambat" in client.get(story.get_absolute_url()).content.decode()
        Story.objects.filter(pk=story.pk).update(review_by=timezone.localdate() - timedelta(days=1))
        assert "Perlu ditinjau sejak" in client.get(story.get_absolute_url()).content.decode()

    def test_the_page_store_hears_the_moment_it_goes_stale(self, cast):
        story = guide(cast)
        day = timezone.localdate() + timedelta(days=30)
        actions.confirm_current(story, review_by=day, by=cast.pemeriksa)
        assert set(Moment.objects.filter(at=datetime.combine(day, time.min, cast.region.tz)).values_list("site", flat=True)) == set(
            story.sites()
        )

    def test_looking_again_says_who_and_when_and_needs_a_checker_or_editor(self, cast):
        story = guide(cast)
        day = timezone.localdate() + timedelta(days=30)
        with pytest.raises(NotAllowed):
            actions.confirm_current(story, review_by=day, by=cast.anggota)
        actions.confirm_current(story, review_by=day, by=cast.pemeriksa)
        assert (again(story).reviewed_by, again(story).review_by) == (cast.pemeriksa, day)

    def test_news_has_no_day_to_look_again(self, cast):
        with pytest.raises(NotNow, match="Hanya panduan"):
            actions.confirm_current(story_in("published", cast), review_by=timezone.localdate() + timedelta(days=3), by=cast.pemeriksa)

    def test_a_past_day_is_refused_with_a_sentence(self, cast, client_of):
        story = guide(cast)
        answer = client_of(cast.pemeriksa).post(reverse("newsroom:confirm_current", args=[story.pk]), {"review_by": "2020-01-01"})
        assert answer.status_code == 400 and "tanggal di depan" in answer.content.decode()

    def test_a_stale_guide_waits_for_the_desk(self, cast, client_of):
        guide(cast, review_by=timezone.localdate(), headline="Cara mengurus KTP")
        assert "Tinjau panduan “Cara mengurus KTP”" in client_of(cast.pemeriksa).get("/meja/").content.decode()
        assert "Tinjau panduan" not in client_of(cast.anggota).get("/meja/").content.decode()


class TestSeries:
    def test_the_same_name_in_any_spelling_is_the_same_series(self, cast):
        one, two = story_in("published", cast), story_in("published", cast)
        actions.put_in_series(one, title="Pipa Krajan", by=cast.anggota)
        actions.put_in_series(two, title="  pipa   KRAJAN ", by=cast.redaktur)
        assert Series.objects.count() == 1 and again(one).series == again(two).series

    def test_readers_go_from_part_to_part(self, cast, client):
        parts = [story_in("published", cast) for _ in range(3)]
        for part in parts:
            actions.put_in_series(part, title="Pipa Krajan", by=cast.anggota)
        page = client.get(parts[1].get_absolute_url()).content.decode()
        assert "Bagian 2 dari 3 seri" in page and parts[0].get_absolute_url() in page and parts[2].get_absolute_url() in page
        whole = client.get(Series.objects.get().get_absolute_url()).content.decode()
        assert whole.index(parts[0].get_absolute_url()) < whole.index(parts[2].get_absolute_url())

    def test_what_is_not_out_is_no_part_for_readers(self, cast, client):
        out, draft = story_in("published", cast), story_in("written", cast)
        for story in (out, draft):
            actions.put_in_series(story, title="Pipa", by=cast.anggota)
        assert "seri" not in client.get(out.get_absolute_url()).content.decode().split("</article>")[0].partition("Bagian")[2]
        actions.retract(again(out), reason="Keliru.", by=cast.redaktur)
        assert client.get(Series.objects.get().get_absolute_url()).status_code == 404

    def test_it_stands_by_itself_again(self, cast):
        story = actions.put_in_series(story_in("published", cast), title="Pipa", by=cast.anggota)
        actions.take_from_series(story, by=cast.anggota)
        assert again(story).series is None
        with pytest.raises(NotNow, match="tidak ada dalam seri"):
            actions.take_from_series(again(story), by=cast.anggota)

    def test_another_groups_member_and_an_official_may_not(self, cast):
        story = story_in("published", cast)
        for person in (cast.tetangga, cast.dinas, cast.pembina):
            with pytest.raises(NotAllowed):
                actions.put_in_series(again(story), title="Pipa", by=person)

    def test_from_the_button_to_the_page(self, cast, client_of):
        story, client = story_in("published", cast), client_of(cast.anggota)
        address = reverse("newsroom:series", args=[story.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"title": ""}).status_code == 400
        assert client.post(address, {"title": "Pipa", "version": story.version})["Location"].endswith("?selesai=newsroom.put_in_series")
        assert again(story).series.title == "Pipa"
