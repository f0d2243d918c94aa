"""What becomes public, and what is taken back."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.core.actions import act
from kentongan.core.actors import CLOCK, person_of
from kentongan.core.errors import NotNow
from kentongan.core.jobs import enqueue
from kentongan.newsroom.actions.inner import follow_later, reposts_follow
from kentongan.newsroom.models import Story, fit
from kentongan.pages import store
from kentongan.search import index


def schedule(story: Story, *, at: datetime, by: Any) -> Story:
    """Let the clock publish it at `at` (UTC)."""
    with act("newsroom.schedule", on=story, by=by) as story:
        if at <= timezone.now():
            raise NotNow(_("Waktu itu sudah lewat. Pilih waktu di depan, atau terbitkan sekarang."))
        story.publish_at = at
        enqueue("newsroom.publish_scheduled", story=story.pk, at=at)
    return story


def unschedule(story: Story, *, by: Any) -> Story:
    """Take it off the clock; it stays verified."""
    with act("newsroom.unschedule", on=story, by=by) as story:
        story.publish_at = None
    return story


def publish(story: Story, *, by: Any) -> Story:
    """Put a verified story on its six sites. CLOCK does so once its scheduled time has come."""
    with act("newsroom.publish", on=story, by=by) as story:
        if by is CLOCK and not story.is_due:
            raise NotNow(_("Belum waktunya terbit."))
        story.published_at = timezone.now()
        story.publisher = person_of(by)
        story.publish_at = story.publish_at if by is CLOCK else None
        story.count_in_group(1, story.published_at)
        story.foretell_expiry()
        follow_later(story)
        story.show_photos()
        story.foretell()
        store.changed(*story.sites())
        index.put(story)
    return story


def retract(story: Story, *, reason: str, by: Any) -> Story:
    """Take a published story back: its address answers 410 with the reason, its photo is no longer public; its group still reads it."""
    with act("newsroom.retract", on=story, by=by) as story:
        story.retraction_reason, story.retracted_at = reason.strip(), timezone.now()
        reposts_follow(story)
        fit(story)
        story.take_down()
    return story


def withhold(story: Story, *, order: str, by: Any) -> Story:
    """Hide a published story because a legal order says so; `order` is its reference, shown publicly."""
    with act("newsroom.withhold", on=story, by=by) as story:
        story.order_reference = order.strip()
        reposts_follow(story)
        fit(story)
        story.take_down()
    return story


def restore(story: Story, *, by: Any) -> Story:
    """Show it again where the order no longer holds; the order's reference stays readable."""
    with act("newsroom.restore", on=story, by=by) as story:
        story.count_in_group(1)
        reposts_follow(story)
        story.show_photos()
        store.changed(*story.sites())
        index.put(story)
    return story
