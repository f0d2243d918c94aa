"""Who may take a group's whole export: its board, and nobody in its place. No office has a say in it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.exchange.models import Export, seat_on_board
from kentongan.groups.models import Membership, names_of

ONLY_THE_CLOCK = _("Ini dikerjakan sistem sendiri.")


def board(person: Person, export: Export) -> Any:
    """A seat on the board: today's, or the last one of a dissolved group."""
    return seat_on_board(person, export.group)


def board_of(export: Export) -> Iterable[str]:
    """Who sits on it."""
    return names_of(export.group, *Membership.BOARD)


def _nobody(person: Person, export: Export) -> Any:
    return None


RULES = (
    Rule("exchange.ask", board, _("Hanya ketua, sekretaris, dan bendahara KIM ini yang bisa meminta ekspornya."), board_of),
    Rule("exchange.fetch", board, _("Hanya ketua, sekretaris, dan bendahara KIM ini yang bisa mengunduh ekspornya."), board_of),
    Rule("exchange.finish", _nobody, ONLY_THE_CLOCK, clock="jam sistem"),
    Rule("exchange.fail", _nobody, ONLY_THE_CLOCK, clock="jam sistem"),
    Rule("exchange.drop", board, _("Hanya pengurus KIM ini yang bisa menghapus berkas ekspornya."), board_of, clock="jam sistem"),
)
