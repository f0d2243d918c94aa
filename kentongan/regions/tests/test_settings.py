"""Settings of a region: inherited downward, replaced, explained."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kentongan.core import permissions, workflow
from kentongan.core import settings as core_settings
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotAllowed
from kentongan.core.permissions import Rule
from kentongan.core.settings import PROJECT, Setting
from kentongan.core.workflow import Move
from kentongan.regions.models import Region, RegionSetting
from kentongan.regions.tests.factories import region_chain

MEMBERS = Setting("contoh.min_members", int, 3, source=PROJECT, label="Anggota paling sedikit", unit="orang")
LABEL = Setting("contoh.label", str, "kelompok", PROJECT, "Sebutan", choices=(("kelompok", "Kelompok"), ("komunitas", "Komunitas")))
ISSUERS = Setting("contoh.issuers", tuple, ("village", "regency"), PROJECT, "Penerbit SK")


def positive(value: int) -> None:
    if value < 1:
        raise ValueError("Paling sedikit satu.")


TERM = Setting("contoh.term", int, 3, PROJECT, "Masa bakti", unit="tahun", check=positive)
PERBUP = {"source": "Perbup Pati 12/2026 (contoh)", "edition": "2026-03", "since": date(2026, 3, 1)}


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    monkeypatch.setattr(core_settings, "_settings", {each.key: each for each in (MEMBERS, LABEL, ISSUERS, TERM)})


@pytest.fixture
def village(db):
    return region_chain("33.18.17.2003")


@pytest.fixture
def pati(village):
    return Region.objects.by_code("33.18")


def test_without_any_rule_the_default_holds_and_says_so(village):
    origin = village.setting_origin("contoh.min_members")
    assert (village.setting("contoh.min_members"), origin.is_default, origin.source, origin.place) == (3, True, PROJECT, "bawaan")


def test_a_rule_holds_in_everything_below(village, pati):
    RegionSetting.replace(pati, "contoh.min_members", 15, **PERBUP)
    origin = village.setting_origin("contoh.min_members")
    assert (origin.value, origin.region) == (15, pati)
    assert {"source": origin.source, "edition": origin.edition, "since": origin.since} == PERBUP


def test_a_rule_does_not_hold_beside_or_above(village, pati):
    RegionSetting.replace(pati, "contoh.min_members", 15, **PERBUP)
    assert region_chain("33.73").setting("contoh.min_members") == 3
    assert pati.parent.setting("contoh.min_members") == 3


def test_the_nearest_rule_wins(village, pati):
    RegionSetting.replace(None, "contoh.min_members", 5, **PERBUP)
    RegionSetting.replace(village, "contoh.min_members", 7, **PERBUP)
    RegionSetting.replace(pati, "contoh.min_members", 15, **PERBUP)
    assert village.setting("contoh.min_members") == 7
    assert village.parent.setting("contoh.min_members") == 15
    assert pati.parent.setting_origin("contoh.min_members").place == "Indonesia"


def test_a_new_rule_replaces_the_old_one_which_is_kept(pati):
    old = RegionSetting.replace(pati, "contoh.min_members", 15, **PERBUP)
    new = RegionSetting.replace(pati, "contoh.min_members", 9, **PERBUP)
    old.refresh_from_db()
    assert (old.state, new.state, pati.setting("contoh.min_members")) == ("replaced", "current", 9)


def test_a_rule_passes_the_one_door_of_an_upper_room(pati, monkeypatch):
    monkeypatch.setattr(permissions, "_rules", {"contoh.set": Rule("contoh.set", lambda *_asked: None, "Hanya dinas.", clock="dinas")})
    monkeypatch.setattr(workflow, "_moves", {})
    workflow.register(Move("contoh.set", (workflow.NEW,), RegionSetting.State.CURRENT))
    old = RegionSetting.replace(pati, "contoh.min_members", 15, **PERBUP)
    with act("contoh.set", on=RegionSetting.drawn_up(pati, "contoh.min_members", 9, **PERBUP), by=CLOCK):
        pass
    old.refresh_from_db()
    assert (old.state, pati.setting("contoh.min_members")) == ("replaced", 9)
    with pytest.raises(NotAllowed):
        act("contoh.set", on=RegionSetting.drawn_up(pati, "contoh.min_members", 2, **PERBUP), by=None).__enter__()
    assert pati.setting("contoh.min_members") == 9


@pytest.mark.parametrize("place", ["pati", "nation"])
def test_there_is_one_current_rule_a_region(pati, place):
    region = pati if place == "pati" else None
    old = RegionSetting.replace(region, "contoh.min_members", 15, **PERBUP)
    RegionSetting.replace(region, "contoh.min_members", 9, **PERBUP)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionSetting.objects.filter(pk=old.pk).update(state="current")


def test_the_whole_chain_is_one_query(village, pati, django_assert_num_queries):
    RegionSetting.replace(pati, "contoh.min_members", 15, **PERBUP)
    with django_assert_num_queries(1):
        assert village.setting("contoh.min_members") == 15
    with django_assert_num_queries(1):
        assert [origin.place for origin in village.setting_origins()] == ["bawaan", "bawaan", "Kabupaten Pati", "bawaan"]


def test_a_list_of_words_comes_back_as_it_was_given(village):
    RegionSetting.replace(None, "contoh.issuers", ("village", "district"), **PERBUP)
    assert village.setting("contoh.issuers") == ("village", "district")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("contoh.min_members", "3"),
        ("contoh.min_members", True),
        ("contoh.label", "partai"),
        ("contoh.issuers", "village"),
        ("contoh.term", 0),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(pati, key, value):
    with pytest.raises(ValueError, match=r"."):
        RegionSetting.drawn_up(pati, key, value, **PERBUP)


def test_a_setting_nobody_declared_is_an_error(pati):
    with pytest.raises(KeyError):
        pati.setting("contoh.tidak_ada")


def test_the_page_says_which_value_holds_and_why(client, village, pati):
    RegionSetting.replace(pati, "contoh.min_members", 15, **PERBUP)
    page = client.get(f"/wilayah/{village.code}/aturan/").content.decode()
    assert "Aturan di Desa Gulangpongge" in page
    assert "1 dari 4 aturan" in page
    assert "15 orang" in page
    assert "Perbup Pati 12/2026 (contoh)" in page
    assert "1 Mar 2026" in page
    assert '<a href="/wilayah/33.18/aturan/">Kabupaten Pati</a>' in page
    assert "3 tahun" in page


def test_the_page_asks_three_queries_whatever_is_set(client, village, django_assert_num_queries):
    for place in (None, *village.ancestors, village):
        RegionSetting.replace(place, "contoh.min_members", 4, **PERBUP)
    with django_assert_num_queries(3):
        client.get(f"/wilayah/{village.code}/aturan/")


def test_a_code_without_dots_leads_to_the_page(client, village):
    answer = client.get("/wilayah/3318172003/aturan/")
    assert (answer.status_code, answer["Location"]) == (301, "/wilayah/33.18.17.2003/aturan/")


def test_an_unknown_place_is_not_found(client, db):
    assert b"Tidak ada wilayah dengan kode 99.99." in (answer := client.get("/wilayah/99.99/aturan/")).content and answer.status_code == 404
    assert client.get("/wilayah/entah/aturan/").status_code == 404
