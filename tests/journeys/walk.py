"""What a person does on many pages, whatever the journey."""

import time
from http import HTTPStatus

import pyotp
from playwright.sync_api import Locator, Page

from tests.cast import PASSPHRASE, TOTP_SECRET

NEW_PASSPHRASE = "lumbung padi di ujung desa"


def give_code(page: Page) -> None:
    """The second factor of an officer, after the passphrase; the next code where this half minute's was used already."""
    for ahead in (0, 1):
        page.get_by_label("Kode enam angka").fill(pyotp.TOTP(TOTP_SECRET).at(int(time.time()) + 30 * ahead))
        with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            page.get_by_role("button", name="Masuk", exact=True).click()
        if sent.value.status == HTTPStatus.FOUND:
            page.wait_for_url(lambda address: "/kode/" not in address)
            return


def open_fold(page: Page, label: str) -> Locator:
    """Unfold the form of a decision and answer with it."""
    fold = page.locator("details.ask", has=page.locator("summary", has_text=label))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


def closed_door(page: Page, label: str) -> str:
    """The sentence on a door that is shown and stays shut."""
    button = page.get_by_role("button", name=label, exact=True)
    assert button.get_attribute("aria-disabled") == "true"
    return page.locator(f"[id='{button.get_attribute('aria-describedby')}']").inner_text()


def printed_code(page: Page) -> str:
    """What stands on the slip that is shown once."""
    return page.locator(".slip .ticket").inner_text()


def enter_slip(page: Page, credential: str, code: str) -> None:
    """Type the code of a slip at the door."""
    page.goto("/meja/masuk/")
    page.get_by_role("link", name="Masuk pertama kali dengan slip").click()
    page.get_by_label("Nomor telepon atau nama pengguna").fill(credential)
    page.get_by_label("Kode di slip").fill(code)
    page.get_by_role("button", name="Lanjut").click()


def choose_passphrase(page: Page, passphrase: str = NEW_PASSPHRASE) -> None:
    """The passphrase of a first sign-in, and consent."""
    page.get_by_label("Frasa sandi baru").fill(passphrase)
    page.get_by_label("Sekali lagi").fill(passphrase)
    page.get_by_label("Saya sudah membaca dan menyetujui").check()
    page.get_by_role("button", name="Simpan dan masuk").click()


def sign_in_as(page: Page, credential: str, passphrase: str = PASSPHRASE) -> None:
    """Number or name, and passphrase, in whatever spelling."""
    page.goto("/meja/masuk/")
    page.get_by_label("Nomor telepon atau nama pengguna").fill(credential)
    page.get_by_label("Frasa sandi").fill(passphrase)
    page.get_by_role("button", name="Masuk", exact=True).click()


def shown_soon(reader: Page, address: str, words: str, *, gone: bool = False) -> None:
    """The page shows these words (or no longer), at the latest after a few visits: a page store follows its database."""
    for _visit in range(30):
        reader.goto(address)
        if (words in reader.locator("body").inner_text()) != gone:
            return
        time.sleep(0.1)
    raise AssertionError(f"{words!r} {'still' if gone else 'does not'} show on {address}")
