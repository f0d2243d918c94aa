"""Keeping what was published in order: knowledge that ages, stories that belong together."""

from datetime import date
from typing import Any

from django.utils import timezone

from kentongan.core.actions import act
from kentongan.newsroom.actions.inner import series_called
from kentongan.newsroom.models import Story
from kentongan.pages import store


def confirm_current(story: Story, *, review_by: date, by: Any) -> Story:
    """Say that a guide still holds, looked at today, and when it has to be looked at again."""
    with act("newsroom.confirm_current", on=story, by=by) as story:
        story.reviewed_at, story.reviewed_by, story.review_by = timezone.now(), by, review_by
        story.foretell()
        store.changed(*story.sites())
    return story


def put_in_series(story: Story, *, title: str, by: Any) -> Story:
    """Make it a part of its group's series of that name, which is started when there is none yet."""
    with act("newsroom.put_in_series", on=story, by=by) as story:
        story.series = series_called(title, story.group, by)
        _show(story)
    return story


def take_from_series(story: Story, *, by: Any) -> Story:
    """Let it stand by itself again."""
    with act("newsroom.take_from_series", on=story, by=by) as story:
        story.series = None
        _show(story)
    return story


def _show(story: Story) -> None:
    if story.state == Story.State.PUBLISHED:
        store.changed(story.group.site)
