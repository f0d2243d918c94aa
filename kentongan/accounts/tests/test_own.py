"""What I change about my own account: number, second factor, name; and the words I agreed to."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kentongan.accounts.models import ADULT, PRIVACY_WORDING, Account, Consent, Merger, Person, plain, renamed, wording
from kentongan.accounts.tests.factories import with_authenticator
from kentongan.core.jobs import run_pending
from kentongan.groups.settings import CONDUCT_VERSION
from tests.cast import PASSPHRASE, Cast, browser_for

THIS_YEAR = timezone.localdate().year
Browser = Callable[[Person], Client]


def test_a_new_number_signs_in_and_the_old_one_no_longer(cast: Cast, client_of: Browser) -> None:
    page = client_of(cast.anggota).post("/meja/saya/telepon/", {"phone": "0813 7777 1234", "old": PASSPHRASE}, follow=True)
    assert "Nomor telepon sudah diganti" in page.text and "berakhir …0001" in page.text
    assert Account.objects.by_credential("081377771234") == cast.anggota.account
    assert Account.objects.by_credential("081200000001") is None


@pytest.mark.parametrize(
    ("typed", "old", "status", "says"),
    [
        ("0813 7777 1234", "bukan frasanya", 403, "bukan frasa sandi Anda"),
        ("0813 7777 1234", "", 400, "belum diisi"),
        ("banyak angka", PASSPHRASE, 400, "belum kami pahami"),
        ("0812-0000-0001", PASSPHRASE, 400, "sudah nomor Anda"),
        ("0812-0000-0002", PASSPHRASE, 409, "sudah dipakai akun lain"),
    ],
)
def test_a_number_that_cannot_be_mine_changes_nothing(cast: Cast, client_of: Browser, typed: str, old: str, status: int, says: str) -> None:
    page = client_of(cast.anggota).post("/meja/saya/telepon/", {"phone": typed, "old": old})
    assert (page.status_code, says in page.text) == (status, True)
    assert Account.objects.get(person=cast.anggota).phone == "+6281200000001"


def test_without_a_user_name_the_number_stays(cast: Cast, client_of: Browser) -> None:
    Account.objects.filter(person=cast.anggota).update(username=None)
    page = client_of(cast.anggota).post("/meja/saya/telepon/", {"phone": "", "old": PASSPHRASE})
    assert page.status_code == 400 and "tidak punya nama pengguna" in page.text


def test_a_voluntary_second_factor_is_taken_off_with_the_passphrase(cast: Cast) -> None:
    account = with_authenticator(cast.anggota)
    Account.objects.filter(pk=account.pk).update(second_factor_required=False)
    client = browser_for(Person.objects.get(pk=cast.anggota.pk))
    assert client.post("/meja/saya/kode/", {"old": "bukan ini, maaf"}).status_code == 403
    assert "Kode masuk dilepas" in client.post("/meja/saya/kode/", {"old": PASSPHRASE}, follow=True).text
    assert Account.objects.get(pk=account.pk).totp_secret == ""


def test_a_second_factor_that_a_post_asks_for_stays(cast: Cast, client_of: Browser) -> None:
    page = client_of(cast.dinas).get("/meja/saya/kode/")
    assert "kode masuk wajib" in page.text
    assert client_of(cast.dinas).post("/meja/saya/kode/", {"old": PASSPHRASE}).status_code == 409
    assert Account.objects.get(person=cast.dinas).totp_secret


@pytest.mark.parametrize(("age", "minor"), [(ADULT - 1, True), (ADULT, True), (ADULT + 1, False)])
def test_the_year_of_the_eighteenth_birthday_still_counts_as_a_minors(db: None, age: int, minor: bool) -> None:
    person = Person.enter("Rina", THIS_YEAR - age)
    assert (person.is_minor, person.young) == (minor, minor)
    assert person.public_name == ("Anggota muda" if minor else "Rina")


def test_who_grew_up_says_themselves_that_their_name_is_shown(cast: Cast, client_of: Browser) -> None:
    Person.objects.filter(pk=cast.anggota.pk).update(birth_year=THIS_YEAR - ADULT - 1, young=True)
    client = client_of(cast.anggota)
    assert "Tampilkan nama saya" in client.get("/meja/saya/").text
    client.post("/meja/saya/nama/")
    assert Person.objects.get(pk=cast.anggota.pk).public_name == "Joko Prasetyo"
    assert Consent.objects.get(person=cast.anggota, kind="name").words.startswith("Saya sudah dewasa")
    assert run_pending() == 1


def test_a_minors_name_is_not_shown_by_asking(cast: Cast, client_of: Browser) -> None:
    Person.objects.filter(pk=cast.anggota.pk).update(birth_year=THIS_YEAR - 15, young=True)
    page = client_of(cast.anggota).post("/meja/saya/nama/")
    assert page.status_code == 409 and "belum 18 tahun" in page.text


def test_an_owner_says_that_it_is_not_them_and_nothing_is_merged(cast: Cast, client_of: Browser) -> None:
    facts = {"kept": cast.anggota, "lost": cast.anggota2, "reason": "Namanya mirip", "asked_by": cast.dinas, "state": "asked"}
    merger = Merger.objects.create(**facts)
    assert "Apakah ini juga Anda?" in client_of(cast.anggota2).get("/meja/saya/").text
    client_of(cast.anggota2).post(f"/meja/saya/penggabungan/{merger.pk}/penolakan/")
    assert Merger.objects.get(pk=merger.pk).state == "refused"
    assert client_of(cast.ketua).post(f"/meja/saya/penggabungan/{merger.pk}/persetujuan/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "version", "template"),
    [("privacy", PRIVACY_WORDING, "accounts/privacy.html"), ("conduct", CONDUCT_VERSION, "groups/_conduct.html")],
)
def test_words_people_agree_to_never_change_without_a_new_version(kind: str, version: str, template: str) -> None:
    """Changed on purpose? Raise the version and write the new words into `wordings/<kind>-<version>.txt`."""
    assert plain(template) == wording(kind, version)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Hadir: Joko, Bu Siti", "Hadir: X, Bu Siti"),
        ("Pak Joko membuka rapat", "Pak X membuka rapat"),
        ("Joko Prasetyo hadir", "Joko Prasetyo hadir"),
        ("Sugeng Joko hadir", "Sugeng Joko hadir"),
        ("Jokowi dan Joko.", "Jokowi dan X."),
    ],
)
def test_a_name_is_replaced_and_longer_names_that_hold_it_stay(text: str, after: str) -> None:
    assert renamed(text, "Joko", "X") == after
