"""What columns mean, however an office heads them."""

import pytest

from kentongan.registers.reading.book import Row, Sheet
from kentongan.registers.reading.fields import FIELDS, GROUPS, MEMBERS
from kentongan.registers.reading.headings import Headings, guess, normal


def found(*lines: list[object], remembered: dict[str, str] | None = None) -> Headings:
    rows = [Row(number, list(cells)) for number, cells in enumerate(lines, start=1) if cells]  # type: ignore[arg-type]
    return guess(Sheet("Data", rows), remembered or {})


def fields(headings: Headings) -> list[str]:
    return [column.field for column in headings.columns]


def test_headings_under_a_title_are_found() -> None:
    read = found(["DATA KIM KABUPATEN PATI"] * 4, [], ["No", "Nama KIM", "Desa/Kel.", "Kec."], [1, "KIM Bermi", "Bermi", "Gembong"])
    assert (read.row, read.kind, read.lacking, fields(read)) == (3, GROUPS, [], ["", "name", "village", "district"])
    assert read.above == ["DATA KIM KABUPATEN PATI"]


@pytest.mark.parametrize("merged", [True, False])
def test_two_rows_of_headings_are_read_together(merged: bool) -> None:
    sk = ["SK", "SK", "SK"] if merged else ["SK", None, None]
    upper = ["No", "Nama KIM", "Desa", *sk, "PENGURUS", "PENGURUS" if merged else None]
    lower = [None, "Nama KIM" if merged else None, None, "Nomor", "Tanggal", "Berlaku s.d.", "Ketua", "Sekretaris"]
    read = found(upper, lower, [1, "KIM A", "Bermi", "141/1", "1-2-24", "2027", "Siti", "Budi"])
    assert read.row == 2
    assert fields(read) == ["", "name", "village", "decree_number", "decree_dated", "decree_ends", "ketua", "sekretaris"]
    assert read.columns[3].title == "SK Nomor" and read.columns[3].sure


def test_several_decrees_in_one_row_are_told_apart() -> None:
    read = found(["Nama KIM", "Desa", "No SK 1", "Tgl SK 1", "No SK 2", "Tgl SK 2"])
    assert [(column.field, column.nth) for column in read.columns[2:]] == [
        ("decree_number", 1),
        ("decree_dated", 1),
        ("decree_number", 2),
        ("decree_dated", 2),
    ]
    unnumbered = found(["Nama KIM", "Desa", "Nomor SK", "Tanggal SK", "Nomor SK", "Tanggal SK"])
    assert [column.nth for column in unnumbered.columns[2:]] == [1, 1, 2, 2]


@pytest.mark.parametrize("title", ["NIK", "No. KTP Ketua", "Agama", "Suku/Etnis", "No. KK", "Tempat, Tgl Lahir", "No. Rek", "NPWP"])
def test_a_column_of_what_may_not_be_kept_is_never_taken_and_said(title: str) -> None:
    read = found(["Nama KIM", "Desa", title], ["KIM A", "Bermi", "rahasia"], remembered={normal(title): "contact"})
    assert read.columns[2].field == "" and read.columns[2].never
    assert any(title in note for note in read.notes)


def test_a_column_of_nik_is_known_by_what_stands_in_it() -> None:
    read = found(["Nama KIM", "Desa", "Kontak"], ["KIM A", "Bermi", "3318172003900001"], ["KIM B", "Kajen", 3318131505880002])
    assert read.columns[2].never == "NIK"


def test_what_the_office_chose_before_wins() -> None:
    titles = ["Nama KIM", "Desa", "Rumah", "Ketua"]
    assert fields(found(titles)) == ["name", "village", "", "ketua"]
    read = found(titles, remembered={"rumah": "secretariat", "ketua": ""})
    assert fields(read) == ["name", "village", "secretariat", ""] and all(column.sure for column in read.columns)


