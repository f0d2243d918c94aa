"""When it may be done, a table a subject. Nothing else sets a state."""

from kentongan.newsroom.workflow import materials, reposts, stories

MOVES = (*stories.MOVES, *materials.MOVES, *reposts.MOVES)
