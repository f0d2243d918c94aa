"""People who may be written down twice: for the regency's officers."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Account, Merger, Person
from kentongan.core.actions import may
from kentongan.core.errors import NotNow, NotThere, Stale
from kentongan.desk.forms import MergerReason
from kentongan.desk.reading import twins
from kentongan.desk.reading.ties import counted
from kentongan.groups.actions import privacy
from kentongan.groups.models import Appointment, Membership
from kentongan.groups.permissions.privacy import regency_over
from kentongan.groups.views.office import post_of
from kentongan.groups.views.page import INVALID, ask, person_of, seen

CODE = re.compile(r"[0-9.]{2,13}")


@require_safe
@signed_in
def people(request: HttpRequest) -> HttpResponse:
    """Pairs whose names are alike, village by village, and mergers that wait for a second officer."""
    post = post_of(request)
    place = post.office.region if post else None
    after = request.GET.get("sesudah", "")
    found, further = twins.pairs(place, after if CODE.fullmatch(after) else "")
    context = {
        "place": place,
        "pairs": found,
        "further": f"?{urlencode({'sesudah': further})}" if further else "",
        "waiting": twins.waiting_in(place),
        "crumbs": [(_("Wilayah"), reverse("groups:office")), (_("Orang yang tercatat dua kali"), "")],
    }
    return render(request, "desk/twins.html", context)


def pair_or_404(request: HttpRequest, kept: int, lost: int) -> tuple[Person, Person]:
    """Two rows that this officer may look at beside each other: both wholly within the region of their office."""
    rows = Person.objects.select_related("account").in_bulk([kept, lost])
    if len(rows) < 2 or not regency_over(person_of(request), rows[kept], rows[lost]):
        raise NotThere(_("Pasangan ini tidak ada, atau bukan seluruhnya di wilayah Anda."))
    return rows[kept], rows[lost]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pair(request: HttpRequest, kept: int, lost: int) -> HttpResponse:
    """Two rows side by side with what hangs on each, and the question whether they are one human."""
    stays, goes = pair_or_404(request, kept, lost)
    if request.method != "POST":
        return pair_page(request, stays, goes, MergerReason())
    ask(person_of(request), "groups.ask_merger", Merger(kept=stays, lost=goes, asked_by=person_of(request)))
    form = MergerReason(request.POST)
    if not form.is_valid():
        return pair_page(request, stays, goes, form, INVALID)
    try:
        privacy.ask_merger(stays, goes, reason=form.cleaned_data["reason"], by=person_of(request))
    except NotNow as refused:
        form.add_error(None, refused.sentence)
        return pair_page(request, stays, goes, form, refused.status)
    return redirect(f"{reverse('desk:pair', args=[kept, lost])}?selesai=groups.ask_merger")


def pair_page(request: HttpRequest, kept: Person, lost: Person, form: MergerReason, status: int = 200) -> HttpResponse:
    """Both rows, what is asked of the first officer, of the owners and of the second officer."""
    by = person_of(request)
    merger = Merger.about(kept).filter(lost__in=[kept, lost], kept__in=[kept, lost]).first()
    context: dict[str, Any] = {
        "sides": [side(kept), side(lost)],
        "kept": kept,
        "lost": lost,
        "merger": merger,
        "form": form,
        "swapped": reverse("desk:pair", args=[lost.pk, kept.pk]),
        "may_ask": may(by, "groups.ask_merger", Merger(kept=kept, lost=lost, asked_by=by)),
        "may_confirm": may(by, "groups.confirm_merger", merger) if merger else None,
        "crumbs": [
            (_("Wilayah"), reverse("groups:office")),
            (_("Orang yang tercatat dua kali"), reverse("desk:people")),
            (kept.name, ""),
        ],
    }
    return render(request, "desk/pair.html", context, status=status)


def side(person: Person) -> dict[str, Any]:
    """One row: how they sign in, what they are where, how much names them. No contact: it tells nothing an officer needs here."""
    account: Account | None = getattr(person, "account", None)
    memberships = Membership.objects.filter(person=person).select_related("group__region").order_by("-state", "id")
    offices = Appointment.objects.filter(person=person).select_related("office")
    return {
        "person": person,
        "account": account.state_label if account else _("tidak punya akun"),
        "roles": [f"{row} · {row.group.region.label} · {row.state_label}" for row in memberships[:20]] + [str(row) for row in offices[:20]],
        "ties": counted(person),
    }


def merger_or_404(request: HttpRequest, pk: int) -> Merger:
    """A merger of two rows this officer may look at."""
    merger = get_object_or_404(Merger.objects.select_related("kept", "lost"), pk=pk)
    pair_or_404(request, merger.kept_id, merger.lost_id)
    return merger


@require_safe
@signed_in
def merger(request: HttpRequest, pk: int) -> HttpResponse:
    """Both rows of a merger that was asked for."""
    row = merger_or_404(request, pk)
    return pair_page(request, row.kept, row.lost, MergerReason())


@require_POST
@signed_in
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer stands for it."""
    row = merger_or_404(request, pk)
    try:
        privacy.confirm_merger(seen(request, row), by=person_of(request))
    except Stale:
        raise
    except NotNow as refused:
        form = MergerReason({})
        form.add_error(None, refused.sentence)
        return pair_page(request, row.kept, row.lost, form, refused.status)
    return redirect(f"{reverse('desk:people')}?selesai=groups.confirm_merger")


@require_POST
@signed_in
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two."""
    privacy.refuse_merger(seen(request, merger_or_404(request, pk)), by=person_of(request))
    return redirect(f"{reverse('desk:people')}?selesai=groups.refuse_merger")
