"""Finding a place by any spelling."""

from datetime import date

import pytest

from kentongan.regions.models import Level, Region, RegionSuccession
from kentongan.regions.search import readings, words_of
from kentongan.regions.tests.factories import region_chain, rows

PATI_TLOGOREJO = ["33.18.04.2009", "33.18.09.2006", "33.18.14.2003"]


@pytest.fixture
def places(db):
    gunungwungkal = [code for code in rows() if code.startswith("33.18.17.")]
    others = ["33.18.10.1005", "33.73.01.1003", "33.19", "33.20", "91.03.02.3003", "15.71.07"]
    region_chain(*gunungwungkal, *PATI_TLOGOREJO, *others)
    return Region.objects


def found(places, text, **limits):
    return [region.full_label for region in places.search(text, **limits)[:20]]


def test_a_name_that_repeats_is_answered_with_every_candidate(places):
    assert sorted(found(places, "tlogorejo pati")) == [
        "Desa Tlogorejo, Kec. Jakenan, Kab. Pati",
        "Desa Tlogorejo, Kec. Tlogowungu, Kab. Pati",
        "Desa Tlogorejo, Kec. Winong, Kab. Pati",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "33.18.17.2003",
        "3318172003",
        "desa gulang pongge",
        "Gulangpongge",
        "GULANG PONGGE",
        "gulangpongge, gunungwungkal",
        "pati gulangpongge",
        "gulang pongge gunung wungkal pati",
        "Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati",
        "gulangponge",
        "gulangp",
    ],
)
def test_a_village_is_found_by_any_spelling(places, text):
    assert found(places, text) == ["Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kab pati", "Kabupaten Pati, Jawa Tengah"),
        ("pati", "Kabupaten Pati, Jawa Tengah"),
        ("kec pati", "Kecamatan Pati, Kab. Pati"),
        ("salatiga", "Kota Salatiga, Jawa Tengah"),
        ("slatiga", "Kota Salatiga, Jawa Tengah"),
        ("kelurahan salatiga", "Kelurahan Salatiga, Kec. Sidorejo, Kota Salatiga"),
        ("pati wetan", "Kelurahan Pati Wetan, Kec. Pati, Kab. Pati"),
        ("patiwetan", "Kelurahan Pati Wetan, Kec. Pati, Kab. Pati"),
        ("jawa tengah", "Provinsi Jawa Tengah"),
        ("kota baru", "Kecamatan Kota Baru, Kota Jambi"),
    ],
)
def test_the_likeliest_place_comes_first(places, text, first):
    assert found(places, text)[0] == first


def test_a_kind_of_place_before_the_name_leaves_out_the_others(places):
    assert found(places, "kab pati") == ["Kabupaten Pati, Jawa Tengah"]


def test_a_place_is_not_found_by_the_names_around_it_alone(places):
    assert "Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati" not in found(places, "jawa tengah")


def test_a_search_can_be_limited_to_a_level_and_a_region(places):
    assert found(places, "pati", level=Level.DISTRICT) == ["Kecamatan Pati, Kab. Pati"]
    assert found(places, "tlogorejo", within=Region.objects.by_code("33.18.14")) == ["Desa Tlogorejo, Kec. Tlogowungu, Kab. Pati"]


def test_a_former_code_finds_what_became_of_it(places):
    merauke = region_chain("93.01")
    RegionSuccession.objects.create(old_code="91.01", region=merauke, decree="UU 14/2022", since=date(2022, 7, 25))
    assert found(places, "9101") == ["Kabupaten Merauke, Papua Selatan"]


def test_a_postal_code_finds_its_villages(places):
    assert "Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati" in found(places, "59156")


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'; drop table", "99.99", "qqqzzz", "\x00", "🙂", "x" * 5000])
def test_nonsense_finds_nothing_and_breaks_nothing(places, text):
    assert found(places, text) == []


def test_a_search_asks_at_most_two_queries_when_the_words_are_right(places, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found(places, "tlogorejo pati")


def test_apostrophes_and_accents_do_not_matter():
    assert words_of("Pa’ Kemut") == words_of("pa kemut") == ["pa", "kemut"]
    assert words_of("O'o  Désa-Baru") == ["oo", "desa", "baru"]


def test_of_several_kinds_the_smallest_place_is_meant():
    assert readings("kab pati desa kajen")[0].words == ("pati", "kajen")
    assert readings("kab pati desa kajen")[0].pattern.endswith(r"\.[123][0-9]{3}$")
