"""A group's whole export: asked by its board, made in the background, kept a week."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.exchange.settings import EXPORT_DAYS
from kentongan.groups.models import Group, Membership


def unguessable() -> str:
    """The name of a file: 128 bits."""
    return secrets.token_hex(16)


def seat_on_board(person: Person, group: Group) -> Membership | None:
    """The seat on the board of `group` that gives this person its export: one they said yes to and hold today.

    Of a dissolved group, the last board's: nobody may take a group's words from it by dissolving it.
    """
    seats = Membership.objects.filter(group=group, person=person, role__in=Membership.BOARD, agreed_at__isnull=False)
    found = seats.of_last_board() if group.state == Group.State.DISSOLVED else seats.current()
    return found.order_by("id").first()


class Exports(models.QuerySet["Export"]):
    """Exports by who may have them and how they stand."""

    def visible_to(self, person: Person) -> Self:
        """Those of groups on whose board this person has a seat (see `seat_on_board`)."""
        groups = Group.objects.filter(memberships__person=person, memberships__role__in=Membership.BOARD).distinct()
        return self.filter(group__in=[group.pk for group in groups if seat_on_board(person, group)])

    def lapsed(self) -> Self:
        """Ready ones whose week is over."""
        return self.filter(state=Export.State.READY, kept_until__lte=timezone.now())


class Export(Acted):
    """One request for everything a group has here, and the file that came of it."""

    class State(models.TextChoices):
        ASKED = "asked", _("sedang disiapkan")
        READY = "ready", _("siap diunduh")
        FAILED = "failed", _("gagal")
        GONE = "gone", _("sudah dihapus")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="exports")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    key = models.CharField(max_length=32, unique=True, default=unguessable, editable=False)  # unguessable; names the file
    size = models.BigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    contents = models.JSONField(default=dict)
    """How many of what is in it: kabar, foto, pembahasan …"""
    made_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)

    objects = Exports.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["asked", "ready", "failed", "gone"]), name="export_state"),
            models.CheckConstraint(condition=~Q(state="ready") | Q(kept_until__isnull=False), name="ready_export_says_until_when"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state="asked"),
                name="one_export_at_a_time",
                violation_error_message=_("Ekspor KIM ini sedang disiapkan. Tunggu sampai siap; halamannya menunjukkan kapan."),
            ),
        ]
        indexes = [models.Index(fields=["group", "-id"], name="export_newest")]

    def __str__(self) -> str:
        return f"{self.group} {self.asked_at:%Y-%m-%d}"

    @property
    def file(self) -> Path:
        """Where it lies while it is kept: not under anything that is served by address."""
        return Path(settings.EXPORTS_ROOT) / f"{self.key}.zip"

    @property
    def draft(self) -> Path:
        """Where it grows until it is whole."""
        return self.file.with_suffix(".draf")

    @property
    def there(self) -> bool:
        """Whether it can be fetched now."""
        return self.state == self.State.READY and bool(self.kept_until and self.kept_until > timezone.now()) and self.file.exists()

    def filled(self, size: int, sha256: str, contents: dict[str, int]) -> None:
        """Inside `act`: what the file holds, and until when it is kept."""
        self.size, self.sha256, self.contents = size, sha256, contents
        self.made_at = timezone.now()
        self.kept_until = self.made_at + timedelta(days=EXPORT_DAYS)
