"""The pages of an import, as its officer and as the wrong person see them; without a script."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kentongan.core.jobs import run_pending
from kentongan.groups.models import Group
from kentongan.registers.models import MOST_BYTES, Import
from kentongan.registers.reading import headings
from kentongan.registers.reading.book import Row, Sheet
from kentongan.registers.showing import sample_sheets
from kentongan.registers.tests.bringing import DECREED, DOUBTFUL, NO_DECREE, fresh, pati, previewed, saved, sent, workbook
from tests.cast import Cast, browser_for

pytestmark = pytest.mark.django_db

IMPORTS = "/meja/wilayah/impor/"
KEY = "pL0iB9gYt5rD3wQxZ7aKmN"


def upload(client: Client, cast: Cast, file: SimpleUploadedFile, **more: str) -> Import:
    pati(cast)
    answer = client.post(IMPORTS, {"region": "33.18", "file": file, **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Import.objects.latest("pk")


def test_an_officer_goes_the_whole_way_without_a_script(cast: Cast) -> None:
    client = browser_for(cast.dinas)
    importing = upload(client, cast, sent(workbook(DECREED, DOUBTFUL)))
    here = importing.get_absolute_url()
    reading = client.get(here)
    assert reading["Refresh"] == "3" and "Masih dikerjakan" in reading.text
    run_pending()
    columns = client.get(here)
    assert "Apa isi tiap kolom?" in columns.text and "Nama KIM" in columns.text and "Refresh" not in columns
    client.post(f"{here}kolom/", {"version": fresh(importing).version})
    run_pending()
    preview = client.get(here).text
    assert "Periksa sebelum disimpan" in preview and "1 baris belum dipilih" in preview
    row = importing.rows.get(verdict="ask")
    client.post(f"{here}pilihan/", {"version": fresh(importing).version, f"r{row.pk}": "lewati"})
    assert "Simpan 1 baris" in client.get(here).text
    client.post(f"{here}penyimpanan/", {"version": fresh(importing).version})
    run_pending()
    receipt = client.get(here).text
    assert "Register tersimpan" in receipt and "Bisa dibatalkan sampai" in receipt
    file = client.get(f"{here}tanda-terima.xlsx")
    assert file.status_code == 200 and b"".join(file)[:2] == b"PK"  # type: ignore[arg-type]
    client.post(f"{here}pembatalan/", {"version": fresh(importing).version, "reason": "Salah berkas"})
    run_pending()
    assert "Impor dibatalkan" in client.get(here).text
    assert Group.objects.get(name="KIM Bumiayu").state == "withdrawn"


def test_confirming_twice_under_one_key_saves_once(cast: Cast) -> None:
    importing, client = previewed(cast, DECREED), browser_for(cast.dinas)
    given = {"version": importing.version, "kunci": KEY}
    answers = [client.post(f"{importing.get_absolute_url()}penyimpanan/", given) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    run_pending()
    assert Group.objects.filter(name="KIM Bumiayu").count() == 1


def test_a_file_larger_than_is_taken_is_answered_with_a_sentence(cast: Cast) -> None:
    pati(cast)
    large = SimpleUploadedFile("besar.xlsx", BytesIO(b"x" * (MOST_BYTES + 1)).read())
    answer = browser_for(cast.dinas).post(IMPORTS, {"region": "33.18", "file": large})
    assert answer.status_code == 413 and "lebih dari 10 MB" in answer.text and not Import.objects.exists()


def test_a_regency_cannot_name_another_regency(cast: Cast) -> None:
    pati(cast)
    answer = browser_for(cast.dinas).post(IMPORTS, {"region": "33", "file": sent(workbook(DECREED))})
    assert answer.status_code == 422 and not Import.objects.exists()


def test_a_form_without_a_file_says_so(cast: Cast) -> None:
    answer = browser_for(cast.dinas).post(IMPORTS, {"region": "33.18"})
    assert answer.status_code == 422 and "Pilih dulu berkasnya" in answer.text


def test_a_page_of_rows_asks_the_same_number_of_queries_whatever_its_length(cast: Cast, django_assert_max_num_queries: object) -> None:
    importing = previewed(cast, *((f"KIM {n}", *DECREED[1:4], f"141/{n}/2025", *DECREED[5:]) for n in range(10, 14)), NO_DECREE)
    client = browser_for(cast.dinas)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(importing.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(IMPORTS).status_code == 200
    receipt = saved(cast, NO_DECREE).get_absolute_url()
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(receipt).status_code == 200


def test_an_import_that_waits_for_choices_waits_at_the_desk_and_one_that_was_saved_does_not(cast: Cast) -> None:
    client = browser_for(cast.dinas)
    previewed(cast, DOUBTFUL)
    assert "Selesaikan impor register register.xlsx" in client.get("/meja/").text
    Import.objects.all().delete()
    saved(cast, DECREED)
    assert "Selesaikan impor register" not in client.get("/meja/").text


def test_the_sheet_to_fill_is_understood_when_it_comes_back() -> None:
    groups, members, _guide = sample_sheets()
    for sheet, lines in ((groups, ["KIM A", "Bermi"]), (members, ["KIM A", "Bermi"])):
        found = headings.guess(Sheet(sheet.name, [Row(1, list(sheet.head)), Row(2, list(lines))]), {})
        assert not found.lacking and all(column.field for column in found.columns), [column.title for column in found.columns]
