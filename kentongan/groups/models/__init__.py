"""Offices and their people, groups and theirs: posts from which every right comes, lapsing by date."""

from kentongan.groups.models.decrees import Decree
from kentongan.groups.models.deeds import Deed, DeedFile
from kentongan.groups.models.formation import FormationStep, Seat, check_seats
from kentongan.groups.models.groups import Group, Groups, sites_ruled_by, with_rules
from kentongan.groups.models.handovers import Handover, newcomers
from kentongan.groups.models.institution import Item
from kentongan.groups.models.maturity import RUNGS, Institution, Maturity
from kentongan.groups.models.measures import FORMED, MEASURES, RULE_VERSION, RULES, SHOWN_STEPS, STEPS, Facts, Measure
from kentongan.groups.models.members import (
    Agreement,
    Membership,
    Memberships,
    Post,
    membership_of,
    person_for,
    posts_of,
    sites_naming,
)
from kentongan.groups.models.naming import names_of, officers_of
from kentongan.groups.models.offices import GOVERNING, Appointment, Office, appointment_over, covered_by, office_over
from kentongan.groups.models.places import CODE_OF_LEVEL, Located
from kentongan.groups.models.reckoning import reckon, reckon_all, reckon_due, recount
from kentongan.groups.models.reminders import VACANT_DAYS, Reminder, appointments_ending, boards_ending, decrees_ending, stage_reached
from kentongan.groups.models.standing import Practice, Recount, Standing, Tally
from kentongan.groups.models.statements import Statement, statements_on, unanswered_objection
from kentongan.groups.models.suspensions import Appeal, Suspension, appeals_of, open_appeal, suspension_of, uninvolved
from kentongan.groups.models.terms import DateRange, Role, Terms
from kentongan.groups.models.visits import Visit, last_visits

__all__ = [
    "CODE_OF_LEVEL",
    "FORMED",
    "GOVERNING",
    "MEASURES",
    "RULES",
    "RULE_VERSION",
    "RUNGS",
    "SHOWN_STEPS",
    "STEPS",
    "VACANT_DAYS",
    "Agreement",
    "Appeal",
    "Appointment",
    "DateRange",
    "Decree",
    "Deed",
    "DeedFile",
    "Facts",
    "FormationStep",
    "Group",
    "Groups",
    "Handover",
    "Institution",
    "Item",
    "Located",
    "Maturity",
    "Measure",
    "Membership",
    "Memberships",
    "Office",
    "Post",
    "Practice",
    "Recount",
    "Reminder",
    "Role",
    "Seat",
    "Standing",
    "Statement",
    "Suspension",
    "Tally",
    "Terms",
    "Visit",
    "appeals_of",
    "appointment_over",
    "appointments_ending",
    "boards_ending",
    "check_seats",
    "covered_by",
    "decrees_ending",
    "last_visits",
    "membership_of",
    "names_of",
    "newcomers",
    "office_over",
    "officers_of",
    "open_appeal",
    "person_for",
    "posts_of",
    "reckon",
    "reckon_all",
    "reckon_due",
    "recount",
    "sites_naming",
    "sites_ruled_by",
    "stage_reached",
    "statements_on",
    "suspension_of",
    "unanswered_objection",
    "uninvolved",
    "with_rules",
]
