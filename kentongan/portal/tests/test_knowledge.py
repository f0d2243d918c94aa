"""Guides carry the day they should be looked at again, and say so when it has come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in
from kentongan.pages.models import Change, Moment
from kentongan.ui import writing

from .reading import text_of

ADDRESSES = ["/pengetahuan/", "/wilayah/33.18/pengetahuan/", "/wilayah/33.18.17.2003/pengetahuan/", "/kim/gulangpongge/pengetahuan/"]


@pytest.fixture
def guide(cast):
    story = story_in("published", cast)
    Story.objects.filter(pk=story.pk).update(kind="panduan", review_by=timezone.localdate() + timedelta(days=30))
    return Story.objects.get(pk=story.pk)


@pytest.mark.parametrize("address", ADDRESSES)
def test_guides_are_listed_with_their_review_date(reader, guide, address):
    answer = reader.get(address)
    text = text_of(answer)
    assert answer["X-Page-Store"] == "1"
    assert guide.headline in text
    assert f"Ditinjau lagi paling lambat {writing.date_only(guide.review_by)}" in text


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_guide_past_its_date_is_marked_with_since_when(reader, guide, address):
    past = timezone.localdate() - timedelta(days=3)
    Story.objects.filter(pk=guide.pk).update(review_by=past)
    text = text_of(reader.get(address))
    assert f"Perlu ditinjau sejak {writing.date_only(past)}" in text
    assert "paling lambat" not in text


def test_the_lists_are_made_anew_at_the_moment_it_goes_stale(cast, guide):
    from kentongan.newsroom import actions
    from kentongan.pages.jobs import moments_passed

    actions.confirm_current(guide, review_by=timezone.localdate() + timedelta(days=7), by=cast.redaktur)
    moment = Story.objects.get(pk=guide.pk).stale_at
    sites = {"nasional", "kim/gulangpongge", "wilayah/33", "wilayah/33.18", "wilayah/33.18.17", "wilayah/33.18.17.2003"}
    assert set(Moment.objects.filter(at=moment).values_list("site", flat=True)) == sites
    Change.objects.all().delete()
    Moment.objects.filter(at=moment).update(at=timezone.now())
    moments_passed()
    assert sites <= set(Change.objects.values_list("site", flat=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_guides_are_there_and_none_has_a_sentence(reader, cast, address):
    story = story_in("published", cast)
    text = text_of(reader.get(address))
    assert story.headline not in text
    assert "Belum ada panduan di sini" in text


def test_a_group_or_place_that_is_not_there(reader, cast):
    assert reader.get("/kim/tidak-ada/pengetahuan/").status_code == 404
    assert reader.get("/wilayah/99/pengetahuan/").status_code == 404
    assert reader.get("/wilayah/3318/pengetahuan/")["Location"] == "/wilayah/33.18/pengetahuan/"
