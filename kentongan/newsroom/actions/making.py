"""Making a story: gathering, writing, sources, photos, a second pair of eyes."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import person_of
from kentongan.groups.models import Group
from kentongan.media.models import Photo
from kentongan.newsroom.actions.inner import gathered, named
from kentongan.newsroom.actions.safety import screen
from kentongan.newsroom.models import Source, Story, StoryPhoto, fit
from kentongan.regions.models import Region


def gather(
    group: Group,
    *,
    region: Region,
    kind: str,
    what: str,
    place: str,
    happened: str = "",
    who: str = "",
    why: str = "",
    how: str = "",
    source_who: str,
    source_how: str,
    source_link: str = "",
    source_contact: str = "",
    source_unnamed: bool = False,
    urgent_reason: str = "",
    key: str | None = None,
    by: Any,
) -> Story:
    """Begin a story from what a member saw or was told. Whoever gathers is its author. A button asks `may` of `Story(group=group)`.

    `key` names the form: sent twice it is the same story.
    """
    known = Story.objects.filter(submission_key=key, group=group).first() if key else None
    if known:
        return known
    story = Story(
        group=group, kind=kind, what=what, place=place.strip(), happened=happened, who=who, why=why, how=how, author=person_of(by)
    )
    story.urgent_reason, story.submission_key = urgent_reason.strip(), key
    source = Source(who=source_who.strip(), how=source_how.strip(), link=source_link.strip(), unnamed=source_unnamed)
    try:
        return gathered(story, region, source, by, source_contact)
    except IntegrityError:  # the same form, sent a moment ago by an impatient thumb
        if key is None:
            raise
        return Story.objects.get(submission_key=key, group=group)


def write(
    story: Story,
    *,
    headline: str,
    summary: str,
    body: str,
    kind: str,
    what: str,
    place: str,
    happened: str,
    who: str,
    why: str,
    how: str,
    urgent_reason: str,
    interest_note: str = "",
    review_by: date | None = None,
    by: Any,
) -> Story:
    """Put it into words; every version is kept. A submitted or verified story has to be checked again.

    A second reader who writes becomes one of its writers, and no longer counts as a second pair of eyes.
    """
    with act("newsroom.write", on=story, by=by) as story:
        story.headline, story.summary, story.body = headline.strip(), summary.strip(), body.strip()
        story.kind, story.what, story.place, story.happened = kind, what, place.strip(), happened
        story.who, story.why, story.how, story.urgent_reason = who, why, how, urgent_reason.strip()
        story.interest_note = " ".join(interest_note.split())
        fit(story)
        story.review_by = review_by
        story.revise(by)
        story.uncheck()
        if story.second_pair_id == by.pk:
            story.second_pair = None
        if story.holds.standing().exists():
            screen(story)
    return story


def add_source(story: Story, *, who: str, how: str, link: str = "", contact: str = "", unnamed: bool = False, by: Any) -> Source:
    """Name one more source; what was checked has to be checked again. `contact` is sealed at once."""
    with act("newsroom.add_source", on=story, by=by) as story:
        source = Source(story=story, who=who.strip(), how=how.strip(), link=link.strip(), unnamed=unnamed, added_by=by)
        named(source, contact, by)
        story.uncheck()
        story.source_count += 1
    return source


def remove_source(source: Source, *, by: Any) -> Source:
    """Strike a source from a story that is not yet out; what was checked has to be checked again."""
    with act("newsroom.remove_source", on=source, by=by) as source, act("newsroom.rework", on=source.story, by=by) as story:
        story.uncheck()
        story.source_count -= 1
    return source


def illustrate(story: Story, *, upload: UploadedFile, alt: str, credit: str, shows_vulnerable: bool, consent: bool, by: Any) -> StoryPhoto:
    """Give it a photo, in place of the one it had; it is cleaned in a job. Raises BadRequest for what is no photo."""
    with act("newsroom.illustrate", on=story, by=by) as story:
        picture = story.picture or StoryPhoto(story=story)
        picture.alt, picture.credit, picture.shows_vulnerable, picture.consent = alt.strip(), credit.strip(), shows_vulnerable, consent
        fit(picture)
        picture.photo = Photo.receive(upload)
        picture.save()
        story.cover = picture
        story.uncheck()
    return picture


def describe_photo(story: Story, *, alt: str, credit: str, shows_vulnerable: bool, consent: bool, by: Any) -> StoryPhoto:
    """Say what its photo shows, who took it, and whether those seen agreed."""
    with act("newsroom.describe_photo", on=story, by=by) as story:
        picture = story.pictures.get(position=0)
        picture.alt, picture.credit, picture.shows_vulnerable, picture.consent = alt.strip(), credit.strip(), shows_vulnerable, consent
        fit(picture)
        picture.save()
        story.uncheck()
    return picture


def remove_photo(story: Story, *, by: Any) -> Story:
    """Take its photo away again."""
    with act("newsroom.remove_photo", on=story, by=by) as story:
        picture, story.cover = story.pictures.get(position=0), None
        picture.delete()
        story.uncheck()
    return story


def read_along(story: Story, *, by: Person) -> Story:
    """Put a second pair of eyes on record, where there was no discussion: a member who wrote nothing of it read it through."""
    with act("newsroom.read_along", on=story, by=by) as story:
        story.second_pair = by
    return story


def withdraw(story: Story, *, by: Any) -> Story:
    """Give up a story that is not yet out; its group still reads it."""
    with act("newsroom.withdraw", on=story, by=by) as story:
        story.publish_at = None
    return story
