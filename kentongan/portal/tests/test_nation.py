"""The nation's front, the search, and the pages about the system."""

import pytest

from kentongan.groups.models import Group
from kentongan.portal.reading.abouts import PAGES

from .reading import parse, text_of


def test_the_front_begins_with_the_search(reader, cast, story):
    answer = reader.get("/")
    page = parse(answer)
    assert next(page.iter("h1")).text == "Apa kabar desa Anda?"
    assert next(node for node in page.iter("form")).get("action") == "/cari-kim/"
    assert story.headline in text_of(answer)


def test_the_front_of_an_empty_installation_says_so(reader, db):
    assert "Belum ada kabar terbit" in text_of(reader.get("/"))


def test_all_stories_are_listed(reader, story):
    assert story.headline in text_of(reader.get("/kabar/"))


@pytest.mark.parametrize("page", PAGES)
def test_pages_about_the_system(reader, db, page):
    assert str(PAGES[page]) in text_of(reader.get(f"/tentang/{page}/"))


def test_the_list_of_roles_has_no_item_that_the_article_does_not_have(reader, db):
    text = text_of(reader.get("/tentang/dasar-hukum/"))
    assert "simulasi aktivitas" in text
    assert "fasilitasi studi banding" in text
    assert "i." not in text.partition("simulasi aktivitas")[2].partition("fasilitasi studi banding")[0].replace("simulasi", "")


def test_an_unknown_page_about_the_system_is_not_there(reader, db):
    assert reader.get("/tentang/entah/").status_code == 404


def test_robots_are_told_where_the_sitemap_is(reader, db, settings):
    answer = reader.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in answer.content.decode()


def test_a_dissolved_groups_page_still_stands_in_the_directory(reader, cast):
    Group.objects.filter(slug="bermi").update(state="dissolved")
    assert "dibubarkan" in text_of(reader.get("/kim/"))
