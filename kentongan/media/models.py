"""Photos: what was uploaded is re-encoded without location or camera data, or refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

WIDTHS = (480, 960, 1600)
"""Pixels; a narrower original has fewer."""


class Photo(models.Model):
    """One cleaned photo. Changes only through the job that renders it; who may see it is asked of what shows it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("sedang disiapkan")
        READY = "ready", _("siap")
        REFUSED = "refused", _("ditolak")

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refusal = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=32, unique=True)  # unguessable; names the files
    sha256 = models.CharField(max_length=64)  # of what was uploaded
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    widths = models.JSONField(default=list)  # of the renditions there are, narrow to wide
    public = models.BooleanField(default=False)
    """Set by the action that publishes what shows it; until then it is served under /meja/ only."""
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
