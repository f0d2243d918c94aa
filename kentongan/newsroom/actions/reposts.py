"""Passing on another group's story, with credit; a repost follows what becomes of the original."""

from typing import Any

from django.utils.translation import gettext as _

from kentongan.core.actions import act
from kentongan.core.actors import CLOCK, person_of
from kentongan.core.models import Step
from kentongan.groups.models import Group
from kentongan.newsroom.actions.inner import named
from kentongan.newsroom.models import Source, Story, fit
from kentongan.pages import store
from kentongan.ui.writing import date_only


def repost(original: Story, *, group: Group, introduction: str = "", by: Any) -> Story:
    """Begin to pass on another group's story: a draft with its credit and the group's own introduction, to be checked and published.

    Of a repost the original is passed on. A button asks `may` of the original.
    """
    first = original.original
    story = Story(group=group, region=group.region, kind=first.kind, repost_of=first, author=person_of(by), demo=first.demo)
    story.lie_in(group.region)
    story.place, story.body = group.region.label, introduction.strip()
    story.follow_words()
    fit(story)
    with act("newsroom.repost", on=story, by=by) as story:
        source = Source(story=story, who=first.group.name, added_by=story.author)  # its page links to the original itself
        source.how = _("kabar terbit %s") % date_only(first.published_at, first.region) if first.published_at else ""
        named(source, "", by)
        story.source_count = 1
        story.revise(story.author)
        Step.record(first, story)
        group.practise("networking")
    return story


def introduce(story: Story, *, introduction: str, by: Any) -> Story:
    """Say in the group's own words why it passes this on; may be empty. What was checked has to be checked again."""
    with act("newsroom.introduce", on=story, by=by) as story:
        story.body = introduction.strip()
        story.follow_words()
        fit(story)
        story.revise(person_of(by))
        story.uncheck()
        if story.second_pair_id == by.pk:
            story.second_pair = None
    return story


def follow_original(story: Story, *, by: Any = CLOCK) -> Story:
    """Go where the original went: retracted, withheld, or shown again; with its reason."""
    with act("newsroom.follow_original", on=story, by=by) as story:
        original = story.original
        if story.state == Story.State.PUBLISHED:
            story.count_in_group(1)
            store.changed(*story.sites())
            return story
        if story.state == Story.State.RETRACTED:
            said = _("Kabar asalnya dicabut %(group)s: %(reason)s")
            story.retraction_reason = (said % {"group": original.group.name, "reason": original.retraction_reason})[:500]
            story.retracted_at = original.retracted_at
        else:
            story.order_reference = original.order_reference
        if story.entry and story.entry.before == Story.State.PUBLISHED:
            story.take_down()
    return story
