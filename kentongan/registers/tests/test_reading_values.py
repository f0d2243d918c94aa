"""What people type in one cell is understood, or a sentence says what to do."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.registers.reading import values
from kentongan.registers.reading.values import Day, Problem, Term

JANUARY = date(2024, 1, 12)


@pytest.mark.parametrize(
    "typed",
    [
        "12 Januari 2024",
        "12 januari 2024.",
        "Jumat, 12 Jan 2024",
        "tanggal 12 January 2024",
        "TMT 12 Jan 2024",
        "s.d. 12 Januari 2024",
        "12-Jan-24",
        "12jan2024",
        "2024-01-12",
        "2024/1/12",
        "January 12, 2024",
        45303,
        45303.4,
        "45303",
        date(2024, 1, 12),
    ],
)
def test_a_day_in_any_usual_spelling_needs_no_note(typed: Any) -> None:
    assert values.day(typed) == Day(JANUARY)


@pytest.mark.parametrize("typed", ["12-1-24", "12/01/2024", "12.1.2024", "12 01 2024", " 12 / 1 / 2024 "])
def test_a_day_that_could_be_a_month_is_read_day_first_and_said(typed: str) -> None:
    read = values.day(typed)
    assert isinstance(read, Day) and read.value == JANUARY and "hari dulu" in read.note
    assert values.day(typed, order="dmy") == Day(JANUARY)


def test_a_column_that_shows_the_month_first_is_read_so_and_said() -> None:
    column = ["12/13/2024", "1/12/2024", None, 45303]
    assert values.order_of(column) == "mdy"  # type: ignore[arg-type]
    assert values.order_of(["13/12/2024", "12/13/2024"]) == "" and values.order_of(["31-1-24", "1-2-24"]) == "dmy"
    read = values.day("1/12/2024", order="mdy")
    assert isinstance(read, Day) and read.value == JANUARY and "bulan dulu" in read.note


def test_a_month_or_a_year_alone_is_its_first_or_last_day_and_said() -> None:
    first, last = values.day("Feb 2024"), values.day("02/2024", last=True)
    assert isinstance(first, Day) and (first.value, first.precision) == (date(2024, 2, 1), "month") and first.note
    assert isinstance(last, Day) and last.value == date(2024, 2, 29)
    year, end = values.day("2024"), values.day(2024, last=True)
    assert isinstance(year, Day) and (year.value, year.precision) == (date(2024, 1, 1), "year")
    assert isinstance(end, Day) and end.value == date(2024, 12, 31)


@pytest.mark.parametrize(
    "typed", ["31-02-2024", "30 Februari 2024", "13/13/2024", "12 Januwari", "besok", 12, 99_999_999, True, None, "1/1/1024", ""]
)
def test_an_impossible_day_is_refused_with_a_sentence(typed: Any) -> None:
    read = values.day(typed)
    assert isinstance(read, Problem) and "12-01-2024" in read.sentence


@pytest.mark.parametrize("typed", ["ya", "YA", "v", "✓", "Sudah", "berbasis TIK", "(ya)", True, 1])
def test_yes_in_any_spelling(typed: Any) -> None:
    assert values.yes(typed) is True


@pytest.mark.parametrize("typed", ["tidak", "Belum", "-", "non-TIK", "Belum berbasis TIK", False, 0])
def test_no_in_any_spelling(typed: Any) -> None:
    assert values.yes(typed) is False


def test_neither_yes_nor_no_is_asked_about() -> None:
    assert isinstance(values.yes("x"), Problem) and isinstance(values.yes("sebagian"), Problem)


@pytest.mark.parametrize(
    ("typed", "rank"),
    [
        ("Kepala Desa", "kades"),
        ("KADES Bermi", "kades"),
        ("Petinggi", "kades"),
        ("Lurah", "lurah"),
        ("Camat Gembong", "camat"),
        ("Bupati Pati", "bupati"),
        ("Wali Kota", "bupati"),
        ("Walikota Salatiga", "bupati"),
        ("Kecamatan", "camat"),
    ],
)
def test_who_issued_a_decree(typed: str, rank: str) -> None:
    assert values.rank(typed) == rank


def test_several_ranks_or_none_are_not_guessed() -> None:
    assert values.rank_of("Kades/Lurah") == "" and isinstance(values.rank("Gubernur"), Problem)


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("Ketua", "ketua"),
        ("Wakil Ketua", "anggota"),
        ("Ketua Seksi Humas", "anggota"),
        ("Sekertaris", "sekretaris"),
        ("BENDAHARA", "bendahara"),
        ("Wakil Sekretaris", "anggota"),
        ("Pimpinan Redaksi", "redaktur"),
        ("Penasehat", "pembina"),
        ("Anggota", "anggota"),
    ],
)
def test_roles_as_offices_name_them(typed: str, role: str) -> None:
    assert values.role(typed) == role


@pytest.mark.parametrize(
    "typed",
    [
        "0812-3456-7801",
        "+62 812 3456 7801",
        "62812 34567801",
        81234567801,
        81234567801.0,
        "WA: 081234567801",
        "'081234567801",
        "081234567801 / 0857000",
    ],
)
def test_a_telephone_number_in_any_spelling(typed: Any) -> None:
    assert values.phone(typed) == "+6281234567801"


def test_numbers_of_decrees_stay_as_typed_and_are_compared_alike() -> None:
    assert values.decree_number("Nomor : 141/07 Tahun 2024 ") == "141/07 Tahun 2024"
    assert values.same_number("No. 141 / 07/2024") == values.same_number("141/7/2024") != values.same_number("141/70/2024")
    turned = values.decree_number(date(2024, 7, 14))
    assert isinstance(turned, Problem) and "Teks" in turned.sentence


def test_number_and_day_of_a_decree_in_one_cell() -> None:
    assert values.number_and_day("141/07/2024 tanggal 12 Januari 2024") == ("141/07/2024", Day(JANUARY))
    assert values.number_and_day("141/07/2024\nTgl. 12-01-2024", "dmy") == ("141/07/2024", Day(JANUARY))
    assert values.number_and_day("141/07/2024") is None


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("3 tahun", Term(years=3)),
        ("3 (tiga) tahun", Term(years=3)),
        (3, Term(years=3)),
        ("12 Jan 2024 s.d. 11 Jan 2027", Term(JANUARY, date(2027, 1, 11))),
        ("12 Januari 2024 sampai dengan 11 Januari 2027", Term(JANUARY, date(2027, 1, 11))),
        ("13-01-2024 - 12-01-2027", Term(date(2024, 1, 13), date(2027, 1, 12))),
        ("s/d 11 Januari 2027", Term(ends=date(2027, 1, 11))),
    ],
)
def test_how_long_a_decree_holds(typed: Any, term: Term) -> None:
    assert values.term(typed, "dmy") == term


@pytest.mark.parametrize("typed", ["2024-2027", "2024 – 2027", "2024/2027", "2024 s/d 2027", "Tahun 2024 sampai 2027", "2024-27"])
def test_a_term_of_years_is_whole_years_and_said(typed: str) -> None:
    read = values.term(typed)
    assert isinstance(read, Term) and (read.starts, read.ends) == (date(2024, 1, 1), date(2027, 12, 31)) and read.note


def test_three_years_end_the_day_before() -> None:
    assert values.years_after(JANUARY, 3) == date(2027, 1, 11) and values.years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_codes_in_any_spelling() -> None:
    assert (
        values.code(3318172003)
        == values.code("33.18.17.2003")
        == values.code("33 18 17 2003")
        == values.code(3318172003.0)
        == "33.18.17.2003"
    )
    assert (
        isinstance(values.code("33.1817"), str)
        and isinstance(values.code("Bermi"), Problem)
        and isinstance(values.code(33.18), Problem | str)
    )


def test_a_number_written_beside_a_name_is_no_part_of_it() -> None:
    assert values.person("Siti Rahayu, S.Pd (0812-3456-7801)") == "Siti Rahayu, S.Pd"
    assert isinstance(values.person("08123456"), Problem)


def test_words_in_a_list_in_one_cell() -> None:
    assert values.listed("Pertanian, UMKM; budaya dan budaya\n1. wisata") == ["pertanian", "umkm", "budaya", "wisata"]


@pytest.mark.parametrize("typed", [None, "-", "Belum ada", "nihil", " ", "…"])
def test_what_means_nothing(typed: Any) -> None:
    assert values.nothing(typed)
    assert not values.nothing("#REF!")


CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text(max_size=40), st.from_regex(r"[0-9/. -]{1,14}"))
UNDERSTOOD = (
    values.day,
    values.yes,
    values.rank,
    values.role,
    values.phone,
    values.decree_number,
    values.term,
    values.code,
    values.year,
    values.count,
    values.person,
    values.text,
    values.nothing,
    values.listed,
    values.number_and_day,
)


@given(CELLS, st.sampled_from(UNDERSTOOD))
def test_no_cell_whatsoever_raises(cell: Any, understand: Any) -> None:
    understand(cell)
