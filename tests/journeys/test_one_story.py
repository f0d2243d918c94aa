"""One story carried the whole way, by everyone it takes, on a phone of 360 px without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
from playwright.sync_api import Page, expect

from kentongan.core.models import Entry
from kentongan.newsroom.models import Story
from tests.cast import TOTP_SECRET, Cast
from tests.journeys.walk import shown_soon

HEADLINE = "Air Dukuh Krajan mengalir lagi"
SITES = (
    "/kim/gulangpongge/",
    "/wilayah/33.18.17.2003/",
    "/wilayah/33.18.17/",
    "/wilayah/33.18/",
    "/wilayah/33/",
    "/",
)


def test_gathered_discussed_checked_published_corrected_and_safe_from_offices(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    with visit() as reader:
        for site in SITES:
            reader.goto(site)
            expect(reader.get_by_text(HEADLINE)).to_have_count(0)

    with visit(cast.anggota) as page:
        the_member_gathers_and_writes(page)
    with visit(cast.anggota2) as page:
        another_speaks(page)
    with visit(cast.anggota) as page:
        the_author_submits_but_cannot_verify(page)
    with visit(cast.pemeriksa) as page:
        the_checker_verifies(page)
    with visit(cast.redaktur) as page:
        the_editor_publishes(page)
    with visit() as reader:
        it_stands_on_six_sites(reader)
        address = reader.url
    with visit(cast.anggota) as page:
        the_member_proposes_a_correction(page)
    with visit(cast.redaktur) as page:
        the_editor_confirms_it(page)
    with visit() as reader:
        the_correction_is_on_page_and_feed(reader, address)
    with visit(cast.dinas) as page:
        the_office_tries_to_edit(page)
    the_record_shows_each_step(cast)


def story() -> Story:
    return Story.objects.get(headline=HEADLINE)


def open_story(page: Page) -> None:
    page.goto(f"/meja/kabar/{story().pk}/")


def the_member_gathers_and_writes(page: Page) -> None:
    page.get_by_role("link", name="Tulis kabar").click()
    page.get_by_role("button", name="Tanpa foto").click()
    page.locator("[name=what]").fill("Pipa induk di tikungan bawah selesai disambung.")
    page.get_by_role("button", name="Lanjut", exact=True).click()
    page.locator("[name=place]").fill("tikungan bawah, RT 02")
    page.get_by_role("button", name="Lanjut", exact=True).click()
    for _question in ("kapan", "siapa", "mengapa"):
        page.get_by_role("button", name="Lewati dulu").click()
    page.locator("[name=source_who]").fill("Sutrisno, ketua kelompok air")
    page.get_by_role("button", name="Lanjut", exact=True).click()
    page.locator("[name=headline]").fill(HEADLINE)
    page.locator("[name=summary]").fill("Air bersih kembali sampai ke 40 rumah sejak Kamis sore.")
    page.locator("[name=body]").fill("Sambungan yang lepas ada di tikungan bawah.\n\n## Yang belum selesai\n\nDinding penahan.")
    page.get_by_role("button", name="Lihat jadinya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(page.get_by_text("Belum dibahas").first).to_be_visible()
    page.get_by_role("link", name="Bahas dengan anggota lain").first.click()
    page.get_by_role("button", name="Buka pembahasan").click()


def another_speaks(page: Page) -> None:
    page.get_by_role("link", name="Pembahasan", exact=True).click()
    page.get_by_role("link", name=re.compile(HEADLINE)).first.click()
    page.locator("[name=text]").fill("Sebut nomor jaga, jangan nomor pribadi.")
    page.get_by_role("button", name="Sampaikan").click()
    expect(page.get_by_text("Sebut nomor jaga, jangan nomor pribadi.").first).to_be_visible()


def the_author_submits_but_cannot_verify(page: Page) -> None:
    open_story(page)
    page.get_by_role("button", name="Ajukan untuk diperiksa").click()
    expect(page.get_by_text("Diajukan. Sekarang pemeriksa membacanya.")).to_be_visible()
    expect(page.get_by_text("yang tidak ikut menulis")).to_be_visible()
    expect(page.get_by_text("Siti Rahayu (pemeriksa)").first).to_be_visible()
    answer = page.goto(f"/meja/kabar/{story().pk}/pemeriksaan/")
    assert answer is not None and answer.status == 403


def the_checker_verifies(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Periksa")).first.click()
    if page.get_by_role("link", name="Periksa", exact=True).count():
        page.get_by_role("link", name="Periksa", exact=True).click()
    for item in page.locator("main form input[type=text], main form textarea").all():
        if item.get_attribute("name") not in ("reason", "version") and item.is_visible():
            item.fill("Sutrisno ditelepon 15.30, membenarkan.")
    page.get_by_role("button", name="Nyatakan sudah diperiksa").click()
    expect(page.get_by_text("Dinyatakan sudah diperiksa.")).to_be_visible()


def the_editor_publishes(page: Page) -> None:
    page.get_by_role("link", name="Baca dan terbitkan").click()
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Terbit. Sekarang tampil di semua wilayahnya.")).to_be_visible()


def it_stands_on_six_sites(reader: Page) -> None:
    for site in SITES:
        shown_soon(reader, site, HEADLINE)
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    reader.locator("details.trust summary").click()
    expect(reader.get_by_text("Siti Rahayu").first).to_be_visible()
    expect(reader.get_by_text("Sutrisno, ketua kelompok air").first).to_be_visible()


def the_member_proposes_a_correction(page: Page) -> None:
    open_story(page)
    page.get_by_role("link", name="Usulkan ralat").click()
    page.locator("[name=summary]").fill("Air bersih kembali sampai ke 46 rumah sejak Kamis sore.")
    page.locator("[name=what]").fill("Jumlah rumah 46, bukan 40.")
    page.locator("[name=why]").fill("Enam rumah di RT 03 ikut jalur yang sama.")
    page.get_by_role("button", name="Usulkan ralat").click()
    expect(page.get_by_text("Ralat diusulkan. Orang lain perlu menguatkannya.")).to_be_visible()
    expect(page.get_by_role("button", name="Kuatkan ralat")).to_be_disabled()


def the_editor_confirms_it(page: Page) -> None:
    page.get_by_role("link", name="Baca ralatnya").click()
    page.get_by_role("button", name="Kuatkan ralat").click()
    expect(page.get_by_text("Ralat dikuatkan dan tampil di halaman kabar.")).to_be_visible()


def the_correction_is_on_page_and_feed(reader: Page, address: str) -> None:
    shown_soon(reader, address, "Jumlah rumah 46, bukan 40.")
    expect(reader.get_by_text("46 rumah").first).to_be_visible()
    feed = reader.request.get("/kim/gulangpongge/atom.xml").text()
    assert "Jumlah rumah 46, bukan 40." in feed


def the_office_tries_to_edit(page: Page) -> None:
    page.locator("[name=code]").fill(pyotp.TOTP(TOTP_SECRET).now())
    page.locator("main form button[type=submit]").first.click()
    open_story(page)
    expect(page.get_by_role("button", name="Sampaikan keberatan").or_(page.get_by_text("Sampaikan keberatan")).first).to_be_visible()
    answer = page.goto(f"/meja/kabar/{story().pk}/tulis/")
    assert answer is not None and answer.status == 403
    expect(page.get_by_text("instansi pemerintah tidak")).to_be_visible()
    expect(page.get_by_text("Dwi Astuti (redaktur)")).to_be_visible()


def the_record_shows_each_step(cast: Cast) -> None:
    steps = [(entry.action.split(".")[1], entry.by_id, entry.capacity) for entry in Entry.of(story())]
    assert [step[0] for step in steps[:2]] == ["begin", "answer"]
    assert ("gather", cast.anggota.pk, "Anggota KIM Gulangpongge") in steps
    assert ("verify", cast.pemeriksa.pk, "Pemeriksa KIM Gulangpongge") in steps
    assert ("publish", cast.redaktur.pk, "Redaktur KIM Gulangpongge") in steps
    assert all(person != cast.dinas.pk for _action, person, _capacity in steps)
