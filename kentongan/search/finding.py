"""Ask the index: how many there are, which come first, and what a mistyped word may have been. Nothing here writes.

A very common word stands in hundreds of thousands of things. So we count to MOST and say "more than" from there, and rank only the newest
RANKED of them; these are looked for in the last days first, then in a window as wide as the first one says is needed. PostgreSQL cannot
stop early in an index of words, but so it never reads many more things than it returns.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kentongan.search.asking import SHORTEST_BEGINNING, Asked
from kentongan.search.models import Word

MOST, RANKED = 3000, 1000
PAGE = 20
LAST = 2**63 - 1
PATIENCE = 900
"""Milliseconds one statement may take."""
FIRST_WINDOW, LAST_WINDOW = timedelta(days=3), timedelta(days=3 * 365)
MANY_LONGER = 20_000
"""So often the words of one beginning may stand in things, all together, for the beginning to be looked for."""
LIKE = 0.3
"""Likeness (pg_trgm) from which a word is looked at as a correction; `_slips` then decides."""
CANCELED = "57014"

# Title, summary, text, places; the written word counts twice its stem. 1: a long text does not win by its length alone.
_SCORE = (
    """(1000000 * (ts_rank('{{0.1, 0.3, 0.6, 1.0}}', stems, {stems}, 1) + 2 * ts_rank('{{0.1, 0.3, 0.6, 1.0}}', words, {words}, 1)))::int"""
)


_READ = """
    select (select string_agg(nullif(plainto_tsquery('indonesian', search_plain(said))::text, ''), ' & ') from unnest(%s::text[]) said),
        (select string_agg(nullif(plainto_tsquery('simple', search_plain(said))::text, ''), ' & ') from unnest(%s::text[]) said),
        (select string_agg(nullif(phraseto_tsquery('simple', search_plain(said))::text, ''), ' & ') from unnest(%s::text[]) said),
        plainto_tsquery('indonesian', search_plain(%s))::text, replace(search_plain(%s), ' ', ''),
        (select string_agg(quote_literal(mark), ' & ') from unnest(%s::text[]) mark)
"""


class TooHeavy(Exception):
    """It would have taken the database too long."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the answer must also be: of a kind, in the region of a code, of a group's site, from a moment, before a moment."""

    kind: str = ""
    code: str = ""
    site: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A search as PostgreSQL reads it: the conditions of the index, and what to rank by."""

    where: str
    given: tuple[Any, ...]
    stems: str
    words: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, and the mark a list continues after."""

    content_type_id: int
    object_id: int
    mark: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are, at most MOST; of which kinds and in which places one level down, where that is known exactly."""

    total: int
    capped: bool
    kinds: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


@contextmanager
def patiently() -> Iterator[None]:
    """Give the database PATIENCE for each statement inside. Raises TooHeavy."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('statement_timeout', %s, true)", [str(PATIENCE)])
            yield
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == CANCELED:
            raise TooHeavy from error
        raise


def reading(asked: Asked, wanted: Filter) -> Query:
    """What was asked as conditions (two queries). The last word stands for longer ones where those are not too many."""
    beginning = asked.last if _may_begin(asked.last) else ""
    whole = [word for word in asked.words if word != beginning]
    marks = [mark for mark in (wanted.kind and f"={wanted.kind}", wanted.code and f"@{wanted.code}") if mark]
    sought = [" ".join(phrase) for phrase in asked.phrases]
    [(stems, words, phrases, last, begun, marked)] = _rows(_READ, [whole, whole, sought, beginning, beginning, marks])
    fixed = _and(stems, marked)
    if not begun:
        conditions: list[tuple[str, tuple[Any, ...]]] = [("stems @@ %s::tsquery", (fixed,))]
    elif fixed:
        either = "(stems @@ %s::tsquery or stems @@ %s::tsquery and words @@ %s::tsquery)"
        conditions = [(either, (_and(fixed, last), fixed, f"{begun}:*"))]
    else:
        conditions = [("(stems @@ %s::tsquery or words @@ %s::tsquery)", (last, f"{begun}:*"))]
    conditions += [("words @@ %s::tsquery", (phrases,))] if phrases else []
    conditions += [("site = %s", (wanted.site,))] if wanted.site else []
    conditions += [("at >= %s", (wanted.since,))] if wanted.since else []
    conditions += [("at < %s", (wanted.until,))] if wanted.until else []
    given = tuple(value for _condition, values in conditions for value in values)
    where = " and ".join(condition for condition, _values in conditions)
    return Query(where, given, _and(stems, last), _and(words, f"{begun}:*" if begun else ""), wanted.until)


def _and(*parts: str | None) -> str:
    return " & ".join(part for part in parts if part)


def _may_begin(word: str) -> bool:
    """Whether the last word may stand for longer ones: a beginning of half the dictionary says nothing and costs much."""
    if len(word) < SHORTEST_BEGINNING:
        return False
    longer = Word.objects.filter(word__gte=word, word__lt=word + "\U0010ffff").values_list("things", flat=True)
    return sum(longer[:1000]) <= MANY_LONGER


