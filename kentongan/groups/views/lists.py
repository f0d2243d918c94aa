"""Groups as lists: mine, and those of my region by state, the one that stands still longest first."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core.errors import NotNow
from kentongan.documents.downloads import downloadable
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups import actions, forms
from kentongan.groups.models import Appointment, Group, covered_by, posts_of, with_rules
from kentongan.groups.views.page import INVALID, days_ago, done, person_of, waited_for

PAGE = 20
TABS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "pembentukan": (gettext_lazy("Dalam pembentukan"), Group.FORMING),
    "ber-sk": (gettext_lazy("Ber-SK"), (*Group.PUBLISHING, "suspended")),
    "terverifikasi": (gettext_lazy("Terverifikasi"), ("verified",)),
    "berhenti": (gettext_lazy("Dibekukan atau dibubarkan"), ("suspended", "dissolved")),
}


def groups_sheet(request: HttpRequest) -> Sheet:
    """The list of `mine` as rows: of an officer's region by state, of anybody else their own groups."""
    person = person_of(request)
    if person.operator or any(isinstance(post, Appointment) for post in posts_of(person)):
        tab = tab_of(request)
        groups = in_region_of(person).filter(state__in=TABS[tab][1]).longest_waiting()
        return sheet_of_groups(str(_("KIM: %(tab)s") % {"tab": TABS[tab][0]}), groups)
    return sheet_of_groups(_("KIM Anda"), Group.objects.of(person).order_by("name", "id"))


def sheet_of_groups(name: str, groups: Any) -> Sheet:
    """Groups as a table, with the decree that is the newest. No contact, no person."""
    head = (_("Nama KIM"), _("Kode wilayah"), _("Desa/kelurahan"), _("Wilayah"), _("Keadaan"), _("Sejak"), _("Kabar terbit"))
    rows = groups.select_related("region").iterator(chunk_size=1000)
    more = (_("Kabar terakhir"), _("Pengurus ditegaskan"), _("Alamat situs"))
    return Sheet(name, (*head, *more), (_row_of_sheet(group) for group in rows))


def _row_of_sheet(group: Group) -> tuple[Cell, ...]:
    at = (group.waiting_since, group.last_published_at, group.last_confirmed_at)
    since, written, confirmed = (localdate(moment) if moment else None for moment in at)
    place = (group.region.code, group.region.label, group.region.lies_in)
    address = f"{settings.SITE_URL}{group.get_absolute_url()}" if group.is_public else ""
    return (group.name, *place, group.state_label, since, group.story_count, written, confirmed, address)


def tab_of(request: HttpRequest) -> str:
    """The tab an address asks for, else the first."""
    return request.GET.get("keadaan", "") if request.GET.get("keadaan") in TABS else "pembentukan"


def in_region_of(person: Person) -> Any:
    """The groups an officer watches over."""
    return Group.objects.all() if person.operator else Group.objects.filter(covered_by(person))


@require_safe
@signed_in
@downloadable(groups_sheet)
def mine(request: HttpRequest) -> HttpResponse:
    """My groups; for officers, those of their region by state."""
    person = person_of(request)
    official = person.operator or any(isinstance(post, Appointment) for post in posts_of(person))
    context: dict[str, Any] = {"official": official}
    if official:
        context |= region_list(in_region_of(person), tab_of(request), request.GET.get("sesudah", ""))
    context["mine"] = rows_of(with_rules(Group.objects.of(person).select_related("region").order_by("name", "id")[:PAGE]))
    return render(request, "groups/mine.html", context)


def region_list(groups: Any, tab: str, after: str) -> dict[str, Any]:
    """One page of groups in the states of a tab, longest waiting first, from where the last page ended."""
    wanted = groups.filter(state__in=TABS[tab][1]).select_related("region").longest_waiting()
    found = list(wanted.filter(beyond(after))[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    older = f"?{urlencode({'keadaan': tab, 'sesudah': f'{last.waiting_since.isoformat()}_{last.pk}'})}" if last else ""
    tabs = [(str(label), f"?keadaan={key}", key == tab) for key, (label, _states) in TABS.items()]
    return {"rows": rows_of(with_rules(found[:PAGE])), "older": older, "tabs": tabs, "tab": str(TABS[tab][0])}


def beyond(mark: str) -> Q:
    """Rows after the mark "<moment>_<id>"; everything when it is none."""
    try:
        moment, number = mark.split("_")
        since, pk = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return Q()
    return Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=pk)


def rows_of(groups: list[Group]) -> list[dict[str, Any]]:
    """Groups as the component `waiting` draws them."""
    return [
        {
            "title": group.name,
            "href": reverse("groups:group", args=[group.pk]),
            "meta": " · ".join(
                part
                for part in (
                    group.region.full_label,
                    capfirst(group.state_label),
                    waited_for(group),
                    _("kabar terakhir sudah lama") if group.dormant else "",
                )
                if part
            ),
            "kind": "late" if group.stuck else "theirs",
            "due": days_ago(group.waiting_days) if waited_for(group) else "",
            "due_note": _("macet") if group.stuck else "",
        }
        for group in groups
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def proposal(request: HttpRequest) -> HttpResponse:
    """Propose a group with an account: a resident then carries the formation, an officer names who does."""
    form = forms.ProposalForm(request.POST or None, initial={"key": forms.new_key(), "first": person_of(request).name})
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.propose(**form.facts(), by=person_of(request))
            return done(reverse("groups:group", args=[group.pk]), "groups.propose")
        except NotNow as refused:
            form.add_error(None, refused.sentence)
    status = INVALID if request.method == "POST" else 200
    crumbs = [(_("KIM"), reverse("groups:mine")), (_("Usulan baru"), "")]
    return render(request, "groups/proposal.html", {"form": form, "crumbs": crumbs}, status=status)
