"""Writing on a phone whose signal comes and goes: nothing typed is lost, nothing is sent twice, nobody else on the phone sees it."""

import io
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from kentongan.accounts.models import Session
from kentongan.core.models import Receipt
from kentongan.discussions.models import Contribution, Topic
from kentongan.discussions.tests.factories import topic_in
from kentongan.media.models import Photo
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in

NEW_TOPIC = "/meja/pembahasan/baru/"
SUBJECT = "Gorong-gorong RT 03 mampet"
WORDS = "Sejak hujan Senin malam air tidak turun, kata Bu Warsini."
NO_SIGNAL = "Sedang tanpa sinyal"
MADE = "**/meja/pembahasan/*/?selesai=*"
LARGE = (4000, 3000)
KEPT_FORM = """caches.keys().then(names => Promise.all(names.map(name => caches.open(name))))
  .then(all => Promise.all(all.map(kept => kept.match(FORM)))).then(found => found.some(Boolean))"""

pytestmark = pytest.mark.journey


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Callable[[], Any]]:
    """A phone of 360 px with scripts and its own memory; `with phone() as (context, page)`. With its worker only where that is asked."""

    @contextmanager
    def taken(workers: Literal["allow", "block"] = "block") -> Iterator[tuple[BrowserContext, Page]]:
        context = browser.new_context(viewport=PHONE, base_url=address, locale="id-ID", service_workers=workers)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(10_000)
        try:
            yield context, page
        finally:
            context.close()

    yield taken


def opened(page: Page, address: str) -> None:
    """The page, once its scripts have looked after it."""
    page.goto(address)
    ready(page)


def ready(page: Page) -> None:
    page.locator("html[data-siap]").wait_for(state="attached")


def until(page: Page, expression: str) -> None:
    """Ask the page again and again, at most ten seconds long. (`wait_for_function` asks by `eval`, which our pages forbid.)"""
    for _try in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def worker_of(page: Page) -> None:
    """The worker is there and in charge of this page."""
    until(page, "navigator.serviceWorker.controller !== null")


def write(page: Page, subject: str = SUBJECT, words: str = WORDS) -> None:
    page.locator("[name=subject]").fill(subject)
    page.locator("[name=question]").fill(words)
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan di HP ini")


def press(page: Page) -> None:
    page.get_by_role("button", name="Buka pembahasan").click()


