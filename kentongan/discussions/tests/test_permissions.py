"""Every row of the table: who may, and who may not with which sentence."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kentongan.core.actions import may
from kentongan.core.errors import NotAllowed
from kentongan.discussions import actions
from kentongan.discussions.models import Contribution, Topic
from kentongan.discussions.permissions import RULES
from kentongan.discussions.tests.factories import fresh, say, topic_in
from kentongan.groups.models import Membership

MEMBERS = {"anggota", "anggota2", "redaktur", "redaktur2", "pemeriksa", "ketua", "sekretaris", "bendahara"}
CLOSERS = {"redaktur", "redaktur2", "ketua", "sekretaris"}

WHO: dict[str, set[str]] = {
    "discussions.open": MEMBERS,
    "discussions.contribute": MEMBERS,
    "discussions.bring_minutes": MEMBERS,
    "discussions.summarise": MEMBERS,
    "discussions.take_back": {"anggota"},
    "discussions.close": CLOSERS,
    "discussions.reopen": CLOSERS,
    "discussions.merge": CLOSERS,
}


def new_topic(cast: Any) -> Topic:
    return topic_in(cast)


def said(cast: Any) -> Contribution:
    return say(topic_in(cast), cast.anggota)


def summarised(cast: Any) -> Topic:
    topic = topic_in(cast)
    say(topic, cast.anggota2)
    return actions.summarise(fresh(topic), text="Ya.", by=cast.anggota)


def closed(cast: Any) -> Topic:
    return actions.close(topic_in(cast), by=cast.ketua)


DO: dict[str, tuple[Callable[[Any], Any], Callable[[Any, Any, Any], Any]]] = {
    "discussions.open": (new_topic, lambda thing, by, cast: actions.open_topic(cast.group, subject="Jalan", by=by)),
    "discussions.contribute": (new_topic, lambda thing, by, cast: say(thing, by)),
    "discussions.bring_minutes": (
        new_topic,
        lambda thing, by, cast: actions.bring_minutes(thing, text="Ya.", met_on=date(2026, 11, 1), present="Dwi", by=by),
    ),
    "discussions.summarise": (summarised, lambda thing, by, cast: actions.summarise(fresh(thing), text="Ya.", by=by)),
    "discussions.take_back": (said, lambda thing, by, cast: actions.take_back(thing, by=by)),
    "discussions.close": (new_topic, lambda thing, by, cast: actions.close(thing, by=by)),
    "discussions.reopen": (closed, lambda thing, by, cast: actions.reopen(fresh(thing), by=by)),
    "discussions.merge": (new_topic, lambda thing, by, cast: actions.merge(thing, into=topic_in(cast), by=by)),
}


def test_every_row_is_tried():
    assert {rule.action for rule in RULES} == set(WHO) == set(DO)


@pytest.mark.parametrize("action", WHO)
def test_who_may(cast, action):
    make, do = DO[action]
    for part in sorted(WHO[action]):
        assert do(make(cast), cast.people[part], cast)


@pytest.mark.parametrize("action", WHO)
def test_nobody_else_may_and_is_told_why(cast, action):
    make, do = DO[action]
    thing = make(cast)
    for part in sorted(set(cast.people) - WHO[action]):
        with pytest.raises(NotAllowed) as refused:
            do(thing, cast.people[part], cast)
        assert refused.value.sentence.startswith("Hanya ")


def test_who_may_not_close_learns_who_can(cast):
    answer = may(cast.anggota, "discussions.close", topic_in(cast))
    assert not answer and "Sugeng Riyadi (ketua)" in answer.helpers


@pytest.mark.parametrize("part", ["kades", "camat", "dinas", "provinsi", "kementerian", "operator", "warga", "tetangga"])
def test_nobody_outside_the_group_sees_a_topic(cast, part):
    topic_in(cast)
    assert not Topic.objects.visible_to(cast.people[part]).exists()
    assert not Topic.objects.visible_to(None).exists()


@pytest.mark.parametrize("part", [*sorted(MEMBERS), "pembina"])
def test_everybody_in_the_group_sees_its_topics(cast, part):
    topic = topic_in(cast)
    assert list(Topic.objects.visible_to(cast.people[part])) == [topic]


def test_rights_lapse_with_the_term(cast):
    topic = topic_in(cast)
    Membership.objects.filter(person=cast.anggota2).update(ends=timezone.localdate() - timedelta(days=1))
    assert not Topic.objects.visible_to(cast.anggota2).exists()
    with pytest.raises(NotAllowed):
        say(topic, cast.anggota2)
