"""When it may be done. Each room lists its moves in `workflow.MOVES`; nothing else sets `state`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kentongan.core.errors import NotNow
from kentongan.core.permissions import nobody

NEW = ""
"""The origin of a thing that does not exist yet."""


@dataclass(frozen=True)
class Need:
    """A condition on the thing itself, the sentence shown while it is missing, and who can supply it.

    `supplied_by` names the action that supplies it: whoever may do that is told so instead of who else could.
    """

    met: Callable[[Any], Any]
    sentence: Any
    helpers: Callable[[Any], Iterable[str]] = nobody
    supplied_by: str = ""


@dataclass(frozen=True)
class Move:
    """One line of a room's table of moves. `target` None leaves the state as it is; `done` is said after it succeeded,
    `past` is how the record tells it later: a few words, for everyone who reads it.

    A target is a function of the thing where its history tells which state comes next (a step back after a step that may be left out).

    An action may have several moves when their origins differ (a return leads to the step before).
    """

    action: str
    origins: tuple[str, ...]
    target: str | Callable[[Any], str] | None
    needs: tuple[Need, ...] = ()
    done: Any = ""
    past: Any = ""


_moves: dict[str, dict[str, Move]] = {}


def register(*moves: Move) -> None:
    """Add a room's table. Raises ValueError when one action has two moves from one state."""
    for move in moves:
        known = _moves.setdefault(move.action, {})
        for origin in move.origins:
            if origin in known:
                raise ValueError(f"two moves for {move.action} from {origin!r}")
            known[origin] = move


def moves() -> dict[str, dict[str, Move]]:
    """Every move: action → origin → move."""
    return _moves


def done_sentence(action: str) -> str:
    """What to say after `action` succeeded; empty for an unknown action (the name may come from an address)."""
    return next((_(str(move.done)) for move in _moves.get(action, {}).values() if move.done), "")


def past(action: str) -> str:
    """What happened, as the record tells it: the words of the action's first move that has some; the action's name without any."""
    return next((_(str(move.past)) for move in _moves.get(action, {}).values() if move.past), action)


def check(action: str, thing: Any) -> Move | None:
    """The move this action makes, or None for an action outside the tables. Raises NotNow with everything that is missing."""
    known = _moves.get(action)
    if known is None:
        return None
    state = NEW if thing._state.adding else thing.state
    move = known.get(state)
    if move is None:
        raise NotNow(_("Keadaannya sekarang “%(state)s”, jadi langkah ini tidak bisa.") % {"state": thing.state_label})
    missing = [need for need in move.needs if not need.met(thing)]
    if missing:
        sentences = [str(need.sentence(thing) if callable(need.sentence) else _(str(need.sentence))) for need in missing]
        raise NotNow(" ".join(sentences), helpers_with(missing, thing), missing)
    return move


def helpers_with(missing: Iterable[Need], thing: Any) -> tuple[str, ...]:
    """Who can supply what is missing, each once."""
    return tuple(dict.fromkeys(name for need in missing for name in need.helpers(thing)))
