"""Read an untrusted file in a separate process with little memory, little time, no right to write files or start programs.

The process (`inside.main`) gets the open file as its standard input and hands back JSON of a bounded size. Whatever it dies
of, the answer is a sentence.
"""

import json
import logging
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from kentongan.registers.reading.book import Book, Cell, Row, Sheet, Unreadable, column_name
from kentongan.registers.reading.limits import ANSWER_BYTES, FILE_BYTES, MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, WALL_SECONDS

logger = logging.getLogger(__name__)

ROOT: Final = Path(__file__).resolve().parents[3]
_PROGRAM: Final = "import sys; sys.path.insert(0, sys.argv[1]); from kentongan.registers.reading.inside import main; main()"


def read(path: Path, name: str) -> Book:
    """The book in the file at `path`; `name` is what the officer calls it, used in sentences only: the content decides what it is.

    Raises Unreadable.
    """
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(_("Berkas “%(name)s” kosong. Pilih berkas yang berisi daftar KIM.") % {"name": _short(name)})
    if size > FILE_BYTES:
        raise Unreadable(
            _("Berkas ini lebih dari %(mb)s MB. Simpan lembar daftarnya saja ke berkas baru, lalu unggah yang itu.")
            % {"mb": FILE_BYTES // 1_000_000}
        )
    with path.open("rb") as file:
        answer = _ask(file)
    if "refused" in answer:
        raise Unreadable(_sentence(answer["refused"], answer.get("about", {}), name))
    sheets = [
        Sheet(sheet["name"], [Row(number, [_cell(cell) for cell in cells]) for number, cells in sheet["rows"]])
        for sheet in answer["sheets"]
    ]
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(
            _("Tidak ada isi di lembar yang terlihat. Buka berkasnya, pastikan daftar KIM ada di lembar yang tidak disembunyikan.")
        )
    return Book([sheet for sheet in sheets if sheet.rows], [_note(kind, about) for kind, about in answer["notes"]])


def _ask(file: IO[bytes]) -> dict[str, Any]:
    """What the process says of `file`; `{"refused": "died"}` and the like when it says nothing that can be used."""
    command = [sys.executable, "-I", "-S", "-c", _PROGRAM, str(ROOT)]
    with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/") as process:
        late = threading.Timer(WALL_SECONDS, process.kill)
        late.start()
        try:
            assert process.stdout is not None
            said = process.stdout.read(ANSWER_BYTES + 1)
            timed_out = not late.is_alive()
        finally:
            late.cancel()
            process.kill()
    if timed_out:
        return {"refused": "slow"}
    if len(said) > ANSWER_BYTES:
        return {"refused": "large"}
    try:
        answer = json.loads(said)
    except ValueError:
        logger.warning("The process reading a register ended with %s and said nothing", process.returncode)
        return {"refused": "died"}
    return answer if isinstance(answer, dict) else {"refused": "died"}


def _cell(told: Any) -> Cell:
    return date.fromisoformat(told["date"]) if isinstance(told, dict) else told


def _sentence(reason: str, about: dict[str, Any], name: str) -> str:
    """Why there is no book, and what to do."""
    save_as = _("Buka di Excel, pilih Simpan Sebagai, jenis “Buku Kerja Excel (.xlsx)”, lalu unggah hasilnya.")
    sentences = {
        "empty": _("Berkas “%(name)s” kosong. Pilih berkas yang berisi daftar KIM."),
        "pdf": _("Berkas “%(name)s” sebenarnya PDF. Kami perlu tabel aslinya: mintalah berkas Excel-nya kepada yang membuat."),
        "picture": _("Berkas “%(name)s” sebenarnya gambar. Kami perlu tabelnya: unggah berkas Excel, CSV, atau ODS."),
        "document": _("Berkas “%(name)s” sebenarnya dokumen tulisan. Salin tabelnya ke Excel, simpan, lalu unggah hasilnya."),
        "slides": _("Berkas “%(name)s” sebenarnya presentasi. Salin tabelnya ke Excel, simpan, lalu unggah hasilnya."),
        "web": _("Berkas “%(name)s” sebenarnya halaman web yang diberi akhiran Excel.") + " " + save_as,
        "old": _("Berkas “%(name)s” berbentuk Excel lama (.xls).") + " " + save_as,
        "binary": _("Berkas “%(name)s” berbentuk Excel biner (.xlsb).") + " " + save_as,
        "locked": _("Berkas “%(name)s” dikunci kata sandi. Buka di Excel, hapus kata sandinya di menu Info, simpan, lalu unggah lagi."),
        "archive": _("Berkas “%(name)s” sebenarnya arsip (zip). Buka dulu arsipnya, lalu unggah lembar di dalamnya."),
        "bomb": _("Isi berkas “%(name)s” membengkak jauh melebihi ukurannya, jadi tidak kami buka.")
        + " "
        + _("Salin tabelnya ke buku kerja baru, simpan, lalu unggah yang itu."),
        "damaged": _("Berkas “%(name)s” rusak atau belum terunduh seluruhnya.")
        + " "
        + _("Buka di Excel; kalau terbuka, simpan ulang lalu unggah. Kalau tidak, minta lagi kepada pengirimnya."),
        "strange": _("Kami belum mengenal isi berkas “%(name)s”. Yang bisa dibaca: Excel (.xlsx), CSV, dan ODS."),
        "rows": _("Lembar “%(sheet)s” berisi lebih dari %(most)s baris. Bagi menjadi beberapa berkas, misalnya per kabupaten."),
        "large": _("Isi berkas “%(name)s” terlalu banyak untuk dibaca sekaligus.")
        + " "
        + _("Salin daftar KIM-nya saja ke buku kerja baru, lalu unggah yang itu."),
        "slow": _("Berkas “%(name)s” terlalu lama dibaca, jadi kami hentikan.")
        + " "
        + _("Salin daftar KIM-nya saja ke buku kerja baru, lalu unggah yang itu."),
        "died": _("Berkas “%(name)s” tidak selesai dibaca karena terlalu besar atau rusak.")
        + " "
        + _("Salin daftar KIM-nya saja ke buku kerja baru, lalu unggah yang itu."),
    }
    words = {"name": _short(name), "most": _counted(MOST_ROWS), "sheet": _short(str(about.get("sheet", "")))}
    return sentences.get(reason, sentences["died"]) % words


def _note(kind: str, about: dict[str, Any]) -> str:
    """A sentence about something left out or odd."""
    words = {key: _short(str(value)) for key, value in about.items()}
    if "at" in about:
        row, column = about["at"]
        words["cell"] = f"{column_name(column)}{row}"
    words |= {"letters": _counted(MOST_LETTERS), "columns": str(MOST_COLUMNS)}
    notes = {
        "hidden_sheet": _("Lembar “%(sheet)s” disembunyikan, jadi tidak dibaca."),
        "empty_sheet": _("Lembar “%(sheet)s” kosong."),
        "hidden_rows": _("Di lembar “%(sheet)s” ada %(n)s baris yang disembunyikan atau tersaring: tetap dibaca."),
        "macros": _("Berkas ini membawa makro. Makro tidak dijalankan dan tidak disimpan; hanya isi selnya yang dibaca."),
        "long_cell": _("Sel %(cell)s di lembar “%(sheet)s” berisi %(n)s huruf: hanya %(letters)s pertama yang dibaca."),
        "wide": _("Lembar “%(sheet)s” lebih dari %(columns)s kolom: kolom sesudahnya tidak dibaca."),
        "broken": _("Di lembar “%(sheet)s” ada %(n)s sel berumus rusak, yang pertama %(cell)s (%(sign)s)."),
        "uncounted": _(
            "Di lembar “%(sheet)s” ada %(n)s rumus yang belum pernah dihitung (%(cell)s …). Buka di Excel, simpan, lalu unggah lagi."
        ),
        "encoding": _("Berkas CSV ini bukan UTF-8: dibaca sebagai Windows-1252. Periksa huruf yang tidak biasa."),
    }
    return notes[kind] % words


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:59]}…"
