"""What is handed to a spreadsheet is data: never a formula, never a guessed number, the same bytes for the same rows."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kentongan.documents.sheets import CELL_MOST, Sheet, csv, xlsx

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
HOSTILE = ["=cmd|'/c calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-2+3", "\t=1+1", "\r=1+1", '=HYPERLINK("http://contoh.id")']


def book(*sheets):
    return ZipFile(BytesIO(xlsx(list(sheets))))


def cells(file, number=1):
    """(kind, text) of every cell by its address, read with an XML parser: kind is the attribute `t`, None for numbers and days."""
    page = etree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
    assert not page.findall(".//m:f", NS), "a formula"
    return {cell.get("r"): (cell.get("t"), "".join(cell.itertext())) for cell in page.iterfind(".//m:c", NS)}


def one(cell):
    return cells(book(Sheet("Uji", ["kolom"], [[cell]]))).get("A2")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_is_text_in_both_files(text):
    assert one(text) == ("inlineStr", text.replace("\r", "_x000D_"))  # as a workbook writes a return
    line = csv(Sheet("Uji", ["kolom"], [[text]])).decode().split("\r\n", 1)[1]
    assert line.lstrip('"').startswith("'")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_text_of_any_kind_becomes_a_formula_or_breaks_the_file(text):
    assert (one(text) or ("inlineStr",))[0] == "inlineStr"
    assert (
        not csv(Sheet("Uji", ["kolom"], [[text, "b"]]))
        .decode()
        .split("\r\n", 1)[1]
        .lstrip('"')
        .startswith(("=", "+", "-", "@", "\t", "\r"))
    )


@pytest.mark.parametrize("text", ["0012", "33.18.15.2006", "081234567890", "https://kim.id/x", "1e5", "1/2", "TRUE", "a" * CELL_MOST])
def test_codes_numbers_and_addresses_written_as_text_stay_text(text):
    assert one(text) == ("inlineStr", text)


def test_a_text_too_long_for_a_cell_is_cut_and_shows_it():
    _kind, text = one("b" * (CELL_MOST + 5))
    assert len(text) == CELL_MOST and text.endswith("…")
    assert csv(Sheet("Uji", ["kolom"], [["b" * (CELL_MOST + 5)]])).count(b"b") == CELL_MOST + 5


def test_numbers_are_numbers_and_a_number_a_spreadsheet_would_round_is_text():
    assert one(12) == (None, "12")
    assert one(Decimal("48.5")) == (None, "48.5")
    assert one(1234567890123456) == ("inlineStr", "1234567890123456")
    assert one(float("nan"))[0] == one(float("inf"))[0] == "inlineStr"
    assert csv(Sheet("Uji", ["n"], [[-5]])) == b"n\r\n-5\r\n"


def test_days_are_days_of_the_spreadsheet():
    assert one(date(2026, 11, 25)) == (None, "46351")
    assert one(date(1899, 5, 1)) == ("inlineStr", "1899-05-01")
    assert one(datetime(2026, 11, 24, 18, 30, 5, tzinfo=UTC))[1].startswith("46351.0625"), "half past one in Jakarta"
    assert csv(Sheet("Uji", ["h"], [[date(2026, 11, 25)]])) == b"h\r\n2026-11-25\r\n"


def test_yes_no_and_nothing():
    assert (one(True), one(False), one(None), one("")) == (("inlineStr", "ya"), ("inlineStr", "tidak"), None, None)
    assert csv(Sheet("Uji", ["a", "b", "c"], [[True, None, 'kata "kutip", koma']])) == b'a,b,c\r\nya,,"kata ""kutip"", koma"\r\n'


def test_a_semicolon_cuts_no_line_and_hides_no_formula():
    assert csv(Sheet("Uji", ["a;b"], [["x;=1+1", 'y";=1+1']])) == b'"a;b"\r\n"x;=1+1","y"";=1+1"\r\n'


def test_letters_no_file_may_hold_are_left_out():
    assert one("a\x00\x0b\ud800b\ufffe")[1] == "ab"
    assert csv(Sheet("Uji", ["k"], [["a\x00\ud800b"]])) == b"k\r\nab\r\n"


def test_the_heading_row_is_bold_stays_in_sight_and_notes_stand_above_it():
    file = book(Sheet("Uji", ["nama", "tanggal"], [["KIM", None]], notes=["Catatan"]))
    assert cells(file)["A1"][1] == "Catatan" and cells(file)["B2"][1] == "tanggal" and cells(file)["A3"][1] == "KIM"
    page = file.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="2"' in page and 'state="frozen"' in page and "<autoFilter" in page
    assert b"<b/>" in file.read("xl/styles.xml")


def test_an_empty_table_is_its_heading():
    assert cells(book(Sheet("Uji", ["nama"], []))) == {"A1": ("inlineStr", "nama")}
    assert csv(Sheet("Uji", ["nama"], [])) == b"nama\r\n"


def test_the_same_rows_give_the_same_bytes():
    def sheet():
        return Sheet("Uji", ["a", "b"], ([number, f"baris {number}"] for number in range(500)))

    assert xlsx([sheet()]) == xlsx([sheet()])


def test_sheet_names_are_made_legal_and_each_once():
    file = book(
        Sheet("KIM: a/b [2026]?", ["x"], []), Sheet("kim  a b 2026", ["x"], []), Sheet("'" * 40, ["x"], []), Sheet("n" * 40, ["x"], [])
    )
    names = [sheet.get("name") for sheet in etree.fromstring(file.read("xl/workbook.xml")).iterfind(".//m:sheet", NS)]
    assert names == ["KIM a b 2026", "kim a b 2026 2", "Lembar", "n" * 31]


def test_columns_are_as_wide_as_what_stands_in_them_within_reason():
    page = book(Sheet("Uji", ["a", "b"], [["x" * 300, "y" * 20]])).read("xl/worksheets/sheet1.xml")
    widths = [round(float(column.get("width"))) for column in etree.fromstring(page).iterfind(".//m:col", NS)]
    assert widths == [61, 23]
