"""What holds for every public page: kept by the page store, no cookie, no script it needs, small, a bounded number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kentongan.newsroom.tests.factories import correction_in, story_in

from .reading import parse, size_with_stylesheet, text_of
from .test_lists import many_groups, many_stories

STORY = "story"
KEPT = [
    "/", "/kabar/", "/kim/", "/kim/gulangpongge/", "/kim/gulangpongge/kabar/", "/kim/gulangpongge/tentang/", STORY, STORY + "versi/",
    STORY + "papan/", STORY + "radio/", "/kim/gulangpongge/buletin/",
    "/wilayah/33/", "/wilayah/33.18/", "/wilayah/33.18.17/", "/wilayah/33.18.17.2003/", "/wilayah/33.18/kabar/", "/wilayah/33.18/kim/",
    "/kabar/berita/", "/kim/gulangpongge/kabar/berita/", "/wilayah/33.18/kabar/berita/",
    "/wilayah/33.18/tanpa-kim/", "/wilayah/33/tanpa-kim/",
    "/tentang/memeriksa/", "/tentang/dasar-hukum/", "/tentang/data-pribadi/", "/tentang/tentang-kim/",
]  # fmt: skip
MACHINES = ["/atom.xml", "/kim/gulangpongge/rss.xml", "/wilayah/33.18/feed.json", "/wilayah/33.18/kabar/berita/atom.xml", "/sitemap.xml"]
QUERIES = 17
"""The most any public page asks; a stored page is rendered once."""


def at(address, story):
    return address.replace(STORY, story.get_absolute_url(), 1) if address.startswith(STORY) else address


@pytest.mark.parametrize("address", [*KEPT, *MACHINES])
def test_every_public_page_is_kept_and_sets_no_cookie(reader, story, address):
    answer = reader.get(at(address, story))
    assert answer.status_code == 200
    assert answer["X-Page-Store"] == "1"
    assert not answer.cookies


@pytest.mark.parametrize("address", KEPT)
def test_every_public_page_parses_and_needs_one_request_more(reader, story, address):
    page = parse(reader.get(at(address, story)))
    assert [node.get("rel") for node in page.iter("link") if node.get("rel") == "stylesheet"] == ["stylesheet"]
    assert all(node.get("type") in ("application/ld+json", "module") for node in page.iter("script"))  # a module waits, and may fail
    assert not [node for node in page.iter() if node.get("style") or any(name.startswith("on") for name in dict(node.items()))]
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", [*KEPT, *MACHINES])
def test_a_page_with_many_asks_as_much_as_a_page_with_few(reader, cast, address):
    story = story_in("published", cast)
    reader.get(at(address, story))
    with CaptureQueriesContext(
        connection,
    ) as few:
        reader.get(at(address, story))
    many_stories(cast, 25)
    many_groups(cast, 12)
    for _turn in range(3):
        story.refresh_from_db()
        correction_in("confirmed", story, cast, body=f"{story.body} lagi")
    with CaptureQueriesContext(connection) as many:
        reader.get(at(address, story))
    assert len(few) <= QUERIES, [query["sql"][:150] for query in few]
    assert len(many) <= len(few) + (1 if address.startswith(STORY) or address in MACHINES else 0), [query["sql"][:150] for query in many]


@pytest.mark.parametrize(
    ("address", "limit"), [(STORY, 14_000), ("/kim/gulangpongge/", 20_000), ("/wilayah/33.18/", 20_000), ("/", 20_000)]
)
def test_a_first_visit_is_small(reader, cast, address, limit):
    story = story_in("published", cast, words={"body": "Warga bekerja sejak pagi di tikungan bawah, lalu mencoba airnya. " * 40})
    correction_in("confirmed", story, cast)
    many_stories(cast, 20)
    assert size_with_stylesheet(reader.get(at(address, story))) <= limit


@pytest.mark.parametrize("address", [*KEPT, "/cari/", "/robots.txt", *MACHINES])
def test_a_public_page_only_answers_reading(reader, story, address):
    assert reader.post(at(address, story)).status_code == 405


@pytest.mark.parametrize("address", ["/entah/apa/", "/kim/entah-apa/bahan/"])
def test_what_is_not_there_is_told_to_people_and_not_to_developers(reader, cast, address):
    answer = reader.get(address)
    assert answer.status_code == 404
    text = text_of(answer)
    assert "Halaman ini tidak ada, atau bukan untuk Anda." in text
    assert not any(word in text for word in ("resolver", "tried", "matches", "entah"))


def test_what_is_not_there_says_what_to_do_instead(reader, cast):
    assert "Cari dengan nama desa" in text_of(reader.get("/kim/entah-apa/"))
