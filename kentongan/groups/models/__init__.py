"""Offices and their people, groups and theirs: posts from which every right comes, lapsing by date."""

from kentongan.groups.models.decrees import Decree
from kentongan.groups.models.formation import FormationStep, Seat, check_seats
from kentongan.groups.models.groups import Group, Groups, sites_ruled_by, with_rules
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
from kentongan.groups.models.terms import DateRange, Role, Terms

__all__ = [
    "CODE_OF_LEVEL",
    "GOVERNING",
    "Agreement",
    "Appointment",
    "DateRange",
    "Decree",
    "FormationStep",
    "Group",
    "Groups",
    "Located",
    "Membership",
    "Memberships",
    "Office",
    "Post",
    "Role",
    "Seat",
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
    "sites_naming",
    "sites_ruled_by",
    "with_rules",
]
