"""The index is kept by the actions that change what is public: `put` and `drop` stand beside `pages.store.changed` in them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models.functions import Mod

from kentongan.core.protocol import Findable, Wording
from kentongan.search.models import Item

COLUMNS = (
    "content_type_id", "object_id", "kind", "province_code", "regency_code", "district_code", "village_code", "at", "site", "digest",
    "title", "summary", "body", "places",
)  # fmt: skip
TURN = 10
"""Every thing is read again once in so many nights."""
CHUNK = 2000

# What a thing is indexed under besides its words: "=berita", "@33.18". No word of a text holds such a sign.
_VECTORS = """
    search_vector('indonesian', title, summary, body, places) || array_to_tsvector(array_remove(array[
        '=' || kind, '@' || nullif(province_code, ''), '@' || nullif(regency_code, ''),
        '@' || nullif(district_code, ''), '@' || nullif(village_code, '')
    ], null)) as stems,
    search_vector('simple', title, summary, body, places) as words
"""
_FILL = f"""
    insert into search_item (content_type_id, object_id, kind, province_code, regency_code, district_code, village_code, at, site, digest,
        stems, words)
    select content_type_id, object_id, kind, province_code, regency_code, district_code, village_code, at, site, digest, {_VECTORS}
    from {{source}}
    on conflict (content_type_id, object_id) do update set kind = excluded.kind, province_code = excluded.province_code,
        regency_code = excluded.regency_code, district_code = excluded.district_code, village_code = excluded.village_code,
        at = excluded.at, site = excluded.site, digest = excluded.digest, stems = excluded.stems, words = excluded.words
"""  # noqa: S608 (columns of ours)
_ONE = f"(values ({', '.join(['%s::int', '%s::bigint', *['%s'] * 5, '%s::timestamptz', *['%s'] * 6])})) as new ({', '.join(COLUMNS)})"
_STAGE = """
    create temporary table new_item (content_type_id int, object_id bigint, kind text, province_code text, regency_code text,
    district_code text, village_code text, at timestamptz, site text, digest text, title text, summary text, body text, places text)
    on commit drop
"""
# Words somebody may mistype: with letters only, three to thirty of them. In order, so that two actions never wait for each other in a ring.
_LEARN = """
    insert into search_word (word, things)
    select distinct lexeme, 1 from search_item, unnest(words) as said
    where content_type_id = %s and object_id = {which} and lexeme ~ '^[[:alpha:]]{{3,30}}$' order by lexeme
    on conflict do nothing
"""
_COUNT_WORDS = """
    with said as materialized (
        select word, ndoc from ts_stat('select words from search_item') where word ~ '^[[:alpha:]]{3,30}$'
    ), gone as (
        delete from search_word where not exists (select from said where said.word = search_word.word)
    )
    insert into search_word (word, things) select word, ndoc from said order by word
    on conflict (word) do update set things = excluded.things where search_word.things is distinct from excluded.things
