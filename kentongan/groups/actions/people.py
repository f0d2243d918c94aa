"""Who belongs to a group, as what, and what they said yes to."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import NotAllowed
from kentongan.groups.actions.inner import told
from kentongan.groups.models import (
    Group,
    Membership,
    person_for,
)
from kentongan.groups.permissions import ANOTHERS_ROLE
from kentongan.groups.settings import CONDUCT_VERSION


def admit(
    group: Group,
    *,
    name: str,
    credential: str,
    role: str,
    field: str = "",
    ends: date | None = None,
    birth_year: int | None = None,
    by: Person,
) -> Membership:
    """Take somebody else in; with a phone number or user name they can be given a slip. The year of birth is told of minors only."""
    with transaction.atomic():
        membership = Membership(
            group=group, person=person_for(name, credential), role=role, field=field, starts=timezone.localdate(), ends=ends
        )
        membership.has_vote = role != Membership.Role.PEMBINA
        if membership.person == by:
            raise NotAllowed(str(ANOTHERS_ROLE))
        with act("groups.admit", on=membership, by=by) as membership:
            membership.person.note_year(birth_year)
            told(group)
    return membership


def agree(group: Group, *, by: Person) -> None:
    """Say yes to being a member of this group and to the conduct, in every role held there."""
    with transaction.atomic():
        for membership in Membership.objects.current().filter(group=group, person=by).exclude(agreed_version=CONDUCT_VERSION):
            with act("groups.agree", on=membership, by=by) as row:
                row.agree(by)
        told(group)


def agree_with_help(membership: Membership, *, by: Person) -> Membership:
    """Write down that somebody without an account said yes, with the one beside them: two names."""
    with act("groups.agree_with_help", on=membership, by=by.helping(membership.person)) as membership:
        membership.agree(by, helped=True)
        told(membership.group)
    return membership


def change_role(membership: Membership, *, role: str, by: Person) -> Membership:
    """End a role and give the same person another one from today; answers with the new membership."""
    with act("groups.change_role", on=membership, by=by) as membership:
        membership.end(_("Berganti peran"))
        following = membership.group.seat(membership.person, role, field=membership.field)
        following.carry_on(membership)
        told(membership.group)
    return following


def end_membership(membership: Membership, *, reason: str, by: Person) -> Membership:
    """End a membership today; every right it gave ends with it."""
    with act("groups.end_membership", on=membership, by=by) as membership:
        membership.end(reason)
        told(membership.group)
    return membership
