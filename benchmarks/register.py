"""How long a register of 5,000 rows takes to be read, judged, previewed, taken in and taken back, and how much memory that takes.

Needs: nothing but `make setup`; makes a database of its own with all places in it, writes a workbook of 5,000 groups of Jawa Tengah
(23 columns, two rows of headings, dates in six spellings, a tenth of the villages misspelt) and one with a million painted empty rows,
and takes everything away. Of reading and judging the slowest of TIMES counts. The import is the whole way of an officer of the province,
in a process of its own as the worker is: upload, columns, preview, doubtful rows left out, confirmed, taken back.
Repeat: .venv/bin/python benchmarks/register.py
Yardstick (issue 4): 5,000 rows previewed < 10 s and imported < 60 s, within 300 MB.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, machine, verdict

TIMES = 3
ROWS = 5_000
PROVINCE = "33"
SECONDS, MEGABYTES, SAVED_SECONDS = 10.0, 300, 60.0
HEADINGS = re.split(
    r"\|",
    "No|Nama KIM|Desa/Kelurahan|Kecamatan|Kabupaten/Kota|Kode Wilayah|Nomor|Tanggal|Penerbit|Mulai|Berlaku s.d.|Ketua|Sekretaris"
    "|Bendahara|No. HP|Berbasis TIK|Jumlah Anggota|Alamat Sekretariat|Tahun Berdiri|Bidang|Website|NIK Ketua|Keterangan",
)
DECREE = range(6, 11)


def register(path: Path, villages: list[Any]) -> None:
    """A workbook of ROWS groups in these villages, as offices write them."""
    from xlsxwriter import Workbook

    from kentongan.ui.writing import date_only

    with Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        sheet, day = book.add_worksheet("Data KIM"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "DATA KIM PROVINSI JAWA TENGAH")
        sheet.merge_range(1, DECREE[0], 1, DECREE[-1], "SK")
        for column, title in enumerate(HEADINGS):
            if column in DECREE:
                sheet.write(2, column, title)
            else:
                sheet.merge_range(1, column, 2, column, title)
        for number in range(ROWS):
            village = villages[number % len(villages)]
            starts = date(2024, 1, 1) + timedelta(days=number % 600)
            ends = starts + timedelta(days=1094)
            spelled = (
                starts,
                f"{starts:%d-%m-%Y}",
                f"{starts:%d/%m/%y}",
                date_only(starts),
                (starts - date(1899, 12, 30)).days,
                f"{starts:%Y-%m-%d}",
            )
            district, regency = village.lies_in.split(", ", 1)
            name = village.name if number % 10 else f"{village.name}xq"
            cells = [number + 1, f"KIM {village.name} {number // len(villages) or ''}".strip(), name, district, regency, None]
            if number % 4 == 0:
                cells[2:6] = [None, None, regency, int(village.code.replace(".", ""))]
            cells += [f"141/{number}/2024", spelled[number % 6], "Kepala Desa", starts, ends]
            cells += [
                f"Ketua {number}",
                f"Sekretaris {number}",
                f"Bendahara {number}",
                81200000000 + number,
                "ya" if number % 2 else "belum",
                "12 orang",
            ]
            cells += [f"Balai Desa {village.name}", 2015 + number % 10, "pertanian, UMKM, budaya", "-", "3318171234567890", "catatan " * 8]
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(number + 3, column, value, day)
                else:
                    sheet.write(number + 3, column, value)


def painted(path: Path) -> None:
    """A small list in a sheet somebody painted grey down to the last row there is."""
    from xlsxwriter import Workbook

    with Workbook(path, {"constant_memory": True}) as book:
        sheet, grey = book.add_worksheet("Data KIM"), book.add_format({"bg_color": "#dddddd"})
        sheet.write_row(0, 0, ["Nama KIM", "Desa", "Kecamatan"])
        sheet.write_row(1, 0, ["KIM Bermi", "Bermi", "Gembong"])
        for row in range(2, 1_048_576):
            sheet.write_blank(row, 0, None, grey)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds of the slowest of TIMES, and what it answered."""
    took = []
    for _turn in range(TIMES):
        begun = time.perf_counter()
        answer = work()
        took.append(time.perf_counter() - begun)
    return max(took), answer


