"""Stories that belong together, in the order in which they came out."""

from dataclasses import dataclass

from kentongan.newsroom.models import Series, Story
from kentongan.portal.reading.lists import LONG_TEXTS, Card, story_card

LONGEST = 100
"""Parts of one series that are listed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story stands in its series: its number, how many there are, what comes before and after."""

    series: Series
    number: int
    count: int
    before: Story | None
    after: Story | None


def parts_of(series: Series) -> list[Story]:
    """Its published stories, the first one first."""
    rows = Story.objects.published().filter(series=series).labelled().select_related("group", "region", "verifier").defer(*LONG_TEXTS)
    return list(rows.order_by("published_at", "id")[:LONGEST])


def cards_of(series: Series) -> list[Card]:
    """Its published stories as a list of the group's own page."""
    return [story_card(story, inside_group=True) for story in parts_of(series)]


def place_of(story: Story) -> Place | None:
    """Where this published story stands in its series; None when it is in none, or alone in it."""
    parts = parts_of(story.series) if story.series else []
    at = next((n for n, part in enumerate(parts) if part.pk == story.pk), None)
    if at is None or story.series is None or len(parts) < 2:
        return None
    before, after = parts[at - 1] if at else None, parts[at + 1] if at + 1 < len(parts) else None
    return Place(story.series, at + 1, len(parts), before, after)
