"""Who may do what. Each room lists its rules in `permissions.RULES`; nothing else decides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kentongan.core.actors import CLOCK, PUBLIC, Helping
from kentongan.core.errors import NotAllowed

SELF = "diri sendiri"
"""The capacity of someone who acts on what is their own."""


def nobody(thing: Any) -> Iterable[str]:
    """No one else can help."""
    return ()


@dataclass(frozen=True)
class Rule:
    """One line of a room's permission table.

    `capacity(person, thing)` answers with what gives the right (a membership, an appointment, `SELF`) or None; it is asked about
    persons only.
    `sentence` is shown to whoever may not; `helpers(thing)` names who can instead.
    `clock` and `public` are the capacity of the clock and of someone without an account, empty where they may not;
    `assisted` lets a person do this for another one.
    """

    action: str
    capacity: Callable[[Any, Any], Any]
    sentence: Any
    helpers: Callable[[Any], Iterable[str]] = nobody
    clock: str = ""
    public: str = ""
    assisted: bool = False


_rules: dict[str, Rule] = {}
Reason = Callable[[Any, Rule, Any], str]
_reasons: list[Reason] = []


def explain(*reasons: Reason) -> None:
    """Add a room's reasons: each answers, about a person who was refused, with a truer sentence than the rule's own, or with nothing."""
    _reasons.extend(reasons)


def register(*rules: Rule) -> None:
    """Add a room's table. Raises ValueError when an action has two rules."""
    for rule in rules:
        if rule.action in _rules:
            raise ValueError(f"two rules for {rule.action}")
        _rules[rule.action] = rule


def rules() -> tuple[Rule, ...]:
    """Every rule of every room."""
    return tuple(_rules.values())


def capacity(by: Any, action: str, thing: Any) -> Any:
    """What gives `by` the right to do `action` on `thing`. Raises NotAllowed; KeyError for an action without a rule."""
    rule = _rules[action]
    post = _post(by, rule, thing)
    if not post:
        reason = next((sentence for why in _reasons if (sentence := why(by, rule, thing))), "")
        raise NotAllowed(reason or _(str(rule.sentence)), () if reason else rule.helpers(thing))
    return post


def has_right(by: Any, action: str, thing: Any) -> bool:
    """The same question where nobody reads why not: who could help instead is not looked up."""
    return bool(_post(by, _rules[action], thing))


def _post(by: Any, rule: Rule, thing: Any) -> Any:
    if by is CLOCK:
        return rule.clock
    if by is PUBLIC or by is None:
        return rule.public
    if isinstance(by, Helping):
        return rule.capacity(by.person, thing) if rule.assisted else None
    return rule.capacity(by, thing)
