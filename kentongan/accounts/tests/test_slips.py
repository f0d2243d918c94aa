"""First sign-in and recovery with a printed one-time slip."""

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError
from django.test import Client
from django.utils import timezone

from kentongan.accounts.credentials import READABLE, new_code
from kentongan.accounts.models import PRIVACY_WORDING, Account, Recovery, Session, Slip
from kentongan.accounts.tests.factories import STRONG, age, confirmed_recovery, invited, use_slip, with_authenticator
from kentongan.core.models import Entry
from tests.cast import PASSPHRASE, Cast

pytestmark = pytest.mark.django_db


def test_a_code_is_readable_and_has_sixty_bits() -> None:
    groups = new_code().split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert len(READABLE) == 32 and not set("O0I1") & set(READABLE)


def test_a_slip_and_a_passphrase_open_an_account_for_the_first_time(client: Client) -> None:
    account = invited()
    _slip, code = Slip.issue(account)
    answer = use_slip(client, "0812-7777-0001", code)
    assert answer["Location"] == "/meja/?selesai=accounts.activate"
    account.refresh_from_db()
    assert account.state == Account.State.ACTIVE and account.check_password(STRONG)
    assert client.get("/meja/saya/").status_code == 200


def test_the_record_shows_slip_and_account_and_no_names(client: Client) -> None:
    account = invited()
    slip, code = Slip.issue(account)
    use_slip(client, "081277770001", code)
    lines = [*Entry.of(slip), *Entry.of(account)]
    assert [(line.action, line.by_kind, line.after) for line in lines] == [
        ("accounts.use_slip", "public", "used"),
        ("accounts.activate", "public", "active"),
    ]


def test_consent_is_kept_with_the_version_of_its_wording(client: Client) -> None:
    account = invited()
    use_slip(client, "081277770001", Slip.issue(account)[1])
    assert [(consent.kind, consent.wording_version) for consent in account.person.consents.all()] == [("privacy", PRIVACY_WORDING)]


def test_consents_are_append_only(client: Client) -> None:
    account = invited()
    use_slip(client, "081277770001", Slip.issue(account)[1])
    with pytest.raises(Error, match="append-only"):
        account.person.consents.update(wording_version="lain")


def test_without_consent_the_account_stays_shut(client: Client) -> None:
    account = invited()
    client.post("/meja/slip/", {"credential": "081277770001", "code": Slip.issue(account)[1]})
    answer = client.post("/meja/slip/frasa-sandi/", {"passphrase": STRONG, "again": STRONG})
    assert answer.status_code == 400 and "Tanpa persetujuan ini" in answer.text


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "])
def test_the_code_may_be_typed_in_any_way(client: Client, spelling) -> None:  # type: ignore[no-untyped-def]
    _slip, code = Slip.issue(invited())
    assert use_slip(client, "081277770001", spelling(code)).status_code == 302


def test_only_the_hash_of_a_code_is_kept() -> None:
    slip, code = Slip.issue(invited())
    assert code.replace("-", "") not in str(Slip.objects.values().get(pk=slip.pk))


def test_a_used_slip_says_so(client: Client) -> None:
    _slip, code = Slip.issue(invited())
    use_slip(client, "081277770001", code)
    answer = use_slip(Client(), "081277770001", code)
    assert answer.status_code == 410 and "sudah dipakai" in answer.text


def test_an_expired_slip_says_so(client: Client) -> None:
    slip, code = Slip.issue(invited())
    age(slip, expires_at=timezone.now())
    answer = use_slip(client, "081277770001", code)
    assert answer.status_code == 410 and "lewat waktunya" in answer.text


def test_a_new_slip_revokes_the_one_before_which_says_so(client: Client) -> None:
    account = invited()
    _old, code = Slip.issue(account)
    Slip.issue(account)
    answer = use_slip(client, "081277770001", code)
    assert answer.status_code == 410 and "sudah dibatalkan" in answer.text


