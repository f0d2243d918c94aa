"""Signing in and out: who gets in, how often one may try, what a browser keeps."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from kentongan.accounts.credentials import device_of, kept_key, phone_of
from kentongan.accounts.guards import address_of
from kentongan.accounts.models import Account, Attempt, Session
from kentongan.core.jobs import run_pending
from tests.cast import PASSPHRASE, Cast

SIGN_IN = "/meja/masuk/"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"


def sign_in(client: Client, credential: str, passphrase: str = PASSPHRASE, onward: str = "", **more: object):  # type: ignore[no-untyped-def]
    return client.post(f"{SIGN_IN}?lanjut={onward}", {"credential": credential, "passphrase": passphrase}, **more)


@pytest.mark.parametrize(
    "typed",
    [
        "0812-3456-789",
        "08123456789",
        "+62 812 3456 789",
        "628123456789",
        "62 812-3456-789",
        "0062 8123456789",
        "(0812) 3456 789",
        "812 3456 789",
    ],
)
def test_a_phone_number_is_known_in_any_spelling(typed: str) -> None:
    assert phone_of(typed) == "+628123456789"


@pytest.mark.parametrize("typed", ["joko", "siti081234567", "", "12", "+", "081234567890123456789"])
def test_what_is_no_phone_number_is_not_taken_for_one(typed: str) -> None:
    assert phone_of(typed) == ""


@pytest.mark.parametrize("typed", ["anggota", " ANGGOTA ", "0812-0000-0001", "+62 812 0000 0001", "6281200000001"])
def test_name_or_number_and_passphrase_open_the_desk(cast: Cast, client: Client, typed: str) -> None:
    answer = sign_in(client, typed)
    assert (answer.status_code, answer["Location"]) == (302, "/meja/")
    assert client.get("/meja/saya/").status_code == 200


def test_a_wrong_passphrase_and_an_unknown_name_get_the_same_answer(cast: Cast, client: Client) -> None:
    answers = [sign_in(client, "anggota", "bukan frasanya"), sign_in(client, "tidak-ada", "bukan frasanya")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("tidak cocok" in answer.text for answer in answers)
    assert Session.objects.count() == 0


def test_an_invited_or_closed_account_does_not_open(cast: Cast, client: Client) -> None:
    Account.objects.filter(username="anggota").update(state=Account.State.CLOSED)
    assert sign_in(client, "anggota").status_code == 403


def test_closing_an_account_ends_its_sessions_at_once(cast: Cast, client: Client) -> None:
    sign_in(client, "anggota")
    Account.objects.filter(username="anggota").update(state=Account.State.CLOSED)
    assert client.get("/meja/saya/").status_code == 302


def test_too_many_tries_at_one_account_are_told_when_to_try_again(cast: Cast, client: Client) -> None:
    for _try in range(10):
        assert sign_in(client, "anggota", "salah").status_code == 403
    answer = sign_in(client, "0812-0000-0001")  # the same account by its number, now with the right passphrase
    assert answer.status_code == 429 and "Tunggu 15 menit" in answer.text
    assert sign_in(client, "anggota2").status_code == 302


def test_too_many_tries_from_one_address_are_refused_whoever_is_tried(cast: Cast, client: Client) -> None:
    for number in range(60):
        sign_in(client, f"orang{number}", "salah")
    assert sign_in(client, "anggota").status_code == 429
    assert sign_in(client, "anggota", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_tries_are_kept_as_keyed_hashes_only_and_dropped_after_a_day(cast: Cast, client: Client) -> None:
    from kentongan.accounts.jobs import sweep

    sign_in(client, "anggota", "salah")
    assert Attempt.objects.count() == 2
    assert not Attempt.objects.filter(key__contains="anggota").exists()
    Attempt.objects.update(at=timezone.now() - timedelta(hours=25))
    sweep()
    assert Attempt.objects.count() == 0
    assert run_pending() == 0


def test_a_right_passphrase_forgives_the_tries_before(cast: Cast, client: Client) -> None:
    for _round in range(3):
        for _try in range(6):
            sign_in(client, "anggota", "salah")
        assert sign_in(client, "anggota").status_code == 302


def test_the_session_key_changes_at_sign_in_and_the_row_knows_account_and_device(cast: Cast, client: Client) -> None:
    sign_in(client, "redaktur")
    before = client.session.session_key
    sign_in(client, "anggota", headers={"user-agent": ANDROID})
    row = Session.objects.get(session_key=kept_key(client.session.session_key))
    assert row.session_key != kept_key(before) and not Session.objects.filter(session_key=kept_key(before)).exists()
    assert not Session.objects.filter(session_key=client.session.session_key).exists(), "a thief of the table holds no key"
    assert (row.account, row.device) == (cast.anggota.account, "Chrome di Android")
    assert timedelta(days=29) < row.expire_date - timezone.now() <= timedelta(days=30)


def test_devices_are_called_as_people_know_them() -> None:
    assert device_of("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0") == "Firefox di Linux"
    assert device_of("") == "Peramban"


def test_cookies_exist_under_the_desk_only(cast: Cast, client: Client) -> None:
    page = client.get(SIGN_IN)
    answer = sign_in(client, "anggota")
    cookies = [*page.cookies.values(), *answer.cookies.values()]
    assert {cookie.key for cookie in cookies} == {"meja", "meja-csrf"}
    assert all(cookie["path"] == "/meja/" and cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in cookies)


def test_a_public_page_sets_no_cookie(cast: Cast, client: Client) -> None:
    sign_in(client, "anggota")
    assert not client.get("/gaya/").cookies


def test_nothing_of_the_desk_is_kept_by_the_browser(client: Client, db: None) -> None:
    assert client.get(SIGN_IN)["Cache-Control"] == "no-store"
    assert client.get("/meja/tidak-ada/")["Cache-Control"] == "no-store"


def test_an_unsafe_request_from_another_site_is_refused(cast: Cast, client: Client) -> None:
    assert sign_in(client, "anggota", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert sign_in(client, "anggota", headers={"sec-fetch-site": "same-site"}).status_code == 403
    assert sign_in(client, "anggota", headers={"sec-fetch-site": "same-origin"}).status_code == 302


def test_a_form_without_its_token_is_refused_with_a_sentence(cast: Cast) -> None:
    answer = sign_in(Client(enforce_csrf_checks=True), "anggota")
    assert answer.status_code == 403 and "Muat ulang" in answer.text


def test_whoever_comes_from_outside_is_brought_back_to_where_they_wanted(cast: Cast, client: Client) -> None:
    answer = client.get("/meja/saya/frasa-sandi/")
    assert answer["Location"] == "/meja/masuk/?lanjut=%2Fmeja%2Fsaya%2Ffrasa-sandi%2F"
    assert sign_in(client, "anggota", onward="/meja/saya/frasa-sandi/")["Location"] == "/meja/saya/frasa-sandi/"


@pytest.mark.parametrize("wanted", ["https://contoh.id/meja/", "//contoh.id", "/kabar/", "/meja/../", "/meja/\\contoh.id", "javascript:1"])
def test_nobody_is_sent_elsewhere_by_a_link(cast: Cast, client: Client, wanted: str) -> None:
    assert sign_in(client, "anggota", onward=wanted)["Location"] == "/meja/"


def test_signing_out_ends_the_session(cast: Cast, client_of: Callable[..., Client]) -> None:
    client = client_of(cast.anggota)
    assert client.get("/meja/keluar/").status_code == 405
    assert client.post("/meja/keluar/").status_code == 302
    assert Session.objects.count() == 0
    assert client.get("/meja/saya/")["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("name", ["sign_in", "slip", "recovery"])
def test_pages_of_the_door_are_bare(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(f"accounts:{name}"))
    assert answer.status_code == 200 and 'class="places"' not in answer.text


@pytest.mark.parametrize("path", [SIGN_IN, "/meja/slip/"])
def test_what_was_left_out_is_said_beside_the_field(client: Client, db: None, path: str) -> None:
    answer = client.post(path, {})
    assert answer.status_code == 400 and answer.text.count("belum diisi") == 2


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_tries_from_one_network_are_counted_together(seen: str, counted: str) -> None:
    assert address_of(RequestFactory().get("/meja/masuk/", REMOTE_ADDR=seen)) == counted
