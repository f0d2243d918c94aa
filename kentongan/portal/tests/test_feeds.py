"""Feeds that another reader understands, whose names never change, and a sitemap of everything public."""

import xml.etree.ElementTree as ET
from datetime import datetime

import feedparser
import pytest

from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import correction_in, story_in

from .test_lists import many_stories

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = [
    "/atom.xml",
    "/kim/gulangpongge/atom.xml",
    "/wilayah/33/atom.xml",
    "/wilayah/33.18/atom.xml",
    "/wilayah/33.18.17/atom.xml",
    "/wilayah/33.18.17.2003/atom.xml",
]


def tree(reader, address):
    answer = reader.get(address)
    assert answer.status_code == 200
    return ET.fromstring(answer.content)


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_holds_the_story_and_is_well_formed(reader, story, address, settings):
    answer = reader.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.entries[0].title == story.headline
    assert feed.entries[0].link == settings.SITE_URL + story.get_absolute_url()
    assert story.summary in feed.entries[0].summary


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_the_rule_requires(reader, story, address, settings):
    """RFC 4287 § 4.1.1 and § 4.1.2: one id, title and updated each; an author; a link to itself."""
    feed = tree(reader, address)
    for thing in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(thing.findall(f"{ATOM}{name}")) == 1
        assert datetime.fromisoformat(thing.findtext(f"{ATOM}updated")).tzinfo
    assert all(entry.findtext(f"{ATOM}author/{ATOM}name") for entry in feed.iter(f"{ATOM}entry"))
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}["self"] == settings.SITE_URL + address


def test_a_sign_that_xml_cannot_hold_stops_no_feed(reader, story):
    Story.objects.filter(pk=story.pk).update(headline="Air\x0b mengalir\x1f lagi", summary="Sejak \x08Kamis.")
    assert feedparser.parse(reader.get("/atom.xml").content).entries[0].title == "Air mengalir lagi"


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_still_one(reader, cast, address):
    assert not feedparser.parse(reader.get(address).content).bozo
    assert tree(reader, address).findtext(f"{ATOM}updated")


def test_a_correction_changes_the_date_and_the_words_but_neither_name_nor_link(reader, cast, story):
    before = tree(reader, "/atom.xml").find(f"{ATOM}entry")
    correction_in("confirmed", story, cast, headline="Air mengalir lagi ke 46 rumah")
    after = tree(reader, "/atom.xml").find(f"{ATOM}entry")
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.findtext(f"{ATOM}published") == after.findtext(f"{ATOM}published")
    assert before.findtext(f"{ATOM}updated") < after.findtext(f"{ATOM}updated")
    assert "Ralat: Jumlah rumah 46, bukan 40. Sebab: Buku" in after.findtext(f"{ATOM}summary")


def test_a_retracted_story_leaves_the_feed(reader, cast):
    story_in("retracted", cast)
    assert not list(tree(reader, "/atom.xml").iter(f"{ATOM}entry"))


def test_markup_in_words_stays_words(reader, cast):
    story_in("published", cast, words={"headline": "A & B <c>", "summary": "1 < 2 ]]> &amp;"})
    entry = feedparser.parse(reader.get("/atom.xml").content, sanitize_html=False).entries[0]
    assert entry.title == "A & B <c>"
    assert "1 &lt; 2" in entry.summary


def test_a_feed_holds_the_twenty_newest(reader, cast):
    many_stories(cast, 23)
    entries = list(tree(reader, "/atom.xml").iter(f"{ATOM}entry"))
    assert len(entries) == 20
    assert entries[0].findtext(f"{ATOM}title").startswith(("Kabar nomor 0", "Kabar nomor 1"))


@pytest.mark.parametrize("address", ["/kim/tidak-ada/atom.xml", "/wilayah/99/atom.xml", "/wilayah/pati/atom.xml"])
def test_a_feed_of_nothing_is_not_there(reader, cast, address):
    assert reader.get(address).status_code == 404


def test_a_feed_of_another_spelling_leads_to_the_dotted_one(reader, cast):
    assert reader.get("/wilayah/3318/atom.xml")["Location"] == "/wilayah/33.18/atom.xml"


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


def test_a_large_sitemap_comes_in_parts(reader, cast, settings, monkeypatch):
    from kentongan.portal import feeds

    monkeypatch.setattr(feeds, "PART", 4)
    many_stories(cast, 9)
    found = [part for part in parts(reader) if "=kabar-" in part]
    sizes = [len(list(tree(reader, part.removeprefix(settings.SITE_URL)).iter(f"{SITEMAP}loc"))) for part in found]
    assert sum(sizes) == 9
    assert max(sizes) <= 4
    assert Story.objects.count() == 9


@pytest.mark.parametrize("mark", ["kabar", "kabar-x", "entah-1", "kabar-99999", "kabar-99999999999999999999"])
def test_an_unknown_part_of_the_sitemap_is_not_there(reader, cast, mark):
    assert reader.get("/sitemap.xml", {"sebelum": mark}).status_code == 404
