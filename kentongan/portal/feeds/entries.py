"""What a feed says, whatever the format: one reading of the record for three writers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.core.language import HOUSE
from kentongan.newsroom.models import Correction, Story
from kentongan.portal.reading.addresses import tag, whole
from kentongan.portal.reading.lists import PAGE, newest, published
from kentongan.ui import writing

UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Image:
    """A photo that may be shown elsewhere: its address, kind and size in bytes."""

    address: str
    kind: str
    size: int
    alt: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One story. `name` never changes; `updated` moves with every correction. `labels` are pairs (term, words)."""

    name: str
    address: str
    title: str
    summary: str
    words: list[str]
    published: datetime
    updated: datetime
    author: str
    author_address: str
    checker: str
    labels: list[tuple[str, str]]
    image: Image | None = None
    language: str = HOUSE


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest of a place: `page` for people, `here` for machines; `name` is the same in every format and language."""

    name: str
    title: str
    page: str
    here: str
    language: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def updated(self) -> datetime:
        """When anything in it last changed; an empty one is as new as its rendering, which only a change causes."""
        return max((entry.updated for entry in self.entries), default=timezone.now())


def entries_of(stories: Any) -> list[Entry]:
    """The newest twenty. What was retracted is not among them; what was corrected says so (two queries)."""
    rows = newest(stories.select_related("cover__photo"), PAGE)
    corrections = corrections_of(rows)
    return [entry(story, corrections.get(story.repost_of_id or story.pk, [])) for story in rows]


def corrections_of(stories: Iterable[Story]) -> dict[int, list[Correction]]:
    """Confirmed corrections by story, of the original where it passes one on; oldest first (one query)."""
    found: dict[int, list[Correction]] = {}
    rows = Correction.objects.filter(story__in=[story.repost_of_id or story.pk for story in stories], state=Correction.State.CONFIRMED)
    for row in rows.order_by("confirmed_at", "id"):
        found.setdefault(row.story_id, []).append(row)
    return found


def entry(story: Story, corrections: list[Correction]) -> Entry:
    """One story with what makes it believable, and what was wrong in it."""
    return Entry(
        name=tag("kabar", story.pk),
        address=whole(story.get_absolute_url()),
        title=legible(story.title),
        summary=legible(story.summary),
        words=[legible(line) for line in said(story, corrections) if line],
        published=published(story),
        updated=max([published(story), *(row.confirmed_at for row in corrections if row.confirmed_at)]),
        author=legible(story.group.name),
        author_address=whole(story.group.get_absolute_url()),
        checker=legible(story.verifier.public_name) if story.verifier else "",
        labels=[(story.kind, str(story.get_kind_display())), *urgency_of(story), *origin_of(story)],
        image=image_of(story),
    )


def said(story: Story, corrections: list[Correction]) -> list[str]:
    """Whose words it carries, its summary, why it was urgent, what was wrong in it, who checked it; what does not apply is empty."""
    return [whose(story), story.summary, urgent(story), *(corrected(story, row) for row in corrections), checked(story)]


def whose(story: Story) -> str:
    """Whose words it carries, and until when they hold, where they are not its group's own."""
    return f"{story.origin_label()}. {story.origin_note()}".strip(" .") + "." if story.origin_label() else ""


def urgent(story: Story) -> str:
    """Why it went out undiscussed, where it did: said wherever the story is."""
    undiscussed = story.urgent_reason and not story.discussants and not story.second_pair_id
    return _("Kabar mendesak: terbit tanpa dibahas dulu. %(reason)s") % {"reason": story.urgent_reason} if undiscussed else ""


def urgency_of(story: Story) -> list[tuple[str, str]]:
    """A label besides its kind; a story of the urgent kind has it already."""
    return [("mendesak", _("Mendesak"))] if story.urgent_reason and story.kind != Story.Kind.URGENT else []


def origin_of(story: Story) -> list[tuple[str, str]]:
    """The same as a label: `bahan` for an office's material, `kutipan` for another group's story."""
    return [("bahan" if story.material_id else "kutipan", legible(story.origin_label()))] if story.origin_label() else []


def corrected(story: Story, row: Correction) -> str:
    """A correction in a sentence: when, what, why."""
    date = writing.date_only(row.confirmed_at, story.region) if row.confirmed_at else ""
    return _("Ralat %(date)s: %(what)s. Sebab: %(why)s") % {"date": date, "what": row.what.rstrip(" ."), "why": row.why}


def checked(story: Story) -> str:
    """Who checked it, and when."""
    if story.verifier is None or story.verified_at is None:
        return ""
    return _("Diperiksa %(name)s, %(date)s.") % {
        "name": story.verifier.public_name,
        "date": writing.date_only(story.verified_at, story.region),
    }


def image_of(story: Story) -> Image | None:
    """Its first photo once it is prepared and public, in the middle width."""
    photo = story.picture.photo if story.picture else None
    if photo is None or not (photo.public and photo.ready and photo.widths):
        return None
    width = photo.widths[len(photo.widths) // 2]
    size = photo.size(width, "jpg")
    return Image(whole(photo.address(width, "jpg")), "image/jpeg", size, legible(story.picture.alt)) if size else None  # type: ignore[union-attr]


def legible(text: str) -> str:
    """Without the signs that XML cannot hold: one of them in one headline must not stop a feed."""
    return UNHOLDABLE.sub("", text)
