"""What is handed over with an office or a board: everything open, by kind, for the page and for paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.models import Person
from kentongan.desk.waits import Waiting, counted, open_in
from kentongan.groups.models import Group, Handover, Membership, Post
from kentongan.newsroom.models import Offer
from kentongan.ui.writing import date_only

ON_PAPER = 12
"""How many things of one kind are named on the paper; the page names more, and the paper says how many there are."""

HEADINGS: dict[str, str | Promise] = {
    "flag": gettext_lazy("Keberatan pejabat yang belum dijawab"),
    "alarm": gettext_lazy("Tanda bahaya yang belum dilihat"),
    "held": gettext_lazy("Kabar yang tertahan untuk dilihat"),
    "quiet": gettext_lazy("Peringatan lama tidak aktif"),
    "correction": gettext_lazy("Ralat yang belum dikuatkan"),
    "publish": gettext_lazy("Kabar yang tinggal diterbitkan"),
    "verify": gettext_lazy("Kabar yang belum diperiksa"),
    "returned": gettext_lazy("Kabar yang dikembalikan"),
    "begun": gettext_lazy("Kabar Anda yang baru dimulai"),
    "draft": gettext_lazy("Kabar yang masih ditulis"),
    "review": gettext_lazy("Panduan yang harus ditinjau"),
    "tip": gettext_lazy("Bahan dari warga"),
    "offer": gettext_lazy("Bahan dari instansi yang belum dijawab"),
    "material": gettext_lazy("Bahan yang belum dikirim"),
    "register": gettext_lazy("Pendaftaran KIM"),
    "group_verify": gettext_lazy("KIM yang menunggu diverifikasi"),
    "group_decree": gettext_lazy("KIM yang menunggu SK"),
    "group_proposed": gettext_lazy("Usulan yang menunggu sosialisasi"),
    "group_founder": gettext_lazy("Pembentukan yang belum ada pengusulnya"),
    "their_answer": gettext_lazy("Keberatan kita yang belum dijawab KIM"),
    "their_alarm": gettext_lazy("Tanda bahaya yang belum dilihat KIM"),
    "their_decree": gettext_lazy("SK yang ditunggu"),
    "their_verification": gettext_lazy("Verifikasi yang ditunggu"),
    "confirm_board": gettext_lazy("Penegasan pengurus dan kontak"),
    "decree_ends": gettext_lazy("SK yang berakhir"),
    "board_ends": gettext_lazy("Masa pengurus yang berakhir"),
    "post_ends": gettext_lazy("Penugasan yang berakhir"),
    "visit": gettext_lazy("Pembinaan yang direncanakan"),
    "deed": gettext_lazy("Naskah yang belum dikuatkan"),
    "merger": gettext_lazy("Orang yang mungkin tercatat dua kali"),
    "import": gettext_lazy("Impor register yang belum selesai"),
    "objection": gettext_lazy("Keberatan desa yang belum dijawab"),
    "village_word": gettext_lazy("KIM yang menunggu dukungan desa"),
    "own_decree": gettext_lazy("SK yang belum dipastikan"),
    "suspend": gettext_lazy("Pembekuan yang menunggu petugas kedua"),
    "lift": gettext_lazy("Pencabutan pembekuan yang menunggu petugas kedua"),
    "appeal": gettext_lazy("Keberatan atas pembekuan yang belum dijawab"),
}
"""What a kind is called as a heap of things. A kind without a heading is called as its button says."""


@dataclass(frozen=True)
class Heap:
    """All open things of one kind."""

    kind: str
    heading: str
    n: int
    rows: list[Waiting]

    @property
    def more(self) -> int:
        """How many are not named here."""
        return self.n - len(self.rows)


@dataclass(frozen=True)
class Further:
    """Something else a successor must know: words, how many, where to see it."""

    heading: str
    n: int
    href: str


def heaps_of(post: Post, person: Person) -> list[Heap]:
    """Every kind of open thing of the office or board of this post, those with nothing in them too."""
    found = open_in(post, person)
    return [
        Heap(wait.kind, str(HEADINGS.get(wait.kind) or wait.button or wait.kind), counted(wait, post, person, rows), rows)
        for wait, rows in found.items()
    ]


def further_of(post: Post) -> list[Further]:
    """What waits nowhere and is still to be handed over: what stands still, what falls silent, what was sent and not answered."""
    return list(_of_board(post) if isinstance(post, Membership) else _of_office(post))


def _of_office(post: Any) -> Iterator[Further]:
    region, now = post.office.region, timezone.now()
    rules = {key: region.setting(f"groups.{key}") if region else default for key, default in (("stuck_days", 30), ("dormant_days", 180))}
    groups = Group.objects.within(region)
    stuck = groups.forming().filter(waiting_since__lt=now - timedelta(days=rules["stuck_days"])).count()
    yield Further(_("Pembentukan yang macet"), stuck, f"{reverse('groups:mine')}?keadaan=pembentukan")
    yield Further(_("KIM yang diam"), groups.dormant(rules["dormant_days"]).count(), f"{reverse('groups:region_visits')}?daftar=diam")
    sent = Offer.objects.open().filter(material__office=post.office).count()
    yield Further(_("Bahan terkirim yang belum dijawab KIM"), sent, reverse("newsroom:materials"))


def _of_board(post: Membership) -> Iterator[Further]:
    group = post.group
    agreed, people = group.agreed_count
    yield Further(_("Anggota yang belum menyetujui keanggotaan"), people - agreed, reverse("groups:group", args=[group.pk]) + "#orang")
    held = group.items.filter(state__in=("stated", "seen")).count()
    yield Further(_("Buku dan kelengkapan yang diserahkan"), held, reverse("groups:institution", args=[group.pk]))
    yield Further(_("Naskah kelompok"), group.deeds.holding().count(), reverse("groups:deeds", args=[group.pk]))


def paper(post: Post, heaps: list[Heap], further: list[Further], *, given: Handover | None, giver: str, address: str) -> dict[str, Any]:
    """The same as words for the layout `handover`."""
    group = post.group if isinstance(post, Membership) else None
    body = group.name if group else post.office.name  # type: ignore[union-attr]
    region = group.region if group else post.office.region  # type: ignore[union-attr]
    today = date_only(timezone.localdate(timezone=region.tz if region else None))
    return {
        "title": _("Berita acara serah terima: %(body)s") % {"body": body},
        "group": body,
        "place": region.full_label if region else _("Indonesia"),
        "heading": _("Berita acara serah terima"),
        "intro": _("Keadaan per %(day)s menurut catatan Kentongan. Daftar yang selalu terbaru: %(address)s")
        % {"day": today, "address": address},
        "note_heading": _("Pesan untuk penerus"),
        "note": given.note if given else "",
        "heaps": [_heap(heap) for heap in heaps if heap.n],
        "empty": _("Tidak ada: %(kinds)s.") % {"kinds": "; ".join(heap.heading for heap in heaps if not heap.n)},
        "further_heading": _("Yang juga perlu diketahui"),
        "further": [{"heading": str(one.heading), "n": str(one.n)} for one in further],
        "signed": [
            {"role": _("Yang menyerahkan"), "name": giver},
            {"role": _("Yang menerima"), "name": ""},
            {"role": _("Mengetahui"), "name": ""},
        ],
        "signed_at": _("%(place)s, ………………………") % {"place": region.label if region else ""},
    }


def _heap(heap: Heap) -> dict[str, Any]:
    shown = heap.rows[:ON_PAPER]
    left = heap.n - len(shown)
    return {
        "heading": heap.heading,
        "n": str(heap.n),
        "rows": [{"title": row.title, "due": row.due_note} for row in shown],
        "more": _("dan %(n)s lagi") % {"n": left} if left else "",
    }
