"""What the head of a village says of a group: support or objection. It moves nothing; everybody who sees the formation reads it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.groups.models.groups import Group
from kentongan.groups.models.offices import Office


class Statement(models.Model):
    """One office's word on one group. A new one stands beside the old one, which stays readable; an objection is answered by the group."""

    class Kind(models.TextChoices):
        SUPPORT = "support", _("mendukung")
        OBJECTION = "objection", _("keberatan")

    ANSWER_DAYS: ClassVar[int] = 14
    """How long an objection waits for its answer before it is late. Bawaan Kentongan."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="statements")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(_("alasan"), max_length=2000, blank=True)
    title = models.CharField(max_length=60)  # "Kepala Desa", as the post was called then
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    living = models.BooleanField(default=True)
    """What the office says today; False once it said something else."""
    answer = models.TextField(_("jawaban kelompok"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["group", "office"], condition=Q(living=True), name="one_living_statement")]
        indexes = [
            models.Index(fields=["group"], condition=Q(kind="objection", living=True, answered_at=None), name="unanswered_objection")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.office}"

    @classmethod
    def of_this(cls) -> "models.QuerySet[Statement]":
        """Whether the group of the outer query has any, as `has_statements`: most have none, and are asked no second question."""
        return cls._default_manager.filter(group=models.OuterRef("pk"))

    @property
    def objects_to_it(self) -> bool:
        return self.kind == self.Kind.OBJECTION

    @property
    def unanswered(self) -> bool:
        """An objection that stands and waits for the group's words."""
        return self.living and self.objects_to_it and self.answered_at is None


def statements_on(group: Group) -> list[Statement]:
    """Every statement on a group, the newest first, read once per instance of the group."""
    if "_statements" not in group.__dict__:
        rows = group.statements.select_related("office", "by", "answered_by") if getattr(group, "has_statements", True) else ()
        group.__dict__["_statements"] = list(rows)
    kept: list[Statement] = group.__dict__["_statements"]
    return kept


def unanswered_objection(group: Group) -> Statement | None:
    """The oldest objection that waits for an answer."""
    return next((row for row in reversed(statements_on(group)) if row.unanswered), None)
