"""What a group has, who saw it, and where it stands on the project's scale: the table line by line."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.core.errors import BadRequest, NotAllowed, NotNow
from kentongan.core.jobs import run_pending
from kentongan.groups import actions
from kentongan.groups.models import RUNGS, Decree, Group, Institution, Item, Maturity, Membership
from kentongan.groups.tests.factories import fresh, today
from kentongan.regions.models import RegionSetting
from tests.cast import Cast
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


def state(cast: Cast, name: str = "buku kas", *, by: str = "ketua", **more: Any) -> Item:
    return actions.state_item(fresh(cast.group), **({"name": name, "on": today()} | more), by=cast.people[by])


def look(cast: Cast, *names: str, by: str = "dinas") -> None:
    actions.note_visit(fresh(cast.group), on=today(), kind="kunjungan", found="Dilihat.", seen=names, by=cast.people[by])


def held(cast: Cast) -> dict[str, bool]:
    rows = Maturity(Institution(fresh(cast.group))).rows
    return {one.check.key: one.holds for _rung, checks in rows for one in checks}


def rung(cast: Cast) -> str:
    reached = Maturity(Institution(fresh(cast.group))).rung
    return reached.key if reached else ""


def grown(cast: Cast) -> None:
    """Everything a group and its office can do today."""
    now = timezone.now()
    Group.objects.filter(pk=cast.group.pk).update(last_published_at=now, last_confirmed_at=now, public_since=now)
    for kind, title in (("ad-art", "AD/ART"), ("rapat", "Rapat")):
        row = actions.write_deed(fresh(cast.group), kind=kind, title=title, on=today(), text="Isi.", by=cast.anggota)
        actions.confirm_deed(row, by=cast.anggota2)
    for name in fresh(cast.group).rules["books"]:
        state(cast, name)


# ------------------------------------------------------------ what it has


@pytest.mark.parametrize("who", ["anggota", "redaktur", "pembina", "kades", "dinas", "tetangga", "warga", "operator"])
def test_only_the_board_says_what_the_group_has(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        state(cast, by=who)


def test_only_what_the_regions_list_names_and_only_what_is(cast: Cast) -> None:
    with pytest.raises(BadRequest, match="tidak ada di daftar"):
        state(cast, "buku harian")
    with pytest.raises(NotNow, match="belum tiba"):
        state(cast, on=today() + timedelta(days=2))


def test_an_officer_sees_on_a_visit_what_the_board_stated_and_nothing_else(cast: Cast) -> None:
    state(cast)
    look(cast, "buku kas", "buku tamu", by="camat")
    item = Item.objects.get()
    assert (item.state, item.seen_in.post) == ("seen", "Camat, Kecamatan Gunungwungkal")  # type: ignore[union-attr]


def test_said_again_it_stays_seen_and_gone_it_begins_anew(cast: Cast) -> None:
    state(cast)
    look(cast, "buku kas")
    assert state(cast, note="dipegang bendahara").state == "seen"
    gone = actions.withdraw_item(Item.objects.get(), by=cast.ketua)
    assert (gone.state, gone.seen_in) == ("gone", None)
    back = state(cast)
    assert (back.state, back.seen_in) == ("stated", None)


def test_the_board_states_with_a_photo_and_the_officer_ticks_by_the_screens(cast: Cast, client_of: ClientOf) -> None:
    base = f"/meja/kim/{cast.group.pk}/kelembagaan/"
    typed = {"name": "buku kas", "on": str(today()), "note": "di balai desa", "evidence": photo_file()}
    sent = client_of(cast.ketua).post(f"{base}pernyataan/", typed)
    assert sent["Location"] == f"{base}?selesai=groups.state_item"
    run_pending()
    page = client_of(cast.dinas).get(base).text
    assert "kata Sugeng Riyadi" in page and "belum dilihat petugas" in page and "Bukti, halaman 1" in page
    photo = page.split('href="' + base + "")[1].split('"')[0]
    assert client_of(cast.dinas).get(base + photo)["Content-Type"] == "image/jpeg"
    assert client_of(cast.tetangga).get(base + photo).status_code == 404
    visit = {"on": str(today()), "kind": "kunjungan", "found": "Ada.", "agreed": "", "next_on": "", "seen": ["buku kas"]}
    client_of(cast.dinas).post(f"/meja/kim/{cast.group.pk}/pembinaan/", visit)
    assert "dilihat Petugas KIM, Diskominfo Kab. Pati" in client_of(cast.anggota).get(base).text
    assert client_of(cast.warga).get(base).status_code == 404


def test_a_region_names_its_own_list(cast: Cast, client_of: ClientOf) -> None:
    RegionSetting.replace(cast.region.ancestors[1], "groups.books", ["papan informasi"], source="Perbup", edition="1", since=today())
    page = client_of(cast.ketua).get(f"/meja/kim/{cast.group.pk}/kelembagaan/").text
    assert "Papan informasi" in page and "Buku kas" not in page


def test_what_is_wrong_is_said_at_its_own_thing(cast: Cast, client_of: ClientOf) -> None:
    typed = {"name": "buku kas", "on": str(today() + timedelta(days=3)), "note": "di rumah bendahara"}
    page = client_of(cast.ketua).post(f"/meja/kim/{cast.group.pk}/kelembagaan/pernyataan/", typed)
    assert page.status_code == 422 and "belum tiba" in page.text and page.text.count("di rumah bendahara") == 1


# ------------------------------------------------------------ the scale


def drop_decree(cast: Cast) -> None:
    Decree.objects.filter(group=cast.group).update(starts=today() - timedelta(days=400), ends=today() - timedelta(days=1))


LOSSES: tuple[tuple[str, Callable[[Cast], object], str], ...] = (
    ("formed", lambda cast: Group.objects.filter(pk=cast.group.pk).update(state="minuted"), ""),
    ("verified", lambda cast: Group.objects.filter(pk=cast.group.pk).update(state="registered"), "terbentuk"),
    ("decree", drop_decree, "terbentuk"),
    ("board", lambda cast: Membership.objects.filter(person=cast.bendahara).update(state="ended", ends=today()), "terbentuk"),
    ("secretariat", lambda cast: Group.objects.filter(pk=cast.group.pk).update(secretariat=""), "terbentuk"),
    ("statutes", lambda cast: cast.group.deeds.filter(kind="ad-art").update(state="written"), "terbentuk"),
    (
        "writing",
        lambda cast: Group.objects.filter(pk=cast.group.pk).update(last_published_at=timezone.now() - timedelta(days=200)),
        "tumbuh",
    ),
    (
        "confirmed",
        lambda cast: Group.objects.filter(pk=cast.group.pk).update(last_confirmed_at=timezone.now() - timedelta(days=200)),
        "tumbuh",
    ),
    ("met", lambda cast: cast.group.deeds.filter(kind="rapat").update(on=today() - timedelta(days=366)), "tumbuh"),
    ("books", lambda cast: actions.withdraw_item(Item.objects.get(name="buku kas"), by=cast.ketua), "tumbuh"),
)


def test_a_group_that_does_everything_reaches_aktif(cast: Cast) -> None:
    grown(cast)
    assert rung(cast) == "aktif"
    assert [key for key, holds in held(cast).items() if not holds] == ["books_seen", "programme", "income"]


@pytest.mark.parametrize(("key", "lose", "falls_to"), LOSSES, ids=[key for key, _lose, _to in LOSSES])
def test_each_check_holds_a_rung(cast: Cast, key: str, lose: Callable[[Cast], object], falls_to: str) -> None:
    grown(cast)
    lose(cast)
    assert held(cast)[key] is False and rung(cast) == falls_to


def test_mandiri_cannot_be_reached_by_saying_so(cast: Cast) -> None:
    grown(cast)
    look(cast, *fresh(cast.group).rules["books"])
    assert held(cast)["books_seen"] and rung(cast) == "aktif"
    assert [check.key for check in Maturity(Institution(fresh(cast.group))).lacking] == ["programme", "income"]


def test_every_check_of_the_table_is_tried() -> None:
    tried = {key for key, _lose, _to in LOSSES} | {"books_seen", "programme", "income"}
    assert {check.key for rung in RUNGS for check in rung.checks} == tried


def test_the_page_says_whose_scale_it_is_where_the_group_stands_and_what_lacks(cast: Cast, client_of: ClientOf) -> None:
    address = f"/meja/kim/{cast.group.pk}/kelembagaan/"
    page = client_of(cast.ketua).get(address).text
    assert "skala bawaan Kentongan" in page and "Sekarang: <strong>Terbentuk</strong>" in page
    assert "Yang kurang untuk Tumbuh" in page and f"/meja/kim/{cast.group.pk}/naskah/baru/" in page
    grown(cast)
    page = client_of(cast.ketua).get(address).text
    assert "Sekarang: <strong>Aktif</strong>" in page and "Buku kas belum ada di Kentongan" in page


def test_the_page_is_cheap(cast: Cast, client_of: ClientOf) -> None:
    grown(cast)
    browser = client_of(cast.ketua)
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/meja/kim/{cast.group.pk}/kelembagaan/")
    assert len(asked) <= 15, "\n".join(row["sql"][:200] for row in asked)
