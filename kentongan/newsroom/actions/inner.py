"""The inner halves of verbs, which several of them share. No button asks for them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotNow
from kentongan.core.jobs import enqueue
from kentongan.groups.models import Group
from kentongan.media.models import Photo
from kentongan.newsroom.models import Correction, Hold, Series, Source, Story, StoryPhoto, fit
from kentongan.newsroom.suspicion import Finding
from kentongan.pages import store
from kentongan.regions.models import Region
from kentongan.vault.sealing import seal


def gathered(story: Story, region: Region, source: Source, by: Any, contact: str = "") -> Story:
    """Keep a story that has a place and its first source."""
    story.region = region
    story.lie_in(region)
    fit(story)
    with act("newsroom.gather", on=story, by=by) as story:
        source.story, source.added_by = story, story.author
        named(source, contact, by)
        story.source_count = 1
        story.group.practise("akses")
    return story


def named(source: Source, contact: str, by: Any) -> None:
    """Put a source on record; `contact` is sealed at once."""
    fit(source)
    source.contact = seal(contact) or source.contact
    with act("newsroom.name_source", on=source, by=by):
        pass


def hung(picture: StoryPhoto, upload: UploadedFile) -> None:
    """Keep what was uploaded and hang it after the story's other photos."""
    fit(picture)
    picture.photo = Photo.receive(upload)
    picture.story.hang(picture)


def hung_all(story: Story, uploads: Sequence[UploadedFile], credit: str) -> None:
    """Several photos of one photographer; what each shows is said later."""
    for upload in uploads:
        hung(StoryPhoto(story=story, credit=credit.strip()), upload)


def described(picture: StoryPhoto, *, alt: str, credit: str, shows_vulnerable: bool, consent: bool) -> StoryPhoto:
    """Keep what is said about a photo."""
    picture.alt, picture.credit, picture.shows_vulnerable, picture.consent = alt.strip(), credit.strip(), shows_vulnerable, consent
    fit(picture)
    picture.save()
    return picture


def still_there(story: Story, picture: StoryPhoto) -> StoryPhoto:
    """The photo's row under the lock of its story. Raises NotNow when somebody took it away."""
    found = story.pictures.filter(pk=picture.pk).first()
    if found is None:
        raise NotNow(_("Foto ini sudah dihapus dari kabar."))
    return found


def series_called(title: str, group: Group, by: Any) -> Series:
    """The group's series of this name, in any spelling of capitals; a new one when there is none."""
    title = " ".join(title.split())
    known = Series.objects.filter(group=group, title__iexact=title).first()
    if known:
        return known
    series = Series(group=group, title=title)
    fit(series)
    with act("newsroom.start_series", on=series, by=by) as series:
        return series


def reposts_follow(story: Story) -> None:
    """Inside `act` on an original: what passes it on shows no word of it from this moment on; their states follow in a job."""
    store.taken_down(*story.repost_sites())
    if story.reposts.exclude(state=Story.State.WITHDRAWN).exists():
        enqueue("newsroom.follow_original", story=story.pk)


def follow_later(story: Story) -> None:
    """Inside `act` on a repost that becomes public: its original may have been taken back between the question and this moment."""
    if story.repost_of_id:
        enqueue("newsroom.follow_original", story=story.repost_of_id)


def screen(thing: Story | Correction) -> Hold | None:
    """Inside `act` or by the clock: compare the words with what is held. Answers the hold that stands afterwards.

    Lays one where something new is found, puts it before people again where other words are found than before, and lets go of one whose
    words are gone. Safe to run twice.
    """
    story = thing if isinstance(thing, Story) else thing.story
    correction = None if isinstance(thing, Story) else thing
    found = thing.find()
    standing = Hold.objects.standing().filter(story=story, correction=correction).first()
    if standing is None:
        return _lay(Hold(story=story, correction=correction), found) if found else None
    if not found:
        with act("newsroom.let_go", on=standing, by=CLOCK):
            pass
        return None
    if {finding.key for finding in found} != standing.keys:
        with act("newsroom.hold_again", on=standing, by=CLOCK) as standing:
            standing.keep(found)
            standing.note, standing.decided_by, standing.decided_at = "", None, None
    return standing


def _lay(hold: Hold, found: Iterable[Finding]) -> Hold:
    hold.keep(found)
    with act("newsroom.hold", on=hold, by=CLOCK) as hold:
        return hold
