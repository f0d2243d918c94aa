"""From a file to the register and back: what is seen, what is saved, what is left, whatever goes wrong on the way."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.jobs import registered
from kentongan.core.models import Entry
from kentongan.groups.models import Appointment, Decree, Group, Membership
from kentongan.registers import actions, jobs, settling
from kentongan.registers.models import SKIP, Heading, Import, ImportRow
from kentongan.registers.tests.bringing import (
    BERMI,
    DECREED,
    DOUBTFUL,
    NO_DECREE,
    brought,
    confirmed,
    fresh,
    pati,
    previewed,
    saved,
    sent,
    undone,
    verdicts,
    workbook,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db

MEMBERS = {"Anggota": [("Nama KIM", "Nama anggota", "Jabatan"), ("KIM Bumiayu", "Tini", "Anggota"), ("KIM Bumiayu", "Parno", "Sekretaris")]}


def counts() -> list[int]:
    return [model.objects.count() for model in (Group, Decree, Membership, Person)]


def test_nothing_is_in_the_register_before_it_is_confirmed(cast: Cast) -> None:
    before = counts()
    importing = previewed(cast, DECREED, NO_DECREE)
    assert verdicts(importing) == {2: "new", 3: "new"}
    assert counts() == before


def test_an_imported_group_is_at_most_decreed_and_says_where_it_comes_from(cast: Cast) -> None:
    importing = saved(cast, DECREED, NO_DECREE)
    assert importing.state == "confirmed"
    with_decree, without = Group.objects.get(name="KIM Bumiayu"), Group.objects.get(name="KIM Tunas")
    assert (with_decree.state, without.state) == ("decreed", "proposed")
    assert with_decree.source_note.startswith("Register Diskominfo Kab. Pati, diimpor ")
    assert with_decree.decrees.get().ends == date(2027, 12, 31)
    assert {row.role: row.person.name for row in with_decree.people} == {"ketua": "Endah", "sekretaris": "Parno"}
    assert not with_decree.memberships.exclude(agreed_at=None).exists()
    assert [entry.action for entry in Entry.of(with_decree)] == ["groups.enter"]
    assert set(importing.rows.values_list("outcome", flat=True)) == {"entered"}


def test_the_same_file_again_is_the_same_and_says_so(cast: Cast) -> None:
    saved(cast, DECREED, NO_DECREE)
    before = counts()
    again = previewed(cast, DECREED, NO_DECREE)
    assert again.state == "same" and again.earlier is not None
    assert set(verdicts(again).values()) == {"same"} and counts() == before


def test_an_import_is_taken_back_and_may_be_brought_in_again(cast: Cast) -> None:
    before = counts()
    importing = undone(saved(cast, DECREED, NO_DECREE), cast.dinas)
    assert importing.state == "undone" and importing.reason == "Salah berkas"
    assert set(Group.objects.filter(name__in=("KIM Bumiayu", "KIM Tunas")).values_list("state", flat=True)) == {"withdrawn"}
    assert Person.objects.count() == before[3]
    assert confirmed(previewed(cast, DECREED, NO_DECREE), cast.dinas).state == "confirmed"


def test_what_was_touched_since_is_left_and_said(cast: Cast) -> None:
    importing = saved(cast, DECREED, NO_DECREE)
    group = Group.objects.get(name="KIM Bumiayu")
    group.seat(cast.warga, "anggota")
    importing = undone(importing, cast.dinas)
    outcomes = {row.name: (row.outcome, bool(row.said)) for row in importing.rows.all()}
    assert outcomes == {"KIM Bumiayu": ("stayed", True), "KIM Tunas": ("withdrawn", False)}
    assert Group.objects.get(pk=group.pk).state == "decreed"


def test_after_a_day_nothing_is_taken_back(cast: Cast) -> None:
    importing = saved(cast, DECREED)
    Import.objects.filter(pk=importing.pk).update(confirmed_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(NotNow, match="Sudah lewat 24 jam"):
        actions.undo(fresh(importing), reason="Salah", by=cast.dinas)


def test_a_doubtful_row_keeps_everything_waiting_until_it_is_chosen(cast: Cast) -> None:
    importing = previewed(cast, DECREED, DOUBTFUL)
    assert verdicts(importing) == {2: "new", 3: "ask"}
    with pytest.raises(NotNow, match="1 baris belum dipilih"):
        actions.confirm(importing, by=cast.dinas)
    row = importing.rows.get(number=3)
    other = next(one["value"] for one in row.candidates if one["value"].endswith("/baru"))
    importing = actions.choose(fresh(importing), choices={row.pk: other}, by=cast.dinas)
    assert verdicts(importing) == {2: "new", 3: "new"}
    importing = actions.choose(fresh(importing), choices={row.pk: SKIP}, by=cast.dinas)
    assert verdicts(importing)[3] == "skipped"
    assert confirmed(fresh(importing), cast.dinas).rows.get(number=3).outcome == "left"
    assert not Group.objects.filter(name="KIM Sumber Rejeki").exists()


def test_settling_one_row_leaves_the_order_of_the_sheet_as_it_was(cast: Cast) -> None:
    twin = ("Kelompok Informasi Masyarakat BUMIAYU", "Bumiayu", "Wedarijaksa", DECREED[3], *[""] * 6)
    importing = previewed(cast, DECREED, twin, DOUBTFUL)
    assert verdicts(importing) == {2: "new", 3: "refused", 4: "ask"}
    importing = actions.choose(importing, choices={importing.rows.get(number=4).pk: SKIP}, by=cast.dinas)
    assert verdicts(importing) == {2: "new", 3: "refused", 4: "skipped"}


def test_a_choice_nobody_offered_is_refused(cast: Cast) -> None:
    importing = previewed(cast, DOUBTFUL)
    with pytest.raises(Exception, match="tidak ada"):
        actions.choose(importing, choices={importing.rows.get().pk: "33.20.01.2001"}, by=cast.dinas)


def test_two_officers_with_one_sheet_save_it_once(cast: Cast) -> None:
    first, second = previewed(cast, DECREED), previewed(cast, DECREED, by=cast.dinas2)
    assert confirmed(first, cast.dinas).state == "confirmed"
    second = confirmed(second, cast.dinas2)
    assert second.state == "previewed" and "Register berubah" in second.sentence
    row = second.rows.get()
    assert (row.verdict, row.moved) == ("same", True)
    assert Group.objects.filter(name="KIM Bumiayu").count() == 1


def test_a_right_that_lapsed_meanwhile_saves_nothing(cast: Cast) -> None:
    importing = previewed(cast, DECREED)
    actions.confirm(importing, by=cast.dinas)
    Appointment.objects.filter(person=cast.dinas).update(ends=timezone.localdate() - timedelta(days=1))
    jobs.save(importing.pk)
    importing = fresh(importing)
    assert importing.state == "previewed" and importing.sentence
    assert not Group.objects.filter(name="KIM Bumiayu").exists()


def test_a_job_that_breaks_leaves_the_import_to_be_confirmed_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    importing = previewed(cast, DECREED)
    actions.confirm(importing, by=cast.dinas)
    before = counts()
    with monkeypatch.context() as broken:
        broken.setattr(settling, "take_in", lambda *args: 1 / 0)
        jobs.save(importing.pk)
    importing = fresh(importing)
    assert importing.state == "previewed" and "tidak ada yang tersimpan" in importing.sentence and counts() == before
    assert confirmed(importing, cast.dinas).state == "confirmed"


def test_a_job_that_runs_twice_saves_once(cast: Cast) -> None:
    importing = saved(cast, DECREED)
    jobs.save(importing.pk)
    jobs.judge(importing.pk)
    assert Group.objects.filter(name="KIM Bumiayu").count() == 1 and fresh(importing).state == "confirmed"


def test_members_on_a_second_sheet_join_the_group_of_the_first(cast: Cast) -> None:
    saved(cast, DECREED, more=MEMBERS)
    people = Group.objects.get(name="KIM Bumiayu").people
    assert sorted((row.role, row.person.name) for row in people) == [("anggota", "Tini"), ("ketua", "Endah"), ("sekretaris", "Parno")]


def test_what_a_register_says_of_a_known_group_is_shown_before_it_is_changed(cast: Cast) -> None:
    importing = previewed(cast, BERMI)
    row = importing.rows.get()
    assert row.verdict == "changed" and ["Ketua", "", "Endah"] in row.changes
    importing = confirmed(importing, cast.dinas)
    assert [row.person.name for row in cast.other_group.people] == ["Endah", "Bambang Irawan"]
    undone(importing, cast.dinas)
    assert not Person.objects.filter(name="Endah").exists()


def test_an_office_is_remembered_for_what_its_headings_mean(cast: Cast) -> None:
    head = ("Nama KIM", "Desa", "Kecamatan", "Kode wilayah", "Dasarnya")
    importing = brought(cast, ("KIM Bumiayu", "Bumiayu", "Wedarijaksa", "33.18.15.2001", "141/1/2025"), head=head)
    chosen = [{column["key"]: column["field"] for column in importing.sheets[0]["columns"]} | {"dasarnya": "decree_number"}]
    actions.map_columns(importing, chosen=chosen, ranks=["kades"], by=cast.dinas)
    assert Heading.objects.of(importing.office, "groups")["dasarnya"] == "decree_number"
    again = brought(cast, ("KIM Bumiayu", "Bumiayu", "Wedarijaksa", "33.18.15.2001", "141/2/2025"), head=head)
    assert {column["key"]: column["field"] for column in again.sheets[0]["columns"]}["dasarnya"] == "decree_number"


def test_a_sheet_without_what_is_needed_says_what_is_lacking(cast: Cast) -> None:
    importing = brought(cast, DECREED)
    chosen = [{column["key"]: "" for column in importing.sheets[0]["columns"]}]
    with pytest.raises(NotNow, match="belum ada kolom untuk Nama KIM"):
        actions.map_columns(importing, chosen=chosen, ranks=[""], by=cast.dinas)
    assert fresh(importing).state == "read"


def test_a_file_that_is_none_is_refused_with_a_sentence_and_not_kept(cast: Cast) -> None:
    importing = brought(cast, content=b"%PDF-1.7 bukan excel")
    assert importing.state == "unreadable" and "PDF" in importing.sentence
    assert not importing.file.exists()


def test_what_is_dropped_leaves_nothing(cast: Cast) -> None:
    importing = previewed(cast, DECREED)
    assert importing.file.exists()
    importing = actions.drop(importing, by=cast.dinas)
    assert importing.state == "dropped" and not importing.file.exists() and not ImportRow.objects.exists()


def test_after_thirty_days_the_file_and_its_names_are_gone_and_the_receipt_stays(cast: Cast) -> None:
    importing = saved(cast, DECREED)
    Import.objects.update(at=timezone.now() - timedelta(days=31))
    stray = Path(settings.MEDIA_ROOT) / "registers" / "nobodys"
    stray.write_text("x")
    registered()["registers.forget"]()
    importing = fresh(importing)
    row = importing.rows.get()
    assert importing.forgotten_at and not importing.file.exists() and not stray.exists()
    assert (row.outcome, row.fields, importing.sheets) == ("entered", {}, [])


def test_an_office_brings_in_only_what_lies_in_its_region(cast: Cast) -> None:
    office = Appointment.objects.get(person=cast.kades).office
    with pytest.raises(NotAllowed):
        actions.upload(sent(workbook(DECREED)), office=office, region=pati(cast), by=cast.kades)
    importing = previewed(cast, ("KIM Jepara", "Kedung", "Kedung", "33.20.01.2001", *[""] * 6))
    assert set(verdicts(importing).values()) == {"refused"}


def test_another_region_s_officer_does_not_see_it(cast: Cast) -> None:
    importing = previewed(cast, DECREED)
    seen = {part for part, person in cast.people.items() if importing in Import.objects.visible_to(person)}
    assert seen == {"dinas", "dinas2", "provinsi", "kementerian"}
