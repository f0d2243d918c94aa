"""Feeds that other programs understand, whose names never change, in three formats; and the sitemaps."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import feedparser
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import correction_in, story_in
from kentongan.portal.reading.addresses import FEED_TYPES
from tests.feeds import TYPES, complaints, read
from tests.pictures import photo_file

from .reading import parse
from .test_lists import many_stories

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
PLACES = ["/", "/kim/gulangpongge/", "/wilayah/33/", "/wilayah/33.18/", "/wilayah/33.18.17/", "/wilayah/33.18.17.2003/"]
PLACES += [f"{place}kabar/berita/" for place in PLACES]
FILES = list(TYPES)
HOSTILE = {
    "headline": "A & B <c> ]]> \u202eterbalik\u202c 🥁 \x0b\x1f\ufffe",
    "summary": "1 < 2 ]]> &amp; <script>alert(1)</script> \x08 \u200b\u202e 👩🏽‍🌾 <!-- --> &#0;",
}


def fetched(reader, address):
    answer = reader.get(address)
    assert answer.status_code == 200
    return answer


def first(reader, file, place="/"):
    return read(file, fetched(reader, f"{place}{file}").content)[0]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("place", PLACES)
def test_every_feed_holds_the_story_and_is_what_the_rule_of_its_format_says(reader, story, place, file, settings):
    answer = fetched(reader, f"{place}{file}")
    assert answer["Content-Type"] == f"{TYPES[file]}; charset=utf-8"
    assert complaints(file, answer.content) == []
    item = read(file, answer.content)[0]
    assert (item.title, item.link) == (story.headline, settings.SITE_URL + story.get_absolute_url())
    assert story.summary in item.words
    assert (item.author, item.checker, item.labels) == ("KIM Gulangpongge", "Siti Rahayu", ["Berita"])
    assert "Diperiksa Siti Rahayu" in item.words


def test_the_judges_know_the_types_we_send():
    assert FEED_TYPES == TYPES


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("place", PLACES)
def test_an_empty_feed_is_still_one(reader, cast, place, file):
    body = fetched(reader, f"{place}{file}").content
    assert complaints(file, body) == []
    assert read(file, body) == []


@pytest.mark.parametrize("file", FILES)
def test_hostile_words_break_no_feed_and_are_only_words(reader, cast, file):
    Story.objects.filter(pk=story_in("published", cast).pk).update(**HOSTILE)  # a checker would have asked for a second pair of eyes
    body = fetched(reader, f"/{file}").content
    assert complaints(file, body) == []
    item = read(file, body)[0]
    assert item.title.startswith("A & B <c> ]]> ") and "🥁" in item.title
    assert not set(item.title + item.words) & set("\x0b\x1f\x08\ufffe")
    assert b"<script" not in body or file == "feed.json"


def test_a_judge_finds_what_is_wrong(reader, story):
    """So that their silence means something."""
    for file, wrong in (
        ("atom.xml", (b"<updated>", b"<updated>kemarin ")),
        ("rss.xml", (b"<pubDate>", b"<pubDate>kemarin ")),
        ("feed.json", (b"tag:", b"")),
    ):
        body = fetched(reader, f"/{file}").content
        assert complaints(file, body.replace(*wrong)), file


@pytest.mark.parametrize("file", FILES)
def test_a_correction_changes_the_date_and_the_words_but_neither_name_nor_link(reader, cast, story, file):
    before = first(reader, file)
    correction_in("confirmed", story, cast, headline="Air mengalir lagi ke 46 rumah")
    Story.objects.get(pk=story.pk).corrections.update(confirmed_at=timezone.now() + timedelta(seconds=5))
    after = first(reader, file)
    assert (before.id, before.published) == (after.id, after.published)
    assert before.updated < after.updated or file == "rss.xml"
    assert after.title == "Air mengalir lagi ke 46 rumah"
    assert "Ralat " in after.words and ": Jumlah rumah 46, bukan 40. Sebab: Buku" in after.words
    assert complaints(file, fetched(reader, f"/{file}").content) == []


@pytest.mark.parametrize("file", FILES)
def test_a_name_is_the_same_in_every_language(reader, story, file, settings):
    here, there = first(reader, file), first(reader, file, "/en/")
    assert here.id == there.id
    assert there.link == f"{settings.SITE_URL}/en{story.get_absolute_url()}"
    assert "Checked by Siti Rahayu" in there.words
    assert complaints(file, fetched(reader, f"/en/{file}").content) == []


@pytest.mark.parametrize("file", FILES)
def test_an_urgent_story_says_why_it_went_out_undiscussed(reader, story, file):
    Story.objects.filter(pk=story.pk).update(urgent_reason="Banjir malam ini.", discussants=0, second_pair=None)
    item = first(reader, file)
    assert "terbit tanpa dibahas dulu. Banjir malam ini." in item.words
    assert item.labels == ["Berita", "Mendesak"]
    assert complaints(file, fetched(reader, f"/{file}").content) == []


@pytest.mark.parametrize("file", FILES)
def test_a_retracted_story_leaves_the_feed_and_its_address_says_why(reader, cast, file):
    story = story_in("retracted", cast)
    assert read(file, fetched(reader, f"/{file}").content) == []
    assert reader.get(story.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("file", FILES)
def test_a_photo_goes_along_with_its_kind_and_size(reader, cast, file, settings):
    from kentongan.core.jobs import run_pending
    from kentongan.newsroom import actions

    story = story_in("written", cast)
    actions.illustrate(story, upload=photo_file(), alt="Pipa", credit="Joko P.", shows_vulnerable=False, consent=False, by=cast.anggota)
    run_pending()
    Story.objects.get(pk=story.pk).show_photos()
    published = story_in("published", cast)
    Story.objects.filter(pk=published.pk).update(cover=Story.objects.get(pk=story.pk).cover)
    address, kind, size = first(reader, file).enclosure
    assert kind == "image/jpeg"
    photo = reader.get(address.removeprefix(settings.SITE_URL))
    assert len(b"".join(photo.streaming_content)) == size
    assert complaints(file, fetched(reader, f"/{file}").content) == []


def test_a_feed_holds_the_twenty_newest(reader, cast):
    many_stories(cast, 23)
    for file in FILES:
        items = read(file, fetched(reader, f"/{file}").content)
        assert len(items) == 20
        assert items[0].title.startswith(("Kabar nomor 0", "Kabar nomor 1"))


def test_a_feed_of_a_kind_holds_no_other(reader, cast):
    story_in("published", cast)
    guide = story_in("published", cast)
    Story.objects.filter(pk=guide.pk).update(kind="panduan")
    assert [item.labels for item in read("rss.xml", fetched(reader, "/kabar/panduan/rss.xml").content)] == [["Panduan"]]
    assert len(read("rss.xml", fetched(reader, "/rss.xml").content)) == 2


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("place", ["/kim/tidak-ada/", "/wilayah/99/", "/wilayah/pati/", "/kabar/entah/", "/kim/gulangpongge/kabar/entah/"])
def test_a_feed_of_nothing_is_not_there(reader, cast, place, file):
    assert reader.get(f"{place}{file}").status_code == 404


def test_a_feed_of_another_spelling_leads_to_the_dotted_one(reader, cast):
    assert reader.get("/wilayah/3318/atom.xml")["Location"] == "/wilayah/33.18/atom.xml"
    assert reader.get("/en/wilayah/3318/kabar/panduan/feed.json")["Location"] == "/en/wilayah/33.18/kabar/panduan/feed.json"


@pytest.mark.parametrize("place", PLACES)
def test_a_page_says_where_its_feeds_are(reader, story, place):
    links = {node.get("type"): node.get("href") for node in parse(fetched(reader, place)).iter("link") if node.get("type")}
    assert links == {kind: f"{place}{file}" for file, kind in TYPES.items()}
    assert all(reader.get(href).status_code == 200 for href in links.values())


# Lists of one kind


@pytest.mark.parametrize("name, where", [("", {}), ("group_", {"slug": "gulangpongge"}), ("region_", {"code": "33.18"})])
def test_a_list_of_a_kind_holds_only_that_and_is_reached_from_the_whole_list(reader, cast, name, where):
    story_in("published", cast, words={"headline": "Kabar biasa saja"})
    guide = story_in("published", cast, words={"headline": "Cara mengurus akta"})
    Story.objects.filter(pk=guide.pk).update(kind="panduan")
    whole = parse(fetched(reader, reverse(f"portal:{name}stories", kwargs=where)))
    href = reverse(f"portal:{name}stories_of_kind", kwargs={**where, "kind": "panduan"})
    assert href in [node.get("href") for node in whole.iter("a")]
    text = "".join(parse(fetched(reader, href)).itertext())
    assert "Cara mengurus akta" in text and "Kabar biasa saja" not in text


def test_a_kind_nobody_knows_is_told_in_a_sentence(reader, cast):
    answer = reader.get("/kabar/gosip/")
    assert answer.status_code == 404
    assert "Tidak ada jenis kabar" in answer.content.decode()


def test_a_long_list_of_a_kind_goes_on_by_key(reader, cast):
    many_stories(cast, 25)
    Story.objects.update(kind="panduan")
    page = parse(fetched(reader, "/kabar/panduan/"))
    (older,) = [node.get("href") for node in page.iter("a") if node.get("rel") == "next"]
    assert older.startswith("/kabar/panduan/?sebelum=")
    rest = parse(fetched(reader, older))
    assert len(list(rest.iter("h3"))) == 5


@pytest.fixture
def thousands(cast):
    """Five thousand published stories of every kind all over the country, and what the planner knows of them."""
    many_stories(cast, 1)
    story = Story.objects.latest("pk")
    kinds, codes = Story.Kind.values, ("province_code", "regency_code", "district_code", "village_code")
    said = {"kind": f"(array{kinds})[1 + n % {len(kinds)}]", "published_at": "now() - n * interval '1 minute'", "state": "'published'"}
    said |= dict.fromkeys(codes, "(10 + n / 7 % 50)::text") | {
        "group_id": f"case when n % 50 = 0 then story.group_id else {cast.other_group.pk} end"
    }
    columns = [field.column for field in Story._meta.concrete_fields if field.column != "id"]
    values = ", ".join(said.get(column, f'story."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into newsroom_story ({names}) select {values} from newsroom_story story, generate_series(1, 5000) n "
            f"where story.id = {story.pk}"
        )
        cursor.execute("analyze newsroom_story")


@pytest.mark.parametrize("column", ["", "province_code", "regency_code", "district_code", "village_code", "group_id"])
def test_the_newest_of_a_kind_are_one_walk_along_an_index(cast, thousands, column):
    """What EXPLAIN says of them: neither a sort nor a filter is left."""
    stories = Story.objects.filter(kind="panduan", **({column: cast.group.pk if column == "group_id" else "11"} if column else {}))
    plan = stories.newest(20).explain()
    assert "story_kind_" in plan and "Sort" not in plan and "Filter" not in plan, plan


# Sitemaps


def tree(reader, address):
    return ET.fromstring(fetched(reader, address).content)


def parts(reader):
    index = tree(reader, "/sitemap.xml")
    assert index.tag == f"{SITEMAP}sitemapindex"
    return [node.text for node in index.iter(f"{SITEMAP}loc")]


def test_the_sitemap_holds_everything_public_once(reader, cast, story, settings):
    story_in("retracted", cast)
    addresses = []
    for part in parts(reader):
        answer = tree(reader, part.removeprefix(settings.SITE_URL))
        assert answer.tag == f"{SITEMAP}urlset"
        addresses += [node.text.removeprefix(settings.SITE_URL) for node in answer.iter(f"{SITEMAP}loc")]
    assert len(addresses) == len(set(addresses))
    assert {
        "/",
        "/kim/gulangpongge/",
        "/kim/bermi/",
        "/wilayah/33/",
        "/wilayah/33.18/",
        story.get_absolute_url(),
        "/tentang/memeriksa/",
    } <= set(addresses)
    assert len([address for address in addresses if "/kabar/" in address and "-" in address]) == 1


def test_a_large_sitemap_comes_in_parts_and_names_no_empty_one(reader, cast, settings, monkeypatch):
    from kentongan.portal.feeds import sitemaps

    monkeypatch.setattr(sitemaps, "PART", 4)
    many_stories(cast, 9)
    between = sorted(Story.objects.values_list("pk", flat=True))[2:7]
    Story.objects.filter(pk__in=between).update(state="withheld", order_reference="1/2026")
    found = [part for part in parts(reader) if "=kabar-" in part]
    sizes = [len(list(tree(reader, part.removeprefix(settings.SITE_URL)).iter(f"{SITEMAP}loc"))) for part in found]
    assert sum(sizes) == 4
    assert all(0 < size <= 4 for size in sizes)


@pytest.mark.parametrize("mark", ["kabar", "kabar-x", "entah-1", "kabar-99999", "kabar-99999999999999999999"])
def test_an_unknown_part_of_the_sitemap_is_not_there(reader, cast, mark):
    assert reader.get("/sitemap.xml", {"sebelum": mark}).status_code == 404


def test_the_news_sitemap_holds_the_last_two_days_and_is_not_kept(reader, cast, settings):
    """Google's rule: name and language of the publication, date, title; nothing older than two days."""
    new, old = story_in("published", cast, words={"headline": "A & B <c> ]]>"}), story_in("published", cast)
    Story.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=2, minutes=1))
    answer = fetched(reader, "/sitemap-kabar.xml")
    assert "X-Page-Store" not in answer
    (url,) = ET.fromstring(answer.content)
    assert url.findtext(f"{SITEMAP}loc") == settings.SITE_URL + new.get_absolute_url()
    assert url.findtext(f"{NEWS}news/{NEWS}title") == "A & B <c> ]]>"
    assert url.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}language") == "id"
    assert url.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}name") == "KIM Gulangpongge"
    assert feedparser.datetimes._parse_date(url.findtext(f"{NEWS}news/{NEWS}publication_date"))


def test_robots_are_shown_both_sitemaps_and_kept_from_searches(reader, settings):
    said = fetched(reader, "/robots.txt").content.decode()
    assert said.splitlines()[-2:] == [f"Sitemap: {settings.SITE_URL}/sitemap.xml", f"Sitemap: {settings.SITE_URL}/sitemap-kabar.xml"]
    assert "Disallow: /en/cari/" in said
