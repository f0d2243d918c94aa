"""Offices and their people, groups and theirs: posts from which every right comes, lapsing by date."""

from kentongan.groups.models.decrees import Decree
from kentongan.groups.models.formation import FormationStep, Seat, check_seats
from kentongan.groups.models.groups import Group, Groups, sites_ruled_by, with_rules
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
from kentongan.groups.models.standing import Practice, Recount, Standing, Tally
from kentongan.groups.models.terms import DateRange, Role, Terms

__all__ = [
    "CODE_OF_LEVEL",
    "FORMED",
    "GOVERNING",
    "MEASURES",
    "RULES",
    "RULE_VERSION",
    "SHOWN_STEPS",
    "STEPS",
    "Agreement",
    "Appointment",
    "DateRange",
    "Decree",
    "Facts",
    "FormationStep",
    "Group",
    "Groups",
    "Located",
    "Measure",
    "Membership",
    "Memberships",
    "Office",
    "Post",
    "Practice",
    "Recount",
    "Role",
    "Seat",
    "Standing",
    "Tally",
    "Terms",
    "appointment_over",
    "check_seats",
    "covered_by",
    "membership_of",
    "names_of",
    "office_over",
    "officers_of",
    "person_for",
    "posts_of",
    "reckon",
    "reckon_all",
    "reckon_due",
    "recount",
    "sites_naming",
    "sites_ruled_by",
    "with_rules",
]
