"""Who may do what in the newsroom, a table a subject."""

from kentongan.newsroom.permissions import materials, people, readers, reposts, safety, stories

RULES = (*stories.RULES, *readers.RULES, *safety.RULES, *materials.RULES, *reposts.RULES, *people.RULES)
