"""The index says what is public, from the commit that made it so."""

from typing import Any

import pytest
from django.utils import timezone

from kentongan.core.errors import NotNow
from kentongan.core.jobs import run_pending
from kentongan.core.protocol import Findable
from kentongan.groups import actions as groups
from kentongan.groups.models import Group
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in
from kentongan.search import index
from kentongan.search.asking import parse
from kentongan.search.finding import Filter, count, reading
from kentongan.search.models import Item, Word


def found(text: str, **wanted: Any) -> int:
    """How many things a search finds."""
    return count(reading(parse(text), Filter(**wanted))).total


@pytest.fixture
def story(cast: Any) -> Story:
    return story_in("published", cast)


def test_whatever_can_be_found_speaks_the_protocol(db):
    assert {model.__name__ for model in index.kinds()} == {"Story", "Group"}
    assert isinstance(Story(), Findable)
    assert isinstance(Group(), Findable)


def test_a_story_is_found_once_it_is_published_and_not_before(cast):
    story_in("verified", cast)
    assert Item.objects.filter(kind="berita").count() == 0
    story = story_in("published", cast)
    item = Item.objects.get(kind="berita")
    assert (item.object_id, item.at, item.site) == (story.pk, story.published_at, "kim/gulangpongge")
    assert (item.province_code, item.village_code) == ("33", "33.18.17.2003")


def test_a_corrected_story_is_found_by_what_it_says_now(cast, story):
    index.repair()  # the cast was not founded by actions
    assert not found("kubangsari")
    correction = newsroom.propose_correction(
        story, what="Nama", why="Salah", headline=story.headline, summary=story.summary, body="Airnya dari Kubangsari.", by=cast.anggota
    )
    assert not found("kubangsari")
    newsroom.confirm_correction(correction, by=cast.redaktur)
    assert found("kubangsari") == 1
    assert index.repair() == []


def test_what_is_retracted_or_withheld_is_found_no_more(cast, story):
    other = story_in("published", cast)
    newsroom.retract(story, reason="Keliru tempatnya.", by=cast.redaktur)
    other = newsroom.withhold(other, order="1/2026", by=cast.operator)
    assert not Item.objects.filter(kind="berita").exists()
    newsroom.restore(other, by=cast.operator)
    assert list(Item.objects.filter(kind="berita").values_list("object_id", flat=True)) == [other.pk]


def test_a_group_is_found_by_what_it_says_of_itself_now(cast):
    profile = {"secretariat": "Balai desa", "contact": "Titip pesan", "founded_on": timezone.localdate(), "fields": ["pertanian"]}
    groups.update_profile(cast.group, about="Kami menyebarkan kabar tentang tembakau.", by=cast.ketua, **profile)
    assert found("tembakau") == 1
    assert found("tembakau", kind="kim") == 1
    assert found("tembakau", kind="berita") == 0


def test_a_suspended_group_is_still_found(cast):
    asked = groups.ask_suspension(cast.group, reason="Contoh", appeal_to="Bupati", by=cast.dinas)
    groups.suspend(asked, by=cast.dinas2)
    assert Item.objects.filter(kind="kim", object_id=cast.group.pk).exists()


def test_a_group_whose_decree_was_sent_back_is_found_no_more(cast):
    group = groups.confirm_board(cast.group, by=cast.ketua)
    assert Item.objects.filter(kind="kim", object_id=group.pk).exists()
    Group.objects.filter(pk=group.pk).update(state="decreed")
    groups.send_back(Group.objects.get(pk=group.pk), reason="SK keliru", by=cast.dinas)
    assert not Item.objects.filter(kind="kim", object_id=group.pk).exists()


def test_what_was_rolled_back_was_never_found(cast):
    story = story_in("verified", cast)
    Story.objects.filter(pk=story.pk).update(source_count=0)
    with pytest.raises(NotNow):
        newsroom.publish(story, by=cast.redaktur)
    assert not Item.objects.filter(kind="berita").exists()


def test_the_nightly_comparison_reports_and_puts_right_every_difference(cast, story):
    index.repair()
    assert index.repair() == []
    Item.objects.filter(object_id=story.pk, kind="berita").delete()
    assert index.repair() == [f"story {story.pk}: public, was not found"]
    Story.objects.filter(pk=story.pk).update(headline="Judul yang diganti diam-diam")
    assert index.repair(turn=story.pk % index.TURN) == [f"story {story.pk}: was found by what it no longer says"]
    assert found("diam") == 1
    Story.objects.filter(pk=story.pk).update(state="retracted", retraction_reason="x", retracted_at=timezone.now())
    assert index.repair() == [f"story {story.pk}: not public, was still found"]


def test_a_rebuilt_index_is_the_same_index(cast, story):
    index.repair()
    before = list(Item.objects.order_by("kind", "object_id").values_list("kind", "object_id", "digest", "stems", "words"))
    Item.objects.all().delete()
    assert sum(index.fill(model.findable()) for model in index.kinds()) == len(before)
    assert list(Item.objects.order_by("kind", "object_id").values_list("kind", "object_id", "digest", "stems", "words")) == before


def test_words_are_learnt_as_they_are_published_and_counted_at_night(cast, story):
    assert Word.objects.filter(word="gulangpongge").exists()
    Word.objects.create(word="hilangsudah")
    index.count_words()
    assert not Word.objects.filter(word="hilangsudah").exists()
    assert Word.objects.get(word="gulangpongge").things == Item.objects.filter(village_code="33.18.17.2003").count()


def test_addresses_of_the_web_and_odd_signs_are_no_words(cast, story):
    index.put(_said(story, "Lihat https://contoh.example/rahasia\0 ya\u202e, Café 👍"))
    assert not found("rahasia")
    assert found("cafe") == found("café") == found("ya") == 1


def _said(story: Story, body: str) -> Story:
    story.body = body
    return story


def test_the_clock_runs_the_comparison(cast, story):
    from kentongan.core.jobs import enqueue

    index.repair()
    Item.objects.all().delete()
    enqueue("search.repair")
    run_pending()
    assert found("gulangpongge") >= 1
