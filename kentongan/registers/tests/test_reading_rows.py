"""Which rows are records, what they say, and what is wrong with them."""

from kentongan.registers.reading.book import Row, Sheet
from kentongan.registers.reading.headings import guess
from kentongan.registers.reading.rows import Left, Parsed, sort_out

TITLES = ["No", "Nama KIM", "Desa", "Kecamatan", "Nomor SK", "Tanggal SK", "Berlaku sampai", "Ketua", "No HP", "Berbasis TIK"]


def read(*lines: list[object], titles: list[str] | None = None, rank: str = "kades", name: str = "Data") -> tuple[list[Parsed], list[Left]]:
    rows = [Row(number, list(cells)) for number, cells in enumerate([titles or TITLES, *lines], start=1) if cells]  # type: ignore[arg-type]
    sheet = Sheet(name, rows)
    return sort_out(sheet, guess(sheet, {}), rank=rank)


def one(*cells: object, titles: list[str] | None = None, rank: str = "kades") -> Parsed:
    return read(list(cells), titles=titles, rank=rank)[0][0]


def test_a_row_says_its_fields_and_nothing_it_does_not_hold() -> None:
    record = one(1, "KIM Bermi", "Bermi", None, "141/7/2024", "12 Januari 2024", "11 Januari 2027", "Siti", 81234567801, "ya")
    assert (record.number, record.problems, record.notes) == (2, [], [])
    decree = {"number": "141/7/2024", "dated": "2024-01-12", "rank": "kades", "starts": "2024-01-12", "ends": "2027-01-11"}
    said = {"name": "KIM Bermi", "village": "Bermi", "ketua": "Siti", "contact": "0812-3456-7801", "stated_digital": True}
    assert record.fields == said | {"decrees": [decree]}


def test_totals_numbers_of_columns_repeated_headings_and_signatures_are_left_out() -> None:
    records, left = read(
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        [1, "KIM Bermi", "Bermi", "Gembong"],
        [],
        TITLES,  # type: ignore[arg-type]
        [2, "KIM Kajen", "Kajen", "Margoyoso"],
        [None, "JUMLAH", None, None, None, None, None, None, None, 2],
        [None, None, None, None, None, None, None, None, None, 47],
        [None, None, None, None, None, None, None, "Pati, 12 Januari 2026"],
    )
    assert [record.number for record in records] == [3, 6]
    assert [(row.number, row.reason.split()[0]) for row in left] == [(2, "Baris"), (5, "Judul"), (7, "Baris"), (8, "Baris"), (9, "Baris")]


def test_a_row_of_its_own_names_the_district_of_the_rows_below() -> None:
    records, left = read(
        ["A. KECAMATAN TAYU"] * 10, [1, "KIM A", "Pakis"], ["B. KEC. GEMBONG"], [2, "KIM B", "Bermi"], [3, "KIM C", "Kajen", "Margoyoso"]
    )
    assert [record.fields["district"] for record in records] == ["TAYU", "GEMBONG", "Margoyoso"]
    assert [row.number for row in left] == [2, 4]


def test_a_sheet_named_for_a_district_lies_there() -> None:
    records, _left = read([1, "KIM A", "Pakis"], name="Kec. Tayu")
    assert records[0].fields["district"] == "Tayu"


def test_several_rows_of_one_group_are_one_record_with_several_decrees() -> None:
    first = [1, "KIM Bermi", "Bermi", "Gembong", "141/1/2021", "5 Mei 2021", "4 Mei 2024", "Siti"]
    again = [1, "KIM Bermi", "Bermi", "Gembong", "141/2/2024", "5 Mei 2024", "4 Mei 2027", "Siti"]
    alone = [None, None, None, None, "141/3/2027", "5 Mei 2027", "4 Mei 2030"]
    records, _left = read(first, again, alone)
    assert len(records) == 1 and [decree["number"] for decree in records[0].fields["decrees"]] == ["141/1/2021", "141/2/2024", "141/3/2027"]
    assert "Baris 3" in records[0].notes[0] and "Baris 4" in records[0].notes[1]


def test_the_same_row_twice_stays_two_records_to_be_judged() -> None:
    row = [1, "KIM Bermi", "Bermi", "Gembong", "141/1/2021", "5 Mei 2021", "4 Mei 2024"]
    assert len(read(row, row)[0]) == 2


def test_a_decree_that_ends_before_it_starts_is_a_problem() -> None:
    record = one(1, "KIM A", "Bermi", None, "141/1", "2 Januari 2026", "2 Januari 2024")
    assert record.problems == ["Akhir SK (2 Jan 2024) sebelum mulainya (2 Jan 2026)."]


def test_decrees_of_one_group_that_overlap_are_a_problem() -> None:
    titles = ["Nama KIM", "Desa", "No SK 1", "Tgl SK 1", "SK 1 s.d.", "No SK 2", "Tgl SK 2", "SK 2 s.d."]
    record = one("KIM A", "Bermi", "141/1", "5 Mei 2024", "4 Mei 2027", "141/2", "5 Mei 2025", "4 Mei 2028", titles=titles)
    assert len(record.problems) == 1 and "bertumpuk" in record.problems[0]


def test_a_broken_formula_names_its_column() -> None:
    record = one(1, "KIM A", "Bermi", None, "141/1", "#REF!")
    assert "“Tanggal SK”" in record.problems[0] and "#REF!" in record.problems[0]


