"""What people do in the newsroom, one function a verb. Who may is in `permissions`, when in `workflow`.

All raise NotAllowed (not this person), NotNow (not now, or something is missing), Stale (somebody else changed it meanwhile) and BadRequest
(a text longer than its field); nothing has changed then. `by` is a Person, `person.helping(other)` where the rule says so, CLOCK or PUBLIC.
"""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK, PUBLIC, Helping
from kentongan.core.errors import BadRequest, NotNow
from kentongan.core.jobs import enqueue
from kentongan.core.models import Step
from kentongan.groups.models import Group, appointment_over
from kentongan.media.models import Photo
from kentongan.newsroom.models import Check, Correction, Flag, Source, Story, StoryPhoto, Tip, too_long
from kentongan.pages import store
from kentongan.regions.models import Region
from kentongan.ui.writing import date_only
from kentongan.vault.sealing import seal


def receive_tip(
    group: Group,
    *,
    text: str,
    place: str = "",
    happened: str = "",
    name: str = "",
    contact: str = "",
    key: str | None = None,
    by: Any = PUBLIC,
) -> Tip:
    """Take in raw material. `key` names the form: sent twice it is the same tip. `contact` is sealed at once."""
    known = Tip.objects.filter(submission_key=key).first() if key else None
    if known:
        return known
    tip = Tip(
        group=group,
        text=text.strip(),
        place=place.strip(),
        happened=happened.strip(),
        name=name.strip(),
        submission_key=key,
        brought_by=_person(by),
    )
    _fits(tip)
    try:
        with act("newsroom.receive_tip", on=tip, by=by) as tip:
            tip.contact = seal(contact)
    except IntegrityError:  # the same form, sent a moment ago by an impatient thumb
        if key is None:
            raise
        return Tip.objects.get(submission_key=key)
    return tip


def decline_tip(tip: Tip, *, reason: str, by: Any) -> Tip:
    """Say that it will not become a story, and why."""
    with act("newsroom.decline_tip", on=tip, by=by) as tip:
        tip.reason = reason.strip()
        _fits(tip)
    return tip


def mark_tip_duplicate(tip: Tip, *, by: Any) -> Tip:
    """Say that the group already has the same."""
    with act("newsroom.mark_tip_duplicate", on=tip, by=by) as tip:
        return tip


def take_up(tip: Tip, *, region: Region, kind: str, by: Any) -> Story:
    """Make a tip a story in `region`; who takes it up is its author, who brought it its first source (not named to the public)."""
    with act("newsroom.take_up", on=tip, by=by) as tip:
        story = Story(group=tip.group, kind=kind, what=tip.text, place=tip.place or region.label, happened=tip.happened, author=_person(by))
        source = Source(who=tip.name or _("Warga yang mengirim bahan"), contact=tip.contact, unnamed=tip.brought_by_id is None)
        source.how = _("bahan yang diterima %(date)s") % {"date": date_only(tip.received_at, region)}
        story = _gathered(story, region, source, by)
        Step.record(tip, story)
    return story


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
    story = Story(group=group, kind=kind, what=what, place=place.strip(), happened=happened, who=who, why=why, how=how, author=_person(by))
    story.urgent_reason, story.submission_key = urgent_reason.strip(), key
    source = Source(who=source_who.strip(), how=source_how.strip(), link=source_link.strip(), unnamed=source_unnamed)
    try:
        return _gathered(story, region, source, by, source_contact)
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
    by: Any,
) -> Story:
    """Put it into words; every version is kept. A submitted or verified story has to be checked again.

    A second reader who writes becomes one of its writers, and no longer counts as a second pair of eyes.
    """
    with act("newsroom.write", on=story, by=by) as story:
        story.headline, story.summary, story.body = headline.strip(), summary.strip(), body.strip()
        story.kind, story.what, story.place, story.happened = kind, what, place.strip(), happened
        story.who, story.why, story.how, story.urgent_reason = who, why, how, urgent_reason.strip()
        _fits(story)
        story.revise(by)
        story.uncheck()
        if story.second_pair_id == by.pk:
            story.second_pair = None
    return story


