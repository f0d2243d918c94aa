"""An officer who goes hands over what is open; who follows reads it, takes it, and keeps the date the office had given. On a phone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from kentongan.groups.models import Appointment, Handover, Visit
from tests.cast import Cast, appoint, person
from tests.journeys.walk import give_code, open_fold

NOTE = "Bu Camat lebih suka ditelepon pagi."


def test_an_officer_hands_over_to_a_successor(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    follower = person("penerus", "Hesti Pertiwi", number=88)
    appoint(cast.offices["dinas"], follower, Appointment.Role.OFFICER, "Petugas KIM", starts=timezone.localdate())
    with visit(cast.dinas) as page:
        give_code(page)
        the_officer_notes_a_visit_and_names_the_next(page, cast.group.pk)
        the_officer_hands_over(page)
    with visit(follower) as page:
        give_code(page)
        the_successor_takes_over(page)
        the_successor_keeps_the_date(page)
    given = Handover.objects.get()
    assert (given.taker, given.counts) == (follower, {"visit": 1})
    assert list(Visit.objects.order_by("pk").values_list("settled", flat=True)) == [True, False]


def the_officer_notes_a_visit_and_names_the_next(page: Page, group: int) -> None:
    page.goto(f"/meja/kim/{group}/pembinaan/")
    fold = open_fold(page, "Catat pembinaan")
    today = timezone.localdate()
    fold.get_by_label("Tanggal").fill(str(today - timedelta(days=20)))
    fold.get_by_label("Apa yang ditemukan").fill("Buku kas belum diisi sejak Agustus.")
    fold.get_by_label("Kunjungan berikutnya").fill(str(today - timedelta(days=2)))
    fold.get_by_role("button", name="Catat pembinaan").click()
    expect(page.get_by_text("Buku kas belum diisi sejak Agustus.")).to_be_visible()


def the_officer_hands_over(page: Page) -> None:
    page.goto("/meja/wilayah/")
    page.get_by_role("link", name="Serah terima").click()
    expect(page.get_by_role("heading", name="Pembinaan yang direncanakan")).to_be_visible()
    fold = open_fold(page, "Serahkan kepada penerus")
    fold.get_by_label("Pesan untuk penerus").fill(NOTE)
    fold.get_by_role("button", name="Ya, serahkan").click()
    expect(page.get_by_role("heading", name="Sudah diserahkan, menunggu diterima")).to_be_visible()


def the_successor_takes_over(page: Page) -> None:
    page.goto("/meja/")
    page.get_by_role("link", name="Terima serah terima dari Ratna Dewi").click()
    expect(page.get_by_role("heading", name="Serah terima dari Ratna Dewi")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
    page.get_by_role("button", name="Saya sudah membaca dan menerima").click()
    page.wait_for_url("**selesai=groups.take_over")


def the_successor_keeps_the_date(page: Page) -> None:
    page.goto("/meja/")
    expect(page.get_by_text("Terima serah terima")).to_have_count(0)
    page.get_by_role("link", name="Datangi atau hubungi KIM Gulangpongge").click()
    fold = open_fold(page, "Catat pembinaan")
    fold.get_by_label("Apa yang ditemukan").fill("Buku kas sudah diisi.")
    fold.get_by_role("button", name="Catat pembinaan").click()
    expect(page.get_by_text("Buku kas sudah diisi.")).to_be_visible()
    page.goto("/meja/")
    expect(page.get_by_text("Datangi atau hubungi")).to_have_count(0)
