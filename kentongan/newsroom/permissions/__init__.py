"""Who may do what in the newsroom, a table a subject."""

from kentongan.newsroom.permissions import stories

RULES = (*stories.RULES,)
