"""When it may be done, a table a subject. Nothing else sets a state."""

from kentongan.newsroom.workflow import stories

MOVES = (*stories.MOVES,)