def test_a_phone_that_dies_while_one_writes_gives_the_words_back(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        page.close()
        later = context.new_page()
        opened(later, NEW_TOPIC)
        expect(later.get_by_text("Tulisan Anda dari")).to_be_visible()
        expect(later.locator("[name=question]")).to_have_value(WORDS)
        press(later)
        later.wait_for_url(MADE)
        opened(later, NEW_TOPIC)
        expect(later.locator("[name=question]")).to_have_value("")
    assert Topic.objects.get().question == WORDS


def test_words_given_back_can_be_thrown_away(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (_context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        opened(page, NEW_TOPIC)
        page.get_by_role("button", name="Buang tulisan ini").click()
        expect(page.locator("[name=question]")).to_have_value("")
        expect(page.get_by_text("Tulisan Anda dari")).to_have_count(0)


def test_without_a_signal_it_waits_and_goes_by_itself_once(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        context.set_offline(True)
        press(page)
        expect(page.get_by_text("Tulisan tersimpan di HP ini. Terkirim sendiri begitu ada sinyal. Boleh ditutup.")).to_be_visible()
        assert not Topic.objects.exists()
        context.set_offline(False)
        page.get_by_role("link", name="Buka", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    assert Topic.objects.count() == 1


def test_a_phone_closed_without_a_signal_sends_when_it_is_opened_again(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        context.set_offline(True)
        press(page)
        expect(page.get_by_text(NO_SIGNAL)).to_be_visible()
        page.close()
        context.set_offline(False)
        later = context.new_page()
        opened(later, "/meja/")
        expect(later.get_by_text("Tulisan yang tadi menunggu sudah sampai.")).to_be_visible()
        opened(later, "/meja/")
    assert Topic.objects.count() == 1


def test_what_is_said_without_a_signal_arrives_in_its_order(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    """Each under a key of its own, though both pages came with the same one."""
    topic = topic_in(transactional_cast)
    address = f"/meja/pembahasan/{topic.pk}/"
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        first, second = context.new_page(), context.new_page()
        for one, text in ((first, "Sejak Senin malam."), (second, "Ralat: sejak Selasa.")):
            opened(one, address)
            one.locator("[name=text]").fill(text)
        context.set_offline(True)
        for one in (first, second):
            one.get_by_role("button", name="Sampaikan").click()
            expect(one.get_by_text(NO_SIGNAL)).to_be_visible()
        context.set_offline(False)
        opened(page, "/meja/hp/")
        expect(page.get_by_text("Tidak ada. Semua yang Anda kirim sudah sampai.")).to_be_visible()
        until(page, "fetch('/meja/hp/tanda/').then(() => true)")
    assert [said.text for said in Contribution.objects.order_by("pk")] == ["Sejak Senin malam.", "Ralat: sejak Selasa."]


def cut(context: BrowserContext, how: Callable[[Route], None], address: str = NEW_TOPIC) -> None:
    """What happens on the way of the next sendings to this address."""
    context.route(f"**{address}*", lambda route: how(route) if route.request.method == "POST" else route.fallback())


def break_off(route: Route) -> None:
    route.abort("connectionreset")


def lose_the_answer(route: Route) -> None:
    """The server does the work; what it says never comes back."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def trouble(route: Route) -> None:
    route.fulfill(status=503, body="Sebentar lagi.")


@pytest.mark.parametrize("how", [break_off, lose_the_answer, trouble])
def test_a_sending_cut_on_its_way_is_done_once_in_the_end(phone: Callable[..., Any], transactional_cast: Cast, how: Any) -> None:
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        cut(context, how)
        press(page)
        expect(page.get_by_text(NO_SIGNAL)).to_be_visible()
        assert Topic.objects.count() == (how is lose_the_answer)
        context.unroute_all()
        page.get_by_role("button", name="Kirim sekarang").click()
        page.get_by_role("link", name="Buka", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    assert Topic.objects.count() == Receipt.objects.count() == 1


def test_words_changed_after_an_answer_was_lost_are_never_dropped(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    """The first words were done; the later ones are refused with a sentence, and stay."""
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        cut(context, lose_the_answer)
        press(page)
        page.get_by_role("button", name="Ubah lagi").click()
        context.unroute_all()
        expect(page.get_by_text("Tulisan Anda dari")).to_be_visible()
        page.locator("[name=question]").fill("Ternyata sejak Selasa, kata Pak Karno.")
        press(page)
        expect(page.get_by_text("sudah masuk lebih dulu dengan isi lain")).to_be_visible()
        opened(page, NEW_TOPIC)
        expect(page.locator("[name=question]")).to_have_value("Ternyata sejak Selasa, kata Pak Karno.")
    assert Topic.objects.get().question == WORDS


def test_an_outdated_token_is_renewed_without_a_word(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        context.clear_cookies(name="meja-csrf")
        press(page)
        page.wait_for_url(MADE)
    assert Topic.objects.count() == 1


def test_a_session_that_ended_asks_to_sign_in_and_keeps_the_words(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (_context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        Session.objects.all().delete()
        press(page)
        expect(page.get_by_text("Anda perlu masuk lagi")).to_be_visible()
        page.get_by_role("link", name="Masuk", exact=True).click()
        sign_in(page, transactional_cast.anggota)
        expect(page.get_by_text("Tulisan yang tadi menunggu sudah sampai.")).to_be_visible()
    assert Topic.objects.count() == 1


def test_what_the_server_refuses_is_shown_with_its_sentence_and_mended(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (_context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        page.locator("[name=subject]").evaluate("field => field.required = false")
        page.locator("[name=subject]").fill("")
        press(page)
        expect(page.locator(".error")).to_be_visible()
        expect(page.locator("[name=question]")).to_have_value(WORDS)
        page.locator("[name=subject]").fill(SUBJECT)
        press(page)
        page.wait_for_url(MADE)
    assert Topic.objects.get().question == WORDS


def test_two_phones_with_the_same_draft_are_laid_side_by_side(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    story = story_in("written", cast=cast)
    address = f"/meja/kabar/{story.pk}/tulis/"
    with phone() as (context, page):
        sign_in(page, cast.anggota)
        opened(page, address)
        page.locator("[name=body]").fill("Air mengalir ke 46 rumah.")
        context.set_offline(True)
        page.get_by_role("button", name="Simpan tulisan").click()
        expect(page.get_by_text(NO_SIGNAL)).to_be_visible()
        with phone() as (_other, elsewhere):
            sign_in(elsewhere, cast.redaktur)
            opened(elsewhere, address)
            elsewhere.locator("[name=body]").fill("Air mengalir ke 40 rumah.")
            elsewhere.get_by_role("button", name="Simpan tulisan").click()
            elsewhere.wait_for_url(f"**/meja/kabar/{story.pk}/?selesai=*")
        context.set_offline(False)
        expect(page.get_by_text("1 tulisan belum diterima")).to_be_visible()
        expect(page.get_by_text(NO_SIGNAL)).to_have_count(0)
        opened(page, "/meja/hp/")
        expect(page.get_by_text("Belum diterima: Ada yang mengubah ini")).to_be_visible()
        page.get_by_role("button", name="Buka dan betulkan").click()
        page.wait_for_url(f"**{address}")
        ready(page)
        expect(page.locator("[name=body]")).to_have_value("Air mengalir ke 46 rumah.")
        page.get_by_role("button", name="Simpan tulisan").click()
        expect(page.get_by_role("heading", name="Orang lain lebih dulu mengubah")).to_be_visible()
        expect(page.get_by_text("Air mengalir ke 40 rumah.").first).to_be_visible()
        assert Story.objects.get(pk=story.pk).body == "Air mengalir ke 40 rumah."
        page.get_by_role("button", name="Simpan tulisan saya").click()
        page.wait_for_url(f"**/meja/kabar/{story.pk}/?selesai=*")
    assert Story.objects.get(pk=story.pk).body == "Air mengalir ke 46 rumah."


def leave(page: Page, label: str = "") -> None:
    opened(page, "/meja/saya/")
    page.get_by_role("button", name="Keluar dari perangkat ini").click()
    if label:
        page.get_by_role("button", name=label).click()
    page.wait_for_url("**/meja/masuk/**")
    ready(page)


def test_another_person_on_the_phone_neither_sees_nor_sends_what_waits(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    with phone() as (context, page):
        sign_in(page, cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        cut(context, break_off)
        press(page)
        expect(page.get_by_text(NO_SIGNAL)).to_be_visible()
        opened(page, NEW_TOPIC)
        write(page, "Ini baru diketik", "Belum dikirim.")
        leave(page, "Keluar, biarkan menunggu")
        expect(page.get_by_text("1 tulisan menunggu di HP ini")).to_be_visible()
        context.unroute_all()
        sign_in(page, cast.anggota2)
        opened(page, NEW_TOPIC)
        expect(page.locator("[name=question]")).to_have_value("")
        opened(page, "/meja/hp/")
        expect(page.get_by_text("Tidak ada. Semua yang Anda kirim sudah sampai.")).to_be_visible()
        expect(page.get_by_text(SUBJECT)).to_have_count(0)
        assert not Topic.objects.exists()
        leave(page)
        sign_in(page, cast.anggota)
        expect(page.get_by_text("Tulisan yang tadi menunggu sudah sampai.")).to_be_visible()
        opened(page, NEW_TOPIC)
        expect(page.locator("[name=question]")).to_have_value("Belum dikirim.")
    assert Topic.objects.get().opened_by == cast.anggota


def test_whoever_leaves_may_wipe_what_waits(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    with phone() as (_context, page):
        sign_in(page, cast.anggota)
        opened(page, NEW_TOPIC)
        write(page)
        leave(page, "Hapus dari HP ini, lalu keluar")
        sign_in(page, cast.anggota)
        opened(page, NEW_TOPIC)
        expect(page.locator("[name=question]")).to_have_value("")


def test_a_clock_that_is_wrong_changes_nothing(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        page.clock.set_system_time("2001-01-01T00:00:00")
        opened(page, NEW_TOPIC)
        write(page)
        context.set_offline(True)
        press(page)
        expect(page.get_by_text(NO_SIGNAL)).to_be_visible()
        context.set_offline(False)
        page.get_by_role("link", name="Buka", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    assert Topic.objects.get().opened_at.year > 2001


FULL = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (row, key) {
  const asked = put.call(this, row, key);
  if (STORES.includes(this.name)) this.transaction.abort();
  return asked;
};"""
"""What a browser does when the phone has no room left: it accepts the row and breaks the transaction off."""


def test_a_full_phone_keeps_the_words_rather_than_the_photo(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    story = story_in("written", cast=transactional_cast)
    with phone() as (context, page):
        context.add_init_script(FULL.replace("STORES", '["photos"]'))
        sign_in(page, transactional_cast.anggota)
        opened(page, f"/meja/kabar/{story.pk}/")
        fold = unfolded(page, "Tambah foto")
        fold.locator("[name=alt]").fill("Air keluar dari pipa, jatuh ke ember.")
        fold.locator("[type=file]").set_input_files(noisy_photo())
        expect(page.get_by_text("Penyimpanan HP ini penuh.")).to_be_visible()
        expect(page.get_by_text("Tulisan Anda tersimpan, fotonya tidak.")).to_be_visible()
        assert fold.locator("[type=file]").evaluate("field => field.files.length") == 1
        opened(page, f"/meja/kabar/{story.pk}/")
        expect(page.locator("[name=alt]").first).to_have_value("Air keluar dari pipa, jatuh ke ember.")


def test_a_phone_with_no_room_at_all_keeps_the_screen_and_still_sends(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (context, page):
        context.add_init_script(FULL.replace("STORES", '["drafts", "photos", "queue"]'))
        sign_in(page, transactional_cast.anggota)
        opened(page, NEW_TOPIC)
        page.locator("[name=subject]").fill(SUBJECT)
        page.locator("[name=question]").fill(WORDS)
        expect(page.get_by_text("belum tersimpan di HP, tetapi masih utuh di layar")).to_be_visible()
        context.set_offline(True)
        press(page)
        expect(page.get_by_text("Tulisan masih utuh di layar ini saja")).to_be_visible()
        expect(page.locator("[name=question]")).to_have_value(WORDS)
        context.set_offline(False)
        press(page)
        page.wait_for_url(MADE)
    assert Topic.objects.get().question == WORDS


def unfolded(page: Page, label: str) -> Any:
    fold = page.locator("details.ask", has=page.locator("summary", has_text=label))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


def noisy_photo(size: tuple[int, int] = LARGE, orientation: int = 0) -> FilePayload:
    """A photo as large as a phone takes them: grain over a picture, so that it weighs megabytes."""
    grain = Image.frombytes("RGB", (1000, 750), random.Random(7).randbytes(1000 * 750 * 3)).resize(size)
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    file = io.BytesIO()
    grain.save(file, "JPEG", quality=92, exif=exif)
    return {"name": "IMG_2024.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_photo_is_made_light_and_travels_when_there_is_a_signal(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    story = story_in("written", cast=transactional_cast)
    photo = noisy_photo(orientation=6)
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, f"/meja/kabar/{story.pk}/")
        fold = unfolded(page, "Tambah foto")
        fold.locator("[type=file]").set_input_files(photo)
        expect(fold.get_by_text("Siap dikirim: IMG_2024.jpg")).to_be_visible()
        fold.locator("[name=alt]").fill("Air keluar dari pipa, jatuh ke ember.")
        fold.locator("[name=credit]").fill("Joko P.")
        expect(page.locator("[data-saved]")).to_be_visible()
        opened(page, f"/meja/kabar/{story.pk}/")
        expect(fold.get_by_text("Siap dikirim: IMG_2024.jpg")).to_be_visible()
        context.set_offline(True)
        fold.get_by_role("button", name="Kirim foto").click()
        expect(page.get_by_text("Tulisan dan 1 foto tersimpan di HP ini.")).to_be_visible()
        context.set_offline(False)
        expect(page.get_by_text("Tulisan yang tadi menunggu sudah sampai.")).to_be_visible()
    kept = Photo.objects.get().original
    with Image.open(kept) as arrived:
        assert arrived.size == (1200, 1600)  # upright: the phone was held so
    assert kept.stat().st_size < len(photo["buffer"]) / 4


def test_a_photo_the_phone_cannot_read_goes_as_it_is_and_the_server_says_what_to_do(
    phone: Callable[..., Any], transactional_cast: Cast
) -> None:
    story = story_in("written", cast=transactional_cast)
    heic: FilePayload = {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + bytes(2000)}
    with phone() as (_context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, f"/meja/kabar/{story.pk}/")
        fold = unfolded(page, "Tambah foto")
        fold.locator("[type=file]").set_input_files(heic)
        expect(fold.get_by_text("tidak bisa dibaca di HP ini, jadi dikirim apa adanya")).to_be_visible()
        fold.locator("[name=alt]").fill("Air keluar dari pipa, jatuh ke ember.")
        fold.locator("[name=credit]").fill("Joko P.")
        fold.get_by_role("button", name="Kirim foto").click()
        expect(page.locator(".error")).to_be_visible()
        expect(page.locator("[name=alt]").first).to_have_value("Air keluar dari pipa, jatuh ke ember.")


def hundred_megapixels() -> FilePayload:
    """The head of a JPEG that says it is 11,600 × 8,700 pixels: nobody unfolds it here."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    data = bytearray(file.getvalue())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = (8700).to_bytes(2, "big") + (11600).to_bytes(2, "big")
    return {"name": "pano.jpg", "mimeType": "image/jpeg", "buffer": bytes(data)}


def test_a_photo_of_a_hundred_megapixels_is_not_unfolded_on_the_phone(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    story = story_in("written", cast=transactional_cast)
    with phone() as (_context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, f"/meja/kabar/{story.pk}/")
        fold = unfolded(page, "Tambah foto")
        fold.locator("[type=file]").set_input_files(hundred_megapixels())
        expect(fold.get_by_text("101 juta titik: terlalu besar untuk diperkecil di HP ini")).to_be_visible()


def test_a_chosen_story_is_read_without_a_signal_until_its_reader_leaves(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    story = story_in("written", cast=cast)
    address = f"/meja/kabar/{story.pk}/"
    with phone("allow") as (context, page):
        sign_in(page, cast.anggota)
        opened(page, address)
        worker_of(page)
        page.get_by_role("button", name="Simpan untuk dibaca tanpa sinyal").click()
        expect(page.get_by_role("button", name="Tersimpan di HP ini")).to_be_visible()
        context.set_offline(True)
        opened(page, address)
        expect(page.get_by_role("heading", level=1)).to_have_text(story.title)
        page.goto("/meja/kim/")
        expect(page.get_by_role("heading", name=NO_SIGNAL)).to_be_visible()
        expect(page.get_by_role("link", name=story.title)).to_be_visible()
        context.set_offline(False)
        leave(page)
        assert [name for name in page.evaluate("caches.keys()") if name.startswith("akun-")] == []
        context.set_offline(True)
        page.goto(address)
        expect(page.get_by_role("heading", name=NO_SIGNAL)).to_be_visible()
        expect(page.get_by_text(story.title)).to_have_count(0)


def test_whoever_signs_out_without_a_signal_is_out_before_anybody_comes_back(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone("allow") as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, "/meja/saya/")
        worker_of(page)
        context.set_offline(True)
        page.get_by_role("button", name="Keluar dari perangkat ini").click()
        expect(page.get_by_role("heading", name=NO_SIGNAL)).to_be_visible()
        context.set_offline(False)
        page.goto("/meja/")
        page.wait_for_url("**/meja/masuk/**")


def answer_every_question(page: Page, what: str) -> None:
    """Each question comes from the phone itself; the last button sends them all."""
    page.get_by_role("button", name="Tanpa foto").click()
    answers = {
        "apa": ("what", what),
        "di-mana": ("place", "tikungan bawah, RT 02"),
        "sumber": ("source_who", "Sutrisno, ketua kelompok air"),
    }
    for key in ("apa", "di-mana", "kapan", "siapa", "mengapa", "sumber"):
        screen = page.locator(f"section[data-layar={key}]")
        expect(screen).to_be_visible()
        if key in answers:
            screen.locator(f"[name={answers[key][0]}]").fill(answers[key][1])
        page.get_by_role("button", name="Lanjut", exact=True).click()


def test_two_stories_are_written_where_there_is_no_signal_at_all(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    """The form itself comes from the phone, twice the same page; they arrive as two."""
    with phone("allow") as (context, page):
        sign_in(page, transactional_cast.anggota)
        opened(page, "/meja/")
        worker_of(page)
        until(page, KEPT_FORM.replace("FORM", repr(reverse("newsroom:gather"))))
        context.set_offline(True)
        for what in ("Pipa induk selesai disambung.", "Jalan ke sawah longsor."):
            opened(page, reverse("newsroom:gather"))
            answer_every_question(page, what)
            expect(page.get_by_text(NO_SIGNAL)).to_be_visible()
        context.set_offline(False)
        opened(page, "/meja/hp/")
        expect(page.get_by_text("Tidak ada. Semua yang Anda kirim sudah sampai.")).to_be_visible()
    assert list(Story.objects.order_by("pk").values_list("what", flat=True)) == ["Pipa induk selesai disambung.", "Jalan ke sawah longsor."]
