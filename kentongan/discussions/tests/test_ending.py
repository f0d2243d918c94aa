"""Summarising, closing, opening again, merging."""

import pytest
from django.db import DatabaseError, transaction

from kentongan.core.errors import NotNow, Stale
from kentongan.discussions import actions
from kentongan.discussions.models import Summary, Topic
from kentongan.discussions.tests.factories import fresh, say, topic_in


@pytest.fixture
def talked(cast) -> Topic:
    topic = topic_in(cast)
    say(topic, cast.anggota2)
    return fresh(topic)


def test_nothing_said_is_nothing_to_summarise(cast):
    with pytest.raises(NotNow, match="Belum ada yang berbicara"):
        actions.summarise(topic_in(cast), text="Ya.", by=cast.anggota)


def test_summaries_are_signed_and_earlier_ones_stay(cast, talked):
    first = actions.summarise(talked, text="Sejak Senin.", by=cast.anggota)
    actions.summarise(fresh(first), text="Sejak Minggu.", by=cast.redaktur)
    rows = list(talked.summaries.values_list("number", "text", "signed_by__name"))
    assert rows == [(2, "Sejak Minggu.", "Dwi Astuti"), (1, "Sejak Senin.", "Joko Prasetyo")]
    assert fresh(talked).summary == "Sejak Minggu."


def test_two_who_summarise_at_once_see_each_other(cast, talked):
    mine, theirs = fresh(talked), fresh(talked)
    actions.summarise(theirs, text="Sejak Senin.", by=cast.redaktur)
    with pytest.raises(Stale) as stale:
        actions.summarise(mine, text="Sejak Minggu.", by=cast.anggota)
    assert stale.value.thing.summary == "Sejak Senin."


def test_a_signed_summary_cannot_be_changed(cast, talked):
    actions.summarise(talked, text="Sejak Senin.", by=cast.anggota)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Summary.objects.update(text="Sejak dulu.")


def test_a_topic_is_summarised_before_it_is_closed(cast, talked):
    with pytest.raises(NotNow, match="rangkumannya dulu"):
        actions.close(talked, by=cast.ketua)
    actions.summarise(talked, text="Sejak Senin.", by=cast.anggota)
    assert actions.close(fresh(talked), by=cast.ketua).state == Topic.State.CLOSED


def test_a_topic_opened_by_mistake_is_closed_without_a_summary(cast):
    assert actions.close(topic_in(cast), by=cast.sekretaris).state == Topic.State.CLOSED


def test_nobody_speaks_in_a_closed_topic_until_it_is_opened_again(cast):
    before = topic_in(cast)
    closed = actions.close(fresh(before), by=cast.redaktur)
    for seen in (closed, before):  # also with a page that was opened before it was closed
        with pytest.raises(NotNow, match="sudah selesai"):
            say(seen, cast.anggota)
    actions.reopen(fresh(closed), by=cast.redaktur)
    assert say(closed, cast.anggota)


def test_a_merged_topic_says_where_the_talk_goes_on(cast, talked):
    other = topic_in(cast, subject="Saluran air RT 03")
    merged = actions.merge(talked, into=other, by=cast.redaktur)
    assert (merged.state, merged.merged_into) == (Topic.State.MERGED, other)
    with pytest.raises(NotNow):
        say(merged, cast.anggota)
    with pytest.raises(NotNow):
        actions.reopen(fresh(merged), by=cast.redaktur)


def test_a_topic_is_merged_only_into_another_running_one_of_its_group(cast, talked):
    closed = actions.close(topic_in(cast), by=cast.ketua)
    elsewhere = actions.open_topic(cast.other_group, subject="Jalan", by=cast.tetangga)
    for into in (talked, closed, elsewhere):
        with pytest.raises(NotNow, match="masih berjalan"):
            actions.merge(fresh(talked), into=into, by=cast.redaktur)
    assert fresh(talked).state == Topic.State.OPEN


def test_two_topics_are_never_merged_into_each_other(cast, talked):
    other = topic_in(cast)
    actions.merge(talked, into=other, by=cast.redaktur)
    with pytest.raises(NotNow):
        actions.merge(other, into=talked, by=cast.redaktur)
