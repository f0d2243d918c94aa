"""How many things wait for somebody, for the foot of every desk page: asked anew only when anything was done since."""

from collections import Counter, OrderedDict
from threading import Lock
from typing import Final

from django.db.models import Max
from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.models import Entry
from kentongan.desk.waits import Waiting, waiting_for

MOST: Final = 5_000
"""People whose counts this process remembers."""
Counts = dict[str, int]
Moment = tuple[int, str]

_known: "OrderedDict[int, tuple[Moment, Counts]]" = OrderedDict()
_lock = Lock()


def counts_of(rows: list[Waiting]) -> Counts:
    """How many of these wait in each post, by its key; those of no post under an empty one."""
    return Counter(row.post for row in rows if not row.wait.theirs)


def counts_for(person: Person) -> Counts:
    """How many things wait for this person in each of their posts.

    The list of the front page is always read whole; finding out what waits costs tens of milliseconds, so the other pages repeat the count
    until something is done by anybody (a line of the record), or the hour is over. One query where nothing was done.
    """
    now = (Entry.objects.aggregate(last=Max("pk"))["last"] or 0, f"{timezone.now():%d%H}")
    with _lock:
        moment, counts = _known.get(person.pk, (None, {}))
    if moment == now:
        return counts
    counts = counts_of(waiting_for(person))
    with _lock:
        _known[person.pk] = (now, counts)
        _known.move_to_end(person.pk)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return counts
