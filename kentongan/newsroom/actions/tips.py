"""Raw material comes in, and what becomes of it."""

from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kentongan.core.actions import act
from kentongan.core.actors import PUBLIC, person_of
from kentongan.core.models import Step
from kentongan.groups.models import Group
from kentongan.newsroom.actions.inner import gathered
from kentongan.newsroom.models import Source, Story, Tip, fit
from kentongan.regions.models import Region
from kentongan.ui.unseen import one_line
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
        name=one_line(name),
        submission_key=key,
        brought_by=person_of(by),
    )
    fit(tip)
    try:
        with act("newsroom.receive_tip", on=tip, by=by) as tip:
            tip.contact = seal(contact)
            group.practise("akses")
    except IntegrityError:  # the same form, sent a moment ago by an impatient thumb
        if key is None:
            raise
        return Tip.objects.get(submission_key=key)
    return tip


def decline_tip(tip: Tip, *, reason: str, by: Any) -> Tip:
    """Say that it will not become a story, and why."""
    with act("newsroom.decline_tip", on=tip, by=by) as tip:
        tip.reason = reason.strip()
        fit(tip)
    return tip


def mark_tip_duplicate(tip: Tip, *, by: Any) -> Tip:
    """Say that the group already has the same."""
    with act("newsroom.mark_tip_duplicate", on=tip, by=by) as tip:
        return tip


def take_up(tip: Tip, *, region: Region, kind: str, by: Any) -> Story:
    """Make a tip a story in `region`; who takes it up is its author, who brought it its first source (not named to the public)."""
    with act("newsroom.take_up", on=tip, by=by) as tip:
        story = Story(
            group=tip.group, kind=kind, what=tip.text, place=tip.place or region.label, happened=tip.happened, author=person_of(by)
        )
        source = Source(who=tip.name or _("Warga yang mengirim bahan"), contact=tip.contact, unnamed=tip.brought_by_id is None)
        source.how = _("bahan yang diterima %(date)s") % {"date": date_only(tip.received_at, region)}
        story = gathered(story, region, source, by)
        Step.record(tip, story)
    return story
