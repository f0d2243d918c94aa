"""A register as offices really keep it: 120 numbered rows of Kabupaten Pati with nearly everything that goes wrong.

Villages are real, the rest is invented.

expected = dirty_register(path)      # writes the workbook
region = whole_regency()             # Pati with its 406 villages, and one village of Jepara
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kentongan.regions.data.places import places
from kentongan.regions.models import Region, chain
from kentongan.regions.tests.factories import rows as all_places

REGENCY = "33.18"
ELSEWHERE = "33.20.01.2001"  # of Jepara
NIKS = ("3318172003900001", "3318131505880002")
RELIGION = "Kepercayaan-Rahasia"
GROUPS, MEMBERS, HIDDEN = "Data KIM", "Anggota", "Rekap lama"
HEADINGS = ("No", "Nama KIM", "Desa/Kelurahan", "Kecamatan", "Kode Wilayah")
DECREE = ("Nomor", "Tanggal", "Penerbit", "Berlaku s.d.")
BOARD = ("Ketua", "Sekretaris", "Bendahara")
MORE = ("No. HP", "NIK Ketua", "Agama", "Berbasis TIK", "Jumlah Anggota", "Alamat Sekretariat", "Tahun Berdiri", "Bidang", "Keterangan")
NUMBERED = 120


@dataclass
class Expectation:
    """What has to come out: the verdict of each record by its row, words of its reasons, rows that are none, answers to the doubtful."""

    verdicts: dict[int, str] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    answers: dict[int, str] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = (*NIKS, RELIGION)
    """What may be found nowhere afterwards."""

    def count(self, verdict: str) -> int:
        """How many records of the sheet of groups get this verdict."""
        return Counter(self.verdicts.values())[verdict]


def whole_regency(code: str = REGENCY, *more: str) -> Region:
    """A regency with all its places out of the data file, and what `more` (a village of Jepara without any) lies in; a few insertions."""
    more = more or (ELSEWHERE,)
    wanted = {place for place in all_places() if place == code or place.startswith(f"{code}.")}
    wanted |= {above for one in (code, *more) for above in chain(one)}
    known = {region.code: region for region in Region.objects.filter(code__in=wanted)}
    found = [place for place in places(all_places()[one] for one in sorted(wanted)) if place.code not in known]
    for level in (1, 2, 3, 4):
        made = []
        for place in (place for place in found if place.level == level):
            fields = place._asdict()
            made.append(Region(parent=known.get(fields.pop("parent_code")), **fields))
        known |= {region.code: region for region in Region.objects.bulk_create(made)}
    return known[code]


@dataclass
class _Line:
    """One row to write: its cells by heading, and what has to come of it."""

    cells: dict[str, Any]
    verdict: str = "new"
    said: str = ""
    answer: str = ""
    tall: int = 1
    """How many rows its name and place are merged over."""


def _plain_villages() -> Iterator[tuple[str, str, str]]:
    """Code, name and district of villages of the first nine districts whose name is borne once in the regency."""
    names = Counter(row.name for code, row in all_places().items() if code.startswith(f"{REGENCY}.") and len(code) == 13)
    for code, row in sorted(all_places().items()):
        if f"{REGENCY}.01" <= code < f"{REGENCY}.10" and len(code) == 13 and names[row.name] == 1:
            yield code, row.name, all_places()[code[:8]].name


def _decree(number: int, dated: Any, ends: Any, by: str = "Kepala Desa") -> dict[str, Any]:
    return {"Nomor": f"141/{number:02}/2025", "Tanggal": dated, "Penerbit": by, "Berlaku s.d.": ends}


def _special() -> list[_Line]:
    usual = _decree(90, "12 Januari 2025", "11 Januari 2028")
    return [
        _Line(
            {
                "Nama KIM": "KIM Gulangpongge",
                "Kode Wilayah": 3318172003,
                **_decree(1, date(2025, 2, 3), date(2028, 2, 2)),
                "Ketua": f"Sugeng ({NIKS[0]})",
            }
        ),
        _Line({"Nama KIM": "KIM Klakah Kasihan", "Desa/Kelurahan": "KLAKAH KASIHAN", "Kecamatan": "Gembong", **_decree(2, 45691, 46785)}),
        _Line(
            {"Nama KIM": "KIM Mekar Bageng", "Desa/Kelurahan": "Desa Bageng", "Kecamatan": "Kec. Gembong", **_decree(3, "Jan 2025", 2027)}
        ),
        _Line(
            {
                "Nama KIM": "KIM Pati Kidul",
                "Desa/Kelurahan": "Kel. Pati Kidul",
                "Kecamatan": "Pati",
                **_decree(4, "3-2-25", "2-2-28", "Kades"),
            },
            said="dipimpin Lurah",
        ),
        _Line({"Nama KIM": "KIM Suara Tlogorejo", "Desa/Kelurahan": "Tlogorejo", **usual}, "ask", "Ada 3 Tlogorejo", "33.18.14.2003"),
        _Line(
            {
                "Nama KIM": "KIM Margorejo",
                "Desa/Kelurahan": "Margorejo",
                "Kecamatan": "Wedarijaksa",
                **_decree(6, "12/13/2024", "12/12/2027"),
            }
        ),
        _Line(
            {"Nama KIM": "KIM Gunung", "Desa/Kelurahan": "Gunungwungkel", "Kecamatan": "Gunungwungkal", **usual},
            "ask",
            "ejaannya dekat",
            "33.18.17.2011",
        ),
        _Line({"Nama KIM": "KIM Entah", "Desa/Kelurahan": "Negeri Antah Berantah", "Kecamatan": "Tayu"}, "refused", "Tidak ada desa"),
        _Line({"Nama KIM": "KIM Seberang", "Kode Wilayah": "33.20.01.2001", "Desa/Kelurahan": "Kedung"}, "refused", "Jepara"),
        _Line(
            {"Nama KIM": "KIM Giling", "Desa/Kelurahan": "Giling", **_decree(10, "2 Januari 2026", "2 Januari 2024")},
            "refused",
            "sebelum mulainya",
        ),
        _Line(
            {"Nama KIM": "KIM Kajen", "Desa/Kelurahan": "Kajen", "Kecamatan": "Margoyoso", **_decree(11, "31-02-2025", "2028")},
            "refused",
            "31-02-2025",
        ),
        _Line({"Nama KIM": "KIM Jrahi", "Desa/Kelurahan": "Jrahi", **_decree(12, "2025-03-01", "2028-02-28")}),
        _Line({"Nama KIM": "Kelompok Informasi Masyarakat JRAHI", "Desa/Kelurahan": "Jrahi"}, "refused", "sudah ada di baris"),
        _Line(
            {
                "Nama KIM": "KIM Suara Ketanggan",
                "Desa/Kelurahan": "Ketanggan",
                "Kecamatan": "Gembong",
                **_decree(14, "1 Pebruari 2025", "31 Januari 2028"),
            }
        ),
        _Line(
            {"Nama KIM": "KIM Suara Ketangan", "Desa/Kelurahan": "Ketanggan", "Kecamatan": "Gembong"},
            "ask",
            "ejaan lain",
            "33.18.13.2010/baru",
        ),
        _Line(
            {
                "Nama KIM": "KIM\u200b Semirejo\ufeff",
                "Desa/Kelurahan": "Semi\u00adrejo",
                "Kecamatan": "Gem\u200bbong",
                **_decree(16, "TMT 1 Maret 2025", "s/d 2027"),
            }
        ),
        _Line(
            {"Desa/Kelurahan": "Tayu Wetan", "Kecamatan": "Tayu", **_decree(17, "1 Mei 2025", "30 April 2028")},
            "refused",
            "Nama KIM kosong",
        ),
        _Line(
            {
                "Nama KIM": '=HYPERLINK("http://x")',
                "Desa/Kelurahan": "Pesagen",
                "Kecamatan": "Gunungwungkal",
                **_decree(18, "1 Mei 2025", "30 April 2028"),
            }
        ),
        _Line({"Nama KIM": "KIM Rusak", "Desa/Kelurahan": "Sampok", **_decree(19, "#REF!", "2028")}, "refused", "#REF!"),
        _Line(
            {"Nama KIM": "KIM Jepalo", "Desa/Kelurahan": "Jepalo", "Kecamatan": "Gunungwungkal", **_decree(1, "5 Mei 2025", "4 Mei 2028")},
            said="juga dipakai",
        ),
        _Line(
            {"Nama KIM": "KIM Tanpa Pejabat", "Desa/Kelurahan": "Gadu", **_decree(21, "5 Mei 2025", "4 Mei 2028", "")},
            said="pejabat yang menerbitkan",
        ),
        _Line(
            {
                "Nama KIM": "KIM Dua SK",
                "Desa/Kelurahan": "Gajihan",
                "Kecamatan": "Gunungwungkal",
                **_decree(22, "5 Mei 2022", "4 Mei 2025"),
                "SK kedua": _decree(23, "5 Mei 2025", "4 Mei 2028"),
            },
            said="SK lain",
            tall=2,
        ),
        _Line(
            {
                "Nama KIM": "KIM Bertumpuk",
                "Desa/Kelurahan": "Perdopo",
                "Kecamatan": "Gunungwungkal",
                **_decree(24, "5 Mei 2024", "4 Mei 2027"),
                "SK kedua": _decree(25, "5 Mei 2025", "4 Mei 2028"),
            },
            "refused",
            "bertumpuk",
            tall=2,
        ),
        _Line({"Nama KIM": "KIM Belum Ber-SK", "Desa/Kelurahan": "Bancak", "Nomor": "-", "Tanggal": "belum ada"}),
    ]


def _plain(number: int, code: str, village: str, district: str) -> _Line:
    """A row as it should be, its dates spelled in one of the ways people use."""
    dates: tuple[tuple[Any, Any], ...] = (
        (date(2025, 1, 13), date(2028, 1, 12)),
        ("13 Januari 2025", "12 Januari 2028"),
        ("13-1-25", "12-1-28"),
        ("13/01/2025", "12/01/2028"),
        (45670, 46764),
        ("Senin, 13 Jan 2025", "12 Jan 2028"),
    )
    dated, ends = dates[number % len(dates)]
    by_code = {"Kode Wilayah": code} if number % 3 == 0 else {"Desa/Kelurahan": village, "Kecamatan": district}
    answers = ("ya", "v", "✓", "belum", "tidak", "Berbasis TIK")
    more = {
        "Ketua": f"Ketua {village}",
        "Sekretaris": f"Sekretaris {village}",
        "Bendahara": f"Bendahara {village}",
        "No. HP": 81200000000 + number,
    }
    said = {
        "Berbasis TIK": answers[number % len(answers)],
        "Jumlah Anggota": f"{5 + number % 20} orang",
        "Alamat Sekretariat": f"Balai Desa {village}",
    }
    about = {"Tahun Berdiri": 2015 + number % 10, "Bidang": "pertanian, UMKM dan budaya", "Agama": RELIGION, "NIK Ketua": NIKS[1]}
    return _Line({"Nama KIM": f"KIM {village}", **by_code, **_decree(100 + number, dated, ends), **more, **said, **about})


def dirty_register(path: Path) -> Expectation:
    """Write the workbook to `path`; what has to come of it."""
    expected = Expectation()
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        _Writer(book, book.add_worksheet(GROUPS), expected).write()
        _members(book.add_worksheet(MEMBERS), expected)
        hidden = book.add_worksheet(HIDDEN)
        hidden.write(0, 0, "Nama KIM")
        hidden.write(1, 0, "KIM Lama")
        hidden.hide()
    return expected


class _Writer:
    """Writes the sheet of groups from the top."""

    def __init__(self, book: Workbook, sheet: Worksheet, expected: Expectation) -> None:
        self.sheet, self.expected, self.at, self.number = sheet, expected, 0, 0
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.grey = book.add_format({"bg_color": "#dddddd"})
        self.titles = (*HEADINGS, *DECREE, *BOARD, *MORE)
        self.column = {title: index for index, title in enumerate(self.titles)}

    def write(self) -> None:
        last = len(self.titles) - 1
        self.sheet.merge_range(0, 0, 0, last, "DATA KELOMPOK INFORMASI MASYARAKAT (KIM)")
        self.sheet.merge_range(1, 0, 1, last, "KABUPATEN PATI TAHUN 2026")
        self._headings()
        self.sheet.write_row(5, 0, list(range(1, last + 2)))
        self.expected.left.append(6)
        self.at = 6
        special = _special()
        plain = list(_plain_villages())[: NUMBERED - len(special)]
        for line in special:
            if line.cells.get("Nama KIM") == "KIM Giling":
                self._section("B. KECAMATAN GUNUNGWUNGKAL")
            self._line(line)
        self._repeated_headings()
        for number, (code, village, district) in enumerate(plain):
            self._line(_plain(number, code, village, district))
        self._end(last)

    def _headings(self) -> None:
        for index, title in enumerate(self.titles):
            if title in DECREE or title in BOARD:
                self.sheet.write(4, index, title)
            else:
                self.sheet.merge_range(3, index, 4, index, title)
        for title, group in (("SK", DECREE), ("PENGURUS", BOARD)):
            self.sheet.merge_range(3, self.column[group[0]], 3, self.column[group[-1]], title)

    def _section(self, title: str) -> None:
        self.sheet.merge_range(self.at, 0, self.at, len(self.titles) - 1, title)
        self.expected.left.append(self.at + 1)
        self.at += 1

    def _repeated_headings(self) -> None:
        """After a page break somebody pasted the headings again; from there on the districts stand in their column."""
        for index, title in enumerate(self.titles):
            self.sheet.write(self.at, index, title)
        self.expected.left.append(self.at + 1)
        self.at += 2

    def _line(self, line: _Line) -> None:
        self.number += 1
        row = self.at + 1
        self.expected.verdicts[row] = line.verdict
        if line.said:
            self.expected.said[row] = line.said
        if line.answer:
            self.expected.answers[row] = line.answer
        self._cell("No", self.number, line.tall)
        second = line.cells.pop("SK kedua", {})
        for title, value in line.cells.items():
            self._cell(title, value, 1 if title in DECREE else line.tall)
        for title, value in second.items():
            self.sheet.write(self.at + 1, self.column[title], value)
        self.at += line.tall

    def _cell(self, title: str, value: Any, tall: int) -> None:
        column = self.column[title]
        if tall > 1:
            self.sheet.merge_range(self.at, column, self.at + tall - 1, column, value)
        elif isinstance(value, date):
            self.sheet.write_datetime(self.at, column, value, self.day)
        elif value == "#REF!":
            self.sheet.write_formula(self.at, column, "=#REF!", None, "#REF!")
        elif title == "Nomor" and self.number % 5 == 0:
            self.sheet.write_formula(self.at, column, f'="{value}"', None, value)
        else:
            self.sheet.write(self.at, column, value)

    def _end(self, last: int) -> None:
        """A row of totals, a signature, and the grey that somebody once painted down to the last row there is."""
        self.sheet.write(self.at, 1, "JUMLAH")
        self.sheet.write_formula(self.at, self.column["Jumlah Anggota"], "=SUM(P7:P130)", None, 1234)
        self.expected.left.append(self.at + 1)
        self.sheet.write(self.at + 2, last - 2, "Pati, 12 Januari 2026")
        self.sheet.write(self.at + 3, last - 2, "Kepala Dinas Komunikasi dan Informatika")
        self.expected.left += [self.at + 3, self.at + 4]
        self.sheet.write_blank(1_048_575, last, None, self.grey)


def _members(sheet: Worksheet, expected: Expectation) -> None:
    sheet.write_row(0, 0, ["SUSUNAN PENGURUS DAN ANGGOTA KIM"])
    sheet.write_row(1, 0, ["No", "Nama KIM", "Desa", "Nama", "Jabatan", "No. HP", "Tahun Lahir", "Suku"])
    people = (
        ("KIM Gulangpongge", "Gulangpongge", "Sugeng Riyadi", "Ketua", 81234567801, 1980, "new"),
        ("KIM Gulangpongge", "Gulangpongge", "Endang Lestari", "Sekretaris", "0812-3456-7802", 1985, "new"),
        ("KIM GULANGPONGGE", None, "Slamet Widodo, S.Pd", "Bendahara", "+62 812 3456 7803", "1990", "new"),
        ("KIM Gulangpongge", "Gulangpongge", "Dwi Astuti", "Koordinator Humas", "nomor lama", 1992, "new"),
        ("KIM Gulangpongge", "Gulangpongge", "Bayu Anak", "Anggota", None, 2012, "new"),
        ("KIM Gulangpongge", "Gulangpongge", "Dwi Astuti", "anggota", None, 1992, "refused"),
        ("KIM Gulangpongge", "Gulangpongge", "Ketua Lain", "Ketua", None, None, "refused"),
        ("KIM Tidak Ada", None, "Siapa", "Anggota", None, None, "refused"),
        ("KIM Kajen", "Kajen", "Ahmad", "Ketua", None, None, "refused"),
    )
    for at, (group, village, person, role, phone, born, verdict) in enumerate(people, start=2):
        sheet.write_row(at, 0, [at - 1, group, village, person, role, phone, born, RELIGION])
        expected.members[at + 1] = verdict
