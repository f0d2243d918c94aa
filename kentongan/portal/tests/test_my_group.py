"""Which group is mine: by name, code, postal code, or the phone's rounded position."""

import pytest

from kentongan.groups.models import Group
from kentongan.portal.reading.found import around
from kentongan.regions.tests.factories import region_chain, rows

from .reading import parse, text_of

ADDRESS = "/cari-kim/"
THERE = "-6.60,110.95"


def tlogorejo():
    """The codes of every village of this name in Pati."""
    return [code for code, row in rows().items() if code.startswith("33.18.") and len(code) == 13 and row.name == "Tlogorejo"]


def test_an_ambiguous_name_lists_every_candidate_and_whether_it_has_a_group(reader, cast):
    region_chain(*tlogorejo())
    assert len(tlogorejo()) == 3
    text = text_of(reader.get(ADDRESS, {"q": "tlogorejo pati"}))
    assert "Ada 3 tempat. Yang mana?" in text
    assert text.count("Desa Tlogorejo, Kec.") == 3
    assert text.count("belum ada KIM") == 3


@pytest.mark.parametrize("asked", ["gulang pongge", "Gulangponge", "desa gulangpongge", "33.18.17.2003", "3318172003", "33-18-17-2003"])
def test_a_village_in_any_spelling_answers_with_its_group(reader, cast, asked):
    answer = reader.get(ADDRESS, {"q": asked})
    assert "KIM Desa Gulangpongge" in text_of(answer)
    assert "/kim/gulangpongge/" in [node.get("href") for node in parse(answer).iter("a")]


def test_a_postal_code_answers_with_the_villages_that_have_it(reader, cast):
    assert cast.region.postal_code
    assert "Desa Gulangpongge" in text_of(reader.get(ADDRESS, {"q": cast.region.postal_code}))


def test_a_groups_name_finds_the_group(reader, cast):
    assert "/kim/bermi/" in [node.get("href") for node in parse(reader.get(ADDRESS, {"q": "KIM bermi"})).iter("a")]


def test_a_village_without_a_group_says_so_what_to_do_and_who_is_nearest(reader, cast):
    region_chain("33.18.16.2012")
    answer = reader.get(ADDRESS, {"q": "kajen"})
    text = text_of(answer)
    assert "Desa Kajen belum punya KIM" in text
    assert "Ajak bicara kepala desa" in text
    assert "?desa=33.18.16.2012" in answer.content.decode()
    near = text.partition("KIM terdekat")[2]
    assert "± " in near
    assert "KIM Gulangpongge" in near


def test_the_nearest_come_first_and_dissolved_ones_not_at_all(reader, cast):
    region_chain("33.18.16.2012")
    near = text_of(reader.get(ADDRESS, {"q": "kajen"})).partition("KIM terdekat")[2]
    kilometres = [int(part.split(" km")[0]) for part in near.split("± ")[1:]]
    assert kilometres == sorted(kilometres)
    Group.objects.filter(slug="bermi").update(state="dissolved")
    assert "KIM Bermi" not in text_of(reader.get(ADDRESS, {"q": "kajen"})).partition("KIM terdekat")[2]


def test_a_position_answers_with_the_villages_and_groups_around_it(reader, cast):
    text = text_of(reader.get(ADDRESS, {"dekat": f"{cast.region.lat:.2f},{cast.region.lon:.2f}"}))
    assert "Desa Anda yang mana?" in text
    assert "Desa Gulangpongge" in text.partition("Desa Anda yang mana?")[2].partition("KIM terdekat")[0]
    assert "KIM Gulangpongge" in text.partition("KIM terdekat")[2]


def test_a_position_finer_than_a_kilometre_is_rounded_here_as_well(cast):
    assert around("-6.609876,110.954321").point == (-6.61, 110.95)


@pytest.mark.parametrize("position", ["0", "a,b", "1,2,3", "nan,nan", "inf,110", "52.3,4.9", "-6.6;110.9", "\0", "9" * 5000])
def test_a_position_that_is_none_has_a_sentence(reader, cast, position):
    answer = reader.get(ADDRESS, {"dekat": position})
    assert answer.status_code == 400
    assert "Tulis nama desa Anda saja" in text_of(answer)


def test_only_this_page_may_ask_where_the_phone_is(reader, cast):
    assert reader.get(ADDRESS)["Permissions-Policy"] == "geolocation=(self)"


@pytest.mark.parametrize(
    ("asked", "said"),
    [("", "Tulis nama desa Anda"), ("zzzzqqq", "Tidak ketemu"), ("%%%", "Tidak ketemu"), ("10 kB " * 99, "Tidak ketemu")],
)
def test_nothing_asked_and_nothing_found_each_have_a_sentence(reader, cast, asked, said):
    assert said in text_of(reader.get(ADDRESS, {"q": asked}))


def test_what_was_typed_is_given_back_as_text(reader, cast):
    page = parse(reader.get(ADDRESS, {"q": '"><script>alert(1)</script>\0'}))
    assert [node.get("src") for node in page.iter("script")] == ["/static/ui/js/position.js"]


def test_more_places_than_one_can_read_ask_for_another_word(reader, db, monkeypatch):
    from kentongan.portal.reading import found

    monkeypatch.setattr(found, "MOST", 2)
    region_chain(*tlogorejo())
    assert "Terlalu banyak yang cocok" in text_of(reader.get(ADDRESS, {"q": "tlogorejo"}))


def test_what_people_look_for_is_never_kept(reader, cast):
    for asked in ({"q": "bermi"}, {"dekat": THERE}, {}):
        answer = reader.get(ADDRESS, asked)
        assert "X-Page-Store" not in answer
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies


def test_the_answer_costs_the_same_however_many_groups_there_are(reader, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        reader.get(ADDRESS, {"q": "kajen"})
    with django_assert_max_num_queries(10):
        reader.get(ADDRESS, {"dekat": THERE})