def test_an_unreadable_date_of_a_decree_is_a_problem_an_unreadable_phone_is_not() -> None:
    record = one(1, "KIM A", "Bermi", None, "141/1", "31-02-2024", None, "Siti", "nanti menyusul", "mungkin")
    assert len(record.problems) == 1 and "31-02-2024" in record.problems[0]
    assert record.fields["contact"] == "nanti menyusul" and "dilewati" in record.notes[0]


def test_a_decree_without_number_or_day_is_left_out_and_said() -> None:
    assert "tanggalnya kosong" in one(1, "KIM A", "Bermi", None, "141/1").notes[0]
    assert "nomornya kosong" in one(1, "KIM A", "Bermi", None, None, "5 Mei 2024").notes[0]
    assert "nomornya tidak tertulis" in one(1, "KIM A", "Bermi", None, "ada").notes[0]
    assert "decrees" not in one(1, "KIM A", "Bermi", None, "-", "belum ada").fields


def test_a_term_in_years_or_by_years_ends_a_decree() -> None:
    titles = ["Nama KIM", "Desa", "No SK", "Tgl SK", "Masa Berlaku"]
    assert one("KIM A", "Bermi", "1", "12 Januari 2024", "3 tahun", titles=titles).fields["decrees"][0]["ends"] == "2027-01-11"
    years = one("KIM A", "Bermi", "1", "12 Januari 2024", "2024-2027", titles=titles)
    assert years.fields["decrees"][0] | {"starts": "2024-01-12", "ends": "2027-12-31"} == years.fields["decrees"][0] and years.notes


def test_the_columns_own_dates_decide_what_comes_first() -> None:
    records, _left = read([1, "KIM A", "Bermi", None, "1", "12/13/2023"], [2, "KIM B", "Kajen", None, "2", "1/12/2024"])
    assert records[1].fields["decrees"][0]["dated"] == "2024-01-12" and "bulan dulu" in records[1].notes[0]


def test_a_founding_year_is_no_founding_day() -> None:
    titles = ["Nama KIM", "Desa", "Tahun Berdiri"]
    assert one("KIM A", "Bermi", 2015, titles=titles).fields == {"name": "KIM A", "village": "Bermi", "founded_year": 2015}
    assert one("KIM A", "Bermi", "5 Mei 2015", titles=titles).fields["founded_on"] == "2015-05-05"


def test_a_village_without_a_group_is_no_record_one_with_a_decree_needs_the_name() -> None:
    records, left = read([1, "-", "Bermi", "Gembong"], [2, None, "Kajen", "Margoyoso", "141/1", "5 Mei 2024", "2027"])
    assert [row.number for row in left] == [2]
    assert records[0].problems == ["Nama KIM kosong."]


def test_nik_beside_a_name_or_in_a_column_is_nowhere_in_the_record() -> None:
    titles = ["Nama KIM", "Desa", "Ketua", "NIK", "Kontak"]
    record = one("KIM A", "Bermi", "Siti 3318172003900001", "3318131505880002", "NIK 3318172003900003", titles=titles)
    assert record.fields["ketua"] == "Siti" and "33181" not in str(record)
    assert any("NIK" in note for note in record.notes)
    number = one("KIM A", "Bermi", "Siti", 1, 3318172003900001.0, titles=titles)
    assert "contact" not in number.fields and "33181" not in str(number)


def test_what_looks_like_a_formula_stays_text() -> None:
    assert one(1, "=cmd|' /C calc'!A0", "Bermi").fields["name"] == "=cmd|' /C calc'!A0"


def test_people_are_records_of_their_group_also_under_its_title() -> None:
    titles = ["No", "Nama", "Jabatan", "No HP", "Tahun Lahir"]
    records, left = read(
        ["KIM Bermi"] * 5, [1, "Siti", "Ketua", 81234567801, 1990], [2, "Budi", "Seksi Humas", "x", 2011], titles=titles, rank=""
    )
    assert [record.fields["name"] for record in records] == ["KIM Bermi"] * 2 and len(left) == 1
    assert records[0].fields == {"name": "KIM Bermi", "person": "Siti", "role": "ketua", "phone": "+6281234567801", "birth_year": 1990}
    assert records[1].fields["role"] == "anggota" and "No HP" in records[1].notes[0]


def test_a_district_written_once_is_a_hint_for_the_empty_cells_below_it() -> None:
    lines = [
        [1, "KIM A", "Pakis", "Tayu"],
        [2, "KIM B", "Keboromo"],
        [3, "KIM C", "Bermi", "Gembong"],
        [4, "KIM D", "Bageng"],
        [5, "KIM E", "Jrahi"],
    ]
    records, _left = read(*lines)
    assert [record.fields.get("district") for record in records] == ["Tayu", None, "Gembong", None, None]
    assert [record.fields.get("district_above") for record in records] == [None, "Tayu", None, "Gembong", "Gembong"]
    full = read(*([number, "KIM", "Pakis", "Tayu"] for number in range(4)), [5, "KIM E", "Bageng"])[0]
    assert "district_above" not in full[4].fields


def test_the_group_of_people_written_once_holds_for_the_people_below_it() -> None:
    titles = ["Nama KIM", "Nama", "Jabatan"]
    records, _left = read(["KIM A", "Siti", "Ketua"], [None, "Budi", "Anggota"], [None, "Wati", "Anggota"], titles=titles)
    assert [record.fields["name"] for record in records] == ["KIM A"] * 3
