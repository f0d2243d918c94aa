"""My data: all of it, in plain words, nothing of others; what I agreed to, in the words of then."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kentongan.accounts.models import PRIVACY_WORDING, Person, pointing_to
from kentongan.desk.reading.ties import TIES, name_of
from kentongan.discussions import actions as discussions
from kentongan.groups import actions as groups
from kentongan.groups.models import Agreement, Membership
from kentongan.newsroom.models import Tip
from kentongan.newsroom.tests.factories import story_in
from kentongan.vault.sealing import seal
from tests.cast import Cast, member

Browser = Callable[[Person], Client]


def file_of(client: Client) -> tuple[dict[str, Any], str]:
    """Both faces of the downloaded file."""
    answer = client.get("/meja/saya/data/?bentuk=zip")
    assert answer["Content-Disposition"] == 'attachment; filename="data-saya.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as box:
        return json.loads(box.read("data-saya.json")), box.read("data-saya.html").decode()


def test_every_column_that_names_a_person_is_told_to_that_person() -> None:
    """A new column that names somebody? Say in `desk/reading/ties.py` what it means to them."""
    assert {name_of(model, field) for model, field in pointing_to(Person)} - set(TIES) == set()


def test_the_file_holds_what_names_me_with_links(cast: Cast, client_of: Browser) -> None:
    story = story_in("published", cast)
    topic = discussions.open_topic(cast.group, subject="Dinding penahan", question="Berapa biayanya?", by=cast.anggota)
    discussions.contribute(topic, kind="opinion", text="Kira-kira dua juta.", by=cast.anggota)
    data, page = file_of(client_of(cast.anggota))
    assert data["Saya"]["isi"][0]["Nama"] == "Joko Prasetyo"
    assert data["Akun"]["isi"][0]["Nomor telepon"] == "0812-0000-0001"
    assert data["Kabar yang saya kumpulkan"]["isi"][0]["Alamat"] == story.get_absolute_url()
    assert data["Yang saya katakan dalam pembahasan"]["isi"][0]["Apa"] == "Kira-kira dua juta."
    assert data["Keanggotaan di KIM"]["isi"][0]["Apa"] == "Anggota KIM Gulangpongge"
    assert any(row["Oleh"] == "saya" for row in data["Catatan langkah"]["isi"])
    assert "Joko Prasetyo" in page and "Kira-kira dua juta." in page


def test_it_holds_no_secret_and_nobody_elses_number(cast: Cast, client_of: Browser) -> None:
    story_in("published", cast)
    data, page = file_of(client_of(cast.dinas))
    text = json.dumps(data) + page
    assert cast.dinas.account.password not in text and cast.dinas.account.totp_secret not in text
    for other in (cast.anggota, cast.ketua):
        assert other.account.phone[3:] not in text.replace("-", "") and other.name not in text


def test_a_contact_i_left_is_told_only_as_sealed(cast: Cast, client_of: Browser) -> None:
    Tip.objects.create(group=cast.group, text="Pipa bocor", brought_by=cast.anggota, contact=seal("0899-KENARI"), state="received")
    data, page = file_of(client_of(cast.anggota))
    assert data["Kontak yang saya tinggalkan"]["isi"][0]["Isinya"] == "tersegel" and "KENARI" not in page


def test_words_about_others_are_only_counted(cast: Cast, client_of: Browser) -> None:
    groups.request_recovery(cast.anggota.account, reason="Ponselnya jatuh ke sumur", by=cast.ketua)
    data, page = file_of(client_of(cast.ketua))
    part = data["Pemulihan akun orang lain yang saya minta"]
    assert (part["jumlah"], part["isi"]) == (1, []) and "sumur" not in page


@pytest.mark.parametrize("more", [0, 15])
def test_the_page_asks_as_much_for_one_thing_as_for_many(
    cast: Cast, client_of: Browser, django_assert_max_num_queries: Any, more: int
) -> None:
    for number in range(more):
        discussions.open_topic(cast.group, subject=f"Hal {number}", question="Bagaimana?", by=cast.anggota)
    client = client_of(cast.anggota)
    client.get("/meja/saya/data/")
    with django_assert_max_num_queries(2 * len(TIES) + 25):  # one count a kind, and what it lists: this page is asked for once a year
        assert client.get("/meja/saya/data/").status_code == 200


def test_what_i_agreed_to_stands_there_in_the_words_of_then(cast: Cast, client_of: Browser) -> None:
    cast.anggota.agree("privacy", PRIVACY_WORDING)
    Membership.objects.filter(person=cast.anggota).update(agreed_version="", agreed_at=None)
    groups.agree(cast.group, by=cast.anggota)
    page = client_of(cast.anggota).get("/meja/saya/persetujuan/").text
    assert "Nomor telepon Anda tidak pernah tampil untuk umum." in page
    assert "menerima ralat dari siapa pun" in page
    assert page.count("kata-kata versi 2026-11") == 2 and page.count("Tarik persetujuan ini") == 2


def test_a_yes_given_beside_somebody_says_who(cast: Cast) -> None:
    from kentongan.desk.reading.own import consents_of

    row = member(cast.group, Person.enter("Mbah Karso"), "anggota", agreed_version="", agreed_at=None)
    groups.agree_with_help(row, by=cast.ketua)
    assert consents_of(row.person)[0].how == "lisan, di hadapan Sugeng Riyadi"
    assert Agreement.objects.get().helped


def test_nobody_agreed_to_anything_yet(cast: Cast, client_of: Browser) -> None:
    assert "Belum ada" in client_of(cast.warga).get("/meja/saya/persetujuan/").text