def add_source(story: Story, *, who: str, how: str, link: str = "", contact: str = "", unnamed: bool = False, by: Any) -> Source:
    """Name one more source; what was checked has to be checked again. `contact` is sealed at once."""
    with act("newsroom.add_source", on=story, by=by) as story:
        source = Source(story=story, who=who.strip(), how=how.strip(), link=link.strip(), unnamed=unnamed, added_by=by)
        _named(source, contact, by)
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
        _fits(picture)
        picture.photo = Photo.receive(upload)
        picture.save()
        story.uncheck()
    return picture


def describe_photo(story: Story, *, alt: str, credit: str, shows_vulnerable: bool, consent: bool, by: Any) -> StoryPhoto:
    """Say what its photo shows, who took it, and whether those seen agreed."""
    with act("newsroom.describe_photo", on=story, by=by) as story:
        picture = story.illustration
        picture.alt, picture.credit, picture.shows_vulnerable, picture.consent = alt.strip(), credit.strip(), shows_vulnerable, consent
        _fits(picture)
        picture.save()
        story.uncheck()
    return picture


def remove_photo(story: Story, *, by: Any) -> Story:
    """Take its photo away again."""
    with act("newsroom.remove_photo", on=story, by=by) as story:
        story.illustration.delete()
        story.uncheck()
    return story


def read_along(story: Story, *, by: Person) -> Story:
    """Put a second pair of eyes on record, where there was no discussion: a member who wrote nothing of it read it through."""
    with act("newsroom.read_along", on=story, by=by) as story:
        story.second_pair = by
    return story


def submit(story: Story, *, by: Any) -> Story:
    """Hand it to the checkers. An urgent story nobody talked over goes as `submit_urgent`, so that the record names the bypass."""
    action = "newsroom.submit_urgent" if story.urgent and not story.discussed() else "newsroom.submit"
    with act(action, on=story, by=by) as story:
        story.discussants = story.count_discussants()
    return story


def verify(story: Story, *, notes: dict[str, str], by: Person) -> Story:
    """Stand for it: `notes` says for every item of its checklist what was done. By a checker who wrote nothing of it."""
    with act("newsroom.verify", on=story, by=by) as story:
        items = story.checklist()
        missing = [Check.Item(item).label for item in items if not notes.get(item, "").strip()]
        if missing:
            raise NotNow(
                _("Belum diperiksa: %(items)s. Tulis apa yang dilakukan pada tiap butir.") % {"items": ", ".join(map(str, missing))}
            )
        story.verifier, story.verified_at = by, timezone.now()
        for item in items:
            check = Check(story=story, revision=story.latest(), entry=story.entry, item=item, note=notes[item].strip(), by=by)
            _fits(check)
            check.save()
    return story


def return_story(story: Story, *, reason: str, by: Person) -> Story:
    """Hand it back to its author with what has to be put right."""
    with act("newsroom.return_story", on=story, by=by) as story:
        story.uncheck()
        story.return_reason, story.returned_by = reason.strip(), by
        _fits(story)
    return story


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
        story.publisher = _person(by)
        story.publish_at = story.publish_at if by is CLOCK else None
        story.count_in_group(1, story.published_at)
        story.show_photo()
        store.changed(*story.sites())
    return story


def propose_correction(story: Story, *, what: str, why: str, headline: str, summary: str, body: str, by: Any) -> Correction:
    """Say what is wrong in a published story and write it right. Nothing shows before another one confirms it."""
    with act("newsroom.propose_correction", on=story, by=by) as story:
        correction = Correction(story=story, what=what.strip(), why=why.strip(), proposed_by=by, base_number=story.revisions.count())
        correction.headline, correction.summary, correction.body = headline.strip(), summary.strip(), body.strip()
        if (correction.headline, correction.summary, correction.body) == (story.headline, story.summary, story.body):
            raise NotNow(_("Teksnya belum berubah. Tuliskan kalimat yang benar di tempatnya."))
        _fits(correction)
        with act("newsroom.word_correction", on=correction, by=by):
            pass
    return correction