def test_an_office_called_suku_dinas_is_no_ethnicity_and_a_bare_name_is_asked_about() -> None:
    read = found(["No", "Nama", "Desa", "Kecamatan", "Suku Dinas"], [1, "KIM A", "Pakis", "Tayu", "Kominfo"])
    assert not read.columns[4].never and (read.columns[1].field, read.columns[1].sure) == ("name", False)


def test_a_misspelt_heading_is_offered_and_asked_about() -> None:
    read = found(["Nama KIM", "Desa", "Sekretrariat"])
    assert (read.columns[2].field, read.columns[2].sure) == ("secretariat", False)


def test_two_columns_of_one_field_are_not_both_taken() -> None:
    read = found(["Nama KIM", "Desa", "Nama Desa", "Desa"])
    assert fields(read) == ["name", "village", "", ""] and not read.columns[2].sure
    assert read.columns[3].key == "desa #2"


def test_the_rank_a_heading_names_is_kept() -> None:
    read = found(["Nama KIM", "Desa", "SK Kepala Desa", "Tgl SK Kades"])
    assert [(column.field, column.rank) for column in read.columns[2:]] == [("decree_number", "kades"), ("decree_dated", "kades")]


def test_a_sheet_of_people_is_told_from_one_of_groups() -> None:
    read = found(["No", "Nama", "Jabatan", "Nama KIM", "No. HP", "Thn Lahir"], [1, "Siti", "Ketua", "KIM A", 812, 1990])
    assert (read.kind, fields(read)) == (MEMBERS, ["", "person", "role", "name", "phone", "birth_year"])


def test_without_headings_it_says_what_to_write() -> None:
    read = found([1, "KIM Bermi", "Bermi"], [2, "KIM Kajen", "Kajen"])
    assert read.row == 0 and [one.key for one in read.lacking] == ["name", "village"] and "Nama KIM" in read.notes[0]
    assert [one.key for one in found(["No", "Nama KIM", "Ketua"]).lacking] == ["village"]


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (
            "NO|KECAMATAN|DESA/KELURAHAN|NAMA KELOMPOK INFORMASI MASYARAKAT (KIM)|NAMA KETUA|NO. TELP/HP|ALAMAT SEKRETARIAT"
            "|NOMOR DAN TANGGAL SK|KET",
            ["", "district", "village", "name", "ketua", "contact", "secretariat", "decree_number", ""],
        ),
        (
            "Kab/Kota|Nama Kecamatan|Nama Desa|KIM|No.SK|Tgl.SK|Masa Berlaku|Jml Anggota|Berbasis TIK (Ya/Tidak)|Website/Medsos",
            [
                "regency",
                "district",
                "village",
                "name",
                "decree_number",
                "decree_dated",
                "decree_term",
                "members",
                "stated_digital",
                "website",
            ],
        ),
        ("Kode Desa|Nama KIM *|Penerbit SK|TMT|s.d.", ["code", "name", "decree_rank", "decree_starts", "decree_ends"]),
    ],
)
def test_headings_as_offices_write_them(titles: str, expected: list[str]) -> None:
    assert fields(found(list(titles.split("|")))) == expected


@pytest.mark.parametrize("kind", [GROUPS, MEMBERS])
def test_the_labels_of_our_own_sheets_are_understood(kind: str) -> None:
    ours = [one for one in FIELDS if kind in one.sheets]
    assert [(column.field, column.sure) for column in found([str(one.label) for one in ours]).columns] == [(one.key, True) for one in ours]


def test_a_recap_that_only_counts_places_is_no_register() -> None:
    recap = found(["No", "Kecamatan", "Jumlah Desa", "Jumlah KIM"], [1, "Tayu", 21, 3], [2, "Gembong", 11, 11])
    assert recap.row == 0 and "tidak menyebut KIM" in recap.notes[0]
    unnamed = found(["No", "Nama Paguyuban", "Desa", "Kecamatan"], [1, "Guyub Rukun", "Pakis", "Tayu"])
    assert unnamed.row == 1 and [one.key for one in unnamed.lacking] == ["name"]
