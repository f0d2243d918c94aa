"""The data file itself, read without a database."""

from collections import Counter

import pytest

from kentongan.regions.data.places import places
from kentongan.regions.models import ZONE_OF_PROVINCE, Level, chain
from kentongan.regions.tests.factories import TWELVE, rows


def villages_of(code: str) -> int:
    return sum(1 for other in rows() if len(other) == 13 and other.startswith(f"{code}."))


def test_it_holds_every_unit_of_the_country():
    assert Counter(len(chain(code)) for code in rows()) == {1: 38, 2: 514, 3: 7_277, 4: 83_763}


@pytest.mark.parametrize(("code", "count"), [("33.18", 406), ("62.11", 99), ("71.74", 33), ("33.73", 23), ("61", 2_145)])
def test_the_counts_are_those_of_the_articles(code, count):
    assert villages_of(code) == count


def test_west_kalimantan_has_fourteen_regencies_and_cities():
    assert sum(1 for code in rows() if len(code) == 5 and code.startswith("61.")) == 14


@pytest.mark.parametrize(("code", "name"), TWELVE.items())
def test_the_twelve_villages_of_pati_have_their_codes_and_a_point(code, name):
    assert rows()[code].name == name
    assert rows()[code].lat


def test_every_unit_lies_in_one_that_is_there():
    assert {chain(code)[-2] for code in rows() if len(code) > 2} <= set(rows())


def test_every_province_has_a_time_zone():
    assert set(ZONE_OF_PROVINCE) == {code for code in rows() if len(code) == 2}


def test_a_village_without_a_known_point_has_none():
    unknown = [row for row in rows().values() if len(row.code) == 13 and not row.lat]
    assert len(unknown) == 545
    assert not any(row.lon or row.postal_code for row in unknown)


def test_a_larger_place_lies_in_the_middle_of_its_villages():
    known = {place.code: place for place in places(row for row in rows().values() if row.code.startswith("33"))}
    villages = [place for place in known.values() if place.code.startswith("33.18.17.")]
    assert known["33.18.17"].level == Level.DISTRICT
    assert known["33.18.17"].lat == pytest.approx(sum(village.lat for village in villages) / len(villages), abs=1e-4)


def test_names_are_written_as_people_write_them():
    assert [rows()[code].name for code in ("31", "33", "73.10", "91.03.02.3003")] == [
        "DKI Jakarta",
        "Jawa Tengah",
        "Pangkajene dan Kepulauan",
        "Desa Adat Ayapo",
    ]
