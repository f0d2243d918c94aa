"""From what is handed in to what stands on the sites, and back: verify, return, schedule, publish, correct, retract, withhold, flag."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from kentongan.core import workflow
from kentongan.core.actions import may
from kentongan.core.actors import CLOCK, PUBLIC
from kentongan.core.errors import BadRequest, NotAllowed, NotNow, Refused, Stale
from kentongan.core.jobs import run_pending
from kentongan.core.models import Entry
from kentongan.groups.models import Group
from kentongan.newsroom import actions, jobs
from kentongan.newsroom.actions import publishing
from kentongan.newsroom.models import Check, Correction, Flag, Revision, Story
from kentongan.newsroom.tests.factories import FACTS, NOTES, WORDS, correction_in, flag_in, story_in
from kentongan.pages.models import Change
from tests.cast import member, village

pytestmark = pytest.mark.django_db

OUTSIDERS = ["kades", "camat", "dinas", "provinsi", "kementerian", "operator", "warga", "tetangga", "pembina"]


def again(row):
    return type(row).objects.get(pk=row.pk) if hasattr(type(row), "objects") else type(row)._default_manager.get(pk=row.pk)


# Verify


def test_a_checker_verifies_and_every_tick_says_what_was_done(cast):
    story = story_in("verified", cast)
    assert (story.state, story.verifier) == ("verified", cast.pemeriksa)
    assert {check.item: check.note for check in story.checks.all()} == {item: NOTES[item] for item in story.checklist()}
    assert Entry.of(story).last().capacity == "Pemeriksa KIM Gulangpongge"


def test_a_story_cannot_be_verified_by_its_author(cast):
    story = story_in("submitted", cast, author=cast.pemeriksa)
    with pytest.raises(NotAllowed, match="tidak ikut menulis"):
        actions.verify(story, notes=NOTES, by=cast.pemeriksa)


def test_nobody_who_wrote_any_revision_verifies_it(cast):
    story = story_in("written", cast)
    actions.write(again(story), **WORDS | {"summary": "Dari pemeriksa."}, **FACTS, by=cast.pemeriksa)
    actions.write(again(story), **WORDS, **FACTS, by=cast.anggota)
    actions.read_along(again(story), by=cast.anggota2)
    actions.submit(again(story), by=cast.anggota)
    answer = may(cast.pemeriksa, "newsroom.verify", again(story))
    assert not answer and not answer.by_right and answer.helpers == ()


def test_who_can_verify_instead_is_named(cast):
    story = story_in("submitted", cast)
    assert may(cast.anggota, "newsroom.verify", story).helpers == ("Siti Rahayu (pemeriksa)",)


def test_the_database_itself_refuses_a_writer_as_verifier(cast):
    story = story_in("submitted", cast)
    Revision.objects.create(story=story, number=2, headline="Lain", author=cast.pemeriksa)
    for writer in (cast.anggota, cast.pemeriksa):
        with pytest.raises(IntegrityError, match="verif"), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(verifier=writer, verified_at=timezone.now(), state="verified")


def test_the_database_itself_refuses_to_publish_what_its_verifier_wrote(cast):
    story = story_in("verified", cast)
    Revision.objects.create(story=story, number=2, headline="Lain", author=cast.pemeriksa)
    with pytest.raises(NotNow, match="bukan yang menulis"):
        actions.publish(story, by=cast.redaktur)
    assert again(story).state == "verified" and not Change.objects.exists()


def test_the_buttons_of_a_story_ask_no_more_than_seven_questions(cast, django_assert_max_num_queries):
    story = story_in("written", cast, words={"body": "Lihat [desa](https://desa.id)."})
    verbs = {
        action for action, moves in workflow.moves().items() if action.startswith("newsroom.") and set(moves) & set(Story.State.values)
    }
    person, whole = again(cast.redaktur), Story.objects.whole().get(pk=story.pk)
    with django_assert_max_num_queries(7):  # two for the person's posts, one for the names of those who can help
        answers = {verb: may(person, verb, whole) for verb in sorted(verbs)}
    assert answers["newsroom.write"] and not answers["newsroom.publish"]


def test_an_unfinished_checklist_is_not_enough_and_what_is_missing_is_named(cast):
    story = story_in("submitted", cast)
    with pytest.raises(NotNow, match="Angka, Pihak lain didengar"):
        actions.verify(story, notes=NOTES | {"numbers": " ", "other_side": ""}, by=cast.pemeriksa)
    assert again(story).state == "submitted" and not Check.objects.exists()


def test_the_checklist_follows_the_kind(cast):
    assert "other_side" in Story(kind="berita").checklist()
    assert "other_side" not in Story(kind="serta-merta").checklist() and "picture" not in Story(kind="serta-merta").checklist()


def test_the_same_version_can_be_checked_again_after_a_return(cast):
    story = story_in("verified", cast)
    actions.return_story(again(story), reason="Sumber kurang.", by=cast.redaktur)
    actions.write(again(story), **WORDS, **FACTS, by=cast.anggota)
    actions.submit(again(story), by=cast.anggota)
    actions.verify(again(story), notes=NOTES | {"source": "Ditelepon lagi."}, by=cast.pemeriksa)
    assert [check.note for check in again(story).trust().checks if check.item == "source"] == ["Ditelepon lagi."]


@pytest.mark.parametrize("person", ["anggota", "anggota2", "redaktur", "ketua", *OUTSIDERS])
def test_only_a_checker_verifies(cast, person):
    with pytest.raises(NotAllowed):
        actions.verify(story_in("submitted", cast), notes=NOTES, by=cast.people[person])


@pytest.mark.parametrize("state", ["gathered", "written", "returned", "verified", "published", "withdrawn"])
def test_only_what_was_submitted_is_verified(cast, state):
    with pytest.raises(NotNow):
        actions.verify(story_in(state, cast), notes=NOTES, by=cast.pemeriksa)


# Return


@pytest.mark.parametrize("state", ["submitted", "verified", "scheduled"])
@pytest.mark.parametrize("person", ["pemeriksa", "redaktur"])
def test_checker_and_editor_return_with_a_reason(cast, state, person):
    story = actions.return_story(story_in(state, cast), reason="Buku RT mencatat 46 rumah.", by=cast.people[person])
    assert (story.state, story.returned_by, story.verifier, story.publish_at) == ("returned", cast.people[person], None, None)


def test_a_return_says_why(cast):
    with pytest.raises(NotNow, match="diperbaiki"):
        actions.return_story(story_in("submitted", cast), reason=" ", by=cast.pemeriksa)


@pytest.mark.parametrize("person", ["anggota2", "ketua", *OUTSIDERS])
def test_nobody_else_returns(cast, person):
    with pytest.raises(NotAllowed):
        actions.return_story(story_in("submitted", cast), reason="tidak", by=cast.people[person])


@pytest.mark.parametrize("state", ["gathered", "written", "published"])
def test_only_what_was_handed_in_is_returned(cast, state):
    with pytest.raises(NotNow):
        actions.return_story(story_in(state, cast), reason="tidak", by=cast.pemeriksa)


# Publish


def test_an_editor_publishes_on_six_sites_at_once(cast):
    story = story_in("published", cast)
    assert (story.state, story.publisher) == ("published", cast.redaktur)
    sites = ["kim/gulangpongge", "wilayah/33.18.17.2003", "wilayah/33.18.17", "wilayah/33.18", "wilayah/33", "nasional"]
    assert list(Change.objects.order_by("id").values_list("site", flat=True)) == sites
    group = again(cast.group)
    assert (group.story_count, group.last_published_at) == (1, story.published_at)
    assert story in Story.objects.visible_to(None)


@pytest.mark.parametrize("person", ["anggota", "anggota2", "pemeriksa", "ketua", *OUTSIDERS])
def test_only_an_editor_publishes(cast, person):
    story = story_in("verified", cast)
    with pytest.raises(NotAllowed) as refused:
        actions.publish(story, by=cast.people[person])
    assert "Dwi Astuti (redaktur)" in refused.value.helpers
    assert again(story).state == "verified" and not Change.objects.exists()


@pytest.mark.parametrize("state", ["gathered", "written", "submitted", "returned", "published", "retracted", "withdrawn", "withheld"])
def test_only_what_is_verified_is_published(cast, state):
    with pytest.raises(NotNow):
        actions.publish(story_in(state, cast), by=cast.redaktur)


@pytest.mark.parametrize("state", ["minuted", "suspended", "dissolved"])
def test_a_group_without_a_decree_or_suspended_publishes_nothing(cast, state):
    story = story_in("verified", cast)
    Group.objects.filter(pk=cast.group.pk).update(state=state)
    with pytest.raises(NotNow, match="ber-SK"):
        actions.publish(again(story), by=cast.redaktur)


def test_a_group_suspended_while_its_story_is_being_published_publishes_nothing(cast):
    story = again(story_in("verified", cast))
    assert story.group.may_publish  # as it was asked
    Group.objects.filter(pk=cast.group.pk).update(state="suspended")
    with pytest.raises(NotNow, match="baru saja dibekukan"):
        story.count_in_group(1, timezone.now())


def test_two_editors_pressing_at_once_publish_once(transactional_db):
    cast = village()
    story = story_in("verified", cast)
    start, refused = Barrier(2), []

    def press(editor):
        seen = again(story)
        start.wait()
        try:
            actions.publish(seen, by=editor)
        except Refused as answer:
            refused.append(answer)
        finally:
            connection.close()

    both = [Thread(target=press, args=(editor,)) for editor in (cast.redaktur, cast.redaktur2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert [type(answer) for answer in refused] in ([NotNow], [Stale])
    assert again(story).state == "published" and again(cast.group).story_count == 1
    assert Entry.of(story).filter(action="newsroom.publish").count() == 1


# Schedule


def test_a_scheduled_story_is_published_by_the_clock_at_its_time(cast):
    at = timezone.now() + timedelta(minutes=5)
    story = story_in("scheduled", cast, publish_at=at)
    run_pending()
    assert again(story).state == "verified"
    Story.objects.filter(pk=story.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    run_pending(until=at)
    line = Entry.of(story).last()
    assert (again(story).state, line.by_kind, line.capacity) == ("published", "clock", "jadwal terbit")


def test_a_job_run_twice_publishes_once(cast):
    story = story_in("scheduled", cast)
    Story.objects.filter(pk=story.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    jobs.publish_scheduled(story=story.pk)
    jobs.publish_scheduled(story=story.pk)
    jobs.publish_due()
    assert again(cast.group).story_count == 1 and Entry.of(story).filter(action="newsroom.publish").count() == 1


def test_a_worker_killed_half_way_leaves_nothing_half_done(cast, monkeypatch):
    story = story_in("scheduled", cast)
    Story.objects.filter(pk=story.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(SystemExit), monkeypatch.context() as broken:
        broken.setattr(publishing.store, "changed", _killed)
        jobs.publish_scheduled(story=story.pk)
    assert again(story).state == "verified" and again(cast.group).story_count == 0 and not Change.objects.exists()
    jobs.publish_due()
    assert again(story).state == "published" and again(cast.group).story_count == 1


def _killed(*sites):
    raise SystemExit


def test_the_sweep_goes_on_past_a_story_that_may_not_go_out(cast):
    held, free = story_in("scheduled", cast), story_in("scheduled", cast)
    Story.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    Story.objects.filter(pk=held.pk).update(body="[klik](https://situs.id/slot88)")
    jobs.publish_due()
    assert (again(held).state, again(free).state) == ("verified", "published")


def test_the_clock_does_not_publish_before_the_time_nor_what_is_not_scheduled(cast):
    for state in ("scheduled", "verified"):
        with pytest.raises(NotNow, match="Belum waktunya"):
            actions.publish(story_in(state, cast), by=CLOCK)


def test_a_story_put_to_another_time_goes_out_at_that_time_only(cast):
    first, second = (timezone.now() + timedelta(hours=hours) for hours in (1, 2))
    story = story_in("scheduled", cast, publish_at=first)
    actions.schedule(again(story), at=second, by=cast.redaktur)
    run_pending(until=first)
    assert again(story).state == "verified" and again(story).publish_at == second


def test_a_schedule_lies_ahead(cast):
    with pytest.raises(NotNow, match="sudah lewat"):
        actions.schedule(story_in("verified", cast), at=timezone.now() - timedelta(minutes=1), by=cast.redaktur)


def test_an_editor_takes_it_off_the_clock(cast):
    story = actions.unschedule(story_in("scheduled", cast), by=cast.redaktur)
    assert (story.state, story.publish_at) == ("verified", None)
    with pytest.raises(NotNow, match="tidak dijadwalkan"):
        actions.unschedule(again(story), by=cast.redaktur)


@pytest.mark.parametrize("person", ["anggota", "pemeriksa", "ketua", *OUTSIDERS])
def test_only_an_editor_schedules(cast, person):
    story = story_in("verified", cast)
    with pytest.raises(NotAllowed):
        actions.schedule(story, at=timezone.now() + timedelta(hours=1), by=cast.people[person])
    with pytest.raises(NotAllowed):
        actions.unschedule(story, by=cast.people[person])


@pytest.mark.parametrize("state", ["written", "submitted", "published"])
def test_only_what_is_verified_is_scheduled(cast, state):
    with pytest.raises(NotNow):
        actions.schedule(story_in(state, cast), at=timezone.now() + timedelta(hours=1), by=cast.redaktur)


@pytest.mark.parametrize("action", ["write", "gather", "submit", "verify", "retract", "withdraw"])
def test_neither_clock_nor_public_do_anything_else(cast, action):
    story = story_in("verified", cast)
    assert not may(CLOCK, f"newsroom.{action}", story) and not may(PUBLIC, f"newsroom.{action}", story)


# Correct


def test_a_correction_and_its_version_appear_together_when_another_confirms(cast):
    story = story_in("published", cast)
    Change.objects.all().delete()
    correction = correction_in("proposed", story, cast)
    assert again(story).summary == WORDS["summary"] and not Change.objects.exists()
    actions.confirm_correction(correction, by=cast.pemeriksa)
    story, correction = again(story), again(correction)
    assert (story.state, story.summary, story.correction_count) == ("published", correction.summary, 1)
    assert (correction.revision.number, correction.revision.author, correction.confirmed_by) == (2, cast.anggota, cast.pemeriksa)
    assert Change.objects.count() == 6
    assert story.trust().corrections == [correction] and "1 ralat" in story.trust().line


def test_a_correction_is_not_confirmed_by_its_proposer(cast):
    correction = correction_in("proposed", story_in("published", cast), cast, by=cast.redaktur)
    with pytest.raises(NotAllowed, match="bukan yang mengusulkan"):
        actions.confirm_correction(correction, by=cast.redaktur)
    assert actions.confirm_correction(again(correction), by=cast.redaktur2).state == "confirmed"


def test_the_database_itself_refuses_a_correction_by_one_person(cast):
    correction = correction_in("proposed", story_in("published", cast), cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(confirmed_by=correction.proposed_by)


def test_who_verified_may_still_propose_a_correction(cast):
    correction = correction_in("proposed", story_in("published", cast), cast, by=cast.pemeriksa)
    assert actions.confirm_correction(correction, by=cast.redaktur).revision.author == cast.pemeriksa


@pytest.mark.parametrize("person", ["anggota2", "ketua", *OUTSIDERS])
def test_nobody_else_confirms_or_declines_a_correction(cast, person):
    correction = correction_in("proposed", story_in("published", cast), cast)
    with pytest.raises(NotAllowed):
        actions.confirm_correction(correction, by=cast.people[person])
    with pytest.raises(NotAllowed):
        actions.decline_correction(correction, reason="tidak", by=cast.people[person])


@pytest.mark.parametrize("person", OUTSIDERS)
def test_an_office_proposes_no_correction(cast, person):
    story = story_in("published", cast)
    with pytest.raises(NotAllowed):
        actions.propose_correction(story, what="x", why="y", **WORDS | {"body": "Versi dinas."}, by=cast.people[person])
    assert not Correction.objects.exists()


@pytest.mark.parametrize("state", ["written", "verified", "retracted"])
def test_only_what_is_published_is_corrected(cast, state):
    with pytest.raises(NotNow):
        correction_in("proposed", story_in(state, cast), cast)


def test_a_correction_says_what_and_why_and_changes_something(cast):
    story = story_in("published", cast)
    with pytest.raises(NotNow, match="mengapa"):
        actions.propose_correction(story, what="", why="x", **WORDS | {"body": "Lain."}, by=cast.anggota)
    with pytest.raises(NotNow, match="belum berubah"):
        actions.propose_correction(story, what="x", why="y", **WORDS, by=cast.anggota)
    with pytest.raises(BadRequest, match="terlalu panjang"):
        actions.propose_correction(story, what="x", why="y", **WORDS | {"body": "x" * 50_000}, by=cast.anggota)


def test_a_correction_of_an_older_version_is_proposed_again(cast):
    story = story_in("published", cast)
    older = correction_in("proposed", story, cast)
    correction_in("confirmed", again(story), cast, body="Yang lain.")
    with pytest.raises(NotNow, match="versi terbaru"):
        actions.confirm_correction(again(older), by=cast.pemeriksa)


def test_a_declined_correction_changes_nothing(cast):
    story = story_in("published", cast)
    correction = correction_in("declined", story, cast)
    assert correction.state == "declined" and again(story).summary == WORDS["summary"]
    with pytest.raises(NotNow, match="mengapa"):
        actions.decline_correction(correction_in("proposed", again(story), cast), reason="", by=cast.redaktur)


def test_versions_and_checks_are_append_only(cast):
    story = story_in("verified", cast)
    for rows in (Revision.objects.filter(story=story), Check.objects.filter(story=story)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(story=story)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete("default")


# Retract, withhold


def test_an_editor_retracts_with_a_reason_and_the_group_still_reads_it(cast):
    story = story_in("retracted", cast)
    assert story.retraction_reason and story.retracted_at
    assert again(cast.group).story_count == 0
    assert Change.objects.filter(hard=True).count() == 6
    assert story not in Story.objects.visible_to(None) and story in Story.objects.visible_to(cast.anggota)


def test_a_retraction_says_why(cast):
    with pytest.raises(NotNow, match="mengapa dicabut"):
        actions.retract(story_in("published", cast), reason="", by=cast.redaktur)


@pytest.mark.parametrize("person", ["anggota", "pemeriksa", "ketua", *OUTSIDERS])
def test_only_an_editor_retracts(cast, person):
    story = story_in("published", cast)
    with pytest.raises(NotAllowed):
        actions.retract(story, reason="tidak suka", by=cast.people[person])
    assert again(story).state == "published"


@pytest.mark.parametrize("state", ["verified", "retracted", "withheld"])
def test_only_what_is_published_is_retracted(cast, state):
    with pytest.raises(NotNow):
        actions.retract(story_in(state, cast), reason="Keliru.", by=cast.redaktur)


def test_the_operator_withholds_by_a_named_order_and_restores(cast):
    story = story_in("withheld", cast)
    assert story.order_reference and story not in Story.objects.visible_to(None)
    assert again(cast.group).story_count == 0 and Change.objects.filter(hard=True).count() == 6
    actions.restore(story, by=cast.operator)
    assert again(story).state == "published" and again(cast.group).story_count == 1


def test_withholding_names_the_order(cast):
    with pytest.raises(NotNow, match="nomor perintah"):
        actions.withhold(story_in("published", cast), order=" ", by=cast.operator)


@pytest.mark.parametrize("person", ["kades", "camat", "dinas", "provinsi", "kementerian", "redaktur", "ketua", "warga"])
def test_no_office_withholds_or_restores(cast, person):
    with pytest.raises(NotAllowed, match="Instansi pemerintah tidak bisa"):
        actions.withhold(story_in("published", cast), order="Surat Dinas 1", by=cast.people[person])
    with pytest.raises(NotAllowed):
        actions.restore(story_in("withheld", cast), by=cast.people[person])


@pytest.mark.parametrize("state", ["verified", "retracted"])
def test_only_what_is_published_is_withheld_and_only_that_restored(cast, state):
    story = story_in(state, cast)
    with pytest.raises(NotNow):
        actions.withhold(story, order="Penetapan 1", by=cast.operator)
    with pytest.raises(NotNow):
        actions.restore(story, by=cast.operator)


# Flags


@pytest.mark.parametrize("person", ["kades", "camat", "dinas", "provinsi", "kementerian"])
def test_an_official_over_the_place_raises_a_flag_and_the_story_stays_as_it_is(cast, person):
    story = story_in("published", cast)
    assert may(cast.people[person], "newsroom.raise_flag", story)
    flag = actions.raise_flag(story, concern="Angkanya berbeda.", by=cast.people[person])
    assert flag.office == cast.offices[person] and Entry.of(flag).get().capacity_id
    assert again(story).version == story.version and not Entry.of(story).filter(by_id=cast.people[person].pk).exists()


@pytest.mark.parametrize("person", ["anggota", "redaktur", "warga", "tetangga", "operator"])
def test_nobody_else_raises_a_flag(cast, person):
    with pytest.raises(NotAllowed):
        actions.raise_flag(story_in("published", cast), concern="x", by=cast.people[person])


def test_the_office_of_another_place_raises_no_flag(cast):
    neighbour = cast.other_group
    reporter = member(neighbour, cast.warga, "anggota").person
    checker = member(neighbour, cast.operator, "pemeriksa").person
    people = {"author": cast.tetangga, "reader": reporter, "checker": checker, "editor": cast.tetangga}
    story = story_in("published", cast, group=neighbour, region=neighbour.region, **people)
    with pytest.raises(NotAllowed):
        actions.raise_flag(story, concern="x", by=cast.kades)


def test_only_what_is_published_is_flagged_and_a_flag_says_what(cast):
    with pytest.raises(NotNow):
        actions.raise_flag(story_in("verified", cast), concern="x", by=cast.dinas)
    with pytest.raises(NotNow, match="dipersoalkan"):
        actions.raise_flag(story_in("published", cast), concern=" ", by=cast.dinas)


def test_the_group_answers_a_flag_once(cast):
    flag = flag_in("answered", story_in("published", cast), cast)
    assert flag.answered_by == cast.redaktur
    with pytest.raises(NotNow):
        actions.answer_flag(flag, answer="Lagi.", by=cast.redaktur)


@pytest.mark.parametrize("person", ["dinas", "anggota", "warga", "tetangga"])
def test_nobody_else_answers_a_flag(cast, person):
    flag = flag_in("raised", story_in("published", cast), cast)
    with pytest.raises(NotAllowed):
        actions.answer_flag(flag, answer="x", by=cast.people[person])
    assert Flag.objects.get().state == "raised"


# Counting and trust


def test_the_nightly_count_reports_and_repairs_what_differs(cast, caplog):
    story = story_in("published", cast)
    jobs.recount()
    assert not caplog.records
    Group.objects.filter(pk=cast.group.pk).update(story_count=7)
    Story.objects.filter(pk=story.pk).update(source_count=3)
    jobs.recount()
    assert again(cast.group).story_count == 1 and again(story).source_count == 1
    assert [record.getMessage() for record in caplog.records] == [
        f"recount: story {story.pk}: source_count 3 → 1",
        f"recount: group {cast.group.pk}: story_count 7 → 1",
    ]


def test_why_a_story_can_be_believed_costs_three_queries(cast, django_assert_num_queries):
    story = story_in("published", cast)
    correction_in("confirmed", story, cast)
    whole = Story.objects.whole().get(pk=story.pk)
    with django_assert_num_queries(3):
        trust = whole.trust()
        said = (trust.line, trust.discussion, trust.urgent, trust.checker.name, [c.proposed_by.name for c in trust.corrections])
    assert said[0].startswith("Diperiksa Siti Rahayu ") and said[0].endswith(" · 1 sumber · 1 ralat")
    assert said[1:] == ("Dibaca bersama Nanik Sulastri sebelum diperiksa.", "", "Siti Rahayu", ["Joko Prasetyo"])
    assert [version.number for version in trust.versions] == [1, 2] and len(trust.checks) == 5
