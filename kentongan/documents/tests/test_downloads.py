"""A list as a workbook: all its rows, bounded, and a sheet that says where it is from."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from lxml import etree

from kentongan.core.errors import NotAllowed
from kentongan.documents import downloads
from kentongan.documents.sheets import Sheet


def told(answer):
    """Every text of each sheet of a workbook."""
    file = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    pages = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
    return [["".join(cell.itertext()) for cell in etree.fromstring(file.read(page)).iter("{*}c")] for page in pages]


def listed(rows):
    @downloads.downloadable(lambda request: Sheet("Kabar terbit", ["judul"], rows))
    def view(request):
        return HttpResponse("halaman")

    return view


def asked(view, query):
    return view(RequestFactory().get("/meja/kabar/", query))


def test_the_page_stays_what_it_was():
    assert asked(listed([]), {"bagian": "terbit"}).content == b"halaman"
    assert asked(listed([]), {"bentuk": "docx"}).content == b"halaman"


def test_the_same_address_answers_with_a_workbook_and_says_where_it_is_from():
    answer = asked(listed([["Air mengalir"]]), {"bentuk": "xlsx", "bagian": "terbit"})
    assert answer["Content-Disposition"].startswith('attachment; filename="kabar-terbit-20')
    rows, about = told(answer)
    assert rows == ["judul", "Air mengalir"]
    assert any("http://testserver/meja/kabar/?bentuk=xlsx&bagian=terbit" in text for text in about)


def test_a_longer_list_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(downloads, "MOST", 3)
    rows, about = told(asked(listed([str(n)] for n in range(9)), {"bentuk": "xlsx"}))
    assert rows == ["judul", "0", "1", "2"]
    assert any("hanya 3 baris pertama" in text for text in about)


def test_a_list_that_just_fits_is_not_called_cut(monkeypatch):
    monkeypatch.setattr(downloads, "MOST", 2)
    assert not any("baris pertama" in text for text in told(asked(listed([["a"], ["b"]]), {"bentuk": "xlsx"}))[1])


def test_who_may_not_see_the_list_gets_no_workbook():
    def refused(request):
        raise NotAllowed("bukan petugas")

    with pytest.raises(NotAllowed):
        asked(downloads.downloadable(refused)(lambda request: HttpResponse()), {"bentuk": "xlsx"})
