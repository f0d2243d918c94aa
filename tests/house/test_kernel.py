"""The one door, on the real database."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from kentongan.core import jobs, permissions, workflow
from kentongan.core.actions import act, may
from kentongan.core.actors import CLOCK, PUBLIC
from kentongan.core.errors import NotAllowed, NotNow, Stale
from kentongan.core.guard import AGetWrote, refuse_writes
from kentongan.core.models import Acted, Entry
from kentongan.newsroom import actions
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in
from tests.cast import Cast

ROOMS = Path(__file__).resolve().parent.parent.parent / "kentongan"


def test_the_record_says_who_in_which_capacity_from_where_to_where(cast: Cast) -> None:
    story = actions.publish(story_in("verified", cast=cast), by=cast.redaktur)
    entry = Entry.of(story).last()
    assert entry is not None
    assert (entry.action, entry.by_id, entry.before, entry.after) == ("newsroom.publish", cast.redaktur.pk, "verified", "published")
    assert entry.capacity == "Redaktur KIM Gulangpongge"
    assert entry.capacity_id == cast.redaktur.memberships.get().pk


def test_the_record_cannot_be_changed_or_removed(cast: Cast) -> None:
    story_in("gathered", cast=cast)
    for change in (lambda: Entry.objects.update(action="y"), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_form_filled_from_an_older_version_is_stale_and_says_what_is_stored(cast: Cast) -> None:
    story = story_in("verified", cast=cast)
    actions.schedule(Story.objects.get(pk=story.pk), at=story.changed_at.replace(year=2099), by=cast.redaktur)
    with pytest.raises(Stale) as stale:
        actions.publish(story, by=cast.redaktur)
    assert stale.value.thing == story
    assert Story.objects.get(pk=story.pk).state == "verified"


def test_a_refusal_undoes_everything_and_writes_no_line(cast: Cast) -> None:
    story = story_in("verified", cast=cast)
    lines = Entry.objects.count()
    with pytest.raises(NotAllowed) as refused:
        actions.publish(story, by=cast.anggota)
    assert refused.value.helpers
    with pytest.raises(ZeroDivisionError), act("newsroom.publish", on=story, by=cast.redaktur):
        _ = 1 / 0
    assert Entry.objects.count() == lines
    assert Story.objects.get(pk=story.pk).state == "verified"


def test_buttons_and_actions_ask_the_same_tables(cast: Cast) -> None:
    story = story_in("submitted", cast=cast)
    answer = may(cast.redaktur, "newsroom.publish", story)
    assert not answer and answer.by_right
    with pytest.raises(NotNow) as refused:
        actions.publish(story, by=cast.redaktur)
    assert refused.value.sentence == answer.sentence
    assert not may(cast.dinas, "newsroom.write", story).by_right


def test_the_clock_and_the_public_are_let_in_only_where_a_rule_names_them(cast: Cast) -> None:
    story = story_in("verified", cast=cast)
    for nobody in (CLOCK, PUBLIC):
        with pytest.raises(NotAllowed):
            permissions.capacity(nobody, "newsroom.write", story)


@pytest.mark.django_db(transaction=True)
def test_eight_editors_press_at_once_and_it_is_published_once(transactional_cast: Cast) -> None:
    cast = transactional_cast
    story = story_in("verified", cast=cast)
    said: list[str] = []

    def press() -> None:
        try:
            actions.publish(Story.objects.get(pk=story.pk), by=cast.redaktur)
            said.append("ok")
        except NotNow:
            said.append("no")
        finally:
            connection.close()

    hands = [threading.Thread(target=press) for _hand in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(said) == ["no"] * 7 + ["ok"]


def test_a_get_may_read_but_not_write() -> None:
    def execute(*asked: Any) -> str:
        return "done"

    assert refuse_writes(execute, "SELECT 1", None, False, None) == "done"
    for sql in ("INSERT INTO x", "  update x", "DELETE FROM x", "SELECT * FROM x FOR UPDATE"):
        with pytest.raises(AGetWrote):
            refuse_writes(execute, sql, None, False, None)


def test_every_action_of_the_workflow_has_a_rule_and_says_what_was_done() -> None:
    known = {rule.action for rule in permissions.rules()}
    assert set(workflow.moves()) <= known
    silent = {action for action in workflow.moves() if not workflow.done_sentence(action)}
    pages = "".join(path.read_text() for pattern in ("*/views.py", "*/templates/**/*.html") for path in ROOMS.glob(pattern))
    assert [action for action in silent if f'"{action}"' in pages] == []  # inner halves of other actions: no button asks for them


def test_the_record_tells_every_action_in_words() -> None:
    assert [action for action in workflow.moves() if workflow.past(action) == action] == []


def test_every_scheduled_and_enqueued_job_exists() -> None:
    jobs.discover()
    assert {name for _cron, name in jobs.schedule()} <= set(jobs.registered())


def test_no_kernel_table_points_upward() -> None:
    for model in apps.get_app_config("core").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                assert field.related_model._meta.app_label in ("core", "contenttypes"), field


def test_every_acted_thing_names_its_states() -> None:
    for model in apps.get_models():
        if issubclass(model, Acted):
            assert model.State.values, model
