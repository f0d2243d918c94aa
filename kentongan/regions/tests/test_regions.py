"""Codes, levels, labels, zones, points."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from kentongan.regions.models import Level, Region, Zone, chain, dotted
from kentongan.regions.tests.factories import region_chain


@pytest.fixture
def village(db):
    return region_chain("33.18.17.2003")


@pytest.mark.parametrize("spelling", ["33.18.17.2003", "3318172003", "33 18 17 2003", "33-18-17-2003", " 33.18.172003 "])
def test_a_code_is_understood_with_or_without_dots(spelling):
    assert dotted(spelling) == "33.18.17.2003"


@pytest.mark.parametrize("spelling", ["", "pati", "331", "33.18.17.20", "33181720031", "33.18.17.2003x", "٣٣"])
def test_what_is_no_code_is_refused(spelling):
    with pytest.raises(ValueError, match="code"):
        dotted(spelling)


def test_a_code_holds_the_codes_above_it():
    assert chain("33.18.17.2003") == ["33", "33.18", "33.18.17", "33.18.17.2003"]


@pytest.mark.parametrize(
    ("code", "label", "full_label"),
    [
        ("33", "Provinsi Jawa Tengah", "Provinsi Jawa Tengah"),
        ("33.18", "Kabupaten Pati", "Kabupaten Pati, Jawa Tengah"),
        ("33.73", "Kota Salatiga", "Kota Salatiga, Jawa Tengah"),
        ("31.74", "Kota Administrasi Jakarta Selatan", "Kota Administrasi Jakarta Selatan, DKI Jakarta"),
        ("31.01", "Kabupaten Administrasi Kepulauan Seribu", "Kabupaten Administrasi Kepulauan Seribu, DKI Jakarta"),
        ("33.18.17", "Kecamatan Gunungwungkal", "Kecamatan Gunungwungkal, Kab. Pati"),
        ("33.18.17.2003", "Desa Gulangpongge", "Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati"),
        ("33.18.10.1005", "Kelurahan Pati Wetan", "Kelurahan Pati Wetan, Kec. Pati, Kab. Pati"),
        ("33.73.01.1003", "Kelurahan Salatiga", "Kelurahan Salatiga, Kec. Sidorejo, Kota Salatiga"),
        ("91.03.02.3003", "Desa Adat Ayapo", "Desa Adat Ayapo, Kec. Sentani Timur, Kab. Jayapura"),
    ],
)
def test_a_place_is_called_by_its_kind(db, code, label, full_label):
    region = region_chain(code)
    assert (region.label, region.full_label, str(region)) == (label, full_label, full_label)


def test_a_full_label_asks_the_database_nothing(village, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert village.full_label.endswith("Kab. Pati")


def test_a_village_knows_the_codes_of_all_four_levels(village):
    assert (village.province_code, village.regency_code, village.district_code, village.village_code) == (
        "33",
        "33.18",
        "33.18.17",
        "33.18.17.2003",
    )
    assert (village.parent.district_code, village.parent.village_code) == ("33.18.17", "")


def test_ancestors_come_from_the_province_down_in_one_query(village, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [region.label for region in village.ancestors] == ["Provinsi Jawa Tengah", "Kabupaten Pati", "Kecamatan Gunungwungkal"]


def test_a_thing_in_a_village_shows_on_five_sites(village):
    assert village.site == "wilayah/33.18.17.2003"
    assert village.sites() == ["wilayah/33.18.17.2003", "wilayah/33.18.17", "wilayah/33.18", "wilayah/33", "nasional"]


def test_within_a_region_is_itself_and_all_below(village):
    region_chain("33.73.01.1003")
    pati = Region.objects.by_code("3318")
    assert [region.code for region in Region.objects.within(pati)] == ["33.18", "33.18.17", "33.18.17.2003"]
    assert list(Region.objects.within(pati).at_level(Level.VILLAGE)) == [village]
    assert pati.contains(village)
    assert not village.contains(pati)


@pytest.mark.parametrize("spelling", ["33.18.17.2999", "Gulangpongge"])
def test_an_unknown_code_is_said_to_be_missing(village, spelling):
    with pytest.raises(Region.DoesNotExist):
        Region.objects.by_code(spelling)


@pytest.mark.parametrize(
    ("code", "zone", "hour"),
    [("33.18", Zone.WIB, 14), ("61", Zone.WIB, 14), ("64", Zone.WITA, 15), ("51", Zone.WITA, 15), ("94.01", Zone.WIT, 16)],
)
def test_the_zone_is_that_of_the_province(db, code, zone, hour):
    region = region_chain(code)
    assert region.zone == zone
    assert datetime(2026, 11, 24, 7, 0, tzinfo=UTC).astimezone(region.tz).hour == hour


@pytest.mark.parametrize(
    "broken",
    [
        {"code": "33.18.17", "level": Level.VILLAGE},
        {"code": "33.18.17.4001"},
        {"code": "33.18.17.2004", "parent": None},
        {"code": "33.18.17.2004", "lat": 51.0, "lon": 0.1},
        {"code": "33.18.17.2004", "lat": -6.5, "lon": None},
        {"code": "33.70", "level": Level.REGENCY},
    ],
)
def test_the_database_refuses_a_region_that_cannot_be(village, broken):
    fields = {"name": "Contoh", "level": Level.VILLAGE, "parent": village.parent, "name_text": " contoh ", "search_text": " contoh "}
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(**{**fields, **broken})
