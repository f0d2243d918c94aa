"""Keeping `Standing` and `Tally` true: one group inside the verb that changed it, many at once, everything once a night.

Whoever reckons a group holds its village until the end of the transaction (advisory locks, so that no row waits): a regency shared and the
village alone, or the whole regency where many are reckoned at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from kentongan.groups.models.decrees import Decree
from kentongan.groups.models.groups import Group, with_rules
from kentongan.groups.models.measures import COVERS, RULE_VERSION, Facts, Term, good_until, holds
from kentongan.groups.models.members import Membership
from kentongan.groups.models.standing import Practice, Recount, Standing, Tally
from kentongan.groups.models.terms import BOARD
from kentongan.regions.models import ZONE_OF_PROVINCE

FEW = 20
"""So many groups are held village by village; more of them by regency."""
BATCH = 1000

SHARED = "select pg_advisory_xact_lock_shared(hashtext('groups.standing of a regency'), hashtext(code)) from unnest(%s::text[]) code"
WHOLE = "select pg_advisory_xact_lock(hashtext('groups.standing of a regency'), hashtext(code)) from unnest(%s::text[]) code"
ALONE = "select pg_advisory_xact_lock(hashtext('groups.standing of a village'), hashtext(code)) from unnest(%s::text[]) code"

Place = tuple[str, str]
"""What is held for a group: its regency, and its village or, where it lies in none, itself."""


def reckon(group: Group) -> Standing:
    """Inside `act`: bring one group's standing up to date and append what that changes in the counts of its five places.

    Inside an `act` on the group itself its row in memory speaks, which is saved a moment later; else what is stored.
    """
    return reckon_all([group])[0]


def reckon_all(groups: Iterable[Group]) -> list[Standing]:
    """The same for many at once, in one transaction: what an import or a seed calls once, at its end, in place of `reckon` for each."""
    groups = list(groups)
    with transaction.atomic():
        _hold({_place(group) for group in groups} | _former_places(groups))
        return [standing for first in range(0, len(groups), BATCH) for standing in _reckon(groups[first : first + BATCH])]


def practise(group: Group, step: str, at: datetime | None = None) -> None:
    """Inside `act` of any room: this group took a step of ADINDA. Counted at once where it was not counted before."""
    known = Standing.objects.filter(pk=group.pk).holding(f"adinda:{step}")
    if Practice.note(group, step, at) and not known.exists():
        reckon(group)


def reckon_due(most: int) -> list[Standing]:
    """Those whose `good_until` has passed, at most so many, reckoned anew. Safe to run twice and beside anything else."""
    due = list(Group.objects.filter(standing__in=Standing.objects.overdue()[:most].values("pk")).select_related("region"))
    return reckon_all(due)


def recount() -> Recount:
    """Reckon every group anew and count every place again, put right what differs and say what that was."""
    found: list[str] = []
    groups = 0
    for some in _every_batch():
        groups += len(some)
        found += _reckoned_anew(some)
    for code, measure, n in _count_again():
        found.append(f"{code or 'Indonesia'} {measure}: {n:+}")
    return Recount.objects.create(groups=groups, found=len(found), differences=found[: Recount.KEPT])


def _every_batch() -> Iterator[list[Group]]:
    last: tuple[str, int] = ("", 0)
    while some := _after(last):
        yield some
        last = (some[-1].regency_code, some[-1].pk)


def _after(last: tuple[str, int]) -> list[Group]:
    later = Q(regency_code__gt=last[0]) | Q(regency_code=last[0], pk__gt=last[1])
    return list(Group.objects.filter(later).select_related("region").order_by("regency_code", "pk")[:BATCH])


def _reckoned_anew(groups: list[Group]) -> list[str]:
    """What was different: a group whose standing was not what it should have been, though nothing was due."""
    with transaction.atomic():
        _hold({_place(group) for group in groups} | _former_places(groups), whole=True)
        known = {row.pk: row for row in Standing.objects.filter(pk__in=[group.pk for group in groups])}
        now = timezone.now()
        return [
            f"{row.name}: {_change(known.get(row.pk), row)}"
            for row in _reckon(groups)
            if _should_have_known(known.get(row.pk), now) and _change(known.get(row.pk), row)
        ]


def _should_have_known(old: Standing | None, now: datetime) -> bool:
    return old is None or (old.rule_version == RULE_VERSION and (old.good_until is None or old.good_until > now))


def _change(old: Standing | None, new: Standing) -> str:
    before, after = (old.counted() if old else {}), new.counted()
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    return ", ".join(f"{key} {before.get(key, 0)} → {after.get(key, 0)}" for key in changed)


def _place(row: Group | Standing) -> Place:
    return row.regency_code or row.province_code, row.village_code or f"#{row.pk}"


def _former_places(groups: Sequence[Group]) -> set[Place]:
    """Where these groups were counted until now, where that is another place than today."""
    rows = Standing.objects.filter(pk__in=[group.pk for group in groups])
    return {_place(row) for row in rows}


def _hold(places: set[Place], *, whole: bool = False) -> None:
    """Until the end of the transaction nobody else reckons a group of these places; always taken in the same order."""
    regencies = sorted({regency for regency, _village in places})
    villages = sorted({village for _regency, village in places})
    with connection.cursor() as cursor:
        if whole or len(villages) > FEW:
            cursor.execute(WHOLE, [regencies])
        else:
            cursor.execute(SHARED, [regencies])
            cursor.execute(ALONE, [villages])


def _reckon(groups: Sequence[Group]) -> list[Standing]:
    """With their places held."""
    now = timezone.now()
    groups = _as_they_are(groups)
    known = _standings_around(groups)
    before = {pk: _copy(row) for pk, row in known.items()}
    for group, facts in _with_facts(groups, now):
        row = known.get(group.pk) or Standing(group=group)
        _settle_one(row, group, facts)
        known[group.pk] = row
    _write(before, list(known.values()))
    return [known[group.pk] for group in groups]


def _as_they_are(groups: Sequence[Group]) -> list[Group]:
    """These groups as they are stored, but those that are being acted on as they are in memory."""
    stored = Group.objects.select_related("region").in_bulk([group.pk for group in groups])
    return with_rules(_newest(group, stored[group.pk]) for group in groups)


def _newest(group: Group, stored: Group) -> Group:
    if group.entry is None or group.version != stored.version:
        return stored
    group.story_count, group.last_published_at = stored.story_count, stored.last_published_at  # kept by the newsroom, not by `act`
    return group


def _standings_around(groups: Sequence[Group]) -> dict[int, Standing]:
    """The standings of these groups and of all others in their villages, present and former."""
    mine = Q(pk__in=[group.pk for group in groups])
    villages = {group.village_code for group in groups if group.village_code}
    rows = {row.pk: row for row in Standing.objects.filter(mine | Q(village_code__in=villages))}
    former = {row.village_code for row in rows.values() if row.village_code} - villages
    return rows | ({row.pk: row for row in Standing.objects.filter(village_code__in=former)} if former else {})


def _with_facts(groups: Sequence[Group], now: datetime) -> Iterator[tuple[Group, Facts]]:
    """Each group with what is known of it (three queries for all of them)."""
    pks = [group.pk for group in groups]
    decrees: dict[int, list[tuple[date, date, date]]] = defaultdict(list)
    for pk, *row in Decree.objects.filter(group__in=pks, withdrawn=False).values_list("group", "starts", "ends", "dated"):
        decrees[pk].append((row[0], row[1], row[2]))
    boards: dict[int, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    seats = Membership.objects.filter(group__in=pks, state=Membership.State.ACTIVE, role__in=BOARD)
    for pk, role, starts, ends in seats.values_list("group", "role", "starts", "ends"):
        boards[pk][role].append((starts, ends))
    practised: dict[int, dict[str, datetime]] = defaultdict(dict)
    for pk, step, last_at in Practice.objects.filter(group__in=pks).values_list("group", "step", "last_at"):
        practised[pk][step] = last_at
    for group in groups:
        terms = decrees[group.pk]
        dated = [day for _starts, _ends, day in terms]
        zone = ZONE_OF_PROVINCE[group.province_code].tz if group.province_code else None
        holding = [(starts, ends) for starts, ends, _day in terms]
        yield group, Facts(now, zone, holding, dated, boards[group.pk], practised[group.pk])


def _settle_one(row: Standing, group: Group, facts: Facts) -> None:
    for column in ("name", "province_code", "regency_code", "district_code", "village_code"):
        setattr(row, column, getattr(group, column))
    row.holds = holds(group, facts)
    row.stories = group.story_count if "formed" in row.holds else 0
    row.formed_on = min(facts.dated, default=None)
    row.good_until = good_until(group, facts)
    row.rule_version, row.reckoned_at = RULE_VERSION, facts.now


def _write(before: dict[int, Standing], rows: list[Standing]) -> None:
    """Settle by which group each village counts as covered, keep what changed, append the differences."""
    for row in rows:
        row.holds = [key for key in row.holds if key != COVERS]
    for row in _covering(rows):
        row.holds.append(COVERS)
    changed = [row for row in rows if row.pk not in before or _state(before[row.pk]) != _state(row)]
    Standing.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["group"], update_fields=[*Standing.WRITTEN], batch_size=BATCH
    )
    Tally.append(_differences((before.get(row.pk), row) for row in changed), many=len(changed) > FEW)


def _covering(rows: Iterable[Standing]) -> list[Standing]:
    """Of every village the formed group that was entered first: when it goes, the next one takes over."""
    first: dict[str, Standing] = {}
    for row in sorted(rows, key=lambda row: row.pk, reverse=True):
        if row.village_code and "formed" in row.holds:
            first[row.village_code] = row
    return list(first.values())


def _differences(pairs: Iterable[tuple[Standing | None, Standing]]) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for old, new in pairs:
        for row, sign in ((old, -1), (new, 1)):
            if row is not None:
                counted.update({(code, measure): sign * n for code in row.codes() for measure, n in row.counted().items()})
    return counted


def _copy(row: Standing) -> Standing:
    return Standing(group_id=row.pk, **{name: getattr(row, name) for name in Standing.WRITTEN} | {"holds": list(row.holds)})


def _state(row: Standing) -> list[Any]:
    """What is worth writing: everything but when it was looked at."""
    names = [name for name in Standing.WRITTEN if name not in ("reckoned_at", "holds")]
    return [*(getattr(row, name) for name in names), sorted(row.holds)]


# One statement, one snapshot: what changes a standing appends to the counts in the same transaction, so that both are seen or neither.
COUNT_AGAIN = """
    with own as (
        select standing.*, key.measure, key.n from groups_standing standing cross join lateral (
            select unnest(standing.holds) as measure, 1 as n
            union all select 'stories', standing.stories where standing.stories > 0
            union all select 'formed:' || to_char(standing.formed_on, 'YYYY-MM'), 1
                where standing.formed_on is not null and standing.holds @> array['formed']::varchar[]
        ) key
    ), should as (
        select place.code, own.measure, sum(own.n) as n from own cross join lateral (
            select '' as code
            union all select province_code where province_code <> ''
            union all select regency_code where regency_code <> ''
            union all select district_code where district_code <> ''
            union all select village_code where village_code <> ''
        ) place group by place.code, own.measure
    ), stands as (select code, measure, sum(n) as n from groups_tally group by code, measure)
    select coalesce(should.code, stands.code) as code, coalesce(should.measure, stands.measure) as measure,
        coalesce(should.n, 0) - coalesce(stands.n, 0) as n
    from should full join stands on should.code = stands.code and should.measure = stands.measure
    where coalesce(should.n, 0) <> coalesce(stands.n, 0)
"""
REPAIR = f"""
    insert into groups_tally (code, level, above, measure, n, folded)
    select code, case code when '' then 0 else length(code) - length(replace(code, '.', '')) + 1 end,
        case when code like '%%.%%' then regexp_replace(code, '\\.[^.]*$', '') else '' end, measure, n, false
    from ({COUNT_AGAIN}) difference returning code, measure, n
"""  # noqa: S608 (nothing in it comes from outside)


def _count_again() -> list[tuple[str, str, int]]:
    """Append what is missing from the counts of every place; answers with that."""
    with connection.cursor() as cursor:
        cursor.execute(REPAIR, [])
        return list(cursor.fetchall())
