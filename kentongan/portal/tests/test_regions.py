"""The portal of a place: every tier, every number with its denominator and date, every spelling of its code."""

from datetime import date

import pytest

from kentongan.groups.models import Group, reckon
from kentongan.newsroom.tests.factories import story_in
from kentongan.portal.reading.figures import figures
from kentongan.regions.models import Region, RegionSuccession
from kentongan.regions.tests.factories import region_chain, rows

from .reading import parse, structured, text_of

TIERS = ["33", "33.18", "33.18.17", "33.18.17.2003"]


@pytest.mark.parametrize("code", TIERS)
def test_every_tier_shows_the_story_and_its_group(reader, story, code):
    text = text_of(reader.get(f"/wilayah/{code}/"))
    assert story.headline in text
    assert "KIM Gulangpongge" in text


@pytest.mark.parametrize("code", TIERS)
def test_every_tier_says_where_it_lies(reader, cast, code):
    answer = reader.get(f"/wilayah/{code}/")
    crumbs = structured(answer)[0]["itemListElement"]
    assert len(crumbs) == 1 + len(code.split("."))
    assert crumbs[0]["name"] == "Indonesia"


def test_numbers_carry_their_denominator_and_date(reader, cast, story):
    counted = figures(Region.objects.get(code="33.18"))
    assert (counted.covered, counted.villages, counted.groups, counted.verified, counted.digital, counted.stories) == (2, 2, 2, 2, 1, 1)
    text = text_of(reader.get("/wilayah/33.18/"))
    assert "2 / 2" in text
    assert "Dihitung" in text


def test_a_dissolved_group_does_not_count_as_formed(cast):
    Group.objects.filter(slug="bermi").update(state="dissolved")
    reckon(cast.other_group)
    assert figures(cast.region.ancestors[1]).covered == 1


def test_a_forum_of_a_district_covers_no_village(cast):
    district = Region.objects.get(code="33.18.17")
    forum = Group(name="Forum KIM", slug="forum", region=district, state="verified", proposers="A dan B")
    forum.lie_in(district)
    forum.save()
    reckon(forum)
    counted = figures(district)
    assert (counted.groups, counted.covered) == (2, 1)


def test_the_map_fills_the_village_with_a_group_and_rings_the_one_that_writes(reader, cast, story):
    region_chain("33.18.16.2012")
    page = parse(reader.get("/wilayah/33.18/"))
    svg = "{http://www.w3.org/2000/svg}"
    drawing = next(node for node in page.iter(f"{svg}svg") if node.get("role") == "group")
    paths = {node.get("class"): node.get("d") for node in drawing.iter(f"{svg}path")}
    dots = [node.get("d") for node in drawing.iter(f"{svg}path") if not node.get("class")]
    assert "".join(dots).count("h0") == 3
    assert paths["has"].count("h0") == 2
    assert paths["ring"].count("M") == 1
    assert [node.text for node in drawing.iter(f"{svg}text") if not node.get("class")] == ["1", "2"]


def test_every_dot_is_a_link_to_the_place_one_tier_down_that_it_lies_in(reader, cast, story):
    svg = "{http://www.w3.org/2000/svg}"
    down = {"/": "33", "/wilayah/33/": "33.18", "/wilayah/33.18/": "33.18.17", "/wilayah/33.18.17/": "33.18.17.2003"}
    for address, code in down.items():
        links = {node.get("href"): node for node in parse(reader.get(address)).iter(f"{svg}a")}
        link = links[f"/wilayah/{code}/"]
        assert Region.objects.get(code=code).short_label == link.find(f"{svg}title").text


@pytest.mark.parametrize("spelling", ["3318172003", "33-18-17-2003", "33 18 17 2003"])
def test_another_spelling_of_a_code_leads_to_the_dotted_one(reader, cast, spelling):
    answer = reader.get(f"/wilayah/{spelling}/")
    assert (answer.status_code, answer["Location"]) == (301, "/wilayah/33.18.17.2003/")


def test_a_code_that_became_another_leads_there(reader, cast):
    RegionSuccession.objects.create(old_code="33.18.17.2099", region=cast.region, decree="Contoh", since=date(2020, 1, 1))
    assert reader.get("/wilayah/33.18.17.2099/")["Location"] == "/wilayah/33.18.17.2003/"


@pytest.mark.parametrize("code", ["99", "pati", "33.18.17.2999", "333"])
def test_an_unknown_code_is_not_there(reader, cast, code):
    for rest in ("", "kabar/", "kim/", "tanpa-kim/"):
        answer = reader.get(f"/wilayah/{code}/{rest}")
        assert answer.status_code == 404
        assert "Tidak ada wilayah dengan kode" in text_of(answer)


def test_a_village_without_a_group_says_what_to_do(reader, cast):
    region_chain("33.18.17.2004")
    text = text_of(reader.get("/wilayah/33.18.17.2004/"))
    assert "belum punya kelompok informasi masyarakat" in text
    assert "Ajak bicara kepala desa" in text
    assert "KIM Gulangpongge" in text, "the neighbour one may ask"


def test_villages_without_a_group_are_listed_by_district(reader, cast):
    region_chain("33.18.16.2012")
    text = text_of(reader.get("/wilayah/33.18/tanpa-kim/"))
    assert "1 dari 3 desa dan kelurahan belum punya KIM" in text
    assert "Kajen" in text
    assert "Gulangpongge" not in text.partition("Indonesia")[2].partition("Apa yang bisa")[0]


def test_a_province_lists_how_many_each_regency_lacks(reader, cast):
    assert "Kab. Pati" in text_of(reader.get("/wilayah/33/tanpa-kim/"))


def test_a_regencys_groups_are_listed_with_their_standing(reader, cast):
    Group.objects.filter(slug="bermi").update(state="decreed")
    text = text_of(reader.get("/wilayah/33.18/kim/"))
    assert "belum diverifikasi" in text
    assert "terverifikasi" in text


def test_stories_of_a_place_are_listed(reader, cast, story):
    assert story.headline in text_of(reader.get("/wilayah/33.18/kabar/"))


def test_a_story_of_elsewhere_is_not_listed(reader, cast, story):
    assert story.headline not in text_of(reader.get("/wilayah/33.18.13/"))


def test_times_are_those_of_the_place(reader, cast):
    place = region_chain(next(code for code in rows() if code.startswith("71.74.") and len(code) == 13))
    assert place.zone.value == "WITA"
    story = story_in("published", cast)
    type(story).objects.filter(pk=story.pk).update(region=place)
    assert "WITA" in text_of(reader.get(story.get_absolute_url()))
