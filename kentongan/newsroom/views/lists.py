"""Lists at the desk: stories by where they stand, tips by whether they wait. Keyset-paged, so that page two costs what page one costs."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kentongan.accounts.guards import signed_in
from kentongan.documents.downloads import downloadable
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups.models import Appointment, Membership
from kentongan.newsroom.models import Flag, Story, Tip
from kentongan.newsroom.views.desk import group_of, person_of, post_of
from kentongan.newsroom.views.story import STATE_TAGS

PAGE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"([0-9]{1,16})-([0-9]{1,18})")
"""Where a page ends: microseconds since 1970 and the row's id."""
ROLES_OF_TAB = {"perlu-diperiksa": ("pemeriksa",), "siap-terbit": ("redaktur",)}
"""For whom the things under a tab wait."""


@dataclass(frozen=True)
class Tab:
    """One list: its name in the address, its label, the states it holds, what to do when it is empty."""

    key: str
    label: Any
    states: tuple[str, ...]
    empty: Any = ""


DRAFTS = Tab(
    "draf",
    gettext_lazy("Draf"),
    ("begun", "gathered", "written", "returned"),
    gettext_lazy("Belum ada yang sedang ditulis. Tahu sesuatu yang perlu diketahui tetangga? Mulailah."),
)
TO_CHECK = Tab("perlu-diperiksa", gettext_lazy("Perlu diperiksa"), ("submitted",), gettext_lazy("Tidak ada yang menunggu diperiksa."))
READY = Tab("siap-terbit", gettext_lazy("Siap terbit"), ("verified",), gettext_lazy("Tidak ada yang menunggu diterbitkan."))
PUBLISHED = Tab("terbit", gettext_lazy("Terbit"), ("published",), gettext_lazy("Belum ada kabar yang terbit."))
OTHERS = Tab(
    "lainnya",
    gettext_lazy("Lainnya"),
    ("retracted", "withdrawn", "withheld"),
    gettext_lazy("Tidak ada kabar yang dibatalkan, dicabut, atau ditahan."),
)
OTHER_GROUPS = Tab(
    "kim-lain",
    gettext_lazy("KIM lain"),
    ("published",),
    gettext_lazy("Belum ada kabar terbit dari KIM lain di kabupaten atau kota ini."),
)
"""What other groups of the regency published: to read, and to pass on."""
FLAGS = Tab("keberatan", gettext_lazy("Keberatan"), (), gettext_lazy("Belum ada keberatan dari instansi Anda."))
WITHHELD = Tab("ditahan", gettext_lazy("Ditahan"), ("withheld",), gettext_lazy("Tidak ada kabar yang ditahan."))
MEMBER_TABS = (DRAFTS, TO_CHECK, READY, PUBLISHED, OTHER_GROUPS, OTHERS)


def stories_sheet(request: HttpRequest) -> Sheet:
    """The tab that is open, as rows."""
    post = post_of(request)
    tab = _tab_of(request, _tabs(request, post))
    order = "at" if tab is FLAGS else _order(tab)
    rows = _rows(request, post, tab).order_by(f"-{order}", "-pk").iterator(chunk_size=500)
    name = str(_("Kabar: %(tab)s") % {"tab": tab.label})
    if tab is FLAGS:
        asked = (_("Nomor kabar"), _("Judul"), _("Yang dipersoalkan"), _("Keadaan"), _("Oleh"), _("Tanggal"), _("Jawaban KIM"))
        return Sheet(name, asked, (_flag_cells(row) for row in rows))
    head = (_("Nomor"), _("Judul"), _("Ringkasan"), _("Jenis"), _("Keadaan"), _("KIM"), _("Kode wilayah"), _("Penulis"), _("Berubah"))
    return Sheet(name, (*head, _("Terbit"), _("Sumber"), _("Ralat")), (_story_cells(row) for row in rows))


def _flag_cells(flag: Flag) -> tuple[Cell, ...]:
    return (flag.story_id, flag.story.title, flag.concern, flag.state_label, flag.by.name, flag.at, flag.answer)


def _story_cells(story: Story) -> tuple[Cell, ...]:
    where = (story.group.name, story.village_code or story.district_code or story.regency_code)
    told = (story.title, story.summary, str(story.get_kind_display()), story.state_label)
    return (story.pk, *told, *where, story.author.name, story.changed_at, story.published_at, story.source_count, story.correction_count)


def tips_sheet(request: HttpRequest) -> Sheet:
    """What was brought to the group, as rows: without the name of who brought it, and without any contact."""
    group = group_of(request, reads=True)
    rows = _tips(request, group).order_by("-id").iterator(chunk_size=500)
    head = (_("Nomor"), _("Apa yang terjadi"), _("Di mana"), _("Kapan"), _("Diterima"), _("Keadaan"), _("Alasan"))
    return Sheet(_("Bahan dari warga"), head, (_tip_cells(row) for row in rows))


def _tip_cells(tip: Tip) -> tuple[Cell, ...]:
    return (tip.pk, tip.text, tip.place, tip.happened, tip.received_at, tip.state_label, tip.reason)


def _tips(request: HttpRequest, group: Any) -> QuerySet[Tip]:
    found = Tip.objects.visible_to(person_of(request)).filter(group=group)
    return found if request.GET.get("bagian") == "semua" else found.filter(state=Tip.State.RECEIVED)


