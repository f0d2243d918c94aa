"""The code from the phone: who needs it, that it works once, that a thief of the database cannot compute it."""

import re
from collections.abc import Callable
from io import StringIO

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from kentongan.accounts.models import Account, Slip
from kentongan.accounts.tests.factories import SECRET, code_now, use_slip, with_authenticator
from tests.cast import PASSPHRASE, Cast


def half_in(person) -> Client:  # type: ignore[no-untyped-def]
    client = Client()
    client.post("/meja/masuk/", {"credential": person.account.username, "passphrase": PASSPHRASE})
    return client


def test_an_officer_gives_a_code_after_the_passphrase(cast: Cast) -> None:
    with_authenticator(cast.dinas)
    client = half_in(cast.dinas)
    assert client.get("/meja/saya/")["Location"] == "/meja/kode/?lanjut=%2Fmeja%2Fsaya%2F"
    answer = client.post("/meja/kode/?lanjut=/meja/saya/", {"code": code_now()})
    assert answer["Location"] == "/meja/saya/"
    assert client.get("/meja/saya/").status_code == 200


def test_the_session_key_changes_when_the_code_was_given(cast: Cast) -> None:
    with_authenticator(cast.dinas)
    client = half_in(cast.dinas)
    before = client.session.session_key
    client.post("/meja/kode/", {"code": code_now()})
    assert client.session.session_key != before


def test_a_code_works_once(cast: Cast) -> None:
    with_authenticator(cast.dinas)
    code = code_now()
    assert half_in(cast.dinas).post("/meja/kode/", {"code": code}).status_code == 302
    answer = half_in(cast.dinas).post("/meja/kode/", {"code": code})
    assert answer.status_code == 403 and "sudah dipakai" in answer.text
    assert half_in(cast.dinas).post("/meja/kode/", {"code": code_now(1)}).status_code == 302


def test_an_earlier_code_than_the_last_one_does_not_work(cast: Cast) -> None:
    account = with_authenticator(cast.dinas)
    assert account.spend_code(code_now())
    assert not account.spend_code(code_now(-1))


@pytest.mark.parametrize("code", ["000000", "", "abc", "12345678"])
def test_a_wrong_code_does_not_open(cast: Cast, code: str) -> None:
    account = with_authenticator(cast.dinas)
    assert code == code_now() or not account.spend_code(code)


def test_guessing_codes_is_limited(cast: Cast) -> None:
    with_authenticator(cast.dinas)
    client = half_in(cast.dinas)
    for _try in range(6):
        client.post("/meja/kode/", {"code": "000000"})
    assert client.post("/meja/kode/", {"code": code_now()}).status_code == 429


def test_whoever_must_have_a_code_is_led_to_installing_it(cast: Cast) -> None:
    Account.objects.filter(username="dinas").update(second_factor_required=True, totp_secret="", totp_confirmed_at=None)
    client = half_in(cast.dinas)
    assert client.get("/meja/saya/")["Location"].startswith("/meja/kode/pemasangan/")
    page = client.get("/meja/kode/pemasangan/").text
    secret = re.search(r'class="ticket">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    assert "<svg" in page and "style=" not in page and len(secret) == 32
    answer = client.post("/meja/kode/pemasangan/", {"code": pyotp.TOTP(secret).now()})
    assert answer["Location"] == "/meja/saya/?selesai=accounts.enrol_second_factor"
    assert client.get("/meja/saya/").status_code == 200


def test_the_page_of_installing_shows_one_secret_however_often_it_is_read(cast: Cast, client_of: Callable[..., Client]) -> None:
    client = client_of(cast.anggota)
    tickets = [re.findall(r'class="ticket">(.*?)<', client.get("/meja/kode/pemasangan/").text) for _read in range(2)]
    assert tickets[0] == tickets[1]


def test_a_wrong_first_code_installs_nothing(cast: Cast, client_of: Callable[..., Client]) -> None:
    client = client_of(cast.anggota)
    assert client.post("/meja/kode/pemasangan/", {"code": "000000"}).status_code == 403
    assert not Account.objects.get(username="anggota").totp_confirmed_at


def test_a_thief_of_the_database_does_not_read_the_secret(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    account = with_authenticator(cast.dinas)
    assert SECRET not in account.totp_secret
    settings.SECRET_KEY = "kunci pencuri"
    assert not account.spend_code(code_now())


def test_a_half_sign_in_reaches_nothing_behind_the_door(cast: Cast) -> None:
    with_authenticator(cast.dinas)
    client = half_in(cast.dinas)
    for path in ("/meja/saya/data/", "/meja/saya/frasa-sandi/", "/meja/kode/pemasangan/"):
        assert client.get(path)["Location"].startswith("/meja/kode/?lanjut=")


def test_the_command_prints_a_demo_officers_code(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    account = with_authenticator(cast.dinas)
    for _sign_in in range(2):  # the second time right after the first: the next code
        said = StringIO()
        call_command("totp", "dinas", stdout=said)
        account.refresh_from_db()
        assert account.spend_code(said.getvalue().strip())
    with pytest.raises(CommandError, match="setengah menit"):
        call_command("totp", "dinas")


def test_the_command_is_for_the_demo_only(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False
    with_authenticator(cast.dinas)
    with pytest.raises(CommandError, match="Hanya untuk demo"):
        call_command("totp", "dinas")


def test_the_first_operator_gets_a_slip_and_must_install_a_code(db: None, client: Client) -> None:
    said = StringIO()
    call_command("create_operator", "Yusuf Maulana", "0812-9999-0001", stdout=said)
    code = re.search(r"kode (\S+)", said.getvalue())[1]  # type: ignore[index]
    assert use_slip(client, "081299990001", code).status_code == 302
    account = Account.objects.get()
    assert account.person.operator and Slip.objects.get().expires_at > timezone.now()
    assert client.get("/meja/saya/")["Location"].startswith("/meja/kode/pemasangan/")
    with pytest.raises(CommandError, match="sudah dipakai"):
        call_command("create_operator", "Orang Lain", "0812-9999-0001")
