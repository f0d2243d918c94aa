"""Somebody on a phone looks for their group: by a tap that sends a rounded position, and by a mistyped word, with and without script."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from kentongan.newsroom.tests.factories import story_in
from tests.cast import Cast
from tests.journeys.conftest import PHONE


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """A phone that runs scripts."""
    context = browser.new_context(viewport=PHONE, base_url=address, locale="id-ID")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_a_tap_sends_the_position_rounded_on_the_phone(phone: Page, transactional_cast: Cast) -> None:
    place = transactional_cast.region
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(unquote(request.url)))
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": place.lat + 0.0012345, "longitude": place.lon - 0.0012345})
    phone.goto("/")
    phone.get_by_role("link", name="Pakai posisi HP saya").click()
    phone.get_by_role("button", name="Pakai posisi HP saya").click()
    expect(phone.get_by_role("heading", name="Desa Anda yang mana?")).to_be_visible(timeout=20_000)
    expect(phone.get_by_role("link", name=re.compile("Desa Gulangpongge")).first).to_be_visible()
    asked = [address.partition("dekat=")[2] for address in sent if "dekat=" in address]
    assert asked == [f"{place.lat + 0.0012345:.2f},{place.lon - 0.0012345:.2f}"]
    assert phone.context.cookies() == []


def test_a_phone_that_may_not_say_where_it_is_says_so(phone: Page) -> None:
    phone.goto("/cari-kim/")
    phone.get_by_role("button", name="Pakai posisi HP saya").click()
    expect(phone.get_by_text("HP tidak memberi izin posisi")).to_be_visible(timeout=20_000)


def test_without_script_the_page_asks_for_a_name_only(visit: Callable[..., Any]) -> None:
    with visit() as resident:
        resident.goto("/cari-kim/")
        expect(resident.get_by_role("button", name="Pakai posisi HP saya")).to_have_count(0)
        resident.get_by_label("Nama desa").fill("gulang pongge")
        resident.get_by_role("button", name="Cari", exact=True).click()
        expect(resident.get_by_role("heading", name="KIM Desa Gulangpongge")).to_be_visible()


def test_a_mistyped_word_leads_to_the_story(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    story = story_in("published", transactional_cast)
    with visit() as resident:
        resident.goto("/kim/gulangpongge/")
        resident.get_by_role("link", name="Cari", exact=True).click()
        resident.get_by_label("Kabar, KIM, atau tempat").fill("disambumg")
        resident.get_by_role("button", name="Cari", exact=True).click()
        expect(resident.get_by_text("“disambumg” tidak ditemukan")).to_be_visible()
        resident.get_by_role("link", name=story.headline).click()
        expect(resident.get_by_role("heading", name=story.headline)).to_be_visible()
