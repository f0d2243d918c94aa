"""When a person leaves the rolls: forgotten at their own wish, or found to be written down twice."""

from django.db.models import F, Q
from django.utils import timezone

from kentongan.accounts.models import Merger, Person
from kentongan.groups.models.groups import Group
from kentongan.groups.models.members import Membership
from kentongan.groups.models.offices import Appointment
from kentongan.regions.models import Region


def groups_of(person: Person) -> list[Group]:
    """Every group this human was ever in, or founded."""
    selves = person.selves
    mine = Q(memberships__person__in=selves) | Q(founder__in=selves)
    return list(Group.objects.filter(mine).select_related("region").distinct().order_by("id"))


def regions_of(person: Person) -> list[Region]:
    """Where this person ever held a post or founded a group."""
    here = Q(groups__memberships__person=person) | Q(groups__founder=person) | Q(offices__appointments__person=person)
    return list(Region.objects.filter(here).distinct())


def serves(person: Person) -> bool:
    """Whether this person serves in an office today or later."""
    today = timezone.localdate()
    rows = Appointment.objects.filter(person=person, state=Appointment.State.ACTIVE)
    return rows.filter(Q(ends__isnull=True) | Q(ends__gte=today)).exists()


def alone_at(person: Person) -> list[Group]:
    """The groups in which nobody else could act for the board today: neither another ketua nor a sekretaris who has signed in."""
    chairs = Membership.objects.current().filter(person=person, role__in=(Membership.Role.KETUA, Membership.Role.SEKRETARIS))
    groups = [row.group for row in chairs.select_related("group")]
    others = Membership.objects.current().filter(
        group__in=groups, role__in=(Membership.Role.KETUA, Membership.Role.SEKRETARIS), person__account__state="active"
    )
    helped = set(others.exclude(person=person).values_list("group_id", flat=True))
    return list({group.pk: group for group in groups if group.pk not in helped}.values())


def leave_every_post(person: Person, reason: str) -> None:
    """Inside `act`: every role and appointment of this human ends today."""
    today = timezone.localdate()
    for model in (Membership, Appointment):
        active = model.objects.filter(person__in=person.selves, state="active")  # type: ignore[attr-defined]
        active.filter(starts__gt=today).update(starts=today)
        active.filter(Q(ends__isnull=True) | Q(ends__gt=today)).update(ends=today)
        active.update(state="ended", ended_reason=reason, version=F("version") + 1)


def settle_roles(merger: Merger, reason: str) -> None:
    """Inside the `act` that merges: of one role held twice in a group, the kept row's stays, with what either said yes to.

    Different roles stay beside each other, as anybody may hold two.
    """
    today = timezone.localdate()
    theirs = Membership.objects.filter(person=merger.lost, state="active").select_related("person")
    for row in theirs:
        same = Membership.objects.filter(person=merger.kept, group=row.group_id, role=row.role, state="active")
        twin = same.filter(Q(ends__isnull=True) | Q(ends__gte=row.starts)).exclude(starts__gt=row.ends or today).first()
        if twin is None:
            continue
        if row.agreed and not twin.agreed:
            twin.carry_on(row)
        last = max(today, row.starts) if row.ends is None else min(row.ends, max(today, row.starts))
        Membership.objects.filter(pk=row.pk).update(state="ended", ends=last, ended_reason=reason, version=F("version") + 1)
