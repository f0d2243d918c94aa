"""Everything a group has here, as plain data, one thing at a time. No number of a telephone, no sealed contact, nothing of another group.

Whoever asked not to be named as a source stays unnamed in it too, and stories call their makers as their pages do (a minor by no name):
a file that leaves this house may be read by anybody. Members and those who talked are named as the desk names them to the board.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

from kentongan.core import workflow
from kentongan.discussions.models import Contribution, Topic
from kentongan.exchange.reading.rows import written
from kentongan.groups.models import Decree, Deed, FormationStep, Group, Item, Membership
from kentongan.media.models import Paper, Photo
from kentongan.newsroom.models import Check, Correction, Flag, Revision, Source, Story, StoryPhoto, Tip

Data = dict[str, Any]
CHUNK = 100
UNNAMED = gettext_lazy("Seseorang yang dikenal KIM dan minta namanya tidak ditampilkan.")
PROFILE = ("id", "name", "slug", "state", "about", "secretariat", "contact", "founded_on", "fields", "stated_digital", "source_note")
MORE = ("suspended_reason", "appeal_to", "dissolution_reason", "public_since", "last_published_at", "story_count")


def group_data(group: Group) -> Data:
    """What stands on the group's own row: its name, place, what it says of itself, how it stands."""
    return {name: written(getattr(group, name)) for name in (*PROFILE, *MORE)} | {
        "state_label": group.state_label,
        "region": {"code": group.region.code, "label": group.region.full_label},
        "address": f"{settings.SITE_URL}{group.get_absolute_url()}" if group.is_public else "",
    }


def members(group: Group) -> Iterator[Data]:
    """Everybody who was ever in it, the present ones first; with names, as the desk shows them to the board."""
    rows = group.memberships.select_related("person").order_by("state", "starts", "id")
    for row in rows.iterator(chunk_size=CHUNK):
        yield _member(row)


def _member(row: Membership) -> Data:
    said = {"name": row.person.name, "role": str(row.get_role_display()), "field": row.field, "state": row.state_label}
    return said | {name: written(getattr(row, name)) for name in ("starts", "ends", "ended_reason", "agreed_at", "has_vote")}


def steps(group: Group) -> list[FormationStep]:
    """How it came to be, in order."""
    return list(group.steps.order_by("id"))


def step_data(step: FormationStep) -> Data:
    """One step as it happened, with what was noted."""
    said = {"what": workflow.past(f"groups.{step.action}"), "action": step.action, "on": written(step.on), "note": step.note}
    return said | {"attendance": step.attendance, "checklist": step.checklist}


def decrees(group: Group) -> list[Decree]:
    """Every decree, also what was withdrawn."""
    return list(group.decrees.order_by("starts", "id"))


def decree_data(decree: Decree) -> Data:
    """What a decree says."""
    names = ("number", "dated", "rank", "issuer", "starts", "ends", "withdrawn")
    return {name: written(getattr(decree, name)) for name in names} | {"rank_label": str(decree.get_rank_display())}


def deeds(group: Group) -> list[Deed]:
    """The group's own papers: statutes, what its meetings decided, how its board was chosen."""
    return list(
        group.deeds.select_related("written_by", "confirmed_by").prefetch_related("files__paper__leaves__photo").order_by("on", "id")
    )


def deed_data(deed: Deed) -> Data:
    """A paper with its words."""
    said = {"kind": str(deed.get_kind_display()), "state": deed.state_label, "reason": deed.reason}
    names = ("title", "on", "attendance", "text", "decisions", "confirmed_at")
    by = {"written_by": deed.written_by.name, "confirmed_by": deed.confirmed_by.name if deed.confirmed_by else ""}
    return {name: written(getattr(deed, name)) for name in names} | said | by


def items(group: Group) -> list[Item]:
    """What the group says it has."""
    return list(group.items.order_by("name"))


def item_data(item: Item) -> Data:
    """One thing it has."""
    return {"name": item.name, "note": item.note, "state": item.state_label, "stated_on": written(item.stated_on)}


def pictures_of(row: Any) -> list[Photo]:
    """Every photo, and every page of every paper, that hangs on this row."""
    kinds = [(field.name, field.related_model) for field in row._meta.fields if field.related_model in (Photo, Paper)]
    named = [(getattr(row, name), kind) for name, kind in kinds if getattr(row, f"{name}_id")]
    return [photo for thing, kind in named for photo in (thing.pages if kind is Paper else [thing])]


def stories(group: Group) -> Iterator[Story]:
    """Every story of the group that is more than begun: what is begun belongs to its author alone."""
    rows = Story.objects.filter(group=group).exclude(state=Story.State.BEGUN)
    people = ("author", "verifier", "publisher", "second_pair", "returned_by", "series", "region")
    origins = ("material__office", "repost_of__group")
    parts = (
        Prefetch("revisions", queryset=Revision.objects.select_related("author").order_by("number")),
        Prefetch("corrections", queryset=Correction.objects.select_related("proposed_by", "confirmed_by", "revision").order_by("id")),
        Prefetch("sources", queryset=Source.objects.order_by("id")),
        Prefetch("checks", queryset=Check.objects.select_related("by").order_by("id")),
        Prefetch("flags", queryset=Flag.objects.select_related("office", "answered_by").order_by("id")),
        Prefetch("pictures", queryset=StoryPhoto.objects.select_related("photo").order_by("position")),
    )
    found = rows.select_related(*people, *origins).prefetch_related(*parts).order_by("id")
    yield from found.iterator(chunk_size=CHUNK)


