"""The register as it goes out: what an office may see, in the columns in which it comes in again as the same."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from kentongan.groups.models import Decree, Group
from kentongan.registers.models import ImportRow
from kentongan.registers.tests.bringing import previewed

ADDRESS = "exchange:register"


def fetched(client_of: Any, who: Any, **query: str) -> bytes:
    answer = client_of(who).get(reverse(ADDRESS), {"bentuk": "xlsx"} | query)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    return b"".join(answer.streaming_content)


def sheets_of(content: bytes) -> list[list[list[str]]]:
    file = ZipFile(BytesIO(content))
    count = sum(name.startswith("xl/worksheets/sheet") for name in file.namelist())
    pages = [etree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml")) for number in range(1, count + 1)]
    return [[["".join(cell.itertext()) for cell in row] for row in page.iter("{*}row")] for page in pages]


@pytest.fixture
def kept(cast: Any) -> Any:
    """Two groups, the first with an older decree, both with everything a register says."""
    today = timezone.localdate()
    Group.objects.filter(pk=cast.group.pk).update(fields=["pertanian", "budaya"], stated_digital=True, contact="0812-3456-7890")
    Group.objects.filter(pk=cast.other_group.pk).update(stated_digital=False, contact="")
    Decree.objects.create(
        group=cast.group, number="141/02/2019", dated=today - timedelta(days=2000), rank="kades", issuer="Karjono",
        starts=today - timedelta(days=2000), ends=today - timedelta(days=1000),
    )  # fmt: skip
    return cast


def test_what_went_out_comes_in_as_the_same(kept: Any, client_of: Any) -> None:
    importing = previewed(kept, content=fetched(client_of, kept.dinas))
    rows = ImportRow.objects.filter(importing=importing)
    assert {row.kind for row in rows} == {"groups", "members"}
    assert [(row.name, row.verdict, row.changes, row.reasons) for row in rows if row.verdict != ImportRow.Verdict.SAME] == []


def test_groups_and_people_of_the_subtree_without_a_number_of_a_person(kept: Any, client_of: Any) -> None:
    groups, people, _about = sheets_of(fetched(client_of, kept.kades))
    assert [row[4] for row in groups] == ["Nama KIM", "KIM Gulangpongge"]
    assert "Nomor SK 2" in groups[0] and {"141/02/2019", "141/07/2024"} <= set(groups[1])
    assert ["Sugeng Riyadi", "Ketua"] in [row[-2:] for row in people]
    assert "+62812" not in str((groups, people))


def test_a_part_of_the_region_and_nothing_outside_it(kept: Any, client_of: Any) -> None:
    assert len(sheets_of(fetched(client_of, kept.dinas, wilayah="33.18.13"))[0]) == 2
    assert client_of(kept.kades).get(reverse(ADDRESS), {"bentuk": "xlsx", "wilayah": "33.18.13"}).status_code == 404
    assert client_of(kept.dinas).get(reverse(ADDRESS), {"bentuk": "xlsx", "wilayah": "ngawur"}).status_code == 404


def test_the_operator_sees_no_people_and_residents_nothing(kept: Any, client_of: Any) -> None:
    found = sheets_of(fetched(client_of, kept.operator))
    assert len(found) == 2 and "Sugeng" not in str(found[0])
    assert client_of(kept.ketua).get(reverse(ADDRESS), {"bentuk": "xlsx"}).status_code == 403


def test_the_sheet_for_kim_id_says_that_its_columns_are_our_choice(kept: Any, client_of: Any) -> None:
    rows = sheets_of(fetched(client_of, kept.dinas, bentuk="kimid"))[0]
    assert "kim.id tidak menerbitkan format berkas" in rows[0][0] and "pilihan Kentongan" in rows[0][0]
    assert rows[2][:6] == ["Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan", "Kode wilayah (Kemendagri)", "Nama KIM"]
    assert len(rows) == 5 and "Sugeng" not in str(rows) and "0812" not in str(rows)


def test_the_page_says_what_can_be_taken_away(kept: Any, client_of: Any) -> None:
    page = client_of(kept.dinas).get(reverse(ADDRESS)).content.decode()
    assert "?bentuk=xlsx" in page and "?bentuk=kimid" in page and "2 KIM" in page
    assert "&amp;wilayah=33.18.13" in client_of(kept.dinas).get(reverse(ADDRESS), {"wilayah": "33.18.13"}).content.decode()
