"""Formations of an office's subtree on one page: which step each waits for, since when, and for whom; the one that waits longest first."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kentongan.accounts.guards import signed_in
from kentongan.groups.models import Group, with_rules
from kentongan.groups.models.naming import with_helpers
from kentongan.groups.views.lists import beyond
from kentongan.groups.views.office import post_of
from kentongan.groups.views.page import days_ago, waited_by, waited_for
from kentongan.regions.models import Region

PAGE = 20
SHORT: dict[str, Any] = {
    "proposed": gettext_lazy("Usulan"),
    "socialised": gettext_lazy("Sosialisasi"),
    "deliberated": gettext_lazy("Musyawarah"),
    "minuted": gettext_lazy("Berita acara"),
    "decreed": gettext_lazy("Ber-SK"),
    "registered": gettext_lazy("Terdaftar"),
}
"""The last step taken, in a word: tabs stand beside each other on a narrow screen."""


@require_safe
@signed_in
def formations(request: HttpRequest) -> HttpResponse:
    """Every formation of the subtree by step, with who is waited for; filtered by step and by a region below."""
    post = post_of(request)
    place = post.office.region if post else None
    below = list(Region.objects.filter(parent=place).order_by("name"))
    here = next((region for region in below if region.code == request.GET.get("wilayah")), None)
    states = Group.FORMING if request.GET.get("langkah") not in Group.FORMING else (request.GET["langkah"],)
    groups = Group.objects.within(here or place).forming()
    counts = dict(groups.order_by().values_list("state").annotate(n=Count("pk")))
    found = list(
        groups.filter(beyond(request.GET.get("sesudah", "")), state__in=states)
        .select_related("region", "founder")
        .longest_waiting()[: PAGE + 1]
    )
    chosen = {"langkah": states[0] if len(states) == 1 else "", "wilayah": here.code if here else ""}
    context = {
        "place": place,
        "below": [(region.code, region.label, region == here) for region in below],
        "tabs": tabs_of(counts, chosen),
        "chosen": chosen,
        "total": sum(counts.values()),
        "rows": [row_of(group) for group in with_helpers(with_rules(found[:PAGE]))],
        "older": older_of(found, chosen),
        "crumbs": [(_("Wilayah"), reverse("groups:office")), (_("Pembentukan"), "")],
    }
    return render(request, "groups/formations.html", context)


def tabs_of(counts: dict[str, int], chosen: dict[str, str]) -> list[tuple[str, str, bool]]:
    """One tab a step with how many stand there; the first is all of them."""
    names = [("", _("Semua"), sum(counts.values()))]
    names += [(state, str(SHORT[state]), counts.get(state, 0)) for state in Group.FORMING]
    return [(f"{label} ({n})", f"?{urlencode(chosen | {'langkah': state})}", state == chosen["langkah"]) for state, label, n in names]


def older_of(found: list[Group], chosen: dict[str, str]) -> str:
    """Where the next page begins; empty on the last one."""
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1]
    return f"?{urlencode(chosen | {'sesudah': f'{last.waiting_since.isoformat()}_{last.pk}'})}"


def row_of(group: Group) -> dict[str, Any]:
    """A formation as the component `waiting` draws it, late when it stands still longer than its region allows."""
    names, _days = waited_by(group)
    parts = (group.region.full_label, waited_for(group), _("yang ditunggu: %(names)s") % {"names": ", ".join(names[:3])} if names else "")
    return {
        "title": group.name,
        "href": reverse("groups:group", args=[group.pk]),
        "meta": " · ".join(part for part in parts if part),
        "kind": "late" if group.stuck else "theirs",
        "due": days_ago(group.waiting_days),
        "due_note": _("macet") if group.stuck else "",
    }
