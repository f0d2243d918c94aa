"""The one door: everything that changes the record passes `act`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kentongan.core import permissions, workflow
from kentongan.core.actors import PUBLIC, Helping
from kentongan.core.errors import NotAllowed, NotNow, Refused, Stale
from kentongan.core.models import Acted, Entry

Thing = TypeVar("Thing", bound=Acted)

BATCH = 500
"""Rows of one statement."""


@contextmanager
def act(action: str, *, on: Thing, by: Any) -> Iterator[Thing]:
    """Lock `on`, ask whether `by` may and whether it is the time, move its state, write the record, run the block, save.

    Yields the locked row (not `on` itself unless that is new). A new, unsaved `on` is saved before the block, so that the block can hang
    things on it. `on` carries the version its caller saw (`Acted.seen`).
    Raises NotAllowed, NotNow, Stale; either undoes everything, as does any error in the block. A broken constraint of the database
    is a NotNow with the constraint's own sentence.
    """
    with _sentences(), transaction.atomic():
        adding = on._state.adding
        thing = on if adding else _locked(on)
        line = _passed(action, thing, by, on.version)
        if adding:
            thing.save()
        thing.entry = line
        line.about_id = thing.pk
        line.save()
        yield thing
        thing.version += 1
        thing.save()


@contextmanager
def act_all(action: str, *, on: Sequence[Thing], by: Any) -> Iterator[list[Thing]]:
    """`act` for many things of one kind at once, all or none: each is asked of the tables and gets its own line of the record.

    All of them are new, or none is. New ones are written before the block, complete as they were handed in, and not again after it; of
    the others what the block changes is saved. Things are locked in the order of their ids, so that two who act on many never wait for
    each other in a ring. A thing that is refused refuses all, with its own sentence. Raises what `act` raises.
    """
    with _sentences(), transaction.atomic():
        adding = bool(on) and on[0]._state.adding
        things = list(on) if adding or not on else _all_locked(on)
        seen = {thing.pk: thing.version for thing in on}
        lines = [_passed(action, thing, by, thing.version if adding else seen[thing.pk]) for thing in things]
        if adding:
            for thing in things:
                thing.version = 1
            type(on[0])._base_manager.bulk_create(things, batch_size=BATCH)
        for thing, line in zip(things, lines, strict=True):
            line.about_id = thing.pk
        Entry.objects.bulk_create(lines, batch_size=BATCH)
        for thing, line in zip(things, lines, strict=True):
            thing.entry = line
        yield things
        for thing in things if not adding else ():
            thing.version += 1
            thing.save()


@dataclass(frozen=True)
class Answer:
    """Whether a button works; when not, the sentence beside it and who can help. `by_right` is False when the person lacks the right.

    `yours` names the actions by which the person can supply what is missing.
    """

    ok: bool
    sentence: str = ""
    helpers: tuple[str, ...] = ()
    by_right: bool = True
    yours: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.ok


def may(person: Any, action: str, thing: Any) -> Answer:
    """Ask the same tables as `act`, without doing anything: what a button shows."""
    try:
        permissions.capacity(person, action, thing)
        workflow.check(action, thing)
    except NotNow as refused:
        yours = dict.fromkeys(need.supplied_by for need in refused.missing if need.supplied_by and may(person, need.supplied_by, thing))
        helpers = workflow.helpers_with((need for need in refused.missing if need.supplied_by not in yours), thing)
        return Answer(False, refused.sentence, helpers, yours=tuple(yours))
    except Refused as refused:
        return Answer(False, refused.sentence, refused.helpers, not isinstance(refused, NotAllowed))
    return Answer(True)


def took_last(action: str, thing: Any, by: Any) -> bool:
    """Whether the last step of this thing was this one, by this very person: what a refused second tap of one button asks."""
    last = Entry.of(thing).order_by("-id").first()
    return last is not None and (last.action, last.by_kind, last.by_id) == (action, by.actor_kind, by.pk)


def _locked(on: Thing) -> Thing:
    return type(on)._base_manager.select_for_update(of=("self",)).get(pk=on.pk)


def _all_locked(on: Sequence[Thing]) -> list[Thing]:
    """The stored rows, in the order of their ids; what a caller had read along with them (a region) is not read again one by one."""
    given = {thing.pk: thing for thing in on}
    rows = list(type(on[0])._base_manager.select_for_update(of=("self",)).filter(pk__in=given).order_by("pk"))
    if len(rows) != len(given):
        raise type(on[0]).DoesNotExist
    for row in rows:
        for name, other in given[row.pk]._state.fields_cache.items():
            if other is not None and getattr(row, f"{name}_id", None) == other.pk:
                row._state.fields_cache[name] = other
    return rows


def _passed(action: str, thing: Acted, by: Any, seen: int) -> Entry:
    """The three questions, and the move: the line of the record, unsaved, of a thing that may pass. It is asked of the stored row."""
    post = permissions.capacity(by, action, thing)
    move = workflow.check(action, thing)
    if thing.version != seen:
        raise Stale(_("Ada yang mengubah ini sesudah Anda membukanya. Yang Anda tulis tidak hilang."), thing)
    before = workflow.NEW if thing._state.adding else thing.state
    if move and move.target is not None:
        thing.state = move.target(thing) if callable(move.target) else move.target
    return _line(action, thing, by, post, before)


def _line(action: str, thing: Acted, by: Any, post: Any, before: str) -> Entry:
    by = PUBLIC if by is None else by
    return Entry(
        action=action,
        by_kind=by.actor_kind,
        by_id=by.pk,
        for_id=by.other.pk if isinstance(by, Helping) else None,
        capacity=str(post)[:200],
        capacity_type=_kind_of(post),
        capacity_id=post.pk if isinstance(post, models.Model) else None,
        about_type=_kind_of(thing),
        before=before,
        after=thing.state,
    )


def _kind_of(post: Any) -> Any:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(post) if isinstance(post, models.Model) else None


@contextmanager
def _sentences() -> Iterator[None]:
    """A broken constraint is answered with the sentence its model gave it."""
    try:
        yield
    except IntegrityError as broken:
        sentence = _sentence_of(broken)
        if not sentence:
            raise
        raise NotNow(sentence) from broken


def _sentence_of(broken: IntegrityError) -> str:
    """The sentence the model gave the broken constraint; empty when it gave none."""
    name = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message != constraint.default_violation_error_message:
                return str(constraint.get_violation_error_message())
    return ""