def count(query: Query, code: str = "") -> Counted:
    """Count to MOST, by kind and by place one level below `code` (one query)."""
    column = PLACES[len(code.split(".")) if code else 0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with hit as materialized (select kind, {column} as place from search_item where {query.where} limit {MOST + 1})
            select grouping(kind), grouping(place), kind, place, count(*) from hit group by grouping sets ((), (kind), (place))
            """,  # noqa: S608 (names of columns and conditions of ours)
            query.given,
        )
        rows = cursor.fetchall()
    total = next((n for no_kind, no_place, _kind, _place, n in rows if no_kind and no_place), 0)
    if total > MOST:
        return Counted(MOST, True)
    kinds = {kind: n for no_kind, _no_place, kind, _place, n in rows if not no_kind}
    places = {place: n for _no_kind, no_place, _kind, place, n in rows if not no_place and place}
    return Counted(total, False, kinds, {} if len(code) > 8 else places)


PLACES = ("province_code", "regency_code", "district_code", "village_code", "village_code")


def newest(query: Query, counted: Counted, after: tuple[datetime, int] | None = None) -> list[Hit]:
    """The newest PAGE and one more, older than the key of the last one seen (one query, at most five of more than MOST)."""
    before = after or (timezone.now() + timedelta(days=1), 0)
    rows = _latest(query, PAGE + 1, before, counted)
    return [Hit(kind, thing, f"{_micros(at)}-{pk}") for kind, thing, at, pk in rows]


def best(query: Query, counted: Counted, anchor: datetime, after: tuple[int, int] | None = None) -> list[Hit]:
    """The most fitting PAGE and one more of what was there at `anchor`, below the key (score, id) of the last one seen.

    Of more than MOST only the newest RANKED are ranked (one query, at most six of more than MOST).
    """
    given: list[Any]
    if counted.capped:
        pool = _latest(query, RANKED, (anchor, LAST), counted)
        chosen, given = "id = any(%s)", [[pk for _kind, _thing, _at, pk in pool]]
    else:
        chosen, given = f"{query.where} and at <= %s", [*query.given, anchor]
    score = _SCORE.format(stems="%s::tsquery", words="%s::tsquery")
    beyond = "where (score, id) < (%s, %s)" if after else ""
    rows = _rows(
        f"with ranked as materialized (select content_type_id, object_id, {score} as score, id from search_item where {chosen}) "  # noqa: S608
        f"select * from ranked {beyond} order by score desc, id desc limit {PAGE + 1}",
        [query.stems, query.words, *given, *(after or ())],
    )
    return [Hit(kind, thing, f"{score}-{pk}-{_micros(anchor)}") for kind, thing, score, pk in rows]


def _latest(query: Query, most: int, before: tuple[datetime, int], counted: Counted) -> list[Any]:
    """The newest `most` rows older than `before`. Materialized: a limit would send PostgreSQL along the dates, past a million others."""
    window = FIRST_WINDOW if counted.capped else None
    while True:
        since = [min(before[0], query.until or before[0]) - window] if window else []
        found = _rows(
            f"with hit as materialized (select content_type_id, object_id, at, id from search_item where {query.where} "  # noqa: S608
            f"and at <= %s{' and at > %s' if since else ''}) "
            f"select * from hit where (at, id) < (%s, %s) order by at desc, id desc limit {most}",
            [*query.given, before[0], *since, *before],
        )
        if window is None or len(found) == most:
            return found
        window = _wider(window, len(found), most)


def _wider(window: timedelta, found: int, most: int) -> timedelta | None:
    """A window that should hold enough, by what this one held; None, for all time, where that would be some years."""
    wider = window * min(30.0, 1 + 1.5 * most / max(found, 1))
    return wider if wider < LAST_WINDOW else None


def _rows(sql: str, given: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def _micros(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def corrections(asked: Asked) -> dict[str, str]:
    """For each word that stands nowhere, the likeliest one that does, if any (one query, one more for each such word)."""
    plain = [word for word in asked.words if len(word) >= SHORTEST_BEGINNING + 1 and word.isalpha()]
    known = set(Word.objects.filter(word__in=plain).values_list("word", flat=True))
    found = {word: _nearest(word) for word in plain if word not in known}
    return {word: nearest for word, nearest in found.items() if nearest}


def _nearest(word: str) -> str:
    rows = _rows(
        "select word, things from search_word where word %% %s and length(word) between %s and %s "
        "order by similarity(word, %s) desc, things desc limit 30",
        [word, len(word) - 2, len(word) + 2, word],
    )
    allowed = 1 if len(word) < 6 else 2
    near = [(slips, -things, other) for other, things in rows if (slips := _slips(word, other)) <= allowed]
    return min(near)[2] if near else ""


def _slips(one: str, other: str) -> int:
    """How many letters were left out, added, changed or exchanged with their neighbour (Damerau, restricted)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, meant in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != meant)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == meant:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]


def marked(query: Query, texts: Sequence[str], *, signs: tuple[str, str], whole: bool = False) -> list[str]:
    """The `texts` with the two `signs` around every word found, whole or only what stands around the first of them (one query)."""
    looked_for = " | ".join(part.replace(" & ", " | ") for part in (query.stems, query.words) if part)
    if not looked_for:
        return list(texts)
    shape = f"StartSel={signs[0]}, StopSel={signs[1]}, " + ("HighlightAll=true" if whole else "MaxWords=34, MinWords=16, MaxFragments=1")
    rows = _rows(
        "select ts_headline('indonesian', text, %s::tsquery, %s) from unnest(%s::text[]) with ordinality as given (text, n) order by n",
        [looked_for, shape, list(texts)],
    )
    return [row[0] for row in rows]
