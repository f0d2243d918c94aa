"""Decrees (SK): what gives a group its legal standing, for a term."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.groups.models.groups import Group
from kentongan.groups.models.offices import Office
from kentongan.groups.models.terms import ENDS_AFTER_START, term
from kentongan.media.models import Paper, Photo
from kentongan.regions.models import Level


class Decree(models.Model):
    """A decree (SK) that gives a group its legal standing for a term. No two of a group overlap."""

    class Rank(models.TextChoices):
        VILLAGE_HEAD = "kades", _("Kepala Desa")
        URBAN_VILLAGE_HEAD = "lurah", _("Lurah")
        DISTRICT_HEAD = "camat", _("Camat")
        REGENT = "bupati", _("Bupati/Wali Kota")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decrees")
    number = models.CharField(_("nomor SK"), max_length=80)
    dated = models.DateField(_("tanggal SK"))
    rank = models.CharField(_("diterbitkan oleh"), max_length=10, choices=Rank.choices)
    issuer = models.CharField(_("nama pejabat"), max_length=100)
    starts = models.DateField(_("berlaku mulai"))
    ends = models.DateField(_("berlaku sampai"))
    scan = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """From before papers; `paper` since. `pages` holds either."""
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_in = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The office that wrote it down here; null when a register brought it."""
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """When the office that issued it said so, where another one had written it down."""
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    withdrawn = models.BooleanField(default=False)
    """Sent back before the group was registered: kept for the record, counts no more."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="decree_ends_after_start", violation_error_message=ENDS_AFTER_START
            ),
            ExclusionConstraint(
                name="no_overlapping_decrees",
                expressions=[("group", RangeOperators.EQUAL), (term(), RangeOperators.OVERLAPS)],
                condition=Q(withdrawn=False),
                violation_error_message=_("Masa berlaku SK ini bertumpuk dengan SK lain dari KIM yang sama."),
            ),
        ]

    LEVEL_OF_RANK: ClassVar[dict[str, int]] = {
        "kades": Level.VILLAGE,
        "lurah": Level.VILLAGE,
        "camat": Level.DISTRICT,
        "bupati": Level.REGENCY,
    }

    def __str__(self) -> str:
        return str(_("SK %(rank)s %(number)s") % {"rank": self.get_rank_display(), "number": self.number})

    @property
    def level(self) -> int:
        """The level of the office whose head signs it."""
        return self.LEVEL_OF_RANK[self.rank]

    @property
    def own_word(self) -> bool:
        """Whether the office that issued it stands behind it: it wrote it down itself, or confirmed it."""
        return bool(self.confirmed_at or (self.entered_in and self.entered_in.level == self.level))

    @property
    def pages(self) -> list[Photo]:
        """What there is to see of it, page by page."""
        return self.paper.pages if self.paper else [self.scan] if self.scan else []

    @classmethod
    def ranks_for(cls, group: Group, level: int) -> list[str]:
        """The ranks the region allows for this group whose decrees an office of this level may enter: its own and those below.

        A kelurahan is headed by a lurah, a desa by a kepala desa.
        """
        head = cls.Rank.URBAN_VILLAGE_HEAD if group.region.code[9:10] == "1" else cls.Rank.VILLAGE_HEAD
        fits = {head, cls.Rank.DISTRICT_HEAD, cls.Rank.REGENT}
        allowed = [rank for rank in group.rules["decree_ranks"] if rank in fits]
        return [rank for rank in allowed if level <= cls.LEVEL_OF_RANK[rank] <= group.region.level]
