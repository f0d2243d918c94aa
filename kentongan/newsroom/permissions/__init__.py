"""Who may do what in the newsroom, a table a subject."""

from kentongan.newsroom.permissions import materials, reposts, stories

RULES = (*stories.RULES, *materials.RULES, *reposts.RULES)