def story_data(story: Story) -> Data:
    """A story with everything that was done to it."""
    texts = ("id", "kind", "state", "headline", "summary", "body", "place", "happened", "what", "who", "why", "how")
    dates = ("changed_at", "verified_at", "publish_at", "published_at", "retracted_at", "review_by", "reviewed_at")
    said = ("interest_note", "urgent_reason", "return_reason", "retraction_reason", "order_reference", "demo")
    counts = ("understood_count", "puzzled_count", "useful_count", "discussants")
    return {name: written(getattr(story, name)) for name in (*texts, *dates, *said, *counts)} | {
        "state_label": story.state_label,
        "kind_label": str(story.get_kind_display()),
        "region": {"code": story.region.code, "label": story.region.full_label},
        "address": f"{settings.SITE_URL}{story.get_absolute_url()}" if story.state == Story.State.PUBLISHED else "",
        "author": story.author.public_name,
        "teller": story.teller if story.teller_consent else "",
        "verifier": _name(story.verifier),
        "publisher": _name(story.publisher),
        "read_with": _name(story.second_pair),
        "series": story.series.title if story.series else "",
        "origin": origin_data(story),
        "sources": [source_data(row) for row in story.sources.all()],
        "checks": [check_data(row, story) for row in story.checks.all()],
        "versions": [version_data(row) for row in story.revisions.all()],
        "corrections": [correction_data(row) for row in story.corrections.all()],
        "objections": [flag_data(row) for row in story.flags.all()],
    }


def _name(person: Any) -> str:
    return person.public_name if person else ""


def origin_data(story: Story) -> Data | None:
    """Whose material or story it passes on: named and linked, never copied, since the words are another one's."""
    if story.repost_of:
        address = f"{settings.SITE_URL}{story.repost_of.get_absolute_url()}"
        return {"label": story.origin_label(), "title": story.repost_of.headline, "of": story.repost_of.group.name, "address": address}
    if story.material:
        return {"label": story.origin_label(), "title": story.material.title, "of": story.material.office.name, "address": ""}
    return None


def source_data(row: Source) -> Data:
    """A source as the story's page names it; of one who asked not to be named nothing."""
    said = {"state": row.state_label, "at": written(row.at), "unnamed": row.unnamed}
    if row.unnamed:
        return said | {"who": str(UNNAMED), "how": "", "supports": "", "link": ""}
    return said | {"who": row.who, "how": row.how, "supports": row.supports, "link": row.link}


def check_data(row: Check, story: Story) -> Data:
    """One tick of the checklist; how a source was reached stays out where one asked not to be named."""
    hidden = row.item == Check.Item.SOURCE and any(source.unnamed for source in story.sources.all())
    return {"item": row.label, "note": "" if hidden else row.note, "by": row.by.public_name, "at": written(row.at)}


def version_data(row: Revision) -> Data:
    """One version of the words."""
    said = {"number": row.number, "headline": row.headline, "summary": row.summary, "body": row.body}
    return said | {"author": row.author.public_name, "at": written(row.at)}


def correction_data(row: Correction) -> Data:
    """What was wrong, what is right, and why."""
    said = {"state": row.state_label, "what": row.what, "why": row.why, "decline_reason": row.decline_reason}
    by = {"proposed_by": row.proposed_by.public_name, "confirmed_by": _name(row.confirmed_by)}
    at = {"proposed_at": written(row.proposed_at), "confirmed_at": written(row.confirmed_at)}
    return said | by | at | {"version": row.revision.number if row.revision else None}


def flag_data(row: Flag) -> Data:
    """What an office objected to, and what the group answered."""
    said = {"office": row.office.name, "concern": row.concern, "at": written(row.at)}
    return said | {"answer": row.answer, "answered_by": _name(row.answered_by), "answered_at": written(row.answered_at)}


def topics(group: Group) -> Iterator[Topic]:
    """Everything it talked over, with what was said."""
    said = Prefetch("contributions", queryset=Contribution.objects.select_related("person").order_by("id"))
    yield from (
        group.topics.select_related("opened_by").prefetch_related(said, "summaries__signed_by").order_by("id").iterator(chunk_size=20)
    )


def topic_data(topic: Topic) -> Data:
    """A topic; what its writer took back stays back."""
    about = topic.about
    own = getattr(about, "group_id", None) == topic.group_id
    return {
        "id": topic.pk,
        "subject": topic.subject,
        "question": topic.question,
        "state": topic.state_label,
        "opened_by": topic.opened_by.name,
        "opened_at": written(topic.opened_at),
        "about_story": about.pk if own and isinstance(about, Story) and about.state != Story.State.BEGUN else None,
        "merged_into": topic.merged_into_id,
        "summaries": [{"text": row.text, "by": row.signed_by.name, "at": written(row.at)} for row in topic.summaries.all()],
        "contributions": [_contribution(row) for row in topic.contributions.all()],
    }


def _contribution(row: Contribution) -> Data:
    said: Data = {
        "id": row.pk,
        "by": row.person.name,
        "kind": str(row.get_kind_display()),
        "at": written(row.at),
        "reply_to": row.reply_to_id,
    }
    if not row.said:
        return said | {"text": "", "taken_back": True}
    minutes = {"met_on": written(row.met_on), "present": row.present} if row.minutes else {}
    return said | {"text": row.text, "public": row.may_be_public} | minutes


def tips(group: Group) -> Iterator[Data]:
    """What was brought to it; not by whom, and no contact."""
    for tip in Tip.objects.filter(group=group).order_by("id").iterator(chunk_size=CHUNK):
        said = {"id": tip.pk, "text": tip.text, "place": tip.place, "happened": tip.happened}
        yield said | {"received_at": written(tip.received_at), "state": tip.state_label, "reason": tip.reason}
