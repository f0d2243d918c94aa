"""A group's own papers: one member writes, another confirms; they are read inside, and change no role."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.jobs import run_pending
from kentongan.groups import actions, markdown
from kentongan.groups.models import Deed, Group, Membership
from kentongan.groups.tests.factories import fresh, today
from tests.cast import Cast
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
TEXT = "## Pasal 1\n\nNama kelompok ini KIM Gulangpongge.\n\n- terbuka bagi warga"


def deed(cast: Cast, *, by: str = "anggota", **more: Any) -> Deed:
    facts = {"kind": "ad-art", "title": "AD/ART 2026", "on": today() - timedelta(days=3), "text": TEXT}
    return actions.write_deed(fresh(cast.group), **(facts | more), by=cast.people[by])


def test_another_member_confirms_and_the_writer_cannot(cast: Cast) -> None:
    row = deed(cast)
    with pytest.raises(NotAllowed, match="bukan yang menulis"):
        actions.confirm_deed(row, by=cast.anggota)
    for outsider in ("pembina", "tetangga", "kades", "dinas"):
        with pytest.raises(NotAllowed):
            actions.confirm_deed(row, by=cast.people[outsider])
    row = actions.confirm_deed(row, by=cast.anggota2)
    assert (row.state, row.confirmed_by) == ("confirmed", cast.anggota2)
    with pytest.raises(NotNow):
        actions.take_back_deed(row, reason="Salah", by=cast.anggota)


@pytest.mark.parametrize("who", ["pembina", "tetangga", "kades", "dinas", "warga", "operator"])
def test_only_members_write_them(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        deed(cast, by=who)


def test_a_paper_without_a_word_or_a_page_is_none(cast: Cast) -> None:
    with pytest.raises(NotNow, match="masih kosong"):
        deed(cast, text=" ")
    with pytest.raises(NotNow, match="belum tiba"):
        deed(cast, on=today() + timedelta(days=2))


def test_they_are_read_by_the_people_and_the_offices_above_only(cast: Cast, client_of: ClientOf) -> None:
    row = deed(cast)
    for address in (f"/meja/kim/{cast.group.pk}/naskah/", f"/meja/kim/{cast.group.pk}/naskah/{row.pk}/"):
        for who in ("anggota2", "pembina", "kades", "provinsi"):
            assert "AD/ART 2026" in client_of(cast.people[who]).get(address).text, who
        for who in ("tetangga", "warga", "operator"):
            assert client_of(cast.people[who]).get(address).status_code == 404, who


def test_a_paper_of_another_group_has_no_page_here(cast: Cast, client_of: ClientOf) -> None:
    row = deed(cast)
    assert client_of(cast.dinas).get(f"/meja/kim/{cast.other_group.pk}/naskah/{row.pk}/").status_code == 404


def test_minutes_are_photographed_written_and_confirmed_by_the_screens(cast: Cast, client_of: ClientOf) -> None:
    base = f"/meja/kim/{cast.group.pk}/naskah/"
    typed = {"kind": "rapat", "title": "Rapat November", "on": str(today()), "attendance": "14", "text": "", "decisions": "Iuran Rp5.000"}
    sent = client_of(cast.anggota).post(f"{base}baru/", typed | {"files": [photo_file(), photo_file()]})
    row = Deed.objects.get()
    assert sent["Location"] == f"{base}{row.pk}/?selesai=groups.write_deed"
    run_pending()
    page = client_of(cast.ketua).get(f"{base}{row.pk}/").text
    assert "14 orang" in page and "Berkas 2, halaman 1" in page and "Kuatkan naskah" in page
    photo = page.split('<ol class="items">')[1].split('href="')[1].split('"')[0]
    assert client_of(cast.ketua).get(photo)["Content-Type"] == "image/jpeg"
    assert client_of(cast.tetangga).get(photo).status_code == 404
    client_of(cast.ketua).post(f"{base}{row.pk}/penguatan/", {"version": row.version})
    assert Deed.objects.get().confirmed_by == cast.ketua
    assert "Rapat November" in client_of(cast.anggota).get(base).text


def test_what_is_no_photo_and_no_pdf_is_refused_with_its_name_and_nothing_typed_is_lost(cast: Cast, client_of: ClientOf) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken = SimpleUploadedFile("rapat.jpg", b"bukan foto")
    typed = {"kind": "rapat", "title": "Rapat November", "on": str(today()), "text": "", "decisions": "Iuran", "files": broken}
    page = client_of(cast.anggota).post(f"/meja/kim/{cast.group.pk}/naskah/baru/", typed)
    assert page.status_code == 422 and "rapat.jpg" in page.text and "Rapat November" in page.text
    assert not Deed.objects.exists()


def test_an_unconfirmed_paper_waits_for_the_others(cast: Cast, client_of: ClientOf) -> None:
    row = deed(cast)
    assert "Kuatkan naskah “AD/ART 2026”" in client_of(cast.redaktur).get("/meja/").text
    assert "Kuatkan naskah" not in client_of(cast.anggota).get("/meja/").text
    assert client_of(cast.redaktur).get(f"/meja/naskah/{row.pk}/")["Location"] == f"/meja/kim/{cast.group.pk}/naskah/{row.pk}/"


def test_one_that_was_wrong_is_taken_back_with_its_reason(cast: Cast, client_of: ClientOf) -> None:
    row = deed(cast)
    address = f"/meja/kim/{cast.group.pk}/naskah/{row.pk}/"
    assert client_of(cast.anggota2).post(f"{address}penarikan/", {"version": row.version, "reason": "Bukan saya"}).status_code == 403
    assert client_of(cast.anggota).post(f"{address}penarikan/", {"version": row.version, "reason": ""}).status_code == 422
    client_of(cast.ketua).post(f"{address}penarikan/", {"version": row.version, "reason": "Salah tanggal"})
    assert "Salah tanggal" in client_of(cast.anggota2).get(address).text


def test_an_election_leads_to_the_roles_and_changes_none(cast: Cast, client_of: ClientOf) -> None:
    before = list(Membership.objects.order_by("pk").values_list("pk", "role", "state", "version"))
    row = actions.confirm_deed(deed(cast, kind="pemilihan", title="Pemilihan 2026"), by=cast.anggota2)
    assert list(Membership.objects.order_by("pk").values_list("pk", "role", "state", "version")) == before
    page = client_of(cast.ketua).get(f"/meja/kim/{cast.group.pk}/naskah/{row.pk}/").text
    assert f'href="/meja/kim/{cast.group.pk}/#orang"' in page and f"/meja/kim/{cast.group.pk}/serah-terima/" in page


def test_a_group_being_proposed_has_no_papers_yet(cast: Cast) -> None:
    Group.objects.filter(pk=cast.group.pk).update(state="proposed")
    with pytest.raises(NotNow, match="sejak pengurus terbentuk"):
        deed(cast)


def test_what_is_written_runs_nothing() -> None:
    shown = markdown.html(
        "# Satu\n\n<script>alert(1)</script>\n\n[klik](javascript:alert(1)) ![x](http://a/b.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    assert "<script" not in shown and "<a" not in shown and "<img" not in shown
    assert "<h2>Satu</h2>" in shown and "<td>1</td>" in shown
