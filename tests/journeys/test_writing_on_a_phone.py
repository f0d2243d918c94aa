"""Somebody with a cheap phone writes a story: without JavaScript, with it, and where the signal dies at every step."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from kentongan.newsroom.models import Story
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in

WHAT = "Pipa induk di tikungan bawah selesai disambung. Air mengalir lagi ke 46 rumah."
PLACE, SOURCE = "tikungan bawah, RT 02", "Sutrisno, ketua kelompok air"
NO_SIGNAL = "Sedang tanpa sinyal"

pytestmark = pytest.mark.journey


def photo() -> FilePayload:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(file, "JPEG")
    return {"name": "pipa.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Callable[[], Any]]:
    """A phone of 360 px with scripts and its own memory."""

    @contextmanager
    def taken() -> Iterator[tuple[BrowserContext, Page]]:
        context = browser.new_context(viewport=PHONE, base_url=address, locale="id-ID")  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(10_000)
        try:
            yield context, page
        finally:
            context.close()

    yield taken


def asked(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def on(page: Page) -> None:
    page.get_by_role("button", name="Lanjut", exact=True).click()


def answer_to_the_end(page: Page) -> None:
    """From the question what happened to the source, three of them left for later."""
    asked(page, "Apa yang terjadi?")
    page.locator("[name=what]").fill(WHAT)
    on(page)
    asked(page, "Di mana kejadiannya?")
    page.locator("[name=place]").fill(PLACE)
    on(page)
    for heading in ("Kapan terjadinya?", "Siapa yang terlibat?", "Mengapa, dan bagaimana?"):
        asked(page, heading)
        page.get_by_role("button", name="Lewati dulu").click()
    asked(page, "Dari mana Anda tahu?")
    page.locator("[name=source_who]").fill(SOURCE)
    on(page)


def test_one_question_a_screen_without_javascript(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    with visit(cast.anggota) as page:
        page.get_by_role("link", name="Tulis kabar").click()
        asked(page, "Ada fotonya?")
        page.locator("[name=upload]").set_input_files([photo(), photo()])
        on(page)
        asked(page, "Apa yang terjadi?")
        page.locator("[name=what]").fill("Pipa")
        page.get_by_role("button", name="Kembali").click()
        asked(page, "Ada fotonya?")
        page.get_by_role("button", name="Lanjutkan nanti").click()
        page.get_by_role("link", name="Lanjutkan menulis").click()
        asked(page, "Di mana kejadiannya?")
        page.get_by_role("button", name="Kembali").click()
        expect(page.locator("[name=what]")).to_have_value("Pipa")
        answer_to_the_end(page)
        asked(page, "Apa yang terlihat di foto?")
        for field in page.locator("input[name$=-alt]").all():
            field.fill("Air keluar dari pipa ke ember")
        on(page)
        asked(page, "Begini kabarnya?")
        expect(page.locator("[name=headline]")).to_have_value("Pipa induk di tikungan bawah selesai disambung")
        page.get_by_role("button", name="Lihat jadinya").click()
        expect(page.get_by_text("dari 500 huruf")).to_be_visible()
        expect(page.get_by_text("Belum dibahas").first).to_be_visible()
        expect(page.get_by_text("Persen dari berapa")).to_have_count(0)
    story = Story.objects.get()
    assert (story.state, story.place, story.source_count, len(story.gallery())) == ("written", PLACE, 1, 2)
    assert all(picture.complete for picture in story.gallery())


def test_with_a_signal_every_screen_is_saved_on_the_server(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (_context, page):
        sign_in(page, transactional_cast.anggota)
        page.goto("/meja/kabar/tulis/")
        page.locator("html[data-siap]").wait_for(state="attached")
        page.get_by_role("button", name="Tanpa foto").click()
        asked(page, "Apa yang terjadi?")
        page.locator("html[data-siap]").wait_for(state="attached")
        page.locator("[name=what]").fill(WHAT)
        on(page)
        page.wait_for_url("**/di-mana/")
        assert Story.objects.get().what == WHAT


def test_a_signal_that_dies_at_the_first_step_stops_nobody(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    """The questions ride along in the page; all answers and the photo go at once when there is a signal again, and once."""
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        page.goto("/meja/kabar/tulis/")
        page.locator("html[data-siap]").wait_for(state="attached")
        page.locator("[name=upload]").set_input_files([photo()])
        expect(page.get_by_text("Siap dikirim")).to_be_visible()
        context.set_offline(True)
        on(page)
        answer_to_the_end(page)
        expect(page.get_by_text(NO_SIGNAL).first).to_be_visible()
        assert not Story.objects.exists()
        context.set_offline(False)
        page.get_by_role("link", name="Buka", exact=True).click()
        asked(page, "Apa yang terlihat di foto?")
    story = Story.objects.get()
    assert (story.state, story.what, story.place, len(story.gallery())) == ("gathered", WHAT, PLACE, 1)


def test_a_phone_closed_without_a_signal_gives_every_answer_back(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    with phone() as (context, page):
        sign_in(page, transactional_cast.anggota)
        page.goto("/meja/kabar/tulis/")
        page.locator("html[data-siap]").wait_for(state="attached")
        context.set_offline(True)
        page.get_by_role("button", name="Tanpa foto").click()
        asked(page, "Apa yang terjadi?")
        page.locator("[name=what]").fill(WHAT)
        on(page)
        asked(page, "Di mana kejadiannya?")
        page.locator("[name=place]").fill(PLACE)
        expect(page.get_by_text("Tersimpan di HP ini")).to_be_visible()
        page.wait_for_timeout(600)
        page.close()
        context.set_offline(False)
        later = context.new_page()
        later.goto("/meja/hp/")
        expect(later.locator("[data-daftar=tulisan]")).to_contain_text(WHAT)
        later.goto("/meja/kabar/tulis/")
        expect(later.locator("[name=place]")).to_have_value(PLACE)
        expect(later.locator("[name=what]")).to_have_value(WHAT)
        on(later)
        later.wait_for_url("**/kapan/")
    story = Story.objects.get()
    assert (story.what, story.place, story.state) == (WHAT, PLACE, "begun")


def test_letters_are_counted_and_the_message_drawn_while_one_types(phone: Callable[..., Any], transactional_cast: Cast) -> None:
    from kentongan.newsroom.tests.factories import story_in

    story = story_in("gathered", transactional_cast)
    with phone() as (_context, page):
        sign_in(page, transactional_cast.anggota)
        page.goto(f"/meja/kabar/tulis/{story.pk}/judul/")
        page.locator("[name=summary]").fill("x" * 270)
        expect(page.get_by_text("Sisa 10 dari 280 huruf")).to_be_visible()
        page.locator("[name=summary]").fill("x" * 285)
        expect(page.get_by_text("5 huruf terlalu panjang")).to_be_visible()
        page.locator("[name=headline]").fill("Air kembali")
        expect(page.locator(".says")).to_contain_text("*Air kembali*")
