"""Who may do what with groups and posts, a table a subject."""

from kentongan.groups.permissions import groups, privacy
from kentongan.groups.permissions.groups import ANOTHERS_ROLE, REASONS, decreeing_offices, sets_rules_for, three_offices

__all__ = ["ANOTHERS_ROLE", "REASONS", "RULES", "decreeing_offices", "sets_rules_for", "three_offices"]

RULES = (*groups.RULES, *privacy.RULES)
