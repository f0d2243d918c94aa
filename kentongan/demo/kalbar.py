"""The register of Kalimantan Barat as a news article of March 2023 counts it, as a sheet made by this script and imported like any other.

The article ("Diskominfo Kalbar Siapkan KIM Berbasis Digital", InfoPublik, 25 March 2023) gives totals alone: 14 regencies and cities, 103
groups with a decree, 50 of them based on information technology. Which villages, which names and which decrees is this project's choice,
and every row says so.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from kentongan.accounts.models import Account, Person
from kentongan.demo import founding
from kentongan.demo.people import OPERATOR
from kentongan.groups.models import Group, Office, Seat
from kentongan.regions.data.places import Row, read
from kentongan.regions.models import Region
from kentongan.registers import actions, jobs
from kentongan.registers.models import Import

SHEET = Path(__file__).with_name("data") / "kalbar.csv"
PROVINCE, GROUPS, DIGITAL = "61", 103, 50
HEAD = ("Nama KIM", "Kode wilayah", "Desa/kelurahan", "Kecamatan", "Kabupaten/kota", "Nomor SK", "Tanggal SK", "Penerbit SK",
        "SK berlaku sampai", "Berbasis TIK")  # fmt: skip
OFFICE = ("communication", "Diskominfo Prov. Kalimantan Barat")
OFFICER = Seat("Yuliana Sambas", "kalbar", "officer")
NOTE = "Contoh: berita InfoPublik 25 Maret 2023 hanya memberi jumlah; desa, nama, dan SK dipilih Kentongan."
"""What the page of each group says of where it comes from."""


class Unexpected(Exception):
    """The import did not go as a sheet made for it must; nothing is kept."""


def rows() -> Iterator[tuple[str, ...]]:
    """The sheet: as many groups in each regency as in any other, give or take one, in villages spread over it by their codes."""
    places = [row for row in read() if row.code.startswith(f"{PROVINCE}.")]
    names = {row.code: row.name for row in places}
    for number, village in enumerate(_villages(places)):
        digital = (number + 1) * DIGITAL // GROUPS > number * DIGITAL // GROUPS
        rank = "Lurah" if village.code.split(".")[3].startswith("1") else "Kepala Desa"
        yield (
            f"KIM {village.name}", village.code, village.name, names[village.code[:8]], names[village.code[:5]],
            f"DEMO/{number + 1:03}/KIM/2025", "20-03-2025", rank, "19-03-2030", "Ya" if digital else "Tidak",
        )  # fmt: skip


def _villages(places: list[Row]) -> Iterator[Row]:
    regencies = [row.code for row in places if len(row.code) == 5]
    for at, regency in enumerate(regencies):
        there = [row for row in places if len(row.code) == 13 and row.code.startswith(f"{regency}.")]
        count = GROUPS // len(regencies) + (at < GROUPS % len(regencies))
        yield from (there[number * len(there) // count] for number in range(count))


def write() -> None:
    """Make the sheet anew from the data file of the regions."""
    SHEET.parent.mkdir(exist_ok=True)
    with SHEET.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows()])


def loaded() -> bool:
    """Whether the sheet was imported."""
    return Import.objects.filter(region__code=PROVINCE, name=SHEET.name, state=Import.State.CONFIRMED).exists()


def load() -> Import:
    """Bring the sheet in as an officer does: upload, columns as they were guessed, preview, yes. Raises Unexpected where a row is doubtful.

    Inside one transaction: a worker that is running sees the import when it is done, and finds nothing left to do.
    """
    officer = _officer()
    region = Region.objects.by_code(PROVINCE)
    file = SimpleUploadedFile(SHEET.name, SHEET.read_bytes())
    importing = actions.upload(file, office=Office.objects.get(name=OFFICE[1], region=region), region=region, by=officer)
    jobs.read(importing.pk)
    importing = _at(importing, Import.State.READ)
    chosen = [{column["key"]: column["field"] for column in sheet["columns"] if not column["never"]} for sheet in importing.sheets]
    actions.map_columns(importing, chosen=chosen, ranks=[""] * len(chosen), by=officer)
    jobs.judge(importing.pk)
    importing = _at(importing, Import.State.PREVIEWED)
    if importing.to_save != importing.tally["all"]:
        raise Unexpected(f"{importing.tally}")
    actions.confirm(importing, by=officer)
    jobs.save(importing.pk)
    importing = _at(importing, Import.State.CONFIRMED)
    Group.objects.filter(pk__in=importing.rows.values("group")).update(demo=True, source_note=NOTE)
    return importing


def _at(importing: Import, state: str) -> Import:
    importing = Import.objects.get(pk=importing.pk)
    if importing.state != state:
        raise Unexpected(f"{importing.state}, not {state}: {importing.sentence}")
    return importing


def _officer() -> Person:
    """Who keeps the register of the province; appointed where nobody does yet, by the operator of the demo."""
    if not founding.loaded():
        founding.found_offices()
    if not Account.objects.filter(username=OFFICER.credential).exists():
        kind, name = OFFICE
        founding.appoint(Region.objects.by_code(PROVINCE), kind, name, OFFICER, "Petugas KIM", by=OPERATOR[0])
    return founding.person(OFFICER.credential)
