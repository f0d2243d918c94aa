"""The table asked: everything that waits for one person, or is open in one office or board, in one query."""

from typing import Any

from django.db.models import (
    CharField,
    F,
    IntegerField,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Left

from kentongan.accounts.models import Person
from kentongan.desk.waits import forming, living, newsroom
from kentongan.desk.waits.wait import LISTED, Wait, Waiting
from kentongan.groups.models import (
    Post,
    posts_of,
)

WAITS = (*living.WAITS, *newsroom.WAITS, *forming.WAITS)


BY_KIND = {wait.kind: wait for wait in WAITS}


def waiting_for(person: Person) -> list[Waiting]:
    """Everything that waits for this person in all their posts, and what they wait for, oldest promise first. One query."""
    arms = [_arm(wait, person, None) for wait in WAITS if wait.personal]
    arms += [_arm(wait, person, post) for post in posts_of(person) for wait in WAITS if wait.is_for(post)]
    rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    found = {(row[0], row[2], row[1]): Waiting(BY_KIND[row[0]], *row[1:]) for row in rows}
    return sorted(found.values(), key=lambda one: (one.due_on, one.number))


def open_in(post: Post, person: Person) -> dict[Wait, list[Waiting]]:
    """Everything open in the office or the group of this post, whoever of it should do it, by kind in the order of the table. One query.

    LISTED of each kind; `counted` says how many there are.
    """
    kinds = [wait for wait in WAITS if wait.belongs_to(post)]
    arms = [_arm(wait, person, post, whole=True) for wait in kinds]
    rows = arms[0].union(*arms[1:], all=True)
    found: dict[Wait, list[Waiting]] = {wait: [] for wait in kinds}
    for row in rows:
        found[BY_KIND[row[0]]].append(Waiting(BY_KIND[row[0]], *row[1:]))
    return {wait: sorted(some, key=lambda one: (one.due_on, one.number)) for wait, some in found.items()}


def counted(wait: Wait, post: Post, person: Person, found: list[Waiting]) -> int:
    """How many things of a kind are open; asked of the database only where more than were listed."""
    return len(found) if len(found) < LISTED else (wait.whole or wait.rows)(person, post).count()


def _arm(wait: Wait, person: Person, post: Post | None, *, whole: bool = False) -> QuerySet[Any]:
    rows = ((whole and wait.whole) or wait.rows)(person, post).annotate(
        _kind=Value(wait.kind, CharField()),
        _post=Value(post.key if post else "", CharField()),
        _what=Left(Cast(F(wait.title) if isinstance(wait.title, str) else wait.title, CharField()), 90),
        _version=Cast(F("version") if wait.tap else Value(None), IntegerField()),
        _note=Left(Cast(wait.note if wait.note is not None else Value(""), CharField()), 300),
    )
    arm: QuerySet[Any] = rows.order_by(wait.since).values_list("_kind", "_post", wait.key, "_what", wait.since, "_version", "_note")[
        :LISTED
    ]
    return arm
