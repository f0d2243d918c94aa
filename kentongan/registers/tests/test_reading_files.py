"""Any file an office may bring becomes a book, or a sentence that says what to do."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from kentongan.registers.reading import files
from kentongan.registers.reading.book import UNCOUNTED, Book, Unreadable
from kentongan.registers.reading.limits import MOST_LETTERS
from kentongan.registers.tests.files import SMALL, old_container, opendocument, repacked, sheet_xml, workbook, zipped

ONE_SHEET = "xl/worksheets/sheet1.xml"


def book_of(path: Path, content: bytes | str, name: str = "daftar.xlsx") -> Book:
    path = path / "berkas"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return files.read(path, name)


def refusal(path: Path, content: bytes | str, name: str = "daftar.xlsx") -> str:
    with pytest.raises(Unreadable) as refused:
        book_of(path, content, name)
    return refused.value.sentence


def test_a_workbook_keeps_the_row_numbers_the_officer_sees(tmp_path: Path) -> None:
    book = files.read(workbook(tmp_path / "a.xlsx", (*SMALL[:1], (), (), *SMALL[1:])), "a.xlsx")
    assert [(row.number, row.cells) for row in book.sheets[0].rows] == [
        (1, list(SMALL[0])),
        (4, list(SMALL[1])),
        (5, list(SMALL[2])),
    ]


def test_dates_numbers_and_results_of_formulas_come_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path) as made:
        sheet = made.add_worksheet()
        day, month, money = (made.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "mmmm yyyy", '#,##0 "hari"'))
        sheet.write_datetime(0, 0, date(2024, 1, 12), day)  # type: ignore[arg-type]
        sheet.write_number(0, 1, 45303, month)
        sheet.write_number(0, 2, 45303, money)
        sheet.write_formula(0, 3, '="KIM "&"Bermi"', None, "KIM Bermi")
        sheet.write_boolean(0, 4, True)
        sheet.write_number(0, 5, 3318172003)
        sheet.write_number(0, 6, 2.5)
    cells = files.read(path, "a.xlsx").sheets[0].rows[0].cells
    assert cells == [date(2024, 1, 12), date(2024, 1, 12), 45303, "KIM Bermi", True, 3318172003, 2.5]


def test_formulas_that_fail_or_were_never_worked_out_are_marked_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path) as made:
        sheet = made.add_worksheet("Data")
        sheet.write_formula(0, 0, "=Hilang!A1", None, "#REF!")
        sheet.write_formula(1, 0, "=1+1", None, "")
    book = files.read(path, "a.xlsx")
    assert [row.cells for row in book.sheets[0].rows] == [["#REF!"], [UNCOUNTED]]
    assert any("A1 (#REF!)" in note for note in book.notes) and any("belum pernah dihitung" in note for note in book.notes)


def test_merged_cells_hold_for_all_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 2, 0, "Gembong")
        for row, village in enumerate(("Bermi", "Bageng", "Plukaran")):
            sheet.write(row, 1, village)
    assert [row.cells for row in files.read(path, "a.xlsx").sheets[0].rows] == [
        ["Gembong", "Bermi"],
        ["Gembong", "Bageng"],
        ["Gembong", "Plukaran"],
    ]


def test_hidden_sheets_are_left_out_and_hidden_rows_read_both_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path) as made:
        sheet, other = made.add_worksheet("Data"), made.add_worksheet("Rahasia")
        sheet.write(0, 0, "Nama KIM")
        sheet.write(1, 0, "KIM Tersaring")
        sheet.set_row(1, None, None, {"hidden": True})
        other.write(0, 0, "jangan dibaca")
        other.hide()
    book = files.read(path, "a.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Data"] and len(book.sheets[0].rows) == 2
    assert any("Rahasia" in note for note in book.notes) and any("1 baris yang disembunyikan" in note for note in book.notes)


def test_zero_width_characters_and_odd_spaces_are_gone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", (("KIM\u200b Ber\u00admi\ufeff", "Bermi\u00a0\u2003 Lor", "dua\nbaris"),))
    assert files.read(path, "a.xlsx").sheets[0].rows[0].cells == ["KIM Bermi", "Bermi Lor", "dua\nbaris"]


def test_a_million_empty_rows_cost_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama KIM</t></is></c></row>'
    rows += "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(2, 60_000))
    rows += '<row r="1048576"><c r="N1048576" s="0"/><c r="XFD1048576" t="str"><v> </v></c></row>'
    path = repacked(workbook(tmp_path / "a.xlsx"), {ONE_SHEET: sheet_xml(rows)})
    assert [row.cells for row in files.read(path, "a.xlsx").sheets[0].rows] == [["Nama KIM"]]


def test_too_many_filled_rows_are_refused_too_many_columns_and_letters_said(tmp_path: Path) -> None:
    long = "\n".join(["nama"] + ["KIM"] * 20_000)
    assert "lebih dari 20.000 baris" in refusal(tmp_path, long)
    book = book_of(tmp_path, ";".join(f"k{at}" for at in range(120)) + "\n" + "a" * 3000 + ";b")
    assert len(book.sheets[0].rows[0].cells) == 100 and len(str(book.sheets[0].rows[1].cells[0])) == MOST_LETTERS
    assert any("100 kolom" in note for note in book.notes) and any("A2" in note and "3000 huruf" in note for note in book.notes)


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1252"), (",", "cp1252"), ("\t", "utf-8")]
)
def test_text_in_any_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = ("Nama KIM|Desa|Catatan", 'KIM Café|Bermi|"satu, dua; tiga"', "", "KIM “Jati”|Kajen|ya")
    book = book_of(tmp_path, "\r\n".join(line.replace("|", separator) for line in lines).encode(encoding), "daftar.csv")
    assert [(row.number, row.cells) for row in book.sheets[0].rows] == [
        (1, ["Nama KIM", "Desa", "Catatan"]),
        (2, ["KIM Café", "Bermi", "satu, dua; tiga"]),
        (4, ["KIM “Jati”", "Kajen", "ya"]),
    ]
    assert any("Windows-1252" in note for note in book.notes) == (encoding == "cp1252")


def test_our_own_csv_comes_back_without_the_stroke_that_guards_it(tmp_path: Path) -> None:
    book = book_of(tmp_path, "sep=;\nNama KIM;Kontak\n'=cmd|' /C calc'!A0;'+62 812\nKIM Jum'at;'kutip'\n", "daftar.csv")
    assert [row.cells for row in book.sheets[0].rows] == [
        ["Nama KIM", "Kontak"],
        ["=cmd|' /C calc'!A0", "+62 812"],
        ["KIM Jum'at", "'kutip'"],
    ]


def test_opendocument_with_repeated_cells_merges_dates_and_a_hidden_sheet(tmp_path: Path) -> None:
    def text(words: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string"{more}><text:p>{words}</text:p></table:table-cell>'

    seen = (
        '<table:table table:name="Data" table:style-name="ta1">'
        f"<table:table-row>{text('Kecamatan')}{text('KIM')}{text('Tanggal')}{text('Kosong')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        f"<table:table-row>{text('Gembong', ' table:number-rows-spanned=&quot;2&quot;').replace('&quot;', chr(34))}"
        f"{text('KIM A<office:annotation><text:p>jangan</text:p></office:annotation>')}"
        '<table:table-cell office:value-type="date" office:date-value="2024-01-12T00:00:00"><text:p>12/01/24</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2"><text:p>2,00</text:p></table:table-cell></table:table-row>'
        f"<table:table-row><table:covered-table-cell/>{text('KIM B')}"
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="float" office:value="0"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table>"
    )
    hidden = f'<table:table table:name="Lama" table:style-name="ta2"><table:table-row>{text("x")}</table:table-row></table:table>'
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    book = files.read(opendocument(tmp_path / "a.ods", seen + hidden, style), "a.ods")
    assert [sheet.name for sheet in book.sheets] == ["Data"] and any("Lama" in note for note in book.notes)
    assert [(row.number, row.cells) for row in book.sheets[0].rows] == [
        (1, ["Kecamatan", "KIM", "Tanggal", "Kosong"]),
        (5, ["Gembong", "KIM A", date(2024, 1, 12), 2]),
        (6, ["Gembong", "KIM B", None, None, "#REF!"]),
    ]


def test_macros_are_not_run_and_said(tmp_path: Path) -> None:
    path = repacked(workbook(tmp_path / "a.xlsm"), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(100)})
    book = files.read(path, "a.xlsm")
    assert len(book.sheets[0].rows) == len(SMALL) and any("makro" in note for note in book.notes)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\n \r\n\t", "kosong"),
        (b"\xef\xbb\xbf", "kosong"),
        (b"%PDF-1.7\n%\xe2\xe3", "sebenarnya PDF"),
        (b"junk before %PDF-1.4", "sebenarnya PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "sebenarnya gambar"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "sebenarnya gambar"),
        (old_container("Root Entry", "EncryptedPackage"), "kata sandi"),
        (old_container("Root Entry", "Workbook"), "Excel lama (.xls)"),
        (old_container("Root Entry", "WordDocument"), "dokumen tulisan"),
        (b"<html><table><tr><td>Nama KIM</td></tr></table></html>", "halaman web"),
        (b'<?xml version="1.0"?><Workbook/>', "halaman web"),
        (zipped(**{"word/document.xml": "x", "[Content_Types].xml": "x"}), "dokumen tulisan"),
        (zipped(**{"xl/workbook.bin": "x", "[Content_Types].xml": "x"}), "biner (.xlsb)"),
        (zipped(**{"daftar.csv": "a,b"}), "arsip (zip)"),
        (zipped(**{"[Content_Types].xml": "x"}), "rusak"),
        (b"PK\x03\x04 tidak ada apa-apa", "rusak"),
        (b"\x00\x01\x02\x03" * 100, "belum mengenal"),
        (bytes(range(14, 32)) * 9, "belum mengenal"),
    ],
)
def test_what_is_no_sheet_is_named_and_says_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    sentence = refusal(tmp_path, content)
    assert said in sentence and sentence.endswith(".") and sentence.count(".") >= 2


def test_a_file_cut_off_while_it_was_sent_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", SMALL * 50).read_bytes()
    for part in (30, len(whole) // 2, len(whole) - 10):
        assert "rusak atau belum terunduh" in refusal(tmp_path, whole[:part])


def test_a_zip_bomb_is_refused_by_what_it_declares_and_by_what_comes_out(tmp_path: Path) -> None:
    path = repacked(workbook(tmp_path / "a.xlsx"), {ONE_SHEET: sheet_xml(" " * 30_000_000)})
    assert "membengkak" in refusal(tmp_path, path.read_bytes())
    whole = path.read_bytes()
    size = (30_000_000 + len(sheet_xml(""))).to_bytes(4, "little")
    assert whole.count(size) == 2  # local head and central directory
    assert refusal(tmp_path, whole.replace(size, (5_000).to_bytes(4, "little")))  # a lie about its size
    many = zipped(**{f"p{number}": b"" for number in range(2_001)})
    assert "membengkak" in refusal(tmp_path, many)


def test_entities_that_swell_are_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    xml = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>').replace("<worksheet", f"{laughs}<worksheet")
    path = repacked(workbook(tmp_path / "a.xlsx"), {ONE_SHEET: xml})
    assert "belum mengenal" in refusal(tmp_path, path.read_bytes())


def test_a_workbook_whose_every_sheet_is_empty_is_refused(tmp_path: Path) -> None:
    assert "Tidak ada isi" in refusal(tmp_path, workbook(tmp_path / "a.xlsx", ()).read_bytes())


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WALL_SECONDS", 0.001)
    assert "terlalu lama" in refusal(tmp_path, workbook(tmp_path / "a.xlsx").read_bytes())


def test_the_reading_process_has_little_memory_and_may_write_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from kentongan.registers.reading import inside; inside._limit()\n"
        "try: bytearray(320_000_000)\n"
        "except MemoryError: print('memory')\n"
        "import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0], 'django' in sys.modules)\n"
    )
    said = subprocess.run([sys.executable, "-I", "-S", "-c", program, str(files.ROOT)], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["memory", "30", "False"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_whatever_the_bytes_there_is_a_book_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    try:
        assert book_of(tmp_path, content).sheets
    except Unreadable as refused:
        assert refused.sentence


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_a_book_or_a_sentence(tmp_path: Path, blots: list[tuple[int, int]]) -> None:
    content = bytearray(workbook(tmp_path / "a.xlsx").read_bytes())
    for at, byte in blots:
        content[at % len(content)] = byte
    try:
        assert book_of(tmp_path, bytes(content)).sheets
    except Unreadable as refused:
        assert refused.sentence


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f\u00ad"), max_size=12).map(
    lambda word: " ".join(word.split())
)
VALUES = st.one_of(
    WORDS,
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 4)),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=6))
def test_another_reader_sees_the_same_cells(tmp_path: Path, lines: list[list[object]]) -> None:
    path = tmp_path / "a.xlsx"
    lines = [["awal", *line] for line in lines]
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as made:
        sheet, day = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd"})
        for at, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)  # type: ignore[arg-type]
                else:
                    sheet.write(at, column, value)
    width = max(map(len, lines))
    ours = [[row.cell(at) for at in range(width)] for row in files.read(path, "a.xlsx").sheets[0].rows]
    seen = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    theirs = [[None if cell == "" else cell for cell in line] + [None] * (width - len(line)) for line in seen]
    assert ours == theirs
