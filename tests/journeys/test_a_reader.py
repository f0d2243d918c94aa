"""A reader without account, cookie or script finds a story, judges it, answers, shares and prints it; with a script it is read aloud."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kentongan.newsroom.models import Feedback, Story
from kentongan.newsroom.tests.factories import story_in
from tests.cast import Cast
from tests.journeys.conftest import PHONE


@pytest.fixture
def story(transactional_cast: Cast) -> Story:
    """A story of the cast's group that is out."""
    return Story.objects.get(pk=story_in("published", transactional_cast).pk)


def test_a_reader_without_a_script_searches_reads_answers_shares_and_prints(visit: Callable[..., Any], story: Story) -> None:
    with visit() as reader:
        she_finds_it(reader, story)
        she_sees_who_checked_it(reader, story)
        she_passes_it_on(reader, story)
        she_prints_it(reader, story)
        she_says_that_it_was_clear_and_of_use(reader)
        assert reader.context.cookies() == []
    assert list(Feedback.objects.values_list("understood", "useful")) == [(True, True)]


def she_finds_it(reader: Page, story: Story) -> None:
    reader.goto("/cari/?q=air+pipa+disamb")
    reader.get_by_role("link", name=story.headline).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(story.headline)


def she_sees_who_checked_it(reader: Page, story: Story) -> None:
    assert story.verifier is not None
    expect(reader.get_by_text("Diperiksa oleh").first).to_contain_text(story.verifier.name)
    expect(reader.get_by_role("button", name="Dengarkan")).to_be_hidden()  # nothing is offered that cannot work


def she_passes_it_on(reader: Page, story: Story) -> None:
    link = reader.get_by_role("link", name="Bagikan ke WhatsApp").get_attribute("href") or ""
    assert link.startswith("https://wa.me/?text=") and f"%2Fk%2F{story.pk}" in link


def she_prints_it(reader: Page, story: Story) -> None:
    page = reader.url
    for name, kind in (("Poster A4", "application/pdf"), ("Teks papan", "text/html"), ("Naskah radio", "text/html")):
        answer = reader.request.get(page + (reader.get_by_role("link", name=name).get_attribute("href") or ""))
        assert answer.status == 200 and answer.headers["content-type"].startswith(kind)


def she_says_that_it_was_clear_and_of_use(reader: Page) -> None:
    reader.get_by_role("button", name="Ya, paham").click()
    expect(reader.get_by_role("heading", name="Terima kasih, jawaban Anda sampai.")).to_be_visible()
    reader.get_by_role("button", name="Ya, berguna").click()
    expect(reader.get_by_role("button", name="Ya, berguna")).to_have_count(0)
    reader.get_by_role("link", name="Kembali ke kabarnya").click()
    expect(reader.get_by_role("button", name="Ya, paham")).to_be_visible()


VOICES = """
window.said = [];
class Utterance { constructor(text) { this.text = text; } }
const speech = { getVoices: () => VOICES, cancel: () => {}, speak: (one) => window.said.push([one.text, one.lang]) };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = Utterance;
"""
"""A phone's voices: browsers under test have none of their own."""


@pytest.mark.parametrize(("voices", "label"), [('[{lang: "id-ID"}]', "Berhenti membaca"), ('[{lang: "en-US"}]', "HP ini belum punya")])
def test_the_devices_own_voice_reads_it_aloud(browser: Browser, address: str, story: Story, voices: str, label: str) -> None:
    context = browser.new_context(viewport=PHONE, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(VOICES.replace("VOICES", voices))
    page.goto(story.get_absolute_url())
    button = page.get_by_role("button", name="Dengarkan")
    button.click()
    expect(page.locator("[data-listen]")).to_contain_text(label)
    said = page.evaluate("window.said")
    assert bool(said) == ("id-ID" in voices)
    if said:
        assert said[0][0].rstrip(".") == story.headline and {lang for _text, lang in said} == {"id-ID"}
        page.get_by_role("button", name="Berhenti membaca").click()
        expect(button).to_be_visible()
    context.close()
