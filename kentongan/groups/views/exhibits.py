"""What a formation shows of itself at the desk: evidence page by page, what the village says, papers to print, a suspension's course."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.core import workflow
from kentongan.groups.models import Appeal, FormationStep, Group, appeals_of, statements_on, suspension_of
from kentongan.groups.reading.papers import BY_NAME, NEEDED, PRINTINGS
from kentongan.media.models import Leaf, Paper
from kentongan.ui.writing import date_only, day


@dataclass(frozen=True)
class Page:
    """One page of a paper: where the small and the large picture are."""

    src: str
    href: str
    alt: str
    width: int
    height: int


@dataclass
class Exhibit:
    """One paper that was handed in, or why it cannot be seen yet."""

    title: str
    note: str
    paper: Paper
    pages: list[Page] = field(default_factory=list)
    waiting: bool = False
    refused: str = ""


def exhibits_of(group: Group, steps: Iterable[FormationStep]) -> list[Exhibit]:
    """Evidence of the steps and the decrees, in their order. One query for all pages; `steps` come with `paper` and `roll`."""
    found = [exhibit for step in steps for exhibit in _of_step(step)]
    told = {exhibit.paper.pk for exhibit in found}
    found += [
        Exhibit(str(decree), decree.issuer, decree.paper) for decree in group.all_decrees if decree.paper and decree.paper_id not in told
    ]
    return with_pages(group, found)


def with_pages(group: Group, exhibits: list[Exhibit]) -> list[Exhibit]:
    """The exhibits with the pages that can be shown."""
    ids = [exhibit.paper.pk for exhibit in exhibits]
    leaves = Leaf.objects.filter(paper__in=ids).select_related("photo").order_by("paper", "number") if ids else []
    known = {paper: list(rows) for paper, rows in groupby(leaves, key=lambda leaf: leaf.paper_id)}
    for exhibit in exhibits:
        mine = known.get(exhibit.paper.pk, [])
        exhibit.pages = [_page(group, exhibit.title, leaf) for leaf in mine if leaf.photo.ready]
        exhibit.refused = exhibit.paper.refusal or next((leaf.photo.refusal for leaf in mine if leaf.photo.refusal), "")
        exhibit.waiting = not exhibit.refused and len(exhibit.pages) < max(1, len(mine))
    return exhibits


def _of_step(step: FormationStep) -> list[Exhibit]:
    title = str(workflow.past(f"groups.{step.action}"))
    named = [(title, step.paper), (_("Daftar hadir"), step.roll)]
    return [Exhibit(name, day(step.on), paper) for name, paper in named if paper]


def _page(group: Group, title: str, leaf: Leaf) -> Page:
    def at(width: int) -> str:
        return reverse("groups:leaf", args=[group.pk, leaf.pk, width, "jpg"])

    widths = leaf.photo.widths
    alt = _("%(title)s, halaman %(n)s") % {"title": title, "n": leaf.number}
    return Page(at(widths[0]), at(widths[-1]), alt, leaf.photo.width or 0, leaf.photo.height or 0)


@dataclass(frozen=True)
class Print:
    """A paper one may print, and whether the next step needs it."""

    label: Any
    purpose: Any
    href: str
    needed: bool


def prints_of(group: Group) -> tuple[list[Print], list[Print]]:
    """The papers the next step needs, and the others."""
    needed = NEEDED.get(group.state, ())
    rows = [Print(one.label, one.purpose, reverse("groups:printed", args=[group.pk, one.name]), one.name in needed) for one in PRINTINGS]
    return [row for row in rows if row.needed], [row for row in rows if not row.needed]


STEP_WORDS: dict[str, tuple[Any, Any]] = {
    "proposed": (
        gettext_lazy("Menjelaskan kepada warga, lalu musyawarah"),
        gettext_lazy("Kantor desa/kelurahan mencatat sosialisasi; pengusul mencatat musyawarah."),
    ),
    "socialised": (gettext_lazy("Musyawarah warga"), gettext_lazy("Pengusul mengundang warga dan membawa daftar hadir.")),
    "deliberated": (
        gettext_lazy("Berita acara dan susunan pengurus"),
        gettext_lazy("Cetak, minta tanda tangan, potret, lalu catat pengurus dan anggotanya."),
    ),
    "minuted": (
        gettext_lazy("Surat keputusan (SK)"),
        gettext_lazy("Kantor penerbit mencetak draf, memberi nomor, menandatangani, memotret, lalu mencatatnya."),
    ),
    "decreed": (gettext_lazy("Profil dan pendaftaran"), gettext_lazy("Pengurus melengkapi profil, lalu mendaftarkan KIM.")),
    "registered": (gettext_lazy("Verifikasi Diskominfo"), gettext_lazy("Petugas memeriksa SK, pengurus, dan sekretariat.")),
}


def next_step(group: Group, who: list[str], waited: str) -> list[tuple[str, Any]]:
    """The next step of a formation in plain words, as pairs: what, how, who, which paper, since when."""
    if group.state not in STEP_WORDS:
        return []
    what, how = STEP_WORDS[group.state]
    papers = [str(BY_NAME[name].label).removeprefix("Cetak ") for name in NEEDED[group.state]]
    pairs = [
        (_("Langkah"), str(what)),
        (_("Caranya"), str(how)),
        (_("Yang ditunggu"), who),
        (_("Kertasnya"), ", ".join(papers)),
        (_("Sudah menunggu"), waited),
    ]
    return [(name, value) for name, value in pairs if value]


def course_of(group: Group) -> dict[str, Any]:
    """The suspension that is asked for or holds, and what was said against it, as the page of a group shows it."""
    suspension = suspension_of(group) if group.state in (Group.State.VERIFIED, Group.State.SUSPENDED) else None
    appeals = appeals_of(group) if suspension and suspension.in_force else []
    shown = [Exhibit(_("Bukti keberatan"), date_only(appeal.at), appeal.paper) for appeal in appeals if appeal.paper]
    return {"suspension": suspension, "appeals": list(zip_pages(appeals, with_pages(group, shown)))}


def zip_pages(appeals: list[Appeal], exhibits: list[Exhibit]) -> Iterable[tuple[Appeal, list[Exhibit]]]:
    """Each appeal with what was handed in beside it."""
    return ((appeal, [one for one in exhibits if one.paper.pk == appeal.paper_id]) for appeal in appeals)


def said_of(group: Group) -> dict[str, Any]:
    """What the village says today and what it said before."""
    rows = statements_on(group)
    return {"statements": [row for row in rows if row.living], "past_statements": [row for row in rows if not row.living]}


def leaves_of(group: Group) -> Any:
    """Every page of every paper that was handed in about a group."""
    steps, appeals = group.steps.order_by(), Appeal.objects.order_by().filter(suspension__group=group)
    papers = [steps.values("paper"), steps.values("roll"), group.decrees.order_by().values("paper"), appeals.values("paper")]
    return Leaf.objects.filter(reduce(or_, (Q(paper__in=some) for some in papers))).select_related("photo")
