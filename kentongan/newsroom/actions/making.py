"""Making a story: gathering, writing, sources, photos, a second pair of eyes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import person_of
from kentongan.groups.models import Group
from kentongan.newsroom.actions.inner import described, gathered, hung, hung_all, named, screen, still_there
from kentongan.newsroom.models import Source, Story, StoryPhoto, fit
from kentongan.regions.models import Region
from kentongan.ui.unseen import one_line


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
    by: Any,
) -> Story:
    """Begin a story from what a member saw or was told. Whoever gathers is its author. A button asks `may` of `Story(group=group)`."""
    story = Story(
        group=group, kind=kind, what=what, place=place.strip(), happened=happened, who=who, why=why, how=how, author=person_of(by)
    )
    story.urgent_reason = urgent_reason.strip()
    source = Source(who=source_who.strip(), how=source_how.strip(), link=source_link.strip(), unnamed=source_unnamed)
    return gathered(story, region, source, by, source_contact)


def begin(group: Group, *, uploads: Sequence[UploadedFile] = (), credit: str = "", by: Any, **answers: Any) -> Story:
    """Begin a story with whatever is known: some of `Story.ANSWERS`, a region, photos. Nobody but its author sees it."""
    story = Story(group=group, region=group.region, author=person_of(by))
    story.take(answers)
    with act("newsroom.begin", on=story, by=by) as story:
        hung_all(story, uploads, credit)
    return story


def answer(story: Story, *, uploads: Sequence[UploadedFile] = (), credit: str = "", by: Any, **answers: Any) -> Story:
    """Keep the answers of one question or of several: any of `Story.ANSWERS`, a region, photos more."""
    with act("newsroom.answer", on=story, by=by) as story:
        story.take(answers)
        hung_all(story, uploads, credit)
    return story


def gather_begun(
    story: Story,
    *,
    source_who: str,
    source_how: str = "",
    source_supports: str = "",
    source_link: str = "",
    source_contact: str = "",
    source_unnamed: bool = False,
    by: Any,
) -> Story:
    """Name the first source of a story begun: from here on its group sees it. `source_contact` is sealed at once."""
    with act("newsroom.gather", on=story, by=by) as story:
        source = Source(story=story, who=source_who.strip(), how=source_how.strip(), link=source_link.strip(), unnamed=source_unnamed)
        source.supports, source.added_by = one_line(source_supports), person_of(by)
        named(source, source_contact, by)
        story.source_count = 1
    return story


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
        story.headline, story.summary, story.body = one_line(headline), summary.strip(), body.strip()
        story.kind, story.what, story.place, story.happened = kind, what, place.strip(), happened
        story.who, story.why, story.how, story.urgent_reason = who, why, how, urgent_reason.strip()
        story.interest_note = one_line(interest_note)
        fit(story)
        story.review_by = review_by
        story.revise(by)
        story.uncheck()
        if story.second_pair_id == by.pk:
            story.second_pair = None
        if story.holds.standing().exists():
            screen(story)
    return story


def add_source(
    story: Story, *, who: str, how: str, supports: str = "", link: str = "", contact: str = "", unnamed: bool = False, by: Any
) -> Source:
    """Name one more source and what it bears out; what was checked has to be checked again. `contact` is sealed at once."""
    with act("newsroom.add_source", on=story, by=by) as story:
        source = Source(story=story, who=who.strip(), how=how.strip(), link=link.strip(), unnamed=unnamed, added_by=by)
        source.supports = one_line(supports)
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
    """Give it one photo more; it is cleaned in a job. Raises BadRequest for what is no photo."""
    with act("newsroom.illustrate", on=story, by=by) as story:
        picture = StoryPhoto(story=story, alt=alt.strip(), credit=credit.strip(), shows_vulnerable=shows_vulnerable, consent=consent)
        hung(picture, upload)
        story.uncheck()
    return picture


def describe_photo(picture: StoryPhoto, *, alt: str, credit: str, shows_vulnerable: bool, consent: bool, by: Any) -> StoryPhoto:
    """Say what a photo shows, who took it, and whether those seen agreed."""
    with act("newsroom.describe_photo", on=picture.story, by=by) as story:
        picture = described(still_there(story, picture), alt=alt, credit=credit, shows_vulnerable=shows_vulnerable, consent=consent)
        story.uncheck()
    return picture


def describe_photos(story: Story, said: Sequence[tuple[StoryPhoto, dict[str, Any]]], *, by: Any) -> list[StoryPhoto]:
    """The same of several photos at once: all of it is kept, or nothing."""
    with act("newsroom.describe_photo", on=story, by=by) as story:
        pictures = [described(still_there(story, picture), **words) for picture, words in said]
        story.uncheck()
    return pictures


def put_first(picture: StoryPhoto, *, by: Any) -> Story:
    """Make it the cover; the others follow as they stood."""
    with act("newsroom.order_photos", on=picture.story, by=by) as story:
        picture = still_there(story, picture)
        story.arrange([picture, *story.pictures.exclude(pk=picture.pk)])
        story.uncheck()
    return story


def move_up(picture: StoryPhoto, *, by: Any) -> Story:
    """Let it change places with the one before it."""
    with act("newsroom.order_photos", on=picture.story, by=by) as story:
        order = list(story.pictures.all())
        at = order.index(still_there(story, picture))
        order[max(at - 1, 0) : at + 1] = reversed(order[max(at - 1, 0) : at + 1])
        story.arrange(order)
        story.uncheck()
    return story


def remove_photo(picture: StoryPhoto, *, by: Any) -> Story:
    """Take a photo away again; its files go when nothing shows it any more."""
    with act("newsroom.remove_photo", on=picture.story, by=by) as story:
        picture = still_there(story, picture)
        story.cover = None
        picture.delete()
        story.arrange(list(story.pictures.all()))
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
