"""What the read API hands out, a page at a time. The same that public pages show: people of a group only once they said yes to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from kentongan.core.errors import BadRequest, NotThere
from kentongan.exchange.reading.rows import whole
from kentongan.groups.models import Decree, Group, Membership, Tally
from kentongan.measurement.models import village_count, villages_by
from kentongan.newsroom.models import Source, Story
from kentongan.newsroom.models.trust import Trust
from kentongan.regions.models import Level, Region, dotted

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 4_102_444_800_000_000  # the year 2100, in microseconds
NO_TEXTS = ("body", "what", "why", "how")
LARGEST = 2**63
ORDERED = ("name", "id")
UNKNOWN = "Unknown cursor: begin at the first page and follow `next`."


@dataclass(frozen=True)
class Page:
    """Some items, and where the next ones begin; empty when these are the last."""

    items: list[Any]
    after: str


class Unknown(BadRequest):
    """A cursor or a code that this installation did not give out."""

    status = 422


def cut(rows: Any, limit: int, mark: Callable[[Any], str], shape: Callable[[Any], Any]) -> Page:
    """The first `limit` of rows that are in order."""
    found = list(rows[: limit + 1])
    return Page([shape(row) for row in found[:limit]], mark(found[limit - 1]) if len(found) > limit else "")


def number_of(cursor: str) -> int:
    """The number a cursor names; 0 for none. Raises Unknown."""
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or int(cursor[:20]) >= LARGEST or len(cursor) > 19:
        raise Unknown(UNKNOWN)
    return int(cursor)


def code_of(cursor: str) -> str:
    """The code a cursor names. Raises Unknown."""
    try:
        return dotted(cursor)
    except ValueError as wrong:
        raise Unknown(UNKNOWN) from wrong


def place_of(code: str) -> Region | None:
    """The region of a code; None for none: the nation. Raises Unknown for what is no code, NotThere for one that nobody has."""
    if not code:
        return None
    try:
        return Region.objects.by_code(dotted(code))
    except ValueError as wrong:
        raise Unknown("Not a region's code: 2, 4, 6 or 10 digits, dotted (33.18.17.2003).") from wrong
    except Region.DoesNotExist as unknown:
        raise NotThere("No region has this code.") from unknown


def named_place(code: str) -> Region:
    """The region of a code. Raises Unknown, NotThere."""
    found = place_of(code)
    if found is None:
        raise NotThere("No region has this code.")
    return found


def regions(level: int | None, parent: str, cursor: str, limit: int) -> Page:
    """Regions by code: of one level, directly in one parent."""
    rows = Region.objects.order_by("code")
    rows = rows.filter(level=level) if level else rows
    if parent:
        rows = rows.filter(parent__code=getattr(place_of(parent), "code", ""))
    rows = rows.filter(code__gt=code_of(cursor)) if cursor else rows
    return cut(rows, limit, lambda row: str(row.code), region)


def region(row: Region) -> dict[str, Any]:
    """A place."""
    parent = row.code.rpartition(".")[0] or None
    point = {"latitude": row.lat, "longitude": row.lon}
    own = {"code": row.code, "name": row.name, "label": row.label, "level": row.level, "parent": parent, "postal_code": row.postal_code}
    return own | point | {"url": whole(row.get_absolute_url())}


def public_groups() -> Any:
    """Groups with a public page, with the decrees that count."""
    decrees = Prefetch("decrees", queryset=Decree.objects.filter(withdrawn=False).order_by("-starts", "-id"), to_attr="counting")
    return Group.objects.visible_to(None).select_related("region").prefetch_related(decrees)


def groups(place: Region | None, state: str, cursor: str, limit: int) -> Page:
    """Groups by name. The cursor is the number of the last one seen; where it stands in the order is looked up."""
    rows = public_groups().within(place).order_by(*ORDERED)
    rows = rows.filter(state=state) if state else rows
    if cursor:
        last = Group.objects.filter(pk=number_of(cursor)).values_list(*ORDERED).first()
        if last is None:
            raise Unknown(UNKNOWN)
        rows = rows.extra(where=["(groups_group.name, groups_group.id) > (%s, %s)"], params=list(last))
    return cut(rows, limit, lambda row: str(row.pk), group)


def group(row: Any) -> dict[str, Any]:
    """A group as its pages show it, without its people."""
    said = {
        name: getattr(row, name) for name in ("name", "slug", "state", "about", "secretariat", "contact", "founded_on", "stated_digital")
    }
    counts = {"story_count": row.story_count, "last_published_at": row.last_published_at, "public_since": row.public_since}
    decrees = [decree_facts(one) for one in row.counting]
    return {"id": row.pk, **said, "fields": row.fields, "region": place(row.region), "decrees": decrees, **counts} | {
        "source_note": row.source_note,
        "demo": row.demo,
        "url": whole(row.get_absolute_url()),
    }


def one_group(number: int) -> dict[str, Any]:
    """A group with the people of its board and its members who said yes to being named. Raises NotThere."""
    row = public_groups().filter(pk=number).first() if number < LARGEST else None
    if row is None:
        raise NotThere("There is no public group of this number.")
    people = Membership.objects.current().filter(group=row, agreed_at__isnull=False).select_related("person").order_by("id")
    members = [{"name": one.person.public_name, "role": one.role, "starts": one.starts, "ends": one.ends} for one in people]
    return group(row) | {"members": members}


def place(row: Region) -> dict[str, str]:
    """Where something lies."""
    return {"code": row.code, "label": row.full_label}


def decree_facts(row: Decree) -> dict[str, Any]:
    """What a decree says, and whether it holds today."""
    holds = row.starts <= timezone.localdate() <= row.ends
    names = ("number", "dated", "rank", "issuer", "starts", "ends")
    return {"id": row.pk, **{name: getattr(row, name) for name in names}, "holds_today": holds}


def decrees(place: Region | None, of_group: int | None, cursor: str, limit: int) -> Page:
    """Decrees of public groups by number."""
    inside = Group.objects.visible_to(None).within(place).filter(pk=OuterRef("group"))
    rows = Decree.objects.filter(withdrawn=False, pk__gt=number_of(cursor)).filter(Exists(inside))
    rows = rows.filter(group=of_group) if of_group is not None else rows
    return cut(rows.select_related("group").order_by("pk"), limit, lambda row: str(row.pk), decree)


def decree(row: Decree) -> dict[str, Any]:
    """A decree with whose it is."""
    return decree_facts(row) | {"group": {"id": row.group_id, "name": row.group.name, "url": whole(row.group.get_absolute_url())}}


def published() -> Any:
    """Stories everybody may read: those of groups that have a page, and where one passes another on, while that one is there."""
    there = Q(repost_of=None) | Q(repost_of__state=Story.State.PUBLISHED)
    return Story.objects.published().filter(there, group__state__in=Group.PUBLIC)


def stories(place: Region | None, of_group: int | None, kind: str, cursor: str, limit: int) -> Page:
    """Published stories, the newest first; each where it first stood, unless one group's are asked for."""
    rows = published() if of_group is not None else Story.objects.filter(repost_of=None, group__state__in=Group.PUBLIC)
    rows = rows.within(place) if place else rows
    rows = rows.filter(group=of_group) if of_group is not None else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.newest(limit + 1, story_key(cursor)).select_related("group", "region", "verifier").defer(*NO_TEXTS)
    return cut(rows, limit, story_mark, story)


