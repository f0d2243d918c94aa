"""Guidance [pembinaan]: what an office found and agreed with a group, when it comes again. The log is the office's, not a person's."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models.groups import Group
from kentongan.groups.models.offices import Office


class Visits(models.QuerySet["Visit"]):
    """Visits by who reads them and what is still to come of them."""

    def visible_to(self, person: Person) -> Self:
        """Those about groups whose own papers this person may read."""
        return self.filter(group__in=Group.objects.read_inside_by(person).values("pk"))

    def planned(self) -> Self:
        """Those that named a next day which has not been kept, nor moved into a later visit; of groups that live."""
        return self.filter(settled=False, next_on__isnull=False).exclude(group__state=Group.State.DISSOLVED)


class Visit(Acted):
    """One meeting of an office with a group: on the spot, by telephone or at a gathering."""

    class State(models.TextChoices):
        NOTED = "noted", _("dicatat")

    TEXTS: ClassVar[tuple[str, ...]] = ("remark",)

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="visits")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField(_("tanggal"))
    kind = models.CharField(_("bentuknya"), max_length=60)
    post = models.CharField(max_length=200)
    """Who came, as the post was called that day: the successor in it goes on."""
    found = models.TextField(_("yang ditemukan"), max_length=4000)
    agreed = models.TextField(_("yang disepakati"), max_length=4000, blank=True)
    next_on = models.DateField(_("berikutnya"), null=True, blank=True)
    settled = models.BooleanField(default=False, db_default=False, editable=False)
    """The next day was kept by a later visit of the same office."""
    remark = models.TextField(_("catatan KIM"), max_length=2000, blank=True, default="", db_default="")
    """What the group itself says of it."""
    remark_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remark_at = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = Visits.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on")),
                name="next_visit_after_this_one",
                violation_error_message=_("Kunjungan berikutnya harus sesudah tanggal kunjungan ini."),
            )
        ]
        indexes = [
            models.Index(fields=["group", "-on", "-id"], name="visit_of_group"),
            models.Index(fields=["office", "next_on", "id"], name="visit_planned", condition=Q(settled=False, next_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    @property
    def overdue(self) -> bool:
        """Whether the day it named has passed without the office coming again."""
        return not self.settled and self.next_on is not None and self.next_on < timezone.localdate(timezone=self.group.region.tz)

    def count(self) -> None:
        """Inside `act`: this is the office's last word; the day it had named before is kept, and the group was visited."""
        earlier = Visit._default_manager.filter(group=self.group_id, office=self.office_id, settled=False).exclude(pk=self.pk)
        earlier.filter(Q(on__lt=self.on) | Q(on=self.on, pk__lt=self.pk)).update(settled=True)
        self.settled = Visit._default_manager.filter(group=self.group_id, office=self.office_id, on__gt=self.on).exists()
        Group._default_manager.filter(pk=self.group_id).filter(Q(last_visited_on__isnull=True) | Q(last_visited_on__lt=self.on)).update(
            last_visited_on=self.on
        )


def last_visits(groups: "list[Group]") -> "dict[int, Visit]":
    """The last visit of each of these groups, by any office (one query)."""
    rows = Visit.objects.filter(group__in=[group.pk for group in groups]).order_by("group", "-on", "-id").distinct("group")
    return {visit.group_id: visit for visit in rows.select_related("office")}
