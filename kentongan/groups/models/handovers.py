"""Hand-over [serah terima]: an office or a board passes on everything that is open, and who follows says that they have it."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models.groups import Group
from kentongan.groups.models.members import Membership, Post
from kentongan.groups.models.offices import Appointment, Office

NEWCOMER_DAYS = 90
"""How long a newcomer is asked whether they took over, and how long before them the one they follow may have gone. Bawaan Kentongan."""


class Handover(Acted):
    """What was open when an office or a board changed hands. The list itself is read live; here stands how much of each there was."""

    class State(models.TextChoices):
        GIVEN = "given", _("menunggu diterima")
        TAKEN = "taken", _("sudah diterima")

    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="handovers")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who handed over; null where somebody took over what nobody had handed over."""
    given_as = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(_("pesan untuk penerus"), max_length=2000, blank=True)
    counts = models.JSONField(default=dict)
    """How many things of each kind were open, by kind."""
    taker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_as = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=False, group__isnull=True) | Q(office__isnull=True, group__isnull=False),
                name="handover_of_one_body",
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(state="given"),
                name="one_open_handover_an_office",
                violation_error_message=_("Serah terima sudah disiapkan dan menunggu diterima."),
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state="given"),
                name="one_open_handover_a_board",
                violation_error_message=_("Serah terima sudah disiapkan dan menunggu diterima."),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-id"], name="handover_of_office"),
            models.Index(fields=["group", "-id"], name="handover_of_board"),
        ]

    def __str__(self) -> str:
        return str(self.office or self.group)

    @classmethod
    def found(cls, post: Post) -> "Handover":
        """An unsaved one for what nobody handed over: from whoever served before; `given_as` is empty where nobody did."""
        gone = newcomers(post).filter(pk=post.pk).first()
        body: dict[str, Any] = {"group": post.group} if isinstance(post, Membership) else {"office": post.office}
        return cls(**body, given_as=gone.predecessor if gone else "")


def newcomers(post: Post) -> "QuerySet[Any]":
    """Those who came to such a post lately after somebody else (`predecessor`), with nothing handed over or taken over since (`began`)."""
    today = timezone.localdate()
    if isinstance(post, Membership):
        before: Any = Membership.objects.filter(group=OuterRef("group"), role=OuterRef("role"))
        given = Handover.objects.filter(group=OuterRef("group"))
        rows: Any = Membership.objects.current()
    else:
        before = Appointment.objects.filter(office=OuterRef("office"))
        given = Handover.objects.filter(office=OuterRef("office"))
        rows = Appointment.objects.current()
    gone = before.exclude(person=OuterRef("person")).filter(
        Q(state="ended") | Q(ends__lt=today), ends__gte=OuterRef("starts") - timedelta(days=NEWCOMER_DAYS)
    )
    dealt = given.filter(Q(state="given") & ~Q(giver=OuterRef("person")) | Q(taker=OuterRef("person"), taken_at__gte=OuterRef("began")))
    rows = rows.filter(starts__gte=today - timedelta(days=NEWCOMER_DAYS))
    rows = rows.annotate(began=Cast(F("starts"), DateTimeField()), predecessor=Subquery(gone.order_by("-ends").values("person__name")[:1]))
    return rows.filter(predecessor__isnull=False).exclude(Exists(dealt))  # type: ignore[no-any-return]