def story_key(cursor: str) -> tuple[datetime, int] | None:
    """The moment and number a cursor names. Raises Unknown."""
    if not cursor:
        return None
    moment, _dash, number = cursor.partition("-")
    if len(cursor) > 40 or number_of(moment or "x") > LATEST or number_of(number or "x") < 0:
        raise Unknown(UNKNOWN)
    return EPOCH + timedelta(microseconds=int(moment)), int(number)


def story_mark(row: Story) -> str:
    """Where a list continues after this story."""
    assert row.published_at is not None  # of every published story: `published_is_complete`
    return f"{(row.published_at - EPOCH) // timedelta(microseconds=1)}-{row.pk}"


def story(row: Story) -> dict[str, Any]:
    """A story in a list."""
    said = {name: getattr(row, name) for name in ("headline", "summary", "kind", "place", "published_at", "verified_at", "demo")}
    by = {"id": row.group_id, "name": row.group.name, "url": whole(row.group.get_absolute_url())}
    counts = {"source_count": row.source_count, "correction_count": row.correction_count}
    said["verifier"] = getattr(row.verifier, "public_name", "")
    return {"id": row.pk, **said, "group": by, "region": place(row.region), **counts} | {
        "urgent_reason": row.urgent_reason,
        "url": whole(row.get_absolute_url()),
    }


def one_story(number: int) -> dict[str, Any]:
    """A story with its words, sources, and corrections as its page shows them. Raises NotThere."""
    row = published().filter(pk=number).whole().first() if number < LARGEST else None
    if row is None:
        raise NotThere("There is no published story of this number.")
    trust: Trust = row.original.trust()
    passed_on = {"id": row.repost_of_id, "url": whole(row.repost_of.get_absolute_url())} if row.repost_of else None
    return story(row) | {
        "body": row.original.body,
        "author": row.author.public_name,
        "origin_label": row.origin_label(),
        "repost_of": passed_on,
        "sources": [source(one) for one in trust.sources],
        "corrections": [correction(one) for one in trust.corrections],
        "version_count": len(trust.versions),
    }


def source(row: Source) -> dict[str, Any]:
    """A source as its page shows it; of one who asked not to be named only that there is one."""
    if row.unnamed:
        return {"who": "", "how": "", "supports": "", "link": "", "unnamed": True}
    return {"who": row.who, "how": row.how, "supports": row.supports, "link": row.link, "unnamed": False}


def correction(row: Any) -> dict[str, Any]:
    """What was wrong, and why it was changed."""
    return {"what": row.what, "why": row.why, "confirmed_at": row.confirmed_at}


def figures(place: Region | None, cursor: str, limit: int) -> Page:
    """Places directly below one, each with its counts as they are kept (see `groups.models.Tally`); by code."""
    level = place.level + 1 if place else Level.PROVINCE
    if level > Level.VILLAGE:
        return Page([], "")
    below = Region.objects.at_level(level).filter(parent=place).order_by("code")
    below = below.filter(code__gt=code_of(cursor)) if cursor else below
    page = cut(below, limit, lambda row: str(row.code), lambda row: row)
    counted, villages = Tally.objects.inside(place, level), villages_by(place, level)
    return Page([count(row, counted.get(row.code, {}), villages.get(row.code, 0)) for row in page.items], page.after)


def figure(place: Region | None) -> dict[str, Any]:
    """One place's counts."""
    return count(place, Tally.objects.of(place.code if place else ""), village_count(place))


def count(row: Region | None, measured: dict[str, int], villages: int) -> dict[str, Any]:
    """A place, what is counted in it, and out of how many villages."""
    own = {"code": row.code, "label": row.full_label} if row else {"code": "", "label": "Indonesia"}
    return own | {"villages": villages, "measures": measured}
