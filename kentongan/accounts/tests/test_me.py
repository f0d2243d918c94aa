"""My account: passphrase, devices, my data; and who may do what with an account."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from kentongan.accounts.credentials import kept_key
from kentongan.accounts.models import Account, Merger, Person, Session, Slip
from kentongan.accounts.permissions import RULES
from kentongan.accounts.tests.factories import STRONG, confirmed_recovery, invited
from kentongan.core import permissions
from kentongan.core.actors import PUBLIC
from kentongan.core.errors import NotAllowed
from kentongan.core.models import Entry
from tests.cast import PASSPHRASE, Cast

OWN = [rule.action for rule in RULES if not rule.public]
BY_SLIP = [rule.action for rule in RULES if rule.public]


def signed_in(username: str) -> Client:
    client = Client()
    client.post("/meja/masuk/", {"credential": username, "passphrase": PASSPHRASE})
    return client


def change(client: Client, old: str = PASSPHRASE, new: str = STRONG, again: str = ""):  # type: ignore[no-untyped-def]
    return client.post("/meja/saya/frasa-sandi/", {"old": old, "passphrase": new, "again": again or new})


def test_changing_the_passphrase_ends_the_other_sessions(cast: Cast) -> None:
    here, other = signed_in("anggota"), signed_in("anggota")
    assert change(here)["Location"] == "/meja/saya/?selesai=accounts.change_passphrase"
    assert here.get("/meja/saya/").status_code == 200
    assert other.get("/meja/saya/").status_code == 302
    assert Account.objects.get(username="anggota").check_password(STRONG)


def test_a_session_of_another_passphrase_is_nobodys_and_reading_a_page_writes_nothing(cast: Cast) -> None:
    client = signed_in("anggota")
    account = cast.anggota.account
    account.set_password(STRONG)
    account.save()
    assert client.get("/meja/saya/").status_code == 302


def test_the_old_passphrase_is_asked_for_and_its_guesses_are_limited(cast: Cast) -> None:
    client = signed_in("anggota")
    answers = [change(client, old="frasa sandi yang bukan ini") for _try in range(7)]
    assert [answer.status_code for answer in answers] == [403] * 6 + [429]
    assert STRONG not in answers[-1].text and "yang bukan ini" not in answers[-1].text
    assert Account.objects.get(username="anggota").check_password(PASSPHRASE)


def test_two_different_new_passphrases_change_nothing(cast: Cast) -> None:
    answer = change(signed_in("anggota"), again="lain lagi sekali")
    assert answer.status_code == 400 and "Tidak sama" in answer.text


def test_a_revoked_session_is_signed_out(cast: Cast) -> None:
    here, other = signed_in("anggota"), signed_in("anggota")
    handle = Session.objects.get(session_key=kept_key(other.session.session_key)).handle
    assert handle in here.get("/meja/saya/").text
    assert here.post(f"/meja/saya/sesi/{handle}/pengakhiran/").status_code == 302
    assert other.get("/meja/saya/").status_code == 302
    assert here.get("/meja/saya/").status_code == 200


def test_all_other_sessions_end_at_once(cast: Cast) -> None:
    here, others = signed_in("anggota"), [signed_in("anggota") for _device in range(2)]
    here.post("/meja/saya/sesi/pengakhiran/")
    assert [client.get("/meja/saya/").status_code for client in (here, *others)] == [200, 302, 302]


def test_nobody_ends_anothers_session(cast: Cast) -> None:
    mine, theirs = signed_in("anggota"), signed_in("redaktur")
    handle = Session.objects.get(session_key=kept_key(theirs.session.session_key)).handle
    mine.post(f"/meja/saya/sesi/{handle}/pengakhiran/")
    assert theirs.get("/meja/saya/").status_code == 200


def test_no_page_shows_a_session_key(cast: Cast) -> None:
    client = signed_in("anggota")
    assert client.session.session_key not in client.get("/meja/saya/").text
    assert client.session.session_key not in client.get("/meja/saya/data/").text


def test_a_session_that_ran_out_is_over_and_dropped(cast: Cast) -> None:
    client = signed_in("anggota")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/meja/saya/").status_code == 302
    assert Session.sweep() == 1


@pytest.mark.parametrize("devices", [1, 20])
def test_my_page_asks_the_same_number_of_queries_for_one_device_and_for_twenty(
    cast: Cast,
    client_of: Callable[..., Client],
    django_assert_max_num_queries,
    devices: int,  # type: ignore[no-untyped-def]
) -> None:
    clients = [client_of(cast.anggota) for _device in range(devices)]
    clients[0].get("/meja/saya/")
    with django_assert_max_num_queries(12):
        assert clients[0].get("/meja/saya/").text.count("masuk sejak") == devices


@pytest.mark.parametrize("action", OWN)
def test_only_the_owner_may(cast: Cast, action: str) -> None:
    thing: Any = cast.anggota if action == "accounts.show_name" else cast.anggota.account
    if "recovery" in action:
        thing = confirmed_recovery(cast.anggota.account, cast.ketua, cast.sekretaris)[0]
    if "merger" in action:
        thing = Merger(kept=cast.anggota, lost=cast.anggota2)
    assert permissions.capacity(cast.anggota, action, thing) == permissions.SELF
    for other in (cast.ketua, cast.dinas, cast.operator, PUBLIC):
        with pytest.raises(NotAllowed, match="akun orang lain"):
            permissions.capacity(other, action, thing)


@pytest.mark.parametrize("action", BY_SLIP)
def test_the_bearer_of_a_slip_may_and_no_other_person(cast: Cast, action: str) -> None:
    account = invited()
    thing = Slip.issue(account)[0] if action == "accounts.use_slip" else account
    assert permissions.capacity(PUBLIC, action, thing) == "pemegang slip"
    with pytest.raises(NotAllowed, match="kode di slip"):
        permissions.capacity(cast.ketua, action, thing)


def test_each_own_verb_is_one_line_of_the_record(cast: Cast) -> None:
    client = signed_in("anggota")
    client.post("/meja/saya/sesi/pengakhiran/")
    assert [(line.action, line.capacity) for line in Entry.of(cast.anggota.account)] == [("accounts.end_other_sessions", permissions.SELF)]


@pytest.mark.parametrize(
    ("credential", "broken"),
    [
        ({"phone": "0812-0000-0001"}, "one_account_per_phone"),
        ({"username": "Anggota"}, "one_account_per_username"),
        ({"username": "0812"}, "username_is_no_number"),
        ({}, "account_has_a_credential"),
    ],
)
def test_a_number_or_name_belongs_to_one_account(cast: Cast, credential: dict[str, str], broken: str) -> None:
    with pytest.raises(IntegrityError, match=broken):
        Account.invite(Person.enter("Orang Lain"), **credential)
