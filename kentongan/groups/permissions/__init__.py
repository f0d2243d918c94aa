"""Who may do what with groups and posts, a table a subject."""

from kentongan.groups.permissions import groups, living, privacy, registering, suspensions, village
from kentongan.groups.permissions.groups import ANOTHERS_ROLE, REASONS, decreeing_offices, sets_rules_for, three_offices
from kentongan.groups.permissions.living import in_office, on_board
from kentongan.groups.permissions.registering import REGISTRARS_ONLY, keeps_registers, registrar_over

__all__ = [
    "ANOTHERS_ROLE",
    "REASONS",
    "REGISTRARS_ONLY",
    "RULES",
    "decreeing_offices",
    "in_office",
    "keeps_registers",
    "on_board",
    "registrar_over",
    "sets_rules_for",
    "three_offices",
]

RULES = (*groups.RULES, *privacy.RULES, *living.RULES, *registering.RULES, *suspensions.RULES, *village.RULES)
