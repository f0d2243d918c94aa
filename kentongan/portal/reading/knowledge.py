"""What people know how to do, written down: the guides of a place or a group, and which of them should be looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kentongan.newsroom.models import Story
from kentongan.portal.reading.lists import PAGE, Card, newest, of_kind, story_card, story_key, story_mark
from kentongan.ui import writing


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide in a list, with what is said of its age. `stale`: its day to be looked at again has come."""

    card: Card
    review: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Guides:
    """One page of guides, the newest first."""

    rows: Sequence[Guide]
    older: str = ""


def guides(stories: Any, mark: str = "", *, inside_group: bool = False) -> Guides:
    """One page of the guides among `stories`. Raises UnknownCursor. Its pages change by themselves: see `Story.foretell`."""
    rows = newest(of_kind(stories, Story.Kind.GUIDE), PAGE + 1, story_key(mark))
    shown = [Guide(story_card(story, inside_group=inside_group), _review(story), story.stale) for story in rows[:PAGE]]
    return Guides(shown, story_mark(rows[PAGE - 1]) if len(rows) > PAGE else "")


def _review(story: Story) -> str:
    if story.review_by is None:
        return str(_("Tanpa tanggal tinjauan"))
    said = _("Perlu ditinjau sejak %(date)s") if story.stale else _("Ditinjau lagi paling lambat %(date)s")
    return said % {"date": writing.date_only(story.review_by)}