def confirm_correction(correction: Correction, *, by: Any) -> Correction:
    """Let a correction stand: its row, the new version and the changed page appear together. By another one than its proposer."""
    with (
        act("newsroom.confirm_correction", on=correction, by=by) as correction,
        act("newsroom.correct", on=correction.story, by=by) as story,
    ):
        story.headline, story.summary, story.body = correction.headline, correction.summary, correction.body
        correction.revision = story.revise(correction.proposed_by)
        correction.confirmed_by, correction.confirmed_at = by, timezone.now()
        story.correction_count += 1
        store.changed(*story.sites())
    return correction


def decline_correction(correction: Correction, *, reason: str, by: Any) -> Correction:
    """Leave the story as it is, and say why."""
    with act("newsroom.decline_correction", on=correction, by=by) as correction:
        correction.decline_reason = reason.strip()
        _fits(correction)
    return correction


def retract(story: Story, *, reason: str, by: Any) -> Story:
    """Take a published story back: its address answers 410 with the reason, its photo is no longer public; its group still reads it."""
    with act("newsroom.retract", on=story, by=by) as story:
        story.retraction_reason, story.retracted_at = reason.strip(), timezone.now()
        _fits(story)
        _take_down(story)
    return story


def withdraw(story: Story, *, by: Any) -> Story:
    """Give up a story that is not yet out; its group still reads it."""
    with act("newsroom.withdraw", on=story, by=by) as story:
        story.publish_at = None
    return story


def withhold(story: Story, *, order: str, by: Any) -> Story:
    """Hide a published story because a legal order says so; `order` is its reference, shown publicly."""
    with act("newsroom.withhold", on=story, by=by) as story:
        story.order_reference = order.strip()
        _fits(story)
        _take_down(story)
    return story


def restore(story: Story, *, by: Any) -> Story:
    """Show it again where the order no longer holds; the order's reference stays readable."""
    with act("newsroom.restore", on=story, by=by) as story:
        story.count_in_group(1)
        story.show_photo()
        store.changed(*story.sites())
    return story


def raise_flag(story: Story, *, concern: str, by: Person) -> Flag:
    """An official objects to a published story: its group sees it and answers. No word changes, and the story's row is not touched."""
    post = appointment_over(by, story.region) if isinstance(by, Person) else None
    flag = Flag(story=story, by=by if post else None, concern=concern.strip(), office=post.office if post else None)
    _fits(flag)
    with act("newsroom.raise_flag", on=flag, by=by) as flag:
        return flag


def answer_flag(flag: Flag, *, answer: str, by: Any) -> Flag:
    """Answer an official's objection."""
    with act("newsroom.answer_flag", on=flag, by=by) as flag:
        flag.answer, flag.answered_by, flag.answered_at = answer.strip(), by, timezone.now()
        _fits(flag)
    return flag


def _gathered(story: Story, region: Region, source: Source, by: Any, contact: str = "") -> Story:
    story.region = region
    story.lie_in(region)
    _fits(story)
    with act("newsroom.gather", on=story, by=by) as story:
        source.story, source.added_by = story, story.author
        _named(source, contact, by)
        story.source_count = 1
    return story


def _named(source: Source, contact: str, by: Any) -> None:
    _fits(source)
    source.contact = seal(contact) or source.contact
    with act("newsroom.name_source", on=source, by=by):
        pass


def _take_down(story: Story) -> None:
    story.count_in_group(-1)
    story.hide_photo()
    store.taken_down(*story.sites())


def _fits(thing: models.Model) -> None:
    if sentence := too_long(thing):
        raise BadRequest(sentence)


def _person(by: Any) -> Person | None:
    """Who acts in person: a helper acts with their own hands."""
    person: Any = by.person if isinstance(by, Helping) else by
    return person if isinstance(person, Person) else None