def _tab_of(request: HttpRequest, tabs: tuple[Tab, ...]) -> Tab:
    return next((tab for tab in tabs if tab.key == request.GET.get("bagian")), tabs[0])


@require_safe
@signed_in
@downloadable(stories_sheet)
def stories(request: HttpRequest) -> HttpResponse:
    """A member sees the stories of the group in use; an official what is published in the region, and the office's objections."""
    post = post_of(request)
    tabs = _tabs(request, post)
    tab = _tab_of(request, tabs)
    rows, older = _page(_rows(request, post, tab), request.GET.get("sebelum", ""), "at" if tab is FLAGS else _order(tab))
    context = {
        "tabs": [_shown(tab, one, counts) for counts in [_counts(person_of(request), post)] for one in tabs],
        "tab": tab,
        "post": post,
        "group": getattr(post, "group", None),
        "writes": isinstance(post, Membership) and post.role != Membership.Role.PEMBINA,
        "elsewhere": tab is OTHER_GROUPS,
        "flags": rows if tab is FLAGS else None,
        "rows": [] if tab is FLAGS else [_row(row, tab) for row in rows],
        "older": f"?bagian={tab.key}&sebelum={older}" if older else "",
    }
    return render(request, "newsroom/stories.html", context)


@require_safe
@signed_in
@downloadable(tips_sheet)
def tips(request: HttpRequest) -> HttpResponse:
    """What was brought to the group: what waits, or everything."""
    group = group_of(request, reads=True)
    waiting = request.GET.get("bagian") != "semua"
    found = _tips(request, group)
    before = request.GET.get("sebelum", "")
    rows = list((found.filter(pk__lt=before) if before.isdecimal() and len(before) < 18 else found).order_by("-id")[: PAGE + 1])
    tabs = [
        {"label": _("Menunggu"), "href": "?", "current": waiting},
        {"label": _("Semua"), "href": "?bagian=semua", "current": not waiting},
    ]
    older = f"?{'' if waiting else 'bagian=semua&'}sebelum={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    crumbs = [(_("Kabar"), reverse("newsroom:stories")), (_("Bahan"), "")]
    return render(
        request,
        "newsroom/tips.html",
        {"group": group, "tips": rows[:PAGE], "tabs": tabs, "older": older, "waiting": waiting, "crumbs": crumbs},
    )


def _tabs(request: HttpRequest, post: Any) -> tuple[Tab, ...]:
    if isinstance(post, Membership):
        return MEMBER_TABS
    withheld = (WITHHELD,) if person_of(request).operator else ()
    return (PUBLISHED, *((FLAGS,) if isinstance(post, Appointment) else ()), *withheld)


def _rows(request: HttpRequest, post: Any, tab: Tab) -> QuerySet[Any]:
    if tab is FLAGS:
        return Flag.objects.filter(office=post.office).select_related("story__region", "by")
    rows = Story.objects.visible_to(person_of(request)).filter(state__in=tab.states).labelled().select_related("group__region", "author")
    if tab is OTHER_GROUPS:
        return rows.filter(regency_code=post.group.regency_code, repost_of=None).exclude(group=post.group)
    if isinstance(post, Membership):
        return rows.filter(group=post.group)
    region = post.office.region if post else None
    return rows.within(region) if region else rows


def _order(tab: Tab) -> str:
    return "published_at" if tab.states == ("published",) else "changed_at"


def _page(rows: QuerySet[Any], before: str, order: str) -> tuple[list[Any], str]:
    """Up to PAGE rows older than the cursor `<microseconds>-<id>`, newest first, and the cursor of the next page."""
    if cursor := CURSOR.fullmatch(before):
        at = EPOCH + timedelta(microseconds=int(cursor[1]))
        rows = rows.filter(Q(**{f"{order}__lt": at}) | Q(**{order: at, "pk__lt": int(cursor[2])}))
    found = list(rows.order_by(f"-{order}", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{(getattr(last, order) - EPOCH) // timedelta(microseconds=1)}-{last.pk}" if last else ""


def _counts(person: Any, post: Any) -> dict[str, int]:
    """How many stories stand in each state before publication (the index `story_desk`), and the group's own count of published ones."""
    if not isinstance(post, Membership):
        return {}
    mine = ~Q(state=Story.State.BEGUN) | Q(author=person)
    found = Story.objects.filter(mine, group=post.group, state__in=Story.BEFORE_PUBLISHED)
    rows = found.values_list("state").annotate(n=Count("pk")).order_by()
    return dict(rows) | {"published": post.group.story_count, "role": post.role}


def _shown(current: Tab, tab: Tab, counts: dict[str, Any]) -> dict[str, Any]:
    number = 0 if tab is OTHER_GROUPS or not tab.states else sum(counts.get(state, 0) for state in tab.states)
    waits = counts.get("role") in ROLES_OF_TAB.get(tab.key, ())
    label = f"{tab.label} ({number})" if number and not waits else tab.label
    return {"label": label, "href": f"?bagian={tab.key}", "current": tab is current, "waiting": number if waits else 0}


def _row(story: Story, tab: Tab) -> dict[str, Any]:
    return {"story": story, "tag": STATE_TAGS.get(story.state, ""), "at": getattr(story, _order(tab)), "several": len(tab.states) > 1}
