"""Ends that come: which stage before the end of a decree, of a board or of an appointment was reached, marked once each."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from kentongan.core.models import Acted
from kentongan.groups.models.decrees import Decree
from kentongan.groups.models.groups import Group
from kentongan.groups.models.members import Membership
from kentongan.groups.models.offices import Appointment
from kentongan.groups.models.terms import BOARD


class Reminder(Acted):
    """One thing that ends, a row: the stage it has reached. What delivers reminders reads them here; nothing is sent yet."""

    class State(models.TextChoices):
        DUE = "due", _("sudah waktunya diingatkan")

    decree = models.OneToOneField(Decree, null=True, blank=True, on_delete=models.CASCADE, related_name="reminder")
    board = models.OneToOneField(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="board_reminder")
    appointment = models.OneToOneField(Appointment, null=True, blank=True, on_delete=models.CASCADE, related_name="reminder")
    ends = models.DateField()
    stage = models.PositiveSmallIntegerField()
    """Of how many days before the end; the smallest one reached."""
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decree__isnull=False, board__isnull=True, appointment__isnull=True)
                | Q(decree__isnull=True, board__isnull=False, appointment__isnull=True)
                | Q(decree__isnull=True, board__isnull=True, appointment__isnull=False),
                name="reminder_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ends} -{self.stage}"


def stage_reached(ends: date, today: date, stages: Sequence[int]) -> int | None:
    """The smallest stage a thing that ends on this day has reached; None while the first one is ahead, and once the day has passed."""
    left = (ends - today).days
    return min((stage for stage in stages if 0 <= left <= stage), default=None)


STANDING = (*Group.PUBLISHING, Group.State.SUSPENDED)
"""States in which a group has a decree to renew and a board to choose."""
VACANT_DAYS = 90
"""How long an office nobody serves in any more is still told about. Bawaan Kentongan."""


def decrees_ending(until: date) -> QuerySet[Decree]:
    """Decrees of standing groups that end by this day or have ended, with none that follows: one a group."""
    follows = Decree.objects.filter(group=OuterRef("group"), withdrawn=False, ends__gt=OuterRef("ends"))
    return Decree.objects.filter(withdrawn=False, ends__lte=until, group__state__in=STANDING).exclude(Exists(follows))


def boards_ending(until: date) -> "QuerySet[Any]":
    """Standing groups where an office of the board falls vacant by this day (`board_ends`), unless a decree ends then and says so."""
    seats = Membership.objects.filter(group=OuterRef("pk"), state="active", role__in=BOARD)
    stays = Membership.objects.filter(group=OuterRef("group"), role=OuterRef("role"), state="active").filter(
        Q(ends__isnull=True) | Q(ends__gt=OuterRef("ends"))
    )
    first = seats.exclude(Exists(stays)).order_by("ends").values("ends")[:1]
    decree = Decree.objects.filter(group=OuterRef("pk"), withdrawn=False, ends=OuterRef("board_ends"))
    rows = Group.objects.filter(state__in=STANDING).annotate(board_ends=Subquery(first)).filter(board_ends__lte=until)
    return rows.exclude(Exists(decree))


def appointments_ending(until: date, today: date) -> QuerySet[Appointment]:
    """Appointments that end by this day with none that follows; those over only while their office has nobody, VACANT_DAYS long."""
    follows = Appointment.objects.filter(person=OuterRef("person"), office=OuterRef("office"), state="active").filter(
        Q(ends__isnull=True) | Q(ends__gt=OuterRef("ends"))
    )
    served = Appointment.objects.current(today).filter(office=OuterRef("office"))
    rows = Appointment.objects.filter(state="active", ends__lte=until, ends__gte=today - timedelta(days=VACANT_DAYS))
    return rows.exclude(Exists(follows)).filter(Q(ends__gte=today) | ~Exists(served))
