"""What the board does with its group's export, and what the clock does for it."""

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.core.jobs import enqueue
from kentongan.exchange.models import Export
from kentongan.groups.models import Group


def ask(group: Group, *, by: Person) -> Export:
    """Ask for everything the group has here as one file. Raises NotAllowed, and NotNow while one is being made."""
    with act("exchange.ask", on=Export(group=group, asked_by=by), by=by) as export:
        enqueue("exchange.pack", export=export.pk)
    return export


def finish(export: Export, *, size: int, sha256: str, contents: dict[str, int]) -> Export:
    """By the clock: the file is whole."""
    with act("exchange.finish", on=export, by=CLOCK) as export:
        export.filled(size, sha256, contents)
    return export


def fail(export: Export) -> Export:
    """By the clock: it could not be made; the board may ask again."""
    with act("exchange.fail", on=export, by=CLOCK) as export:
        pass
    return export


def drop(export: Export, *, by: Person | None = None) -> Export:
    """Take the file away: its week is over, a newer one is there, or the board wants it gone."""
    with act("exchange.drop", on=export, by=by or CLOCK) as export:
        export.file.unlink(missing_ok=True)
    return export
