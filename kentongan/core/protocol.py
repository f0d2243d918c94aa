"""What the trace, the outbox, the page store and search may ask of a thing of any room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Public(Protocol):
    """A thing that has a public page. Its default manager's queryset also answers `visible_to(person)`."""

    @property
    def title(self) -> str: ...

    def get_absolute_url(self) -> str: ...

    def sites(self) -> Iterable[str]:
        """The public sites it shows on: "kim/<slug>", "wilayah/<code>", "nasional"."""
        ...


@dataclass(frozen=True, slots=True)
class Wording:
    """What search keeps of a thing: its words, the weightiest first, of which kind and day it is, and where it lies."""

    kind: str
    at: datetime
    codes: tuple[str, ...]
    """Of the province, regency, district and village it lies in; the lower ones are empty where it lies in a larger place."""
    title: str
    summary: str = ""
    body: str = ""
    places: str = ""


@runtime_checkable
class Findable(Public, Protocol):
    """A public thing that search finds. Nothing is shown from the index alone: the room above asks the thing itself."""

    @property
    def is_findable(self) -> bool:
        """Whether it may be found now; asked of the row in hand, inside the action that changes it."""
        ...

    def wording(self) -> Wording: ...

    @classmethod
    def findable(cls) -> Any:
        """The queryset of all that may be found, with what `wording` reads."""
        ...
