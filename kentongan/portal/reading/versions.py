"""Every version of a published story, newest first, each with what changed since the one before."""

from dataclasses import dataclass
from typing import Any

from kentongan.newsroom.models import Correction, Revision, Story

MOST = 50


@dataclass(frozen=True, slots=True)
class Version:
    """One version and its differences from the one before, as `Revision.since` gives them."""

    revision: Revision
    correction: Correction | None
    first: bool
    parts: list[tuple[str, list[tuple[str, str]]]]


def versions_of(story: Story) -> list[Version]:
    """The newest MOST versions of a story (two queries)."""
    rows: list[Any] = list(story.revisions.select_related("author").order_by("-number")[: MOST + 1])
    corrections = {
        row.revision_id: row for row in story.corrections.filter(revision__isnull=False).select_related("proposed_by", "confirmed_by")
    }
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return [Version(new, corrections.get(new.pk), old is None, new.since(old)) for new, old in pairs][:MOST]
