"""An officer brings in the office's dirty sheet of 120 rows: settles, saves, sees the portal move, takes it back, brings it in again."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from kentongan.core.jobs import run_pending
from kentongan.groups.models import Group, Standing, recount
from kentongan.registers.models import Import
from kentongan.registers.tests.dirty import dirty_register, whole_regency
from tests.cast import Cast
from tests.journeys.walk import closed_door, give_code, open_fold, shown_soon

REGION = "/wilayah/33.18/"
FILE = "register-kim-pati.xlsx"


def test_a_dirty_sheet_comes_in_goes_back_and_comes_in_again(visit: Callable[..., Any], transactional_cast: Cast, tmp_path: Path) -> None:
    whole_regency()
    recount()
    sheet = tmp_path / FILE
    expected = dirty_register(sheet)
    with visit() as reader, visit(transactional_cast.dinas) as dinas:
        give_code(dinas)
        before = covered(reader)
        the_officer_sends_the_sheet(dinas, sheet)
        the_officer_looks_at_the_columns(dinas)
        the_officer_settles_every_doubt(dinas, list(expected.answers.values()))
        the_officer_saves(dinas)
        villages = Standing.objects.filter(village_code__startswith="33.18").holding("covers").count()
        shown_soon(reader, REGION, f"{villages}")
        assert covered(reader) == villages > before
        the_officer_takes_it_back(dinas)
        shown_soon(reader, REGION, f"{before}")
        assert covered(reader) == before
        the_officer_sends_the_sheet(dinas, sheet)
        the_officer_looks_at_the_columns(dinas)
        the_officer_settles_every_doubt(dinas, list(expected.answers.values()))
        the_officer_saves(dinas)
        assert Group.objects.filter(name="KIM Jrahi", state="decreed").count() == 1
        shown_soon(reader, "/wilayah/33.18.17/kim/", "KIM Jrahi")


def covered(reader: Page) -> int:
    """How many villages of the regency the public page says have a group."""
    reader.goto(REGION)
    return int(reader.locator(".number .figure").first.inner_text().split("/")[0].strip().replace(".", ""))


def the_officer_sends_the_sheet(dinas: Page, sheet: Path) -> None:
    dinas.goto("/meja/wilayah/")
    dinas.get_by_role("link", name="Impor register").click()
    dinas.get_by_label("Pilih berkas register").set_input_files(sheet)
    dinas.get_by_role("button", name="Baca berkas").click()
    expect(dinas.get_by_role("heading", name="Masih dikerjakan")).to_be_visible()
    run_pending()
    dinas.get_by_role("link", name="Lihat sekarang").click()


def the_officer_looks_at_the_columns(dinas: Page) -> None:
    """What is never taken is said; the rest was understood."""
    expect(dinas.get_by_role("heading", name="Apa isi tiap kolom?")).to_be_visible()
    expect(dinas.get_by_text("Tidak diambil: agama.")).to_be_visible()
    assert "3318172003900001" not in dinas.content() and "Kepercayaan-Rahasia" not in dinas.content()
    dinas.get_by_role("button", name="Cocokkan dengan register").click()
    run_pending()
    dinas.get_by_role("link", name="Lihat sekarang").click()


def the_officer_settles_every_doubt(dinas: Page, answers: list[str]) -> None:
    """Nothing is saved while a row is doubtful; what was chosen survives going away."""
    expect(dinas.get_by_role("heading", name="Periksa sebelum disimpan")).to_be_visible()
    assert "belum dipilih" in closed_door(dinas, re.search(r"Simpan \d+ baris", dinas.content())[0])  # type: ignore[index]
    for answer in answers:
        dinas.locator(f"input[type=radio][value='{answer}']").first.check()
    dinas.get_by_role("button", name="Simpan pilihan di halaman ini").click()
    dinas.goto("/meja/wilayah/impor/")
    dinas.get_by_role("link", name=FILE).first.click()
    expect(dinas.locator("input[type=radio]:checked")).to_have_count(len(answers))
    while dinas.get_by_text("belum dipilih").count():  # rows of persons that hang on a doubtful one are asked about now
        dinas.locator("fieldset:not(:has(:checked)) input[value=lewati]").first.check()
        dinas.get_by_role("button", name="Simpan pilihan di halaman ini").click()


def the_officer_saves(dinas: Page) -> None:
    dinas.get_by_role("button", name=re.compile(r"Simpan \d+ baris")).click()
    run_pending()
    dinas.get_by_role("link", name="Lihat sekarang").click()
    expect(dinas.get_by_role("heading", name="Register tersimpan")).to_be_visible()
    with dinas.expect_download() as receipt:
        dinas.get_by_role("link", name="Unduh tanda terima").click()
    assert receipt.value.suggested_filename.endswith(".xlsx")
    assert not Import.objects.latest("pk").rows.filter(verdict__in=("new", "changed"), outcome="").exists()


def the_officer_takes_it_back(dinas: Page) -> None:
    fold = open_fold(dinas, "Batalkan impor ini")
    fold.get_by_label("Mengapa dibatalkan?").fill("Berkasnya masih perlu dibetulkan")
    fold.get_by_role("button", name="Batalkan impor ini").click()
    run_pending()
    dinas.get_by_role("link", name="Lihat sekarang").click()
    expect(dinas.get_by_role("heading", name="Impor dibatalkan")).to_be_visible()
