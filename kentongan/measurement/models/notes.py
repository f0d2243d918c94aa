"""What a reviewer says beside a figure: words that explain it, with the name of the office. Corrected by adding, never changed."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models import Office
from kentongan.measurement.models.indicators import BY_KEY
from kentongan.pages import store
from kentongan.regions.models import Region


class Notes(models.QuerySet["Note"]):
    """Notes by the place they stand at."""

    def beside(self, region: Region | None, indicator: str = "") -> Self:
        """Those of one place, the newest first, each with its office and what corrects it."""
        rows = self.filter(region=region).select_related("office", "corrects").prefetch_related("corrections").order_by("-id")
        return rows.filter(indicator=indicator) if indicator else rows


class Note(Acted):
    """A few sentences beside one figure of one place and period."""

    class State(models.TextChoices):
        SHOWN = "shown", _("tampil")

    MOST: ClassVar[int] = 1000
    """Letters of its text: bawaan Kentongan."""

    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(_("angka"), max_length=30)
    period = models.CharField(_("masa"), max_length=40)
    text = models.TextField(_("catatan"), max_length=MOST)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")

    objects = Notes.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "-id"], name="note_of_region")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.office}"

    @property
    def label(self) -> str:
        """The figure it stands beside."""
        return str(BY_KEY[self.indicator].label) if self.indicator in BY_KEY else self.indicator

    def sites(self) -> list[str]:
        """Where it shows."""
        return [store_site(self.region)]

    def show(self) -> None:
        """Inside `act`: the pages of its place must be rendered anew."""
        store.changed(*self.sites())


def store_site(region: Region | None) -> str:
    """The site of a place's own pages."""
    return region.site if region else "nasional"
