"""The nation's front, the search, and the pages about the system."""

import pytest

from kentongan.groups.models import Group
from kentongan.portal.reading.abouts import PAGES
from kentongan.regions.tests.factories import region_chain, rows

from .reading import parse, text_of


def tlogorejo():
    """The codes of every village of this name in Pati."""
    return [code for code, row in rows().items() if code.startswith("33.18.") and len(code) == 13 and row.name == "Tlogorejo"]


def test_the_front_begins_with_the_search(reader, cast, story):
    answer = reader.get("/")
    page = parse(answer)
    assert next(page.iter("h1")).text == "Apa kabar desa Anda?"
    assert next(node for node in page.iter("form")).get("action") == "/cari/"
    assert story.headline in text_of(answer)


def test_the_front_of_an_empty_installation_says_so(reader, db):
    assert "Belum ada kabar terbit" in text_of(reader.get("/"))


def test_all_stories_are_listed(reader, story):
    assert story.headline in text_of(reader.get("/kabar/"))


def test_an_ambiguous_name_lists_every_candidate_and_whether_it_has_a_group(reader, cast):
    region_chain(*tlogorejo())
    assert len(tlogorejo()) == 3
    answer = reader.get("/cari/", {"q": "tlogorejo pati"})
    text = text_of(answer)
    assert "Ada 3 tempat. Yang mana?" in text
    assert text.count("Desa Tlogorejo, Kec.") == 3
    assert text.count("belum ada KIM") == 3


def test_a_village_found_names_its_group(reader, cast):
    text = text_of(reader.get("/cari/", {"q": "gulang pongge"}))
    assert "ada KIM Gulangpongge" in text


def test_a_groups_name_finds_the_group(reader, cast):
    page = parse(reader.get("/cari/", {"q": "KIM bermi"}))
    assert "/kim/bermi/" in [node.get("href") for node in page.iter("a")]


def test_the_only_village_found_without_a_group_says_what_to_do(reader, cast):
    region_chain("33.18.16.2012")
    text = text_of(reader.get("/cari/", {"q": "kajen"}))
    assert "Desa Kajen belum punya KIM" in text
    assert "Ajak bicara kepala desa" in text


@pytest.mark.parametrize(
    ("asked", "said"), [("", "Tulis nama desa Anda"), ("zzzzqqq", "Tidak ketemu"), ("kim", "Tidak ketemu"), ("%%%", "Tidak ketemu")]
)
def test_nothing_asked_and_nothing_found_each_have_a_sentence(reader, cast, asked, said):
    assert said in text_of(reader.get("/cari/", {"q": asked}))


def test_what_was_typed_is_given_back_as_text(reader, cast):
    answer = reader.get("/cari/", {"q": '"><script>alert(1)</script>\0'})
    assert not list(parse(answer).iter("script"))


def test_more_places_than_one_can_read_ask_for_another_word(reader, db, monkeypatch):
    from kentongan.portal.reading import found

    monkeypatch.setattr(found, "MOST", 2)
    region_chain(*tlogorejo())
    assert "Terlalu banyak yang cocok" in text_of(reader.get("/cari/", {"q": "tlogorejo"}))


def test_what_people_look_for_is_never_kept(reader, cast):
    answer = reader.get("/cari/", {"q": "bermi"})
    assert "X-Page-Store" not in answer
    assert "no-store" in answer["Cache-Control"]
    assert "X-Page-Store" not in reader.get("/cari/")


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
