"""What the trace, the outbox, the page store and search may ask of a thing of any room."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable


@runtime_checkable
class Public(Protocol):
    """A thing that has a public page. Its default manager's queryset also answers `visible_to(person)`."""

    @property
    def title(self) -> str: ...

    def get_absolute_url(self) -> str: ...

    def sites(self) -> Iterable[str]:
        """The public sites it shows on: "kim/<slug>", "wilayah/<code>", "nasional"."""
        ...