"""


def put(thing: Findable) -> None:
    """Let `thing` be found by what it says now; one that is not public is dropped. Inside the action that changed it."""
    if not thing.is_findable:
        drop(thing)
        return
    row = _row(thing)
    with connection.cursor() as cursor:
        cursor.execute(_FILL.format(source=_ONE), row)
        cursor.execute(_LEARN.format(which="%s"), row[:2])


def drop(thing: Any) -> None:
    """Let `thing` be found no more."""
    Item.objects.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk).delete()


def kinds() -> list[type[Any]]:
    """Every model whose things can be found."""
    return [model for model in apps.get_models() if hasattr(model, "findable") and issubclass(model, models.Model)]


@transaction.atomic
def fill(rows: Any) -> int:
    """Put many at once, by COPY: `rows` is (a part of) the queryset a model calls `findable`. Returns how many."""
    return _copied(_row(thing) for thing in rows.iterator(chunk_size=CHUNK))


@transaction.atomic
def put_all(things: Sequence[Findable]) -> None:
    """`put` for many things of one kind, as they are in memory. Inside the action that changed them."""
    if not things:
        return
    kind = ContentType.objects.get_for_model(type(things[0]))  # type: ignore[arg-type,type-var]
    gone = [thing.pk for thing in things if not thing.is_findable]  # type: ignore[attr-defined]
    Item.objects.filter(content_type=kind, object_id__in=gone).delete()
    _copied(_row(thing) for thing in things if thing.is_findable)
    with connection.cursor() as cursor:
        cursor.execute(_LEARN.format(which="any(%s)"), [kind.pk, [thing.pk for thing in things]])  # type: ignore[attr-defined]


def _copied(things: Iterator[tuple[Any, ...]]) -> int:
    filled = 0
    with connection.cursor() as cursor:
        while chunk := list(islice(things, 10 * CHUNK)):  # read before the copy begins: a connection does one thing at a time
            cursor.execute(_STAGE)
            with cursor.copy(f"COPY new_item ({', '.join(COLUMNS)}) FROM STDIN") as sink:
                for row in chunk:
                    sink.write_row(row)
            cursor.execute(_FILL.format(source="new_item"))
            cursor.execute("drop table new_item")
            filled += len(chunk)
    return filled


def complete() -> int:
    """Put all that is public and not there yet, in bulk. Returns how many."""
    with in_bulk():
        return sum(fill(_missing(model)) for model in kinds())


def _missing(model: type[Any]) -> Any:
    there = Item.objects.filter(content_type=ContentType.objects.get_for_model(model))
    return model.findable().exclude(pk__in=there.values("object_id"))


@contextmanager
def in_bulk() -> Iterator[None]:
    """For very many: build the index of words afterwards, at once, and count the words."""
    grown = [index for index in Item._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor(atomic=False) as editor:
        for index in grown:
            editor.remove_index(Item, index)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")  # no index is built while checks wait
        with connection.schema_editor(atomic=False) as editor:
            for index in grown:
                editor.add_index(Item, index)
    count_words()
    with connection.cursor() as cursor:
        cursor.execute("analyze search_item")


@transaction.atomic
def count_words() -> None:
    """Count again in how many things each word stands; forget those that stand in none."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_WORDS)
        cursor.execute("analyze search_word")


def repair(turn: int | None = None) -> list[str]:
    """Compare the index with what is public, put right what differs, and say what did.

    Which things are there is compared for all; what they say for the things whose number leaves `turn` when divided by TURN (all: None).
    """
    return [difference for model in kinds() for difference in _repaired(model, turn)]


def _repaired(model: type[Any], turn: int | None) -> Iterable[str]:
    name, kind = model._meta.model_name, ContentType.objects.get_for_model(model)
    items = Item.objects.filter(content_type=kind)
    for item in items.exclude(object_id__in=model.findable().values("pk")):
        yield f"{name} {item.object_id}: not public, was still found"
        item.delete()
    for thing in _missing(model).iterator(chunk_size=CHUNK):
        yield f"{name} {thing.pk}: public, was not found"
        put(thing)
    known = dict(_of_turn(items, "object_id", turn).values_list("object_id", "digest"))
    for thing in _of_turn(model.findable(), "pk", turn).iterator(chunk_size=CHUNK):
        if known.get(thing.pk, "") != digest(thing.wording()):
            yield f"{name} {thing.pk}: was found by what it no longer says"
            put(thing)


def _of_turn(rows: Any, number: str, turn: int | None) -> Any:
    return rows if turn is None else rows.annotate(turn=Mod(number, TURN)).filter(turn=turn)


def digest(said: Wording) -> str:
    """A short name for everything the index is made from."""
    text = "\x1f".join((said.kind, said.at.isoformat(), *said.codes, said.title, said.summary, said.body, said.places))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _row(thing: Findable) -> tuple[Any, ...]:
    said = thing.wording()
    kind, site = ContentType.objects.get_for_model(type(thing)), next(iter(thing.sites()))  # type: ignore[arg-type,type-var]
    words = (text.replace("\0", "") for text in (said.title, said.summary, said.body, said.places))
    return (kind.pk, thing.pk, said.kind, *said.codes, said.at, site, digest(said), *words)  # type: ignore[attr-defined]
