"""What several verbs of this room share, inside their `act`."""

from collections.abc import Sequence

from kentongan.groups.models import Group, reckon, reckon_all
from kentongan.groups.models.stated import foretell_all
from kentongan.pages import store
from kentongan.search import index


def told(group: Group) -> None:
    """Its public pages changed, and when time alone will change them; search and the counts of its places follow."""
    store.changed(*group.sites())
    group.foretell()
    index.put(group)
    reckon(group)


def told_all(groups: Sequence[Group]) -> None:
    """The same for many groups at once."""
    store.changed(*dict.fromkeys(site for group in groups for site in group.sites()))
    foretell_all(groups)
    index.put_all(groups)
    reckon_all(groups)
