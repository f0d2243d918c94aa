"""Words that are not a group's own say so: on their page, in lists and in feeds; and they go where their origin goes."""

from datetime import timedelta
from html import unescape
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client

from kentongan.core.jobs import run_pending
from kentongan.newsroom import actions
from kentongan.newsroom.tests.factories import RETRACTED_BECAUSE, correction_in, story_in
from kentongan.newsroom.tests.material import again, later, offer_in, published_from, repost_in
from kentongan.search.models import Item

pytestmark = pytest.mark.django_db
MATERIAL = "Bahan dari Diskominfo Kab. Pati"
QUOTED = "Dikutip dari KIM Gulangpongge"


def read(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return unescape(answer.content.decode())


def adopted(cast, **said):
    return published_from(offer_in("adopted", cast, **said), cast)


def test_government_material_wears_its_label_above_the_title(cast):
    page = read(adopted(cast).get_absolute_url())
    assert page.index(MATERIAL) < page.index("<h1") and "Bahan ini berlaku sampai" in page
    assert "Di desa kita: tanya Bu Nanik." in page


def test_a_page_made_from_material_says_when_it_holds_no_more_and_when_it_was_taken_back(cast):
    story = adopted(cast, valid_until=later(3))
    with patch("django.utils.timezone.now", return_value=again(story.material).expires_at):
        assert "Sudah lewat masa berlaku sejak" in read(story.get_absolute_url())
    with patch("django.utils.timezone.now", return_value=again(story.material).expires_at - timedelta(seconds=1)):
        assert "Bahan ini berlaku sampai" in read(story.get_absolute_url())
    actions.withdraw_material(again(story.material), reason="Jadwalnya berubah.", by=cast.dinas)
    assert "Jadwalnya berubah." in read(story.get_absolute_url())


@pytest.mark.parametrize("file", ["atom.xml", "rss.xml", "feed.json"])
def test_feeds_say_whose_words_they_are(cast, file):
    adopted(cast)
    repost_in("published", cast, story_in("published", cast))
    assert MATERIAL in read(f"/kim/gulangpongge/{file}") and "Bahan ini berlaku sampai" in read(f"/kim/gulangpongge/{file}")
    assert QUOTED in read(f"/kim/bermi/{file}")


def test_lists_say_whose_words_they_are(cast):
    adopted(cast)
    repost_in("published", cast, story_in("published", cast))
    assert MATERIAL in read("/kim/gulangpongge/") and MATERIAL in read("/")
    assert QUOTED in read("/kim/bermi/") and QUOTED in read(f"/wilayah/{cast.other_group.region.code}/")


def test_a_repost_shows_the_originals_words_as_they_are_now_under_credit_and_its_own_introduction(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original, introduction="Tetangga kita di selatan sudah selesai.")
    page = read(repost.get_absolute_url())
    assert page.index(QUOTED) < page.index("<h1")
    assert page.index("Tetangga kita di selatan") < page.index("Ditulis KIM Gulangpongge") < page.index("Delapan belas orang")
    assert f'<link rel="canonical" href="{settings.SITE_URL}{original.get_absolute_url()}">' in page
    correction_in("confirmed", again(original), cast)
    page = read(repost.get_absolute_url())
    assert "Yang benar 46 rumah." in page and "Jumlah rumah 46, bukan 40." in page and "46 rumah" in read("/kim/bermi/")
    assert "Jumlah rumah 46, bukan 40" in read("/kim/bermi/atom.xml")


@pytest.mark.parametrize("way", ["retract", "withhold"])
def test_a_repost_of_what_was_taken_back_shows_no_word_of_it_at_once(cast, way):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    if way == "retract":
        actions.retract(again(original), reason=RETRACTED_BECAUSE, by=cast.redaktur)
    else:
        actions.withhold(again(original), order="Penetapan PN Pati 12/Pid/2026", by=cast.operator)
    for _when in ("before the job", "after it"):
        page = read(repost.get_absolute_url(), 410)
        assert "KIM Gulangpongge" in page or "Penetapan PN Pati 12" in page
        assert original.summary not in page and "Delapan belas orang" not in page
        run_pending()
    assert original.headline not in read("/kim/bermi/") and original.headline not in read("/kim/bermi/atom.xml")


def test_places_above_the_village_and_search_engines_are_shown_the_original_alone(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    for address in ("/", "/kabar/", "/wilayah/33.18/", "/wilayah/33/kabar/", "/atom.xml", "/wilayah/33.18/feed.json", "/sitemap-kabar.xml"):
        page = read(address)
        assert original.get_absolute_url() in page and repost.get_absolute_url() not in page, address
    assert repost.get_absolute_url() not in read("/sitemap.xml?sebelum=kabar-5000")
    assert list(Item.objects.filter(kind="berita").values_list("object_id", flat=True)) == [original.pk]


def test_the_versions_of_a_repost_are_the_originals(cast):
    repost = repost_in("published", cast, original := story_in("published", cast))
    answer = Client().get(f"{repost.get_absolute_url()}versi/")
    assert answer.status_code == 301 and answer["Location"] == f"{original.get_absolute_url()}versi/"
