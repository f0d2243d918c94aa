"""What makes a group an institution [kelembagaan]: what it says it has, and what an officer saw."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models.groups import Group
from kentongan.groups.models.visits import Visit
from kentongan.media.models import Paper


class Item(Acted):
    """One thing of the region's list that a group has: a book, say. The board says so; an officer sees it on a visit."""

    class State(models.TextChoices):
        STATED = "stated", _("dinyatakan ada")
        SEEN = "seen", _("dilihat petugas")
        GONE = "gone", _("sudah tidak ada")

    NOT_LISTED = _("Hal itu tidak ada di daftar wilayah ini.")
    NOT_YET = _("Tanggal itu belum tiba.")
    HELD: ClassVar[tuple[str, ...]] = ("stated", "seen")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="items")
    name = models.CharField(max_length=60)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    evidence = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stated_on = models.DateField(_("tanggal"))
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_in = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    """The visit on which an officer saw it: when, and in which post, stand there."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"],
                name="one_item_of_a_name",
                violation_error_message=_("Hal ini baru saja dicatat. Muat ulang halamannya."),
            )
        ]

    def __str__(self) -> str:
        return self.name
