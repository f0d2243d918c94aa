"""Stories that belong together, in the order in which they came out."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kentongan.core.models import Acted
from kentongan.groups.models import Group


class Series(Acted):
    """A name under which a group tells one matter in several stories [Seri]."""

    class State(models.TextChoices):
        KEPT = "kept", _("berjalan")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="series")
    title = models.CharField(_("nama seri"), max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state="kept"), name="series_state"),
            models.CheckConstraint(condition=~Q(title=""), name="series_has_a_name", violation_error_message=_("Beri nama serinya.")),
            models.UniqueConstraint("group", Lower("title"), name="one_series_a_name"),
        ]
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portal:series", args=[self.group.slug, self.pk, slugify(self.title)[:60].strip("-") or "seri"])
