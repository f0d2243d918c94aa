"""Lists read by key, twenty at a time: the cost of a page does not grow with the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.core.errors import NotThere
from kentongan.groups.models import Group
from kentongan.newsroom.models import Story
from kentongan.newsroom.models.readers import RECENT_DAYS
from kentongan.ui import writing

PAGE = 20
USEFUL = 4
LONG_TEXTS = ("body", "what", "why", "how")
OF_ORIGINS = ("material__text", "material__answers", *(f"repost_of__{text}" for text in LONG_TEXTS))
"""What a list needs neither of a story nor of what it was made from."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 4102444800 * 1_000_000  # the year 2100, in microseconds


class UnknownCursor(NotThere):
    """Not a mark this installation gave out."""

    def __init__(self) -> None:
        super().__init__(_("Kami tidak mengenal penanda halaman ini. Mulai lagi dari awal daftar."))


@dataclass(frozen=True, slots=True)
class Card:
    """One thing in a list, as the component `item` takes it."""

    title: str
    href: str
    summary: str = ""
    meta: str = ""
    demo: bool = False
    label: str = ""
    """Whose words these are, where they are not the group's own."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a list; `older` is the mark the next page begins at, empty on the last one."""

    cards: Sequence[Card]
    older: str = ""


def story_mark(story: Story) -> str:
    """Where a list continues after this story: its moment of publication in microseconds, and its number."""
    return f"{(published(story) - _EPOCH) // timedelta(microseconds=1)}-{story.pk}"


def published(story: Story) -> datetime:
    """When it was published; every published story has the date (`published_is_complete`)."""
    assert story.published_at is not None
    return story.published_at


def story_key(mark: str) -> tuple[datetime, int] | None:
    """The key behind a mark; None for none. Raises UnknownCursor."""
    if not mark:
        return None
    moment, number = _numbers(mark)
    if moment > _LATEST:
        raise UnknownCursor
    return _EPOCH + timedelta(microseconds=moment), number


def _numbers(mark: str) -> tuple[int, int]:
    first, _dash, second = mark.partition("-")
    if not (first.isascii() and first.isdigit() and second.isascii() and second.isdigit() and len(mark) < 40):
        raise UnknownCursor
    if int(second) >= 2**63:
        raise UnknownCursor
    return int(first), int(second)


def newest(stories: Any, count: int, before: tuple[datetime, int] | None = None) -> list[Story]:
    """The `count` newest published of `stories`, ready to be shown as cards: one index walk, one query."""
    return list(stories.newest(count, before).labelled().select_related("group", "region", "verifier").defer(*LONG_TEXTS, *OF_ORIGINS))


def most_useful(stories: Any, *, inside_group: bool = False) -> dict[str, Any]:
    """What readers found most useful lately, with since when: for `_useful.html`. The day is said, so that the page stays true."""
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    rows = stories.most_useful(USEFUL, since).select_related("group", "region", "verifier").defer(*LONG_TEXTS)
    cards = [story_card(row, inside_group=inside_group, summary=False) for row in rows]
    return {"useful": cards, "since": writing.date_only(since, "WIB")}


def story_slice(stories: Any, mark: str = "", *, inside_group: bool = False) -> Slice:
    """One page of published stories, newest first. Raises UnknownCursor."""
    rows = newest(stories, PAGE + 1, story_key(mark))
    cards = [story_card(story, inside_group=inside_group) for story in rows[:PAGE]]
    return Slice(cards, story_mark(rows[PAGE - 1]) if len(rows) > PAGE else "")


def of_kind(stories: Any, kind: str) -> Any:
    """Those of one kind; all for none."""
    return stories.filter(kind=kind) if kind else stories


def kinds_in(stories: Any) -> list[tuple[str, str]]:
    """The kinds of which a place has published anything, in their order, with their names (one query, a step in the index a kind)."""
    some = [stories.published().filter(kind=kind).order_by("-published_at", "-id").values_list("kind")[:1] for kind in Story.Kind.values]
    found = {kind for (kind,) in some[0].union(*some[1:], all=True)}
    return [(str(kind), str(name)) for kind, name in Story.Kind.choices if kind in found]


def titled(title: str, kind: str) -> str:
    """The heading of a list or feed; of one kind it says which."""
    return _("%(kind)s: %(title)s") % {"kind": Story.Kind(kind).label, "title": title} if kind else title


def known_kind(kind: str) -> str:
    """The kind an address asks for. Raises NotThere for what is none."""
    if kind and kind not in Story.Kind.values:
        raise NotThere(_("Tidak ada jenis kabar dengan nama ini."))
    return kind


def story_card(story: Story, *, inside_group: bool = False, summary: bool = True) -> Card:
    """A story in a list. On its own group's pages the group is not named again."""
    words = [] if inside_group else [", ".join(filter(None, (story.group.name, story.region.lies_in.rpartition(", ")[2])))]
    words.append(writing.date_only(published(story), story.region))
    if story.verifier is not None:
        words.append(_("diperiksa %(name)s") % {"name": story.verifier.public_name})
    if story.correction_count:
        words.append(ngettext("%(n)s ralat", "%(n)s ralat", story.correction_count) % {"n": story.correction_count})
    return Card(
        story.title, story.get_absolute_url(), story.summary if summary else "", " · ".join(words), story.demo, story.origin_label()
    )


def group_slice(groups: Any, mark: str = "") -> Slice:
    """One page of groups in the order of their names; the mark is the number of the last one shown. Raises UnknownCursor."""
    found = list(groups_after(groups, mark)[: PAGE + 1])
    return Slice([group_card(group) for group in found[:PAGE]], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def groups_after(groups: Any, mark: str) -> Any:
    """Those of `groups` whose names follow the marked one's, in order; all for no mark. Raises UnknownCursor."""
    rows = groups.select_related("region").order_by("name", "id")
    if not mark:
        return rows
    last = Group.objects.filter(pk=_number(mark)).values_list("name", "pk").first()
    if last is None:
        raise UnknownCursor
    return rows.extra(where=["(groups_group.name, groups_group.id) > (%s, %s)"], params=list(last))


def _number(mark: str) -> int:
    if not (mark.isascii() and mark.isdigit() and len(mark) < 19):
        raise UnknownCursor
    return int(mark)


def group_card(group: Group) -> Card:
    """A group in a list: where it is, how it stands, when it last wrote."""
    words = [group.region.full_label, standing(group), last_words(group)]
    return Card(group.name, group.get_absolute_url(), group.about, " · ".join(words), group.demo)


def standing(group: Group) -> str:
    """Verified, not yet verified, suspended or dissolved, in words."""
    return str(_("belum diverifikasi") if group.unverified else group.state_label)


def last_words(group: Group) -> str:
    """When it last published, as a date that stays true."""
    date = last_date(group)
    return _("kabar terakhir %(date)s") % {"date": date} if date else str(_("belum ada kabar"))


def last_date(group: Group) -> str:
    """The day of its last story; empty when there is none."""
    return writing.date_only(group.last_published_at, group.region) if group.last_published_at else ""
