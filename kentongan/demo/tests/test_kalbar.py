"""The register of Kalimantan Barat, imported as an officer imports it, says on the public pages what the article says."""

import csv
import re
from io import StringIO
from typing import Any
from urllib.parse import urljoin

import html5lib
import pytest
from django.core.management import call_command
from django.test import Client

from kentongan.demo import kalbar
from kentongan.demo.people import OFFICIALS
from kentongan.groups.models import Group
from kentongan.regions.data.places import places
from kentongan.regions.management.commands.load_regions import load
from kentongan.regions.models import Region
from kentongan.regions.tests.factories import region_chain, rows
from kentongan.registers.models import Import

ANGKA = "/wilayah/61/angka/"


@pytest.fixture
def province(db: None) -> Region:
    """All of Kalimantan Barat, and its sheet imported."""
    load(places(row for code, row in rows().items() if code.split(".")[0] == "61"))
    region_chain(*(code for _name, _who, _kind, code, *_rest in OFFICIALS if code))
    call_command("load_kalbar", stdout=StringIO())
    return Region.objects.get(code="61")


def test_the_sheet_is_what_the_script_makes() -> None:
    with kalbar.SHEET.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [list(kalbar.HEAD), *(list(row) for row in kalbar.rows())]


def test_one_group_a_village_in_each_of_fourteen() -> None:
    made = list(kalbar.rows())
    assert (len(made), len({row[1] for row in made}), len({row[1][:5] for row in made})) == (103, 103, 14)
    assert sum(row[-1] == "Ya" for row in made) == 50
    assert all(row[5].startswith("DEMO/") for row in made)


def read(address: str) -> Any:
    """The page as a reader gets it."""
    return html5lib.parse(Client().get(address).text, namespaceHTMLElements=False)


def words(page: Any) -> str:
    return " ".join(" ".join(page.itertext()).split())


def hrefs(page: Any) -> set[str]:
    return {link.get("href", "") for link in page.iter("a")}


def groups_behind(address: str) -> set[str]:
    """Every group a figure opens to, page after page."""
    found: set[str] = set()
    for _page in range(10):
        page = read(address)
        found |= {href for href in hrefs(page) if href.startswith("/kim/")}
        onward = [link.get("href") for link in page.iter("a") if link.get("rel") == "next"]
        if not onward:
            return found
        address = urljoin(address, onward[0])
    raise AssertionError("this list has no end")


def test_the_public_figures_are_those_of_the_article_and_open_to_their_rows(province: Region) -> None:
    page = words(read(ANGKA))
    assert "103 / 2.145 Cakupan desa: 4,8%" in page
    assert "50 / 103 Berbasis TIK, dinyatakan: 48,5%" in page
    assert {href for href in hrefs(read(ANGKA)) if re.fullmatch(r"/wilayah/61\.\d\d/angka/", href)} == {
        f"/wilayah/{code}/angka/" for code in Region.objects.filter(parent=province).values_list("code", flat=True)
    }
    assert Region.objects.filter(parent=province).count() == 14
    covered, stated = groups_behind(f"{ANGKA}cakupan/"), groups_behind(f"{ANGKA}tik-dinyatakan/")
    assert (len(covered), len(stated)) == (103, 50)
    assert stated < covered
    assert "103 dari 2.145 desa dan kelurahan" in words(read("/wilayah/61/"))
    assert kalbar.NOTE in words(read(min(stated)))
    # it came through the import, and a second load changes nothing
    call_command("load_kalbar", stdout=(said := StringIO()))
    assert "sudah dimuat" in said.getvalue()
    assert Import.objects.get().tally["new"] == Group.objects.filter(demo=True, state=Group.State.DECREED).count() == 103