def measure(folder: Path) -> bool:
    """In a process of its own, on the benchmark's database."""
    import django

    django.setup()
    from collections import Counter

    from django.db import connection, reset_queries

    from kentongan.regions.models import Level, Region
    from kentongan.registers.reading import files, headings, matching, rows

    province = Region.objects.get(code=PROVINCE)
    villages = list(Region.objects.within(province).at_level(Level.VILLAGE).order_by("code"))
    file = folder / "register.xlsx"
    register(file, villages)
    reading, book = timed(lambda: files.read(file, file.name))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    parsing, records = timed(lambda: rows.parse(book.sheets[0], headings.guess(book.sheets[0], {})))
    connection.force_debug_cursor = True
    reset_queries()
    judging, judged = timed(lambda: matching.judge(records, province))
    queries = len(connection.queries) // TIMES
    said = Counter(one.verdict for one in judged)
    print(f"  {len(records)} records, {file.stat().st_size // 1000} kB: {dict(said)}; {queries} queries to judge them all")
    print(f"  reading {reading:.2f} s, understanding {parsing:.2f} s, judging {judging:.2f} s")
    whole = reading + parsing + judging
    grey = folder / "painted.xlsx"
    painted(grey)
    slow, small = timed(lambda: files.read(grey, grey.name))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    own = int(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
    print(f"  most memory of the process that asked: {own} MB")
    return all(
        (
            verdict(
                f"{ROWS} rows read, understood and judged", f"{whole:.2f} s", f"{SECONDS:.0f} s", whole < SECONDS and len(records) == ROWS
            ),
            verdict("memory of the reading process", f"{memory} MB", f"{MEGABYTES} MB", memory < MEGABYTES),
            verdict(
                "a million painted empty rows",
                f"{slow:.2f} s, {peak} MB",
                f"{SECONDS:.0f} s",
                slow < SECONDS and len(small.sheets[0].rows) == 2,
            ),
        )
    )


def bring_in(folder: Path) -> bool:
    """The whole way of an import, in a process of its own, on the benchmark's database."""
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from kentongan.accounts.models import Person
    from kentongan.core.jobs import run_pending
    from kentongan.core.models import Entry
    from kentongan.groups.models import Appointment, Group, Office
    from kentongan.regions.models import Region
    from kentongan.registers import actions
    from kentongan.registers.models import SKIP, Import

    def took(work: Callable[[], Any]) -> float:
        begun, used = time.perf_counter(), time.process_time()
        work()
        print(f"  … {time.perf_counter() - begun:.1f} s, of which {time.process_time() - used:.1f} s of this process", flush=True)
        return time.perf_counter() - begun

    province = Region.objects.get(code=PROVINCE)
    officer = Person.enter("Petugas Provinsi")
    office = Office.objects.create(kind="communication", name="Diskominfo Prov. Jawa Tengah", region=province)
    post = {"role": "officer", "title": "Petugas", "letter": "1", "starts": timezone.localdate(), "state": "active"}
    Appointment.objects.create(person=officer, office=office, **post)
    upload = SimpleUploadedFile("register.xlsx", (folder / "register.xlsx").read_bytes())

    def now() -> Import:
        return Import.objects.get(pk=importing.pk)

    importing = actions.upload(upload, office=office, region=province, by=officer)
    reading = took(run_pending)
    chosen = [{column["key"]: column["field"] for column in sheet["columns"] if not column["never"]} for sheet in now().sheets]
    actions.map_columns(now(), chosen=chosen, ranks=[""], by=officer)
    previewing = took(run_pending)
    seen = reading + previewing
    counts = now().tally
    doubtful = dict.fromkeys(now().rows.filter(asked=True).values_list("pk", flat=True), SKIP)
    choosing = took(lambda: actions.choose(now(), choices=doubtful, by=officer)) if doubtful else 0.0
    actions.confirm(now(), by=officer)
    saving = took(run_pending)
    made = Group.objects.filter(source_note__startswith="Register ").count()
    entries = Entry.objects.filter(action="groups.enter").count()
    worker = int(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
    print(f"  {counts['all']} rows: {counts['new']} new, {counts['ask']} doubtful, {counts['refused']} refused; {now().sentence}")
    print(f"  reading {reading:.1f} s, judging {previewing:.1f} s, leaving {len(doubtful)} rows out {choosing:.1f} s; {made} groups made")
    actions.undo(now(), reason="Tolok ukur", by=officer)
    undoing = took(run_pending)
    gone = Group.objects.filter(source_note__startswith="Register ").exclude(state="withdrawn").count()
    print(f"  taken back in {undoing:.1f} s, {gone} groups left")
    saved = saving < SAVED_SECONDS and made == entries > 0
    back = undoing < SAVED_SECONDS and not gone
    return all(
        (
            verdict("preview, from the file to every row", f"{seen:.1f} s", f"{SECONDS:.0f} s", seen < SECONDS),
            verdict("import, one transaction", f"{saving:.1f} s", f"{SAVED_SECONDS:.0f} s", saved),
            verdict("most memory of the worker", f"{worker} MB", f"{MEGABYTES} MB", worker < MEGABYTES),
            verdict("taken back", f"{undoing:.1f} s", f"{SAVED_SECONDS:.0f} s", back),
        )
    )


def main() -> int:
    """Make the database, load the places, and measure."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_DATA", "KENTONGAN_ENV")}
    print(machine())
    with tempfile.TemporaryDirectory(prefix="kentongan-register-") as folder:
        Path(folder).chmod(0o755)
        environment = kept | {"KENTONGAN_DATA": folder}
        for words in (("migrate", "-v0"), ("load_regions",)):
            subprocess.run([sys.executable, "manage.py", *words], cwd=BASE, env=environment, check=True)
        inside = ["-m", "kentongan.config.database", "run", "--", sys.executable, __file__]
        runs = [
            subprocess.run([sys.executable, *inside, part, folder], cwd=BASE, env=environment, check=False).returncode
            for part in ("--measure", "--import")
        ]
        return max(runs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--import"]:
        sys.exit(0 if bring_in(Path(sys.argv[2])) else 1)
    if sys.argv[1:2] == ["--measure"]:
        sys.exit(0 if measure(Path(sys.argv[2])) else 1)
    sys.exit(main())
