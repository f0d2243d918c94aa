"""How mature a group is [Terbentuk → Tumbuh → Aktif → Mandiri]: this project's own scale, one table.

Each rung holds when all its checks and those of the rungs below hold. What no room can know yet holds for nobody and says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kentongan.groups.models.deeds import Deed
from kentongan.groups.models.groups import Group
from kentongan.groups.models.institution import Item
from kentongan.groups.settings import MEETING_DAYS


@dataclass
class Institution:
    """What the record knows of a group as an institution; two queries besides those of the group."""

    group: Group

    @cached_property
    def items(self) -> dict[str, Item]:
        """What it says it has, by name."""
        rows = self.group.items.select_related("stated_by", "seen_in", "evidence").prefetch_related("evidence__leaves__photo")
        return {item.name: item for item in rows}

    @cached_property
    def _deeds(self) -> dict[str, Deed]:
        rows = self.group.deeds.holding().order_by("kind", "-on", "-id").distinct("kind")
        return {deed.kind: deed for deed in rows}

    @property
    def statutes(self) -> Deed | None:
        """The AD/ART that hold: the newest another member confirmed."""
        return self._deeds.get(Deed.Kind.STATUTES)

    @property
    def last_meeting(self) -> Deed | None:
        """The newest confirmed minutes of a meeting or an election."""
        held = [deed for kind, deed in self._deeds.items() if kind != Deed.Kind.STATUTES]
        return max(held, key=lambda deed: deed.on, default=None)

    @property
    def books(self) -> list[str]:
        """What the region's list names."""
        return list(self.group.rules["books"])

    def lacking(self, *states: str) -> list[str]:
        """Things of the list that stand in none of these states."""
        return [name for name in self.books if name not in self.items or self.items[name].state not in states]


@dataclass(frozen=True)
class Check:
    """One thing that must hold. `route` names the page where the group mends it (`part` of it), empty where the office does."""

    key: str
    label: Any
    holds: Callable[[Institution], bool]
    lacks: Any
    route: str = ""
    part: str = ""
    built: bool = True
    """False: nothing in Kentongan can show this yet, so nobody reaches it by saying so."""


@dataclass(frozen=True)
class Rung:
    """One rung of the scale."""

    key: str
    label: Any
    checks: tuple[Check, ...] = field(default_factory=tuple)


def _met_lately(known: Institution) -> bool:
    last = known.last_meeting
    return last is not None and last.on > known.group.today - timedelta(days=MEETING_DAYS)


PAGE = "groups:group"
RUNGS = (
    Rung(
        "terbentuk",
        _("Terbentuk"),
        (
            Check(
                "formed",
                _("Ber-SK"),
                lambda known: known.group.state in (*Group.PUBLISHING, Group.State.SUSPENDED),
                _("SK belum tercatat; kantor yang menerbitkan mencatatnya."),
                PAGE,
            ),
        ),
    ),
    Rung(
        "tumbuh",
        _("Tumbuh"),
        (
            Check(
                "verified",
                _("Terverifikasi Diskominfo"),
                lambda known: known.group.state == Group.State.VERIFIED,
                _("Lengkapi profil, daftarkan, lalu tunggu diverifikasi."),
                PAGE,
            ),
            Check("decree", _("SK masih berlaku"), lambda known: known.group.decree is not None, _("Ajukan SK baru."), PAGE, "sk"),
            Check(
                "board",
                _("Ketua, sekretaris, dan bendahara ada"),
                lambda known: not known.group.lacks_officers,
                _("Isi jabatan yang kosong."),
                PAGE,
                "orang",
            ),
            Check(
                "secretariat",
                _("Punya sekretariat"),
                lambda known: bool(known.group.secretariat.strip()),
                _("Tulis alamat sekretariat di profil."),
                PAGE,
                "profil",
            ),
            Check(
                "statutes",
                _("AD/ART disahkan anggota"),
                lambda known: known.statutes is not None,
                _("Simpan AD/ART, lalu minta anggota lain menguatkannya."),
                "groups:new_deed",
            ),
        ),
    ),
    Rung(
        "aktif",
        _("Aktif"),
        (
            Check(
                "writing",
                _("Masih menulis kabar"),
                lambda known: known.group.last_published_at is not None and known.group.may_publish and not known.group.dormant,
                _("Terbitkan kabar."),
                "newsroom:stories",
            ),
            Check(
                "confirmed",
                _("Pengurus dan kontak ditegaskan"),
                lambda known: known.group.last_confirmed_at is not None and not known.group.unconfirmed,
                _("Tegaskan pengurus dan kontak."),
                PAGE,
            ),
            Check(
                "met",
                _("Rapat dalam setahun terakhir, notulennya dikuatkan"),
                _met_lately,
                _("Simpan notulen rapat, lalu minta anggota lain menguatkannya."),
                "groups:new_deed",
            ),
            Check(
                "books",
                _("Semua buku dan kelengkapan ada"),
                lambda known: not known.lacking(*Item.HELD),
                _("Nyatakan mana yang sudah ada."),
                "groups:institution",
                "kelengkapan",
            ),
        ),
    ),
    Rung(
        "mandiri",
        _("Mandiri"),
        (
            Check(
                "books_seen",
                _("Buku dan kelengkapan dilihat petugas"),
                lambda known: not known.lacking(Item.State.SEEN),
                _("Tunjukkan kepada petugas saat pembinaan."),
                "groups:visits",
            ),
            Check(
                "programme",
                _("Program kerja berjalan"),
                lambda known: False,
                _("Program kerja belum ada di Kentongan, jadi belum bisa dihitung untuk KIM mana pun."),
                built=False,
            ),
            Check(
                "income",
                _("Punya pendapatan sendiri"),
                lambda known: False,
                _("Buku kas belum ada di Kentongan, jadi belum bisa dihitung untuk KIM mana pun."),
                built=False,
            ),
        ),
    ),
)
"""The scale. Bawaan Kentongan: no public rule gives it; wherever it shows it says so."""


@dataclass(frozen=True)
class Held:
    """One check as it stands for a group."""

    check: Check
    holds: bool


@dataclass
class Maturity:
    """Where a group stands on the scale, and what lacks for the next rung."""

    known: Institution

    @cached_property
    def rows(self) -> list[tuple[Rung, list[Held]]]:
        """Every rung with its checks as they stand."""
        return [(rung, [Held(check, check.built and bool(check.holds(self.known))) for check in rung.checks]) for rung in RUNGS]

    @cached_property
    def reached(self) -> int:
        """How many rungs hold, from below without a gap; 0 before a decree."""
        count = 0
        for _rung, held in self.rows:
            if not all(one.holds for one in held):
                break
            count += 1
        return count

    @property
    def rung(self) -> Rung | None:
        """The highest rung that holds."""
        return RUNGS[self.reached - 1] if self.reached else None

    @property
    def next_rung(self) -> Rung | None:
        """The one above it; None at the top."""
        return RUNGS[self.reached] if self.reached < len(RUNGS) else None

    @property
    def lacking(self) -> list[Check]:
        """What lacks for the next rung."""
        return [one.check for one in self.rows[self.reached][1] if not one.holds] if self.next_rung else []
