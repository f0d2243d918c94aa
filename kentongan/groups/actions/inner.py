"""What several verbs of this room share, inside their `act`."""

from kentongan.groups.models import Group
from kentongan.pages import store
from kentongan.search import index


def told(group: Group) -> None:
    """The page store must know: the group's public pages changed, and when time alone will change them."""
    store.changed(*group.sites())
    group.foretell()
    index.put(group)
