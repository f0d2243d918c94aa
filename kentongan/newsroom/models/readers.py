"""What readers say of a published story: whether it was clear, whether it was of use. No name, no number, no address is kept."""

import hmac
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.core.models import Acted

ENOUGH = 3
"""How many readers must find a story useful before it counts among the most useful, so that no one decides alone: bawaan Kentongan."""
RECENT_DAYS = 90
"""How far back "most useful" looks: bawaan Kentongan."""


class Feedbacks(models.QuerySet["Feedback"]):
    """What readers said, counted."""

    def tally(self) -> dict[int, dict[str, int]]:
        """Story → how many understood, were puzzled, found it useful."""
        rows = self.values("story").annotate(
            understood_count=Count("pk", filter=Q(understood=True)),
            puzzled_count=Count("pk", filter=Q(understood=False)),
            useful_count=Count("pk", filter=Q(useful=True)),
        )
        return {row.pop("story"): row for row in rows.order_by()}

    def said_as(self, key: str) -> Self:
        return self.filter(key=key)


class Feedback(Acted):
    """One reader's answer to "Sudah paham?", and whether it was of use. One a device, a story and a day."""

    class State(models.TextChoices):
        SAID = "said", _("dijawab")

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="feedback")
    key = models.CharField(max_length=64, unique=True, editable=False)
    understood = models.BooleanField(_("sudah paham"))
    useful = models.BooleanField(_("berguna"), null=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = Feedbacks.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state="said"), name="feedback_state")]
        indexes = [models.Index(fields=["at"], name="feedback_newest")]

    def __str__(self) -> str:
        return "paham" if self.understood else "belum paham"

    @staticmethod
    def key_for(story: int, device: str) -> str:
        """What keeps one device from answering twice on one day: a keyed hash that leads back to nobody, and to nothing tomorrow."""
        said = f"newsroom.feedback {story} {timezone.now():%Y-%m-%d} {device}"
        return hmac.new(settings.SECRET_KEY.encode(), said.encode(), "sha256").hexdigest()
