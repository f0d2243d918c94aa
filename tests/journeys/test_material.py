"""Government material from an office to a reader, and back: sent, adopted with own words, checked, published with its label, over.

On a phone of 360 px without JavaScript; so is another group's story passed on, corrected, and taken back.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from kentongan.core.jobs import run_pending
from kentongan.newsroom import actions
from kentongan.newsroom.models import Material, Story
from kentongan.newsroom.tests.factories import RETRACTED_BECAUSE, correction_in, story_in
from kentongan.newsroom.tests.material import again, neighbours
from kentongan.pages import store
from tests.cast import Cast
from tests.journeys.walk import give_code, open_fold, shown_soon

TITLE = "Posyandu lansia pindah ke balai desa"
OWN_WORDS = "Di desa kita: hubungi Bu Nanik."
LABEL = "Bahan dari Diskominfo Kab. Pati"


def test_an_office_sends_a_group_adopts_checks_publishes_and_time_passes(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    with visit(cast.dinas) as page:
        the_officer_prepares_and_sends(page)
    run_pending()
    with visit(cast.anggota) as page:
        the_member_adopts_and_adds_own_words(page)
    with visit(cast.anggota2) as page:
        page.goto(f"/meja/kabar/{story().pk}/")
        press(page, "Saya sudah ikut membaca")
    with visit(cast.anggota) as page:
        page.goto(f"/meja/kabar/{story().pk}/")
        press(page, "Ajukan untuk diperiksa")
    with visit(cast.pemeriksa) as page:
        the_checker_checks(page)
    with visit(cast.redaktur) as page:
        page.goto(f"/meja/kabar/{story().pk}/")
        press(page, "Terbitkan")
    address = story().get_absolute_url()
    with visit() as reader:
        shown_soon(reader, address, LABEL)
        body = reader.locator("body").inner_text()
        assert OWN_WORDS in body and "Bahan ini berlaku sampai" in body
    with visit(cast.dinas) as page:
        the_receipts_are_there(page)
    it_expires()
    with visit() as reader:
        shown_soon(reader, address, "Sudah lewat masa berlaku sejak")
    with visit(cast.tetangga) as page:
        page.goto(f"/meja/materi/{Material.objects.get().pk}/")
        assert "Masa berlaku bahan ini habis" in page.locator("body").inner_text()


def press(page: Page, label: str) -> None:
    """Press the button of a verb and wait until it is done."""
    page.get_by_role("button", name=label).first.click()
    page.wait_for_url("**selesai=**")


def story() -> Story:
    return Story.objects.get(headline=TITLE)


def the_officer_prepares_and_sends(page: Page) -> None:
    give_code(page)
    page.goto("/meja/kabar/")
    page.get_by_role("link", name="Bahan informasi untuk KIM").click()
    page.get_by_role("link", name="Siapkan bahan").click()
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_label("Ringkasan").fill("Mulai Desember, posyandu lansia dibuka di balai desa.")
    page.get_by_label("Isi bahan").fill("Bawa KTP.\n\nPemeriksaan gula darah gratis.")
    page.get_by_label("Berlaku sampai").fill(str(timezone.localdate() + timedelta(days=20)))
    page.get_by_role("button", name="Simpan bahan").click()
    expect(page.get_by_role("heading", name="2 KIM akan menerima")).to_be_visible()
    open_fold(page, "Kirim sekarang").get_by_role("button", name="Ya, kirim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def the_member_adopts_and_adds_own_words(page: Page) -> None:
    page.goto("/meja/")
    page.get_by_role("link", name=f"Bahan dari instansi: “{TITLE}”").click()
    open_fold(page, "Pakai jadi kabar").get_by_role("button", name="Pakai jadi kabar").click()
    expect(page.get_by_text(LABEL).first).to_be_visible()
    page.get_by_role("link", name="Ubah tulisan").click()
    body = page.locator("[name=body]")
    body.fill(f"{body.input_value()}\n\n{OWN_WORDS}")
    press(page, "Simpan tulisan")
    expect(page.get_by_text(OWN_WORDS)).to_be_visible()


def the_checker_checks(page: Page) -> None:
    page.goto(f"/meja/kabar/{story().pk}/pemeriksaan/")
    for item in story().checklist():
        page.locator(f"[name={item}]").fill("Dinas ditelepon, membenarkan.")
    press(page, "Nyatakan sudah diperiksa")


def the_receipts_are_there(page: Page) -> None:
    give_code(page)
    page.goto(f"/meja/materi/{Material.objects.get().pk}/")
    receipts = page.locator("body").inner_text()
    assert "Tanda terima" in receipts and "KIM Gulangpongge" in receipts and "belum dihitung" in receipts
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def it_expires() -> None:
    """As if twenty-one days had passed: the last day is yesterday, and the clock that watches the pages has struck."""
    material = Material.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    Material.objects.update(sent_at=timezone.now() - timedelta(days=21), valid_until=yesterday, expires_at=material.end_of(yesterday))
    run_pending()
    actions.expire_material(again(material))
    store.changed(*story().sites())


def test_a_story_passed_on_follows_its_correction_and_its_end(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    original, people = story_in("published", cast), neighbours(cast)
    with visit(people["writer"]) as page:
        page.goto("/meja/kabar/?bagian=kim-lain")
        page.get_by_role("link", name=original.title).click()
        fold = open_fold(page, "Bagikan ulang di KIM kita")
        fold.get_by_label("Pengantar dari KIM kita").fill("Jalan ini juga kita lewati ke pasar.")
        fold.get_by_role("button", name="Jadikan draf").click()
        expect(page.get_by_text("Dikutip dari KIM Gulangpongge").first).to_be_visible()
        press(page, "Ajukan untuk diperiksa")
    repost = Story.objects.get(repost_of=original)
    with visit(people["checker"]) as page:
        page.goto(f"/meja/kabar/{repost.pk}/pemeriksaan/")
        page.locator("[name=source]").fill("Kabar asalnya dibaca; KIM asalnya ditelepon.")
        press(page, "Nyatakan sudah diperiksa")
    with visit(people["editor"]) as page:
        page.goto(f"/meja/kabar/{repost.pk}/")
        press(page, "Terbitkan")
    address = again(repost).get_absolute_url()
    with visit() as reader:
        shown_soon(reader, address, "Jalan ini juga kita lewati ke pasar.")
        reader.get_by_role("link", name="Baca di halaman aslinya").click()
        assert reader.url.endswith(original.get_absolute_url())
        correction_in("confirmed", again(original), cast)
        shown_soon(reader, address, "Jumlah rumah 46, bukan 40.")
        shown_soon(reader, address, "Yang benar 46 rumah.")
        actions.retract(again(original), reason=RETRACTED_BECAUSE, by=cast.redaktur)
        shown_soon(reader, address, RETRACTED_BECAUSE)
        assert original.summary not in reader.locator("body").inner_text()
        run_pending()
        shown_soon(reader, "/kim/bermi/", original.title, gone=True)
