"""What readers say, without an account. Nothing here touches the story's row: a night's count carries it over."""

from typing import Any

from django.db import IntegrityError

from kentongan.core.actions import act
from kentongan.core.actors import PUBLIC
from kentongan.newsroom.models import Feedback, Story


def say_understood(story: Story, *, understood: bool, device: str, by: Any = PUBLIC) -> Feedback:
    """Answer "Sudah paham?". The same `device` on the same day is the same reader: the first answer stands."""
    key = Feedback.key_for(story.pk, device)
    if known := Feedback.objects.said_as(key).first():
        return known
    try:
        with act("newsroom.say_understood", on=Feedback(story=story, key=key, understood=understood), by=by) as feedback:
            return feedback
    except IntegrityError:  # the same thumb, twice at once
        return Feedback.objects.get(key=key)


def say_useful(feedback: Feedback, *, useful: bool, by: Any = PUBLIC) -> Feedback:
    """Say whether it was of use."""
    with act("newsroom.say_useful", on=feedback, by=by) as feedback:
        feedback.useful = useful
    return feedback
