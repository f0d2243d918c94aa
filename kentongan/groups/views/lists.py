"""Groups as lists: mine, and those of my region by state, the one that stands still longest first."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core.errors import NotNow
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


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """My groups; for officers, those of their region by state."""
    person = person_of(request)
    official = person.operator or any(isinstance(post, Appointment) for post in posts_of(person))
    context: dict[str, Any] = {"official": official}
    if official:
        tab = request.GET.get("keadaan", "") if request.GET.get("keadaan") in TABS else "pembentukan"
        groups = Group.objects.all() if person.operator else Group.objects.filter(covered_by(person))
        context |= region_list(groups, tab, request.GET.get("sesudah", ""))
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
