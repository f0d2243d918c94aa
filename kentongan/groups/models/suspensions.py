"""Suspensions: asked for by one officer, brought about and lifted by two, appealed by the group, decided by a third where there is one."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.groups.models.groups import Group
from kentongan.groups.models.offices import Appointment
from kentongan.media.models import Paper
from kentongan.regions.models import Level


class Suspension(models.Model):
    """One suspension from the first officer's question to its end. What the public reads stands on the group."""

    class Course(models.TextChoices):
        ASKED = "asked", _("diusulkan")
        REFUSED = "refused", _("dibatalkan")
        IN_FORCE = "in_force", _("berlaku")
        LIFTED = "lifted", _("dicabut")

    OPEN: ClassVar[tuple[str, ...]] = ("asked", "in_force")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="suspensions")
    course = models.CharField(max_length=10, choices=Course.choices, default=Course.ASKED)
    reason = models.TextField(_("alasan"), max_length=2000)
    appeal_to = models.CharField(_("keberatan disampaikan kepada"), max_length=120)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """Null for a suspension that was already in force when suspensions were first written down one by one."""
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(_("alasan pencabutan"), max_length=2000, blank=True)
    lift_asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lift_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(course__in=["asked", "in_force"]),
                name="one_open_suspension",
                violation_error_message=_("Pembekuan KIM ini sudah diusulkan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_course_display()} {self.group_id}"

    @classmethod
    def of_this(cls) -> "models.QuerySet[Suspension]":
        """Whether the group of the outer query has one that is asked for or holds, as `has_suspension`."""
        return cls._default_manager.filter(group=models.OuterRef("pk"), course__in=cls.OPEN)

    @property
    def in_force(self) -> bool:
        return self.course == self.Course.IN_FORCE


class Appeal(models.Model):
    """What the board says against a suspension, and what was decided on it."""

    class Outcome(models.TextChoices):
        OPEN = "", _("menunggu jawaban")
        UPHELD = "upheld", _("ditolak: pembekuan tetap")
        GRANTED = "granted", _("dikabulkan")

    ANSWER_DAYS: ClassVar[int] = 14
    """How long an appeal waits before it is late. Bawaan Kentongan."""

    suspension = models.ForeignKey(Suspension, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField(_("keberatan"), max_length=4000)
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    answer = models.TextField(_("jawaban"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suspension"],
                condition=Q(outcome=""),
                name="one_open_appeal",
                violation_error_message=_("Keberatan sebelumnya masih menunggu jawaban."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.suspension_id}"

    @property
    def days(self) -> int:
        """How many days it has waited, or waited until it was answered."""
        return ((self.answered_at or timezone.now()) - self.at).days


def suspension_of(group: Group) -> Suspension | None:
    """The suspension that is asked for or in force, read once per instance of the group."""
    if "_suspension" not in group.__dict__:
        rows = group.suspensions.filter(course__in=Suspension.OPEN).select_related("asked_by", "confirmed_by", "lift_asked_by")
        group.__dict__["_suspension"] = rows.first() if getattr(group, "has_suspension", True) else None
    row: Suspension | None = group.__dict__["_suspension"]
    return row


def appeals_of(group: Group) -> list[Appeal]:
    """What the board said against the suspension that holds, the newest first, read once per instance of the group."""
    suspension = suspension_of(group)
    if "_appeals" not in group.__dict__:
        rows = suspension.appeals.select_related("by", "answered_by").prefetch_related("paper__leaves__photo") if suspension else ()
        group.__dict__["_appeals"] = list(rows)
    kept: list[Appeal] = group.__dict__["_appeals"]
    return kept


def open_appeal(group: Group) -> Appeal | None:
    """The appeal that waits for an answer."""
    return next((row for row in appeals_of(group) if not row.outcome), None)


def uninvolved(group: Group) -> list[Appointment]:
    """Officers of the regency who had no part in the suspension: an appeal waits for them while there are any."""
    suspension = suspension_of(group)
    involved: set[Any] = {suspension.asked_by_id, suspension.confirmed_by_id} if suspension else set()
    regency = [post for post in group.officers if post.office.level == Level.REGENCY and post.office.kind == post.office.Kind.COMMUNICATION]
    return [post for post in regency if post.person_id not in involved]
