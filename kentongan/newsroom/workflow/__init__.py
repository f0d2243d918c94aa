"""When it may be done, a table a subject. Nothing else sets a state."""

from kentongan.newsroom.workflow import materials, people, readers, reposts, safety, stories

MOVES = (*stories.MOVES, *readers.MOVES, *safety.MOVES, *materials.MOVES, *reposts.MOVES, *people.MOVES)
