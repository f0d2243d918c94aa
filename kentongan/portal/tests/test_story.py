"""The page of one story: every reason to believe it stands there, and nothing a source asked to keep."""

import pytest
from django.urls import reverse

from kentongan.discussions.models import Summary, Topic
from kentongan.newsroom.models import SHARE_MAX, Source, Story
from kentongan.newsroom.tests.factories import RETRACTED_BECAUSE, correction_in, story_in
from kentongan.portal.reading.trust import SAID_MOST, StoryPage

from .reading import parse, structured, text_of


def read(reader, story):
    return reader.get(story.get_absolute_url())


def test_a_story_says_who_checked_it_what_was_done_and_from_whom_it_is_known(reader, story):
    text = text_of(read(reader, story))
    for words in (
        story.headline,
        story.summary,
        "Diperiksa oleh Siti Rahayu",
        "1 sumber",
        "Sutrisno, ketua kelompok air",
        "Sutrisno ditelepon 15.30",
        "1 versi",
    ):
        assert words in text
    assert "Dibaca bersama Nanik Sulastri" in text


def test_a_source_says_what_it_supports_and_that_its_link_is_a_short_one(reader, story):
    Source.objects.filter(story=story).update(supports="jumlah rumah", link="https://bit.ly/rt02")
    text = text_of(read(reader, story))
    assert "Mendukung: jumlah rumah" in text
    assert "tautan pendek: tujuannya baru terlihat setelah dibuka" in text


def test_a_source_who_asked_not_to_be_named_is_not_shown_nor_how_it_was_reached(reader, story):
    Source.objects.filter(story=story).update(unnamed=True, supports="kata ketua kelompok")
    text = text_of(read(reader, story))
    assert "Sutrisno" not in text and "kata ketua" not in text
    assert "minta namanya tidak ditampilkan" in text


def test_a_correction_stands_on_the_page_with_its_reason_and_both_names(reader, cast, story):
    correction_in("confirmed", story, cast)
    answer = read(reader, story)
    text = text_of(answer)
    for words in (
        "Ralat,",
        "Jumlah rumah 46, bukan 40.",
        "Buku RT 02 mencatat 46 rumah.",
        "Diusulkan Joko Prasetyo, dikuatkan Siti Rahayu",
        "1 ralat",
        "2 versi",
    ):
        assert words in text
    assert structured(answer)[0]["dateModified"] > structured(answer)[0]["datePublished"]


def test_a_proposed_correction_is_not_public(reader, cast, story):
    correction_in("proposed", story, cast)
    assert "Jumlah rumah 46" not in text_of(read(reader, story))


def test_versions_can_be_compared_word_by_word(reader, cast, story):
    correction_in("confirmed", story, cast)
    answer = reader.get(StoryPage(story).versions_url)
    page = parse(answer)
    assert [node.text for node in page.iter("del")] == ["40"]
    assert "46" in [node.text for node in page.iter("ins")]
    assert "Dikuatkan Siti Rahayu" in text_of(answer)


def test_an_urgent_story_that_was_not_discussed_says_so(reader, cast):
    story = story_in("published", cast, facts={"kind": "serta-merta", "urgent_reason": "Tanggul retak, warga harus segera tahu."})
    text = text_of(read(reader, story))
    assert "terbit tanpa dibahas dulu" in text
    assert "Tanggul retak" in text


def test_the_signed_summary_of_the_discussion_is_public_and_what_members_said_is_not(reader, cast, story):
    topic = Topic.objects.create(group=cast.group, subject="Pipa", opened_by=cast.anggota, about=story, state="summarised")
    topic.contributions.create(person=cast.anggota2, text="Saya tidak percaya angka itu.", state="said")
    Summary.objects.create(topic=topic, number=1, text="Angka rumah dicocokkan dengan buku RT.", signed_by=cast.redaktur)
    text = text_of(read(reader, story))
    assert "Angka rumah dicocokkan" in text
    assert "Saya tidak percaya" not in text


def test_what_members_said_stands_below_the_story_only_when_they_allowed_it(reader, cast, story):
    topic = Topic.objects.create(group=cast.group, subject="Pipa", opened_by=cast.anggota, about=story, state="open")
    topic.contributions.create(person=cast.anggota2, text="Buku RT mencatat 46 rumah.", state="said", may_be_public=True)
    topic.contributions.create(person=cast.redaktur, text="Saya tidak percaya angka itu.", state="said")
    topic.contributions.create(person=cast.ketua, text="Salah ketik.", state="taken_back", may_be_public=True)
    answer = read(reader, story)
    (said,) = [fold for fold in parse(answer).iter("details") if fold.find("blockquote") is not None]
    words = "".join(said.itertext())
    assert said.findtext("summary") == StoryPage(story).talked
    assert "Buku RT mencatat 46 rumah." in words and "Nanik Sulastri" in words
    assert "Saya tidak percaya" not in text_of(answer) and "Salah ketik" not in text_of(answer)


