"""The one door: everything that changes the record passes `act`."""

from collections.abc import Iterator
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


@contextmanager
def act(action: str, *, on: Thing, by: Any) -> Iterator[Thing]:
    """Lock `on`, ask whether `by` may and whether it is the time, move its state, write the record, run the block, save.

    Yields the locked row (not `on` itself unless that is new). A new, unsaved `on` is saved before the block, so that the block can hang
    things on it. `on` carries the version its caller saw (`Acted.seen`).
    Raises NotAllowed, NotNow, Stale; either undoes everything, as does any error in the block. A broken constraint of the database
    is a NotNow with the constraint's own sentence.
    """
    try:
        with transaction.atomic():
            adding = on._state.adding
            thing = on if adding else _locked(on)
            post = permissions.capacity(by, action, thing)
            move = workflow.check(action, thing)
            if thing.version != on.version:
                raise Stale(_("Ada yang mengubah ini sesudah Anda membukanya. Yang Anda tulis tidak hilang."), thing)
            before = workflow.NEW if adding else thing.state
            if move and move.target is not None:
                thing.state = move.target(thing) if callable(move.target) else move.target
            if adding:
                thing.save()
            thing.entry = _record(action, thing, by, post, before)
            yield thing
            thing.version += 1
            thing.save()
    except IntegrityError as broken:
        sentence = _sentence_of(broken)
        if not sentence:
            raise
        raise NotNow(sentence) from broken


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


def _record(action: str, thing: Acted, by: Any, post: Any, before: str) -> Entry:
    by = PUBLIC if by is None else by
    return Entry.objects.create(
        action=action,
        by_kind=by.actor_kind,
        by_id=by.pk,
        for_id=by.other.pk if isinstance(by, Helping) else None,
        capacity=str(post)[:200],
        capacity_type=_kind_of(post),
        capacity_id=post.pk if isinstance(post, models.Model) else None,
        about=thing,
        before=before,
        after=thing.state,
    )


def _kind_of(post: Any) -> Any:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(post) if isinstance(post, models.Model) else None


def _sentence_of(broken: IntegrityError) -> str:
    """The sentence the model gave the broken constraint; empty when it gave none."""
    name = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message != constraint.default_violation_error_message:
                return str(constraint.get_violation_error_message())
    return ""
