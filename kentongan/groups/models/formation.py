"""How a group comes to be: its steps as they happened, and the board its minutes name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.errors import NotNow
from kentongan.groups.models.groups import Group
from kentongan.groups.models.terms import BOARD
from kentongan.media.models import Paper, Photo


class FormationStep(models.Model):
    """One step of a formation as it happened: when, with what evidence. The action that made it stands in the record."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=40)  # propose, socialise, deliberate, minute, decree, register, verify, return …
    on = models.DateField(_("tanggal"))
    attendance = models.PositiveIntegerField(_("berapa yang hadir"), null=True, blank=True)
    place = models.CharField(_("tempat"), max_length=120, blank=True, default="", db_default="")
    note = models.TextField(_("catatan"), max_length=4000, blank=True)
    checklist = models.JSONField(default=dict)
    evidence = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """From before papers; `paper` since."""
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    roll = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The attendance list as people signed it."""
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} {self.on}"

    @property
    def papers(self) -> list[Paper]:
        """What was handed in beside it: evidence, then the attendance list."""
        return [paper for paper in (self.paper, self.roll) if paper]


@dataclass(frozen=True)
class Seat:
    """Somebody to be given a role: their name, the phone number or user name they will sign in with (may be empty), the role."""

    name: str
    credential: str
    role: str


def check_seats(group: Group, seats: Sequence[Seat]) -> None:
    """Whether these people make a board within the region's limits. Raises NotNow with everything that is wrong."""
    roles = [seat.role for seat in seats]
    twice = [str(role.label).lower() for role in BOARD if roles.count(role) > 1]
    missing = [str(role.label).lower() for role in BOARD if role not in roles]
    people = len({seat.name.casefold() for seat in seats})
    least, most = group.rules["min_members"], group.rules["max_members"]
    wrong = [
        _("Baru boleh satu orang sebagai %(roles)s.") % {"roles": ", ".join(twice)} if twice else "",
        _("Pengurus belum lengkap: belum ada %(roles)s.") % {"roles": ", ".join(missing)} if missing else "",
        ""
        if least <= people <= most
        else _("Anggotanya %(n)s orang. Aturan wilayah ini: %(least)s sampai %(most)s orang.")
        % {"n": people, "least": least, "most": most},
    ]
    if any(wrong):
        raise NotNow(" ".join(str(sentence) for sentence in wrong if sentence))
