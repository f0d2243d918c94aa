"""Figures for everyone: each page says numerator, denominator, day, formula and rule, and opens to its rows."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from kentongan.groups.models import Group, reckon
from kentongan.measurement.models import INDICATORS, Snapshot

from .reading import text_of

PLACES = ["", "wilayah/33/", "wilayah/33.18/", "wilayah/33.18.17/", "wilayah/33.18.17.2003/"]


@pytest.mark.parametrize("place", PLACES)
def test_every_tier_has_its_figures(reader, story, place):
    text = text_of(reader.get(f"/{place}angka/"))
    assert "Cakupan desa" in text and "Dihitung" in text


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.key)
def test_every_figure_says_how_it_came_to_be(reader, story, indicator):
    text = text_of(reader.get(f"/wilayah/33.18/angka/{indicator.key}/"))
    assert str(indicator.says) in text
    assert ("Rumus" in text) == indicator.countable
    if not indicator.countable:
        assert "Belum bisa dihitung" in text and str(indicator.lacks) in text


def test_a_figure_opens_to_its_groups_and_a_group_to_its_decree(reader, story):
    page = reader.get("/wilayah/33.18/angka/tik-terhitung/")
    assert "1 / 2" in text_of(page) and "50,0%" in text_of(page)
    assert "/kim/gulangpongge/tentang/" in page.content.decode()
    assert "141/07/2024" in text_of(reader.get("/kim/gulangpongge/tentang/"))


def test_those_that_are_not_among_it_are_listed_too(reader, story):
    page = reader.get("/wilayah/33.18/angka/tik-terhitung/belum/").content.decode()
    assert "/kim/bermi/tentang/" in page and "/kim/gulangpongge/tentang/" not in page


def test_a_rule_is_named_with_its_value_and_where_it_comes_from(reader, story):
    text = text_of(reader.get("/wilayah/33.18/angka/tik-terhitung/"))
    assert "180" in text and "bawaan Kentongan" in text


def test_the_trend_is_drawn_and_stands_in_a_table(reader, story):
    Snapshot.objects.create(day=timezone.localdate() - timedelta(days=40), code="33.18", level=2, counts={"covers": 1, "villages": 2})
    page = reader.get("/wilayah/33.18/angka/cakupan/").content.decode()
    assert 'class="trend"' in page and "1 / 2 (50,0%)" in page


@pytest.mark.parametrize("place", PLACES)
def test_figures_as_files(reader, story, place):
    csv = reader.get(f"/{place}angka/tabel.csv")
    assert csv["Content-Type"].startswith("text/csv") and csv["Cache-Control"] == "no-store"
    assert b"," in b"".join(csv)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(reader.get(f"/{place}angka/tabel.xlsx"))))
    assert "Angka" in book.sheet_names
    pdf = reader.get(f"/{place}angka/rekap.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_the_rows_of_a_figure_are_in_its_workbook(reader, story):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(reader.get("/wilayah/33.18/angka/cakupan/tabel.xlsx"))))
    names = [row[0] for row in book.get_sheet_by_name("KIM").to_python()]
    assert {"KIM Bermi", "KIM Gulangpongge"} <= set(names)
    assert b"33.18.17" in b"".join(reader.get("/wilayah/33.18/angka/cakupan/tabel.csv"))


def test_a_name_like_a_formula_stays_text_in_the_file(reader, story, cast):
    Group.objects.filter(pk=cast.group.pk).update(name="=1+1")
    reckon(cast.group)
    assert b"'=1+1" in b"".join(reader.get("/wilayah/33.18.17.2003/angka/cakupan/tabel.csv"))


@pytest.mark.parametrize("address", ["/angka/entah/", "/wilayah/99/angka/", "/wilayah/99/angka/tabel.csv", "/angka/cakupan/?sebelum=x"])
def test_what_is_not_there_says_so(reader, cast, address):
    assert reader.get(address).status_code == 404


def test_another_spelling_of_a_place_leads_to_its_figures(reader, story):
    answer = reader.get("/wilayah/3318/angka/aktif/belum/")
    assert (answer.status_code, answer["Location"]) == (301, "/wilayah/33.18/angka/aktif/belum/")


@pytest.mark.parametrize("address", ["/angka/", "/wilayah/33.18/angka/", "/wilayah/33.18/angka/tik-terhitung/"])
def test_pages_of_figures_ask_few_queries(reader, story, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        reader.get(address)


def test_figures_in_english(reader, story):
    text = text_of(reader.get("/en/wilayah/33.18/angka/"))
    assert "Dihitung" not in text
