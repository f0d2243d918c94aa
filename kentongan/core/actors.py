"""Who can stand behind an action besides a person: the clock, someone without an account, one who helps another."""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Impersonal:
    """An actor that is nobody in particular. A rule must name it to let it in."""

    actor_kind: str
    pk: None = None


@dataclass(frozen=True)
class Helping:
    """`person` acts for `other`, who has no phone, no account or no time: two names on the record. See `Person.helping`."""

    person: Any
    other: Any
    actor_kind: str = "person"

    @property
    def pk(self) -> int:
        return int(self.person.pk)


def person_of(by: Any) -> Any:
    """The Person whose hands do it: a helper acts with their own. None for the clock and for someone without an account."""
    hands = by.person if isinstance(by, Helping) else by
    return None if isinstance(hands, Impersonal) else hands


CLOCK: Final = Impersonal("clock")
"""Acts where time alone decides."""

PUBLIC: Final = Impersonal("public")
"""Someone without an account."""

type_of_actor = Any
"""A Person of the room `accounts`, `Helping`, `CLOCK` or `PUBLIC`: `core` knows only that it has `actor_kind` and `pk`."""
