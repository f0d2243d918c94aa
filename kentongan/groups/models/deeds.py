"""A group's own papers [naskah]: its statutes, what its meetings decided, how its board was chosen."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models.groups import Group
from kentongan.media.models import Paper


class Deeds(models.QuerySet["Deed"]):
    """Papers by who reads them."""

    def visible_to(self, person: Person) -> Self:
        """Those of groups whose own papers this person may read."""
        return self.filter(group__in=Group.objects.read_inside_by(person).values("pk"))

    def holding(self) -> Self:
        """Those another member stands for."""
        return self.filter(state=Deed.State.CONFIRMED)


class Deed(Acted):
    """A paper of a group, typed or photographed by one member and confirmed by another. Once confirmed its words stay."""

    class State(models.TextChoices):
        WRITTEN = "written", _("menunggu dikuatkan anggota lain")
        CONFIRMED = "confirmed", _("dikuatkan")
        TAKEN_BACK = "taken_back", _("ditarik")

    class Kind(models.TextChoices):
        STATUTES = "ad-art", _("AD/ART")
        MEETING = "rapat", _("Notulen rapat")
        ELECTION = "pemilihan", _("Berita acara pemilihan pengurus")

    TEXTS: ClassVar[tuple[str, ...]] = ("title", "text", "decisions")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="deeds")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("judul"), max_length=120)
    on = models.DateField(_("tanggal"))
    attendance = models.PositiveIntegerField(_("berapa yang hadir"), null=True, blank=True)
    text = models.TextField(_("isi"), max_length=40_000, blank=True)
    decisions = models.TextField(_("yang diputuskan"), max_length=4000, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(_("alasan ditarik"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = Deeds.as_manager()

    brings_files = False
    """While it is being written: whether photos or PDFs come with it."""

    class Meta:
        indexes = [models.Index(fields=["group", "-on", "-id"], name="deed_of_group")]

    def __str__(self) -> str:
        return self.title


class DeedFile(models.Model):
    """One photo or PDF of a paper, in its order."""

    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="files")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["deed", "number"], name="one_file_a_number")]

    def __str__(self) -> str:
        return f"{self.deed_id}/{self.number}"
