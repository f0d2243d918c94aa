"""When it may be done, a table a subject. Nothing else sets a state."""

from kentongan.groups.workflow import groups, living, privacy, registering, suspensions, village
from kentongan.groups.workflow.groups import FORWARD, board_of, founder_of, regency_of

__all__ = ["FORWARD", "MOVES", "board_of", "founder_of", "regency_of"]

MOVES = (*groups.MOVES, *privacy.MOVES, *living.MOVES, *registering.MOVES, *suspensions.MOVES, *village.MOVES)
