"""What several verbs of this room share, inside their `act`."""

from kentongan.groups.models import Group, reckon
from kentongan.pages import store
from kentongan.search import index


def told(group: Group) -> None:
    """Its public pages changed, and when time alone will change them; search and the counts of its places follow."""
    store.changed(*group.sites())
    group.foretell()
    index.put(group)
    reckon(group)
