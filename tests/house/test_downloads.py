"""Every list of the desk is also a workbook: for whom the page is, with what the page shows, and never with a contact."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from lxml import etree

from kentongan.discussions.tests.factories import topic_in
from kentongan.newsroom.models import Story, Tip
from kentongan.newsroom.tests.factories import story_in, tip_in
from kentongan.newsroom.tests.material import offer_in

LISTS = {
    "groups:mine": ("dinas", {"keadaan": "ber-sk"}, "KIM Gulangpongge"),
    "groups:officers": ("dinas", {}, "Ratna Dewi"),
    "newsroom:stories": ("redaktur", {"bagian": "terbit"}, "Air mengalir"),
    "newsroom:tips": ("redaktur", {}, "=cmd"),
    "newsroom:materials": ("redaktur", {}, "Posyandu lansia"),
    "discussions:topics": ("anggota", {}, "Gorong-gorong"),
}
"""List → who reads it, with which filter, and the beginning of something that stands in it."""


def rows_of(answer: Any, sheet: int = 1) -> list[list[str]]:
    """What a workbook holds, row by row."""
    assert answer.status_code == 200 and "spreadsheetml" in answer["Content-Type"]
    page = etree.fromstring(ZipFile(BytesIO(b"".join(answer.streaming_content))).read(f"xl/worksheets/sheet{sheet}.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in page.iter("{*}row")]


@pytest.fixture
def full(cast: Any) -> Any:
    """Something in every list."""
    told = story_in("published", cast)
    Story.objects.filter(pk=told.pk).update(headline="Air mengalir lagi")
    tip_in("received", cast)
    Tip.objects.update(text="=cmd|' /C calc'!A0", name="Mbah Karto")
    topic_in(cast)
    offer_in("sent", cast)
    return cast


def test_every_list_of_the_desk_is_a_workbook_with_the_rows_of_its_page(full: Any, client_of: Any) -> None:
    for name, (who, query, begins) in LISTS.items():
        browser = client_of(getattr(full, who))
        page = browser.get(reverse(name), query)
        assert "bentuk=xlsx" in page.content.decode(), f"{name} offers no workbook"
        answer = browser.get(reverse(name), query | {"bentuk": "xlsx"})
        assert answer["Cache-Control"] == "no-store"
        text = str(rows_of(answer))
        assert begins in text, name
        assert "Mbah Karto" not in text and "+62812" not in text, name


def test_a_workbook_holds_no_more_than_its_page_shows(full: Any, client_of: Any) -> None:
    neighbour = client_of(full.tetangga)
    assert "Air mengalir" not in str(rows_of(neighbour.get(reverse("newsroom:stories"), {"bentuk": "xlsx"})))
    assert rows_of(neighbour.get(reverse("discussions:topics"), {"bentuk": "xlsx"}))[1:] == []
    assert client_of(full.warga).get(reverse("groups:officers"), {"bentuk": "xlsx"}).status_code == 403
    assert client_of(None).get(reverse("newsroom:tips"), {"bentuk": "xlsx"}).status_code == 302


def test_the_people_of_a_group_are_a_workbook_without_numbers_of_telephones(full: Any, client_of: Any) -> None:
    answer = client_of(full.ketua).get(reverse("groups:group", args=[full.group.pk]), {"bentuk": "xlsx"})
    text = str(rows_of(answer))
    assert "Sugeng Riyadi" in text and "+62812" not in text