def test_a_wrong_code_and_someone_elses_code_get_the_same_answer(client: Client) -> None:
    _slip, code = Slip.issue(invited())
    invited("0812-7777-0002", "Ngatini")
    answers = [
        use_slip(client, "081277770002", code),
        use_slip(client, "081277770001", "AAAA-BBBB-CCCC"),
        use_slip(client, "tak-ada", code),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert all("tidak cocok" in answer.text for answer in answers)


def test_guessing_slips_is_limited(client: Client) -> None:
    invited()
    for _try in range(8):
        use_slip(client, "081277770001", "AAAA-BBBB-CCCC")
    assert use_slip(client, "081277770001", "AAAA-BBBB-CCCC").status_code == 429


def test_a_slip_used_by_two_browsers_opens_once(client: Client) -> None:
    _slip, code = Slip.issue(invited())
    other = Client()
    for browser in (client, other):
        browser.post("/meja/slip/", {"credential": "081277770001", "code": code})
    typed = {"passphrase": STRONG, "again": STRONG, "agreed": "on"}
    assert client.post("/meja/slip/frasa-sandi/", typed).status_code == 302
    answer = other.post("/meja/slip/frasa-sandi/", typed)
    assert answer.status_code == 410 and "sudah dipakai" in answer.text


def test_the_passphrase_page_without_a_slip_leads_to_the_slip_page(client: Client) -> None:
    assert client.get("/meja/slip/frasa-sandi/")["Location"] == "/meja/slip/"


@pytest.mark.parametrize(
    ("weak", "sentence"),
    [
        ("pendek", "paling sedikit 10 huruf"),
        ("1234509876", "Angka saja"),
        ("password12", "mudah ditebak"),
        ("0812 7777 0001 ya", "nomor telepon Anda"),
    ],
)
def test_a_weak_passphrase_is_refused_in_plain_words(client: Client, weak: str, sentence: str) -> None:
    account = invited()
    answer = use_slip(client, "081277770001", Slip.issue(account)[1], weak)
    assert answer.status_code == 400 and sentence in answer.text


def test_a_recovery_needs_two_persons(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="recovery_needs_two"):
        confirmed_recovery(cast.anggota.account, cast.ketua, cast.ketua)


def test_a_recovery_waits_twenty_four_hours(cast: Cast, client: Client) -> None:
    recovery, code = confirmed_recovery(cast.anggota.account, cast.ketua, cast.sekretaris)
    assert recovery.slip.works_from - recovery.confirmed_at == timedelta(hours=24)
    answer = use_slip(client, "anggota", code)
    assert answer.status_code == 409 and "baru berlaku mulai" in answer.text


def test_after_the_wait_the_slip_gives_the_account_back_and_ends_every_session(cast: Cast, client: Client) -> None:
    old = Client()
    old.post("/meja/masuk/", {"credential": "anggota", "passphrase": PASSPHRASE})
    with_authenticator(cast.anggota)
    recovery, code = confirmed_recovery(cast.anggota.account, cast.ketua, cast.sekretaris)
    age(recovery.slip, works_from=timezone.now())
    assert use_slip(client, "anggota", code)["Location"] == "/meja/?selesai=accounts.recover"
    account, recovery = Account.objects.get(username="anggota"), Recovery.objects.get(pk=recovery.pk)
    assert account.check_password(STRONG) and not account.totp_confirmed_at and recovery.state == Recovery.State.USED
    assert old.get("/meja/saya/").status_code == 302
    assert Session.running(account).count() == 1


def test_a_slip_without_a_recovery_opens_no_account_that_was_used(cast: Cast, client: Client) -> None:
    _slip, code = Slip.issue(cast.anggota.account)
    assert use_slip(client, "anggota", code).status_code == 409
    assert Account.objects.get(username="anggota").check_password(PASSPHRASE)


def test_the_person_is_told_of_a_recovery_and_can_stop_it(cast: Cast, client: Client) -> None:
    recovery, code = confirmed_recovery(cast.anggota.account, cast.ketua, cast.sekretaris)
    answer = client.post("/meja/masuk/?lanjut=/meja/kabar/", {"credential": "anggota", "passphrase": PASSPHRASE})
    assert answer["Location"] == "/meja/saya/", "told before anything else"
    page = client.get("/meja/saya/").text
    assert "Sugeng Riyadi meminta slip" in page and "Ponselnya hilang di pasar" in page and "Bukan saya: batalkan" in page
    answer = client.post(f"/meja/saya/pemulihan/{recovery.pk}/pembatalan/")
    assert answer["Location"] == "/meja/saya/?selesai=accounts.cancel_recovery"
    age(recovery.slip, works_from=timezone.now())
    assert use_slip(Client(), "anggota", code).status_code == 410


def test_the_person_is_told_also_after_it_was_done(cast: Cast, client: Client) -> None:
    recovery, code = confirmed_recovery(cast.anggota.account, cast.ketua, cast.sekretaris)
    age(recovery.slip, works_from=timezone.now())
    use_slip(client, "anggota", code)
    assert "Akun ini baru dipulihkan" in client.get("/meja/saya/").text


def test_someone_elses_recovery_is_not_found(cast: Cast, client: Client) -> None:
    recovery, _code = confirmed_recovery(cast.anggota.account, cast.ketua, cast.sekretaris)
    client.post("/meja/masuk/", {"credential": "redaktur", "passphrase": PASSPHRASE})
    assert client.post(f"/meja/saya/pemulihan/{recovery.pk}/pembatalan/").status_code == 404
