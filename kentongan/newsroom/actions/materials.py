"""Government material: an office prepares, sends and withdraws it; each group reads it, adopts it, comments on it or says no."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK, person_of
from kentongan.core.errors import NotNow
from kentongan.core.jobs import enqueue
from kentongan.core.models import Step
from kentongan.groups.models import Group, Office
from kentongan.media.models import Photo
from kentongan.newsroom.actions.inner import gathered
from kentongan.newsroom.models import Material, Offer, Source, Story, fit
from kentongan.pages import store
from kentongan.regions.models import Region
from kentongan.ui.writing import date_only

BATCH = 500
"""How many groups get their offer in one transaction."""


def draft_material(
    office: Office,
    *,
    title: str,
    summary: str,
    text: str,
    answers: list[dict[str, str]],
    licence: str,
    valid_until: date,
    field: str = "",
    upload: UploadedFile | None = None,
    alt: str = "",
    credit: str = "",
    by: Person,
) -> Material:
    """Prepare a package for groups. Nothing is sent. Raises BadRequest for what is no photo."""
    material = Material(office=office, by=by)
    _word(material, title=title, summary=summary, text=text, answers=answers, licence=licence, valid_until=valid_until, field=field)
    material.alt, material.credit = alt.strip(), credit.strip()
    fit(material)
    with act("newsroom.draft_material", on=material, by=by) as material:
        if upload:
            material.photo = Photo.receive(upload)
    return material


def edit_material(
    material: Material,
    *,
    title: str,
    summary: str,
    text: str,
    answers: list[dict[str, str]],
    licence: str,
    valid_until: date,
    field: str = "",
    upload: UploadedFile | None = None,
    alt: str = "",
    credit: str = "",
    without_photo: bool = False,
    by: Person,
) -> Material:
    """Change a package that is not sent yet; `without_photo` takes its photo away."""
    with act("newsroom.edit_material", on=material, by=by) as material:
        _word(material, title=title, summary=summary, text=text, answers=answers, licence=licence, valid_until=valid_until, field=field)
        material.alt, material.credit = alt.strip(), credit.strip()
        fit(material)
        if upload:
            material.photo = Photo.receive(upload)
        elif without_photo:
            material.photo = None
    return material


def choose_receivers(material: Material, *, region: Region | None, field: str, groups: Iterable[Group] = (), by: Person) -> Material:
    """Say who will get it: the groups of `region` (None: the office's whole area), of a field, of a list. The narrowest wins."""
    with act("newsroom.choose_receivers", on=material, by=by) as material:
        if region is not None and not material.office.covers(region):
            raise NotNow(_("%(place)s di luar wilayah %(office)s.") % {"place": region.label, "office": material.office.name})
        material.to_region, material.to_field = region, field.strip()
        material.to_groups.set(groups)
    return material


def send_material(material: Material, *, by: Person) -> Material:
    """Offer it to the chosen groups. Their offers follow in a job, batch by batch; from here on no word of it changes."""
    with act("newsroom.send_material", on=material, by=by) as material:
        material.sent_at, material.expires_at = timezone.now(), material.end_of(material.valid_until)
        enqueue("newsroom.deliver_material", material=material.pk)
        enqueue("newsroom.expire_materials", at=material.expires_at)
    return material


def deliver_material(material: Material, *, by: Any = CLOCK) -> int:
    """Give the next BATCH of chosen groups their offer; answers how many that were. A group never gets two of the same."""
    with act("newsroom.deliver_material", on=material, by=by) as material:
        waiting = material.receivers().exclude(pk__in=material.offers.values("group")).values_list("pk", flat=True)[:BATCH]
        offers = [Offer(material=material, group_id=pk, state=Offer.State.SENT) for pk in waiting]
        Offer.objects.bulk_create(offers, ignore_conflicts=True)
        if not offers:
            material.delivered_at = material.delivered_at or timezone.now()
    return len(offers)


def expire_material(material: Material, *, by: Any = CLOCK) -> Material:
    """Mark that its time is over. What was made of it says so by the time itself; this is for lists and for the office."""
    with act("newsroom.expire_material", on=material, by=by) as material:
        store.changed(*material.sites_using())
    return material


def withdraw_material(material: Material, *, reason: str, by: Person) -> Material:
    """Take it back: nobody can adopt it any more, and every story made of it says so, with the reason. No word of a group changes."""
    with act("newsroom.withdraw_material", on=material, by=by) as material:
        material.withdrawal_reason, material.withdrawn_at = reason.strip(), timezone.now()
        fit(material)
        store.changed(*material.sites_using())
    return material


def read_offer(offer: Offer, *, by: Person) -> Offer:
    """Let the office know that the group has read it."""
    with act("newsroom.read_offer", on=offer, by=by) as offer:
        offer.mark_read()
    return offer


def adopt(offer: Offer, *, region: Region, kind: str, by: Any) -> Story:
    """Make a draft of it in the group's hands: its words and photo, the office named as source and on the label. Nothing is published."""
    with act("newsroom.adopt", on=offer, by=by) as offer:
        material = offer.material
        story = Story(group=offer.group, kind=kind, material=material, author=person_of(by), demo=material.demo)
        story.headline, story.summary, story.body = material.title, material.summary, material.as_body()
        story.what, story.place = material.title, region.label
        source = Source(who=material.office.name, how=_("bahan informasi yang dikirim %s") % date_only(offer.at, region))
        story = gathered(story, region, source, by)
        if material.photo:
            story.cover = story.pictures.create(photo=material.photo.copied(), alt=material.alt, credit=material.credit)
            story.save(update_fields=["cover"])
        offer.story = story
        offer.answered_by, offer.answered_at = person_of(by), timezone.now()
        offer.mark_read()
        Step.record(material, story)
        offer.group.practise("networking")
    return story


def decline_offer(offer: Offer, *, reason: str, by: Any) -> Offer:
    """Say no, and why. The office reads it; nobody has to be asked again."""
    with act("newsroom.decline_offer", on=offer, by=by) as offer:
        offer.decline_reason, offer.answered_by, offer.answered_at = reason.strip(), by, timezone.now()
        offer.mark_read()
        fit(offer)
    return offer


def comment_on_offer(offer: Offer, *, comment: str, by: Any) -> Offer:
    """Answer the office: what is missing, wrong or unclear. The group may still adopt or decline it."""
    with act("newsroom.comment_on_offer", on=offer, by=by) as offer:
        if not comment.strip():
            raise NotNow(_("Tuliskan dulu tanggapannya."))
        offer.comment, offer.commented_by, offer.commented_at = comment.strip(), by, timezone.now()
        offer.mark_read()
        fit(offer)
    return offer


def _word(material: Material, **said: Any) -> None:
    """Put what was typed in its place, without the blanks around it."""
    for name, words in said.items():
        setattr(material, name, words.strip() if isinstance(words, str) else words)
