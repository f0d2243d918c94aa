"""One human written down twice: two officers, a reason, nothing lost, never undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from kentongan.accounts.models import STAYS, Account, Erasure, Merger, Person, Recovery, append_only_tables, pointing_to
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.desk.reading import twins
from kentongan.discussions import actions as discussions
from kentongan.discussions.models import LastRead
from kentongan.groups.actions import privacy
from kentongan.groups.models import Group, Membership
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in
from tests.cast import Cast, member, person

Browser = Callable[[Person], Client]
WHY = "Ditanyakan kepada ketua: orangnya hanya satu."
LEFT_BEHIND = {"accounts.Consent", "discussions.Summary", "groups.Agreement", "newsroom.Check", "newsroom.Revision"}
"""The tables that keep who signed as it was, with a column that names a person."""


def again(cast: Cast, name: str = "H. Joko Prasetyo", role: str = "anggota", **more: Any) -> Person:
    """The same human, written down by an import without an account."""
    double = Person.enter(name)
    member(cast.group, double, role, **more)
    return double


def asked(cast: Cast, lost: Person, kept: Person | None = None) -> Merger:
    return privacy.ask_merger(kept or cast.anggota, lost, reason=WHY, by=cast.dinas)


def merged(cast: Cast, lost: Person, kept: Person | None = None) -> Merger:
    return privacy.confirm_merger(asked(cast, lost, kept), by=cast.dinas2)


def test_every_column_that_names_a_person_moves_stays_by_name_or_never_changes(db: None) -> None:
    fixed = append_only_tables()
    found = {f"{model._meta.label}.{field.name}" for model, field in pointing_to(Person)}
    assert found >= STAYS
    left = {model._meta.label for model, _field in pointing_to(Person) if model._meta.db_table in fixed}
    assert left == LEFT_BEHIND
    names = {f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.concrete_fields}
    assert [name for name in names if "person_id" in name.split(".")[-1]] == []  # nobody points at a person behind the database's back


def test_what_named_the_one_names_the_other_and_the_record_keeps_both(cast: Cast) -> None:
    lost = person("joko2", "Joko Prasetyo")
    Account.objects.filter(person=lost).update(state="invited")
    member(cast.group, lost, "redaktur")
    story = story_in("gathered", cast)
    Story.objects.filter(pk=story.pk).update(author=lost)
    merger = merged(cast, lost)
    assert Story.objects.get(pk=story.pk).author == cast.anggota
    lost.refresh_from_db()
    assert (lost.state, lost.merged_into, lost.account.state) == ("merged", cast.anggota, "closed")
    assert lost.account.username.startswith("digabung-") and lost.account.phone is None
    assert ["newsroom.Story.author", 1] in merger.moved
    assert {row.role for row in Membership.objects.current().filter(person=cast.anggota)} == {"anggota", "redaktur"}
    assert list(Entry.of(merger).values_list("by_id", flat=True)) == [cast.dinas.pk, cast.dinas2.pk]
    assert Entry.of(lost).get(action="groups.merge_person")


def test_one_role_held_twice_becomes_one_with_what_either_agreed_to(cast: Cast) -> None:
    Membership.objects.filter(person=cast.anggota).update(agreed_version="", agreed_at=None)
    merged(cast, again(cast))
    rows = Membership.objects.filter(person=cast.anggota).order_by("id")
    assert [row.state for row in rows] == ["active", "ended"]
    assert rows[0].agreed and rows[1].ended_reason == "Tercatat dua kali, digabung"


def test_what_both_read_is_kept_once(cast: Cast) -> None:
    lost = again(cast)
    topic = discussions.open_topic(cast.group, subject="Pipa", question="Berapa biayanya?", by=cast.anggota2)
    for somebody in (cast.anggota, lost):
        LastRead.objects.create(topic=topic, person=somebody)
    merged(cast, lost)
    assert LastRead.objects.filter(topic=topic, person=cast.anggota).count() == 1


def test_an_account_goes_with_the_one_that_stays(cast: Cast) -> None:
    kept, other = again(cast), person("joko3", "Joko Prasetyo")
    Account.objects.filter(person=other).update(state="invited")
    member(cast.group, other, "anggota")
    merged(cast, other, kept)
    assert Account.objects.get(username="joko3").person == kept


def test_the_same_officer_never_does_both(cast: Cast) -> None:
    merger = asked(cast, again(cast))
    with pytest.raises(NotAllowed, match="petugas kedua"):
        privacy.confirm_merger(merger, by=cast.dinas)


@pytest.mark.parametrize("part", ["ketua", "kades", "camat", "provinsi", "kementerian", "operator", "anggota"])
def test_neither_the_group_nor_another_office_merges(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        privacy.ask_merger(cast.anggota, again(cast), reason=WHY, by=getattr(cast, part))


def test_nobody_merges_themselves_or_beyond_their_region(cast: Cast) -> None:
    lost = again(cast)
    member(cast.group, cast.dinas, "anggota")
    with pytest.raises(NotAllowed):
        privacy.ask_merger(cast.dinas, lost, reason=WHY, by=cast.dinas)
    elsewhere = Person.enter("Joko Prasetyo")
    with pytest.raises(NotAllowed):  # in no place at all: nobody's to merge
        privacy.ask_merger(cast.anggota, elsewhere, reason=WHY, by=cast.dinas)
    Group.objects.filter(pk=cast.other_group.pk).update(founder=elsewhere)
    assert asked(cast, elsewhere).state == "asked"  # Bermi lies in the same regency


def test_two_used_accounts_need_both_owners_yes(cast: Cast) -> None:
    from kentongan.accounts import actions as accounts

    merger = asked(cast, cast.anggota2)
    with pytest.raises(NotNow, match="Joko Prasetyo, Nanik Sulastri belum"):
        privacy.confirm_merger(merger, by=cast.dinas2)
    for owner in (cast.anggota, cast.anggota2):
        merger = accounts.agree_to_merger(Merger.objects.get(pk=merger.pk), by=owner)
    assert privacy.confirm_merger(Merger.objects.get(pk=merger.pk), by=cast.dinas2).state == "done"


def test_the_used_account_is_the_one_that_stays(cast: Cast) -> None:
    with pytest.raises(NotNow, match="akunnya sudah dipakai"):
        asked(cast, cast.anggota, again(cast))


def test_who_serves_in_an_office_is_not_merged_away(cast: Cast) -> None:
    lost = Person.enter("Joko Prasetyo")
    member(cast.group, lost, "anggota")
    facts: dict[str, Any] = {"role": "officer", "title": "Kaur", "letter": "1", "starts": timezone.localdate(), "state": "active"}
    lost.appointments.create(office=cast.offices["kades"], **facts)
    with pytest.raises(NotNow, match="masih bertugas"):
        asked(cast, lost)


def test_nothing_is_merged_while_somebody_waits_to_be_forgotten_or_recovered(cast: Cast) -> None:
    lost = again(cast)
    wish = privacy.ask_erasure(cast.anggota, by=cast.anggota)
    with pytest.raises(NotNow, match="sedang menunggu"):
        asked(cast, lost)
    Erasure.objects.filter(pk=wish.pk).update(state="taken_back")
    Recovery.objects.create(account=cast.anggota.account, requested_by=cast.ketua, reason="x", state="requested")
    with pytest.raises(NotNow, match="sedang menunggu"):
        asked(cast, lost)


def test_two_who_stood_for_each_other_are_not_one(cast: Cast) -> None:
    story_in("published", cast)  # written by the anggota, checked by the pemeriksa
    with pytest.raises(NotNow, match="dua orang yang berbeda"):
        asked(cast, cast.pemeriksa)
    assert not Merger.objects.exists()


def test_trying_it_out_moves_nothing(cast: Cast) -> None:
    lost = again(cast)
    merger = asked(cast, lost)
    assert Membership.objects.filter(person=lost, state="active").count() == 1 and merger.moved == []


def test_who_wrote_a_revision_under_the_other_row_still_may_not_verify_it(cast: Cast) -> None:
    lost = again(cast, "Siti Rahayu")
    story = story_in("submitted", cast)
    story.revisions.create(number=9, headline="a", author=lost)
    Person.objects.filter(pk=lost.pk).update(state="merged", merged_into=cast.pemeriksa)
    assert Story.objects.get(pk=story.pk).wrote(cast.pemeriksa)


def test_a_minor_stays_guarded_when_two_rows_become_one(cast: Cast) -> None:
    lost = again(cast)
    Person.objects.filter(pk=lost.pk).update(birth_year=timezone.localdate().year - 15, young=True)
    merged(cast, lost)
    kept = Person.objects.get(pk=cast.anggota.pk)
    assert kept.is_minor and kept.public_name == "Anggota muda"


def test_forgetting_the_kept_one_forgets_the_lost_one(cast: Cast) -> None:
    lost = again(cast)
    merged(cast, lost)
    wish = privacy.ask_erasure(cast.anggota, by=cast.anggota)
    Erasure.objects.filter(pk=wish.pk).update(due_on=timezone.localdate())
    privacy.erase(Erasure.objects.get(pk=wish.pk))
    assert {row.name for row in Person.objects.filter(pk__in=[lost.pk, cast.anggota.pk])} == {wish.pseudonym}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("H. Moch. Soekarno, S.Pd.", "Mohamad Sukarno", True),
        ("Ibu Siti Rahayu", "SITI RAHAYU", True),
        ("Joko Prasetyo", "Prasetyo Joko", True),
        ("Joko Prasetyo", "Joko Prasetya", True),
        ("Joko Prasetyo", "Nanik Sulastri", False),
        ("Slamet", "Slamet Widodo", False),
    ],
)
def test_names_that_may_be_one(one: str, other: str, same: bool) -> None:
    alike = twins.JaroWinkler.similarity(twins.bare(one), twins.bare(other))
    assert (alike >= twins.ALIKE) is same


def test_pairs_are_looked_for_within_one_village_only(cast: Cast) -> None:
    lost = again(cast)
    member(cast.other_group, Person.enter("Joko Prasetyo"), "anggota")
    pairs, further = twins.pairs(cast.region.ancestors[1])
    assert [({pair.first.pk, pair.second.pk}, further) for pair in pairs] == [({cast.anggota.pk, lost.pk}, "")]


def test_two_officers_do_it_from_the_list_to_the_end(cast: Cast, client_of: Browser, django_assert_max_num_queries: Any) -> None:
    lost = again(cast)
    first, second = client_of(cast.dinas), client_of(cast.dinas2)
    at = f"/meja/wilayah/orang/{cast.anggota.pk}/{lost.pk}/"
    with django_assert_max_num_queries(12):
        assert at in first.get("/meja/wilayah/orang/").text
    page = first.get(at).text
    assert "Ini tidak bisa dibatalkan" in page and "Keanggotaan di KIM" in page and "0812" not in page
    assert first.post(at, {"reason": "mirip"}).status_code == 422
    assert "Petugas kedua" in first.post(at, {"reason": WHY, "understood": "on"}, follow=True).text
    merger = Merger.objects.get()
    confirm = f"/meja/wilayah/orang/penggabungan/{merger.pk}/penguatan/"
    assert first.post(confirm, {"version": merger.version}).status_code == 403
    assert "tercatat dua kali" in second.get("/meja/").text and "tercatat dua kali" not in first.get("/meja/").text
    assert WHY in second.get(f"/meja/wilayah/orang/penggabungan/{merger.pk}/").text
    assert WHY in second.get("/meja/wilayah/orang/").text
    assert "sudah menjadi satu" in second.post(confirm, {"version": merger.version}, follow=True).text
    assert first.get(at).status_code == 404 or "Sudah digabung" in first.get(at).text


def test_a_second_officer_refuses_and_both_stay(cast: Cast, client_of: Browser) -> None:
    lost = again(cast)
    merger = asked(cast, lost)
    page = client_of(cast.dinas2).post(f"/meja/wilayah/orang/penggabungan/{merger.pk}/penolakan/", {"version": merger.version}, follow=True)
    assert "tetap dua orang" in page.text
    assert Person.objects.get(pk=lost.pk).state == "active"
