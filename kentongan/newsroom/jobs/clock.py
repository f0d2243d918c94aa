"""What the clock does with stories and materials."""

import logging
from contextlib import suppress

from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotNow
from kentongan.core.jobs import job
from kentongan.newsroom import actions
from kentongan.newsroom.models import Material, Stories, Story
from kentongan.pages import store

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
def deliver_material(material: int) -> None:
    """Give every chosen group its offer. Run twice, or again after it was killed, it goes on where it stopped."""
    sent = Material.objects.filter(pk=material, state=Material.State.SENT).first()
    with suppress(NotNow):  # withdrawn, or over, between two batches
        while sent and actions.deliver_material(sent, by=CLOCK):
            sent.refresh_from_db()


@job
def expire_materials() -> None:
    """Mark every material whose time is over."""
    for material in Material.objects.outlived():
        with suppress(NotNow):  # withdrawn meanwhile
            actions.expire_material(material, by=CLOCK)


@job
def follow_original(story: int) -> None:
    """Let every repost of a story go where the story went. Those that stand where they should are left alone."""
    for repost in Story.objects.filter(repost_of=story, state__in=[Story.State.PUBLISHED, Story.State.WITHHELD]):
        with suppress(NotNow):
            actions.follow_original(repost, by=CLOCK)


@job
def recount() -> None:
    """Count again what actions count as they go, a group's stories, a story's sources and corrections: report and put right."""
    for difference in Story.objects.recount():
        logger.warning("recount: %s", difference)


@job
def count_feedback() -> None:
    """Carry what readers said over to the stories, and show it: once a night, so that no tap renders a page anew."""
    for story in Story.objects.count_feedback():
        store.changed(*story.sites())


def _publish(stories: Stories) -> None:
    for story in stories:
        try:
            actions.publish(story, by=CLOCK)
        except NotNow as refused:
            logger.warning("story %s was not published at its time: %s", story.pk, refused.sentence)
