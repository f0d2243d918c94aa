"""The register of an office's region, to take away and bring back."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core.errors import NotAllowed, NotThere
from kentongan.documents.downloads import workbook
from kentongan.exchange.reading import sheets
from kentongan.groups.models import GOVERNING, Appointment, Group, Office, posts_of
from kentongan.regions.models import Region

PEOPLE_OF = (*GOVERNING, Office.Kind.MINISTRY)
"""The offices that see the people of groups one by one."""
FORMS = ("xlsx", "kimid")
OUT = (Group.State.DISSOLVED, Group.State.WITHDRAWN)
"""What a register no longer lists."""


@require_safe
@signed_in
def register(request: HttpRequest) -> HttpResponseBase:
    """What can be taken away; with `?bentuk=xlsx` the register, with `?bentuk=kimid` the sheet for kim.id."""
    post = _post(request)
    form, place = request.GET.get("bentuk", ""), _place(request, post)
    if form not in FORMS:
        return _page(request, post, place)
    groups = Group.objects.exclude(state__in=OUT).within(place)
    if form == "kimid":
        return workbook(request, sheets.for_kimid(groups.public()))
    return workbook(request, *sheets.register(groups, members=_sees_people(post)))


def _page(request: HttpRequest, post: Appointment | None, place: Region | None) -> HttpResponse:
    crumbs = [(_("Wilayah"), reverse("groups:office")), (_("Unduh register"), "")]
    count = Group.objects.exclude(state__in=OUT).within(place).count()
    context = {"place": place, "people": _sees_people(post), "count": count, "crumbs": crumbs, "asked": request.GET.get("wilayah", "")}
    return render(request, "exchange/register.html", context)


def _post(request: HttpRequest) -> Appointment | None:
    """The appointment in use; None for the operator. Raises NotAllowed for everybody else."""
    person: Any = request.person  # type: ignore[attr-defined]
    post = next((post for post in posts_of(person) if isinstance(post, Appointment)), None)
    if post is None and not person.operator:
        raise NotAllowed(_("Halaman ini untuk petugas instansi. Anda tidak sedang bertugas di mana pun."))
    return post


def _sees_people(post: Appointment | None) -> bool:
    return post is not None and post.office.kind in PEOPLE_OF


def _place(request: HttpRequest, post: Appointment | None) -> Region | None:
    """The region asked for, within the post's own; its own when none is asked for. Raises NotThere for any other."""
    own, asked = (post.office.region if post else None), request.GET.get("wilayah", "").strip()
    if not asked:
        return own
    try:
        place = Region.objects.by_code(asked)
    except Region.DoesNotExist as unknown:
        raise NotThere(_("Tidak ada wilayah dengan kode %(code)s.") % {"code": asked[:20]}) from unknown
    if own is not None and not own.contains(place):
        raise NotThere(_("%(place)s di luar wilayah Anda.") % {"place": place.label})
    return place