def test_long_talk_does_not_make_the_page_heavy(reader, cast, story):
    topic = Topic.objects.create(group=cast.group, subject="Pipa", opened_by=cast.anggota, about=story, state="open")
    for number in range(SAID_MOST + 4):
        topic.contributions.create(person=cast.anggota2, text=f"Ucapan {number}.", state="said", may_be_public=True)
    assert len(list(parse(read(reader, story)).iter("blockquote"))) == SAID_MOST


def test_markup_in_words_stays_words(reader, cast):
    words = {
        "headline": "Judul </script><b>tebal</b>",
        "summary": "Ringkas <img src=x onerror=alert(1)>",
        "body": "<script>alert(1)</script>\n\n**tebal**",
    }
    answer = read(reader, story_in("published", cast, words=words))
    page = parse(answer)
    assert [node.get("type") for node in page.iter("script")] == ["application/ld+json", "module"]
    assert not list(page.iter("img"))
    assert structured(answer)[0]["headline"] == "Judul </script><b>tebal</b>"


def test_the_text_to_share_fits_in_a_message_and_ends_with_the_short_link(cast):
    story = story_in("published", cast, words={"headline": "Judul panjang " * 9, "summary": "kata " * 55})
    text = StoryPage(story).share_text
    assert len(text) <= SHARE_MAX
    assert text.endswith(f"/k/{story.pk}/")
    assert "Siti Rahayu" in text


def test_an_old_title_in_the_address_leads_to_the_present_one(reader, story):
    old = reverse("portal:story", args=[story.group.slug, story.pk, "judul-lama"])
    assert reader.get(old).status_code == 301
    assert reader.get(old)["Location"] == story.get_absolute_url()


def test_another_group_in_the_address_leads_to_the_storys_own(reader, cast, story):
    wrong = reverse("portal:story", args=["bermi", story.pk, "apa-saja"])
    assert reader.get(wrong)["Location"] == story.get_absolute_url()


def test_the_short_address_leads_to_the_story(reader, story):
    for address in (f"/k/{story.pk}/", f"/kabar/{story.pk}/"):
        answer = reader.get(address)
        assert (answer.status_code, answer["Location"]) == (301, story.get_absolute_url())


def addresses(story):
    below = ("", "versi/", "poster.pdf", "bagikan.png", "papan/", "radio/")
    return (*(f"{story.get_absolute_url()}{name}" for name in below), f"/k/{story.pk}/", f"/kabar/{story.pk}/")


def test_a_retracted_story_answers_gone_with_the_reason(reader, cast):
    story = story_in("retracted", cast)
    for address in addresses(story):
        answer = reader.get(address)
        assert answer.status_code == 410
        assert RETRACTED_BECAUSE in text_of(answer)
        assert story.summary not in text_of(answer)


def test_a_withheld_story_names_the_order_and_that_it_was_not_the_group(reader, cast):
    story = story_in("withheld", cast)
    for address in addresses(story):
        answer = reader.get(address)
        assert answer.status_code == 410
        assert "Penetapan PN Pati 12/Pid/2026" in text_of(answer)


@pytest.mark.parametrize("state", ["written", "submitted", "verified", "withdrawn"])
def test_what_never_was_public_is_not_there(reader, cast, state):
    story = story_in(state, cast)
    for address in addresses(story):
        answer = reader.get(address)
        assert answer.status_code == 404
        assert "belum terbit" in text_of(answer)


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999"])
def test_an_unknown_number_is_not_there(reader, db, number):
    assert reader.get(f"/kabar/{number}/").status_code == 404


def test_structured_data_describes_the_article_its_publisher_and_where_it_stands(reader, story):
    article, group, crumbs = structured(read(reader, story))
    assert article["@type"] == "NewsArticle"
    assert article["publisher"]["@id"] == group["@id"]
    assert [step["name"] for step in crumbs["itemListElement"]][:3] == ["Kab. Pati", "Kec. Gunungwungkal", "KIM Gulangpongge"]


def test_the_page_names_its_one_address_and_its_feed(reader, story, settings):
    page = parse(read(reader, story))
    links = {(node.get("rel"), node.get("hreflang") or node.get("type")): node.get("href") for node in page.iter("link")}
    assert links["canonical", None] == settings.SITE_URL + story.get_absolute_url()
    assert links["alternate", "application/atom+xml"] == "/kim/gulangpongge/atom.xml"
    assert links["alternate", "x-default"] == links["alternate", "id"] == links["canonical", None]
    assert links["alternate", "en"] == f"{settings.SITE_URL}/en{story.get_absolute_url()}"


def test_a_story_of_a_group_under_verification_says_so(reader, cast, story):
    type(cast.group).objects.filter(pk=cast.group.pk).update(state="decreed")
    assert "belum diverifikasi" in text_of(read(reader, story))


def test_what_it_came_out_of_is_told_without_a_name(reader, cast):
    from kentongan.newsroom.tests.factories import tip_in

    tip_in("taken_up", cast)
    taken = Story.objects.latest("id")
    assert StoryPage(taken).origin.startswith("Kabar ini berawal dari bahan yang dikirim seorang warga")
