"""A group's own papers at the desk: its list, one of them, writing one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core.actions import may
from kentongan.core.errors import BadRequest, NotNow
from kentongan.groups import actions, forms, markdown
from kentongan.groups.models import Deed
from kentongan.groups.views.page import INVALID, ask, done, inside_crumbs, inside_or_404, person_of, seen
from kentongan.groups.views.visits import earlier, mark
from kentongan.media.models import Leaf
from kentongan.media.views import photo_response
from kentongan.ui.writing import date_only

PAGE = 20


@require_safe
@signed_in
def deeds(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of a group, the newest first, and which statutes hold."""
    group, person = inside_or_404(request, pk), person_of(request)
    rows = group.deeds.select_related("written_by", "confirmed_by").order_by("-on", "-id").filter(earlier(request.GET.get("sesudah", "")))
    found = list(rows[: PAGE + 1])
    older = f"?{urlencode({'sesudah': mark(found[PAGE - 1].on, found[PAGE - 1].pk)})}" if len(found) > PAGE else ""
    statutes = group.deeds.holding().filter(kind=Deed.Kind.STATUTES).order_by("-on", "-id").first()
    context = {
        "group": group,
        "rows": found[:PAGE],
        "older": older,
        "statutes": statutes,
        "crumbs": inside_crumbs(group, (_("Naskah"), "")),
    }
    return render(request, "groups/deeds.html", context | {"may_write": may(person, "groups.write_deed", drafted(group))})


def drafted(group: Any, kind: str = "") -> Deed:
    """An unsaved paper to ask the tables about: what it holds is asked when it is sent."""
    deed = Deed(group=group, kind=kind)
    deed.brings_files = True
    return deed


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_deed(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a paper, or photograph it."""
    group, person = inside_or_404(request, pk), person_of(request)
    ask(person, "groups.write_deed", drafted(group))
    wanted = request.GET.get("jenis", "")
    posted = request.method == "POST"
    initial = {"kind": wanted if wanted in Deed.Kind.values else None, "on": group.today}
    form = forms.DeedForm(request.POST if posted else None, request.FILES if posted else None, group=group, initial=initial)
    status = INVALID if posted else 200
    if posted and form.is_valid():
        try:
            deed = actions.write_deed(group, **form.facts(), by=person)
            return done(reverse("groups:deed", args=[pk, deed.pk]), "groups.write_deed")
        except (NotNow, BadRequest) as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
    crumbs = inside_crumbs(group, (_("Naskah"), reverse("groups:deeds", args=[pk])), (_("Baru"), ""))
    return render(request, "groups/new_deed.html", {"group": group, "form": form, "crumbs": crumbs}, status=status)


def deed_or_404(request: HttpRequest, pk: int, deed: int) -> Deed:
    """A paper of this group that this person may read."""
    rows = Deed.objects.visible_to(person_of(request)).select_related("group__region", "written_by", "confirmed_by")
    return get_object_or_404(rows, pk=deed, group=pk)


@require_safe
@signed_in
def deed(request: HttpRequest, pk: int, deed: int) -> HttpResponse:
    """One paper: its words, its pages, who wrote and who confirmed it."""
    return deed_page(request, deed_or_404(request, pk, deed))


def deed_page(request: HttpRequest, row: Deed, form: forms.TakeBackForm | None = None, status: int = 200) -> HttpResponse:
    """The page of a paper; `form` was refused."""
    person, group = person_of(request), row.group
    context = {
        "group": group,
        "row": row,
        "words": markdown.html(row.text),
        "decided": markdown.html(row.decisions),
        "papers": [file.paper for file in row.files.select_related("paper").prefetch_related("paper__leaves__photo")],
        "may_confirm": may(person, "groups.confirm_deed", row),
        "may_take_back": may(person, "groups.take_back_deed", row),
        "form": form or forms.TakeBackForm(),
        "crumbs": inside_crumbs(group, (_("Naskah"), reverse("groups:deeds", args=[group.pk])), (row.title, "")),
        "facts": facts_of(row),
        "open": row.state == Deed.State.WRITTEN,
    }
    return render(request, "groups/deed.html", context, status=status)


def facts_of(row: Deed) -> list[tuple[str, Any]]:
    """Date, attendance, who wrote and who confirmed it."""
    confirmed = (
        _("%(name)s, %(day)s") % {"name": row.confirmed_by.name, "day": date_only(row.confirmed_at, row.group.region)}
        if row.confirmed_by and row.confirmed_at
        else ""
    )
    facts = [
        (_("Jenis"), row.get_kind_display()),
        (_("Disahkan") if row.kind == Deed.Kind.STATUTES else _("Tanggal"), date_only(row.on)),
        (_("Yang hadir"), _("%(n)s orang") % {"n": row.attendance} if row.attendance else ""),
        (_("Ditulis"), _("%(name)s, %(day)s") % {"name": row.written_by.name, "day": date_only(row.at, row.group.region)}),
        (_("Dikuatkan"), confirmed),
    ]
    return [(name, words) for name, words in facts if words]


@require_safe
@signed_in
def deed_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """From the list of what waits to the paper itself."""
    row = get_object_or_404(Deed.objects.visible_to(person_of(request)), pk=pk)
    return redirect("groups:deed", row.group_id, row.pk)


@require_POST
@signed_in
def deed_confirmation(request: HttpRequest, pk: int, deed: int) -> HttpResponse:
    """Another member stands for it."""
    row = deed_or_404(request, pk, deed)
    ask(person_of(request), "groups.confirm_deed", row)
    actions.confirm_deed(seen(request, row), by=person_of(request))
    return done(reverse("groups:deed", args=[pk, deed]), "groups.confirm_deed")


@require_POST
@signed_in
def deed_withdrawal(request: HttpRequest, pk: int, deed: int) -> HttpResponse:
    """Withdraw a paper nobody confirmed."""
    row = deed_or_404(request, pk, deed)
    ask(person_of(request), "groups.take_back_deed", row)
    form = forms.TakeBackForm(request.POST)
    if not form.is_valid():
        return deed_page(request, row, form, INVALID)
    actions.take_back_deed(seen(request, row), **form.cleaned_data, by=person_of(request))
    return done(reverse("groups:deed", args=[pk, deed]), "groups.take_back_deed")


@require_safe
@signed_in
def deed_photo(request: HttpRequest, pk: int, deed: int, *, leaf: int, width: int, ending: str) -> HttpResponse:
    """A page of a paper, for those who may read it."""
    row = deed_or_404(request, pk, deed)
    page = get_object_or_404(Leaf.objects.select_related("photo"), pk=leaf, paper__in=row.files.values("paper"))
    return photo_response(page.photo, width, ending)  # type: ignore[return-value]
