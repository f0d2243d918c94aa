"""Opening, speaking, answering, taking back, reading."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from kentongan.core.errors import BadRequest, NotNow
from kentongan.core.jobs import run_pending
from kentongan.core.models import Entry, Step
from kentongan.discussions import actions, jobs
from kentongan.discussions.models import Contribution, Topic, mention, mentioned
from kentongan.discussions.tests.factories import OPINION, fresh, publish, say, story_in, topic_in
from kentongan.pages.models import Change


def test_a_topic_remembers_what_it_is_about(cast):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    assert topic.state == Topic.State.OPEN and list(Topic.about_thing(story)) == [topic]
    assert Step.out_of(story) == [topic]


def test_a_topic_is_not_about_the_thing_of_another_group(cast):
    story = story_in(cast, group=cast.other_group)
    with pytest.raises(NotNow, match="milik KIM lain"):
        topic_in(cast, about=story)
    assert not Topic.objects.exists()


def test_a_thing_is_named_by_a_word_and_only_to_who_may_see_it(cast):
    story = story_in(cast)
    assert mention(story) == f"kabar:{story.pk}"
    assert mentioned(mention(story), cast.anggota) == story
    assert mentioned(mention(story), cast.tetangga) is None
    for word in ("", "kabar", "kabar:", "kabar:x", "akun:1", "kabar:" + "9" * 30, "kabar:-1"):
        assert mentioned(word, cast.anggota) is None


def test_what_is_said_is_counted_and_on_record_with_the_capacity(cast):
    topic = topic_in(cast)
    said = say(topic, cast.anggota2)
    assert (fresh(topic).contribution_count, fresh(topic).last_said_at) == (1, said.at)
    entry = Entry.of(said).get()
    assert (entry.by_id, entry.before, entry.after, entry.capacity) == (cast.anggota2.pk, "", "said", "Anggota KIM Gulangpongge")


def test_speaking_makes_no_form_stale(cast):
    topic = topic_in(cast)
    say(topic, cast.anggota2)
    seen = fresh(topic)
    say(topic, cast.redaktur)
    assert actions.summarise(seen, text="Mampet sejak Senin.", by=cast.anggota).state == Topic.State.SUMMARISED


def test_a_contribution_has_at_most_1000_characters(cast):
    topic = topic_in(cast)
    assert say(topic, cast.anggota, "a" * 1000)
    with pytest.raises(NotNow, match=r"1\.000 huruf"):
        say(topic, cast.anggota, "a" * 1001)
    assert fresh(topic).contribution_count == 1


def test_a_reply_to_a_reply_is_refused(cast):
    topic = topic_in(cast)
    first = say(topic, cast.anggota)
    answer = say(topic, cast.anggota2, reply_to=first)
    with pytest.raises(NotNow, match="tidak bisa ditanggapi lagi"):
        say(topic, cast.redaktur, reply_to=answer)


def test_a_reply_stays_in_its_topic(cast):
    elsewhere = say(topic_in(cast), cast.anggota)
    with pytest.raises(NotNow):
        say(topic_in(cast), cast.anggota2, reply_to=elsewhere)


@pytest.mark.parametrize("kind", ["", "minutes", "teriakan"])
def test_only_the_four_kinds_are_spoken(cast, kind):
    with pytest.raises(BadRequest):
        say(topic_in(cast), cast.anggota, kind=kind)


def test_words_taken_back_leave_a_trace_and_no_words(cast):
    topic = topic_in(cast)
    said = say(topic, cast.anggota2)
    assert topic.others_spoke(cast.anggota)
    actions.take_back(said, by=cast.anggota2)
    assert fresh(said).state == "taken_back" and fresh(topic).contribution_count == 0
    assert not fresh(topic).others_spoke(cast.anggota)
    with pytest.raises(NotNow):
        actions.take_back(fresh(said), by=cast.anggota2)


def test_minutes_say_when_and_who(cast):
    topic = topic_in(cast)
    day = date(2026, 11, 20)
    notes = actions.bring_minutes(topic, text="Sepakat kerja bakti Minggu.", met_on=day, present="Dwi, Siti", by=cast.sekretaris)
    assert notes.minutes and fresh(topic).contribution_count == 1
    assert actions.bring_minutes(topic, text="a" * 4000, met_on=day, present="Dwi", by=cast.sekretaris)
    with pytest.raises(NotNow, match="siapa yang hadir"):
        actions.bring_minutes(topic, text="Sepakat.", met_on=day, present=" ", by=cast.sekretaris)


def test_the_divider_moves_only_forward_and_by_what_one_does(cast):
    topic = topic_in(cast)
    first, second = say(topic, cast.anggota2), say(topic, cast.redaktur)

    def unread(person):
        return Topic.objects.with_unread(person).get(pk=topic.pk).unread

    assert (unread(cast.anggota), unread(cast.anggota2), unread(cast.redaktur)) == (2, 1, 0)
    topic.mark_read(cast.anggota, second.pk)
    topic.mark_read(cast.anggota, first.pk)
    assert unread(cast.anggota) == 0
    topic.mark_read(cast.anggota2, 2**60)
    say(topic, cast.redaktur)
    assert unread(cast.anggota2) == 1


def test_pages_are_twenty_long_and_newest_last(cast):
    topic = topic_in(cast)
    said = [say(topic, cast.anggota, f"Ucapan {n}") for n in range(45)]
    page, older, newer = topic.contributions.page()
    assert (page, older, newer) == (said[25:], True, False)
    page, older, newer = topic.contributions.page(before=said[25].pk)
    assert (page, older, newer) == (said[5:25], True, True)
    page, older, newer = topic.contributions.page(before=said[5].pk)
    assert (page, older, newer) == (said[:5], False, True)
    page, older, newer = topic.contributions.page(after=said[4].pk)
    assert (page, older, newer) == (said[5:25], True, True)


def test_recounting_reports_and_mends_what_differs(cast, caplog):
    topic = topic_in(cast)
    say(topic, cast.anggota)
    Topic.objects.filter(pk=topic.pk).update(contribution_count=7)
    jobs.recount()
    assert fresh(topic).contribution_count == 1 and f"topic {topic.pk}" in caplog.text
    run_pending()


def test_nothing_is_public_before_what_it_is_about(cast):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    said = say(topic, cast.anggota2, may_be_public=True)
    say(topic, cast.redaktur)
    actions.summarise(fresh(topic), text="Mampet sejak Senin.", by=cast.redaktur)
    assert fresh(topic).public_summary() is None and not fresh(topic).public_contributions() and not fresh(topic).public_sites()
    publish(story, cast)
    assert fresh(topic).public_summary().text == "Mampet sejak Senin."
    assert list(fresh(topic).public_contributions()) == [said]


def test_a_topic_about_nothing_is_never_public(cast):
    topic = topic_in(cast)
    say(topic, cast.anggota, may_be_public=True)
    assert topic.public_summary() is None and not topic.public_contributions()


def test_public_words_taken_back_leave_every_site_at_once(cast):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    said = say(topic, cast.anggota2, may_be_public=True)
    publish(story, cast)
    actions.take_back(said, by=cast.anggota2)
    assert set(Change.objects.filter(hard=True).values_list("site", flat=True)) == set(story.sites())
    assert not fresh(topic).public_contributions()


def test_a_new_summary_changes_the_public_pages(cast):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    say(topic, cast.anggota2)
    publish(story, cast)
    actions.summarise(fresh(topic), text="Mampet sejak Senin.", by=cast.redaktur)
    assert set(Change.objects.values_list("site", flat=True)) == set(story.sites())


def test_words_that_may_be_public_change_the_public_pages_and_others_do_not(cast):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    publish(story, cast)
    say(topic, cast.anggota2)
    assert not Change.objects.exists()
    say(topic, cast.anggota2, may_be_public=True)
    assert set(Change.objects.values_list("site", flat=True)) == set(story.sites())
    Change.objects.all().delete()
    notes = {"text": "Dibahas di balai.", "met_on": timezone.localdate(), "present": "Tujuh orang", "by": cast.anggota}
    actions.bring_minutes(fresh(topic), may_be_public=True, **notes)
    assert set(Change.objects.values_list("site", flat=True)) == set(story.sites())


def test_a_talk_that_goes_on_elsewhere_changes_the_public_pages(cast):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    publish(story, cast)
    actions.merge(topic, into=topic_in(cast, subject="Yang lain"), by=cast.redaktur)
    assert set(Change.objects.values_list("site", flat=True)) == set(story.sites())


def test_many_speak_while_somebody_summarises_and_nobody_clashes(transactional_cast):
    cast, trouble = transactional_cast, []
    topic = topic_in(cast)
    say(topic, cast.anggota)

    def run(work):
        try:
            work()
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    people = [cast.anggota, cast.anggota2, cast.redaktur] * 4
    speakers = [lambda who=who, n=n: say(topic, who, f"Ucapan {n}") for n, who in enumerate(people)]
    threads = [Thread(target=run, args=(work,)) for work in [*speakers, lambda: actions.summarise(fresh(topic), text="Ya.", by=cast.ketua)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert fresh(topic).contribution_count == Contribution.objects.filter(topic=topic, kind=OPINION).count() == 13
    assert fresh(topic).state == Topic.State.SUMMARISED
