"""A minor: a guardian's word first, no name in public, the year only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from kentongan.accounts.models import Account, Consent, Guardian, Person
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.groups import actions
from kentongan.groups.actions import privacy
from kentongan.groups.models import Membership
from tests.cast import Cast

Browser = Callable[[Person], Client]
THIS = timezone.localdate().year
MOTHER = {"name": "Warsini", "relation": "parent", "how": "beside", "on": timezone.localdate().isoformat()}


def row_of(cast: Cast, somebody: Person | None = None) -> Membership:
    return Membership.objects.get(person=somebody or cast.anggota, group=cast.group)


def guarded(cast: Cast, row: Membership, given: bool = True) -> Membership:
    facts: dict[str, Any] = {"name": "Warsini", "relation": "parent", "how": "paper", "said_on": timezone.localdate(), "given": given}
    return privacy.record_guardian(row, **facts, by=cast.ketua)


def admitted(cast: Cast, born: int = THIS - 15) -> Membership:
    return actions.admit(cast.group, name="Rina Puspita", credential="", role="anggota", birth_year=born, by=cast.ketua)


def test_a_minor_agrees_to_nothing_before_a_guardian_did(cast: Cast) -> None:
    row = admitted(cast)
    with pytest.raises(NotNow, match="Izin orang tua atau wali"):
        actions.agree_with_help(row, by=cast.ketua)
    actions.agree_with_help(guarded(cast, row), by=cast.ketua)
    assert Membership.objects.get(pk=row.pk).agreed


def test_an_adult_needs_no_guardian(cast: Cast) -> None:
    row = admitted(cast, THIS - 30)
    assert actions.agree_with_help(row, by=cast.ketua).agreed
    with pytest.raises(NotNow, match="bukan anak di bawah 18"):
        guarded(cast, row)


def test_a_member_found_to_be_a_minor_stops_acting_until_there_is_a_word(cast: Cast) -> None:
    row = privacy.note_birth_year(row_of(cast), THIS - 16, by=cast.ketua)
    assert not Membership.objects.get(pk=row.pk).agreed
    with pytest.raises(NotNow):
        actions.agree(cast.group, by=cast.anggota)
    guarded(cast, row_of(cast))
    actions.agree(cast.group, by=cast.anggota)
    assert row_of(cast).agreed


def test_a_guardian_takes_it_back_and_may_say_yes_again(cast: Cast) -> None:
    row = privacy.note_birth_year(row_of(cast), THIS - 16, by=cast.ketua)
    row = guarded(cast, row)
    actions.agree(cast.group, by=cast.anggota)
    guarded(cast, row_of(cast), given=False)
    assert not row_of(cast).agreed
    guarded(cast, row_of(cast))
    actions.agree(cast.group, by=cast.anggota)
    assert row_of(cast).agreed
    assert [consent.given for consent in Consent.objects.filter(person=cast.anggota, kind="guardian").order_by("id")] == [True, False, True]


def test_nobody_notes_their_own_age_and_no_stranger(cast: Cast) -> None:
    for somebody in (cast.anggota, cast.redaktur, cast.tetangga):
        with pytest.raises(NotAllowed):
            privacy.note_birth_year(row_of(cast), THIS - 30, by=somebody)


def test_the_record_names_both_and_keeps_neither_the_year_nor_the_guardian(cast: Cast) -> None:
    row = guarded(cast, privacy.note_birth_year(row_of(cast), THIS - 16, by=cast.ketua))
    lines = Entry.of(row).filter(action__in=["groups.note_birth_year", "groups.record_guardian"])
    assert [(line.by_id, line.for_id) for line in lines] == [(cast.ketua.pk, cast.anggota.pk)] * 2
    assert "Warsini" not in "".join(str(line.__dict__) for line in lines)


def test_the_board_does_it_on_the_members_page(cast: Cast, client_of: Browser) -> None:
    client, row = client_of(cast.ketua), admitted(cast, None)  # type: ignore[arg-type]
    at = f"/meja/kim/{cast.group.pk}/anggota/{row.pk}/"
    wrong = client.post(f"{at}tahun-lahir/", {"year": "12", "version": row.version})
    assert wrong.status_code == 422 and "empat angka" in wrong.text
    row.refresh_from_db()
    page = client.post(f"{at}tahun-lahir/", {"year": THIS - 15, "version": row.version}, follow=True)
    assert "belum dicatat" in page.text and "Yang dibacakan" in page.text and "Anggota muda" in page.text
    row.refresh_from_db()
    page = client.post(f"{at}wali/", MOTHER | {"answer": "ya", "version": row.version}, follow=True)
    assert "Diizinkan Warsini (ayah atau ibu)" in page.text
    assert Guardian.objects.get().consent.how == "beside"


def test_a_young_member_reads_why_they_cannot_agree_yet(cast: Cast, client_of: Browser) -> None:
    privacy.note_birth_year(row_of(cast), THIS - 16, by=cast.ketua)
    page = client_of(cast.anggota).get(f"/meja/kim/{cast.group.pk}/kesepakatan/")
    assert "Izin orang tua atau wali dicatat dahulu" in page.text and "Sugeng Riyadi" in page.text
    assert client_of(cast.anggota).post(f"/meja/kim/{cast.group.pk}/persetujuan/").status_code == 409


def test_members_without_a_post_over_it_see_no_age_and_no_guardian(cast: Cast, client_of: Browser) -> None:
    row = guarded(cast, privacy.note_birth_year(row_of(cast), THIS - 16, by=cast.ketua))
    page = client_of(cast.redaktur).get(f"/meja/kim/{cast.group.pk}/anggota/{row.pk}/").text
    assert "Pelindungan" not in page and "Warsini" not in page and str(THIS - 16) not in strip_tags(page)


def test_the_public_reads_young_member_instead_of_the_name(cast: Cast) -> None:
    Person.objects.filter(pk__in=[cast.ketua.pk]).update(birth_year=THIS - 16, young=True)
    page = Client().get(f"/kim/{cast.group.slug}/tentang/").text
    assert "Sugeng Riyadi" not in page.replace("Sugeng Riyadi dan", "") and "Anggota muda" in page
    assert Account.objects.get(person=cast.ketua).is_active
