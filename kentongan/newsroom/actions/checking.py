"""Handing in, checking, handing back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import NotNow
from kentongan.newsroom.actions.inner import screen
from kentongan.newsroom.models import Check, Story, fit


def submit(story: Story, *, by: Any) -> Story:
    """Hand it to the checkers. An urgent story nobody talked over goes as `submit_urgent`, so that the record names the bypass."""
    action = "newsroom.submit_urgent" if story.urgent and not story.discussed() else "newsroom.submit"
    with act(action, on=story, by=by) as story:
        story.discussants = story.count_discussants()
        screen(story)
    return story


def verify(story: Story, *, notes: dict[str, str], by: Person) -> Story:
    """Stand for it: `notes` says for every item of its checklist what was done. By a checker who wrote nothing of it."""
    with act("newsroom.verify", on=story, by=by) as story:
        points = story.points()
        missing = [point.label for point in points if not notes.get(point.name, "").strip()]
        if missing:
            raise NotNow(_("Belum diperiksa: %(items)s. Tulis apa yang dilakukan pada tiap butir.") % {"items": ", ".join(missing)})
        story.verifier, story.verified_at = by, timezone.now()
        for point in points:
            check = Check(story=story, revision=story.latest(), entry=story.entry, item=point.item, by=by, words=point.words)
            check.note, check.rule = notes[point.name].strip(), point.origin.row if point.origin else None
            fit(check)
            check.save()
    return story


def return_story(story: Story, *, reason: str, by: Person) -> Story:
    """Hand it back to its author with what has to be put right."""
    with act("newsroom.return_story", on=story, by=by) as story:
        story.uncheck()
        story.return_reason, story.returned_by = reason.strip(), by
        fit(story)
    return story
