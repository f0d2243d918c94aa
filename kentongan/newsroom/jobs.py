"""What the clock does in the newsroom. Each is safe to run twice, also after a worker was killed half-way."""

import logging

from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotNow
from kentongan.core.jobs import job
from kentongan.newsroom import actions
from kentongan.newsroom.models import Stories, Story

logger = logging.getLogger(__name__)


@job
def publish_scheduled(story: int) -> None:
    """Publish one story at its time. Does nothing when it was taken off the clock, put to another time, or is out already."""
    _publish(Story.objects.due().filter(pk=story))


@job
def publish_due() -> None:
    """Publish every story whose time has come: what `publish_scheduled` missed, and what was held up until now."""
    _publish(Story.objects.due())


@job
def recount() -> None:
    """Count again what actions count as they go, a group's stories, a story's sources and corrections: report and put right."""
    for difference in Story.objects.recount():
        logger.warning("recount: %s", difference)


def _publish(stories: Stories) -> None:
    for story in stories:
        try:
            actions.publish(story, by=CLOCK)
        except NotNow as refused:
            logger.warning("story %s was not published at its time: %s", story.pk, refused.sentence)
