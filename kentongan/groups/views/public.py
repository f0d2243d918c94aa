"""The proposal, without account, cookie or session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kentongan.accounts.guards import address_of
from kentongan.accounts.models import Attempt
from kentongan.core import workflow
from kentongan.core.actors import PUBLIC
from kentongan.core.permissions import nobody
from kentongan.groups import actions, forms
from kentongan.groups.models import Group
from kentongan.groups.permissions import decreeing_offices, three_offices
from kentongan.groups.views.page import INVALID, Stroke, waited_for
from kentongan.groups.workflow import regency_of
from kentongan.ui.writing import day


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """The form; what was typed comes back with what is wrong. A machine that fills the trap gets a refusal like any wrong form."""
    if request.method != "POST":
        form = forms.ProposalForm(initial={"key": forms.new_key(), "place": request.GET.get("desa", "")[:100]})
        form.known, form.others = forms.groups_at(request.GET.get("desa", "")[:13])
        return render(request, "groups/propose.html", {"form": form})
    form = forms.ProposalForm(request.POST)
    if not form.is_valid():
        return render(request, "groups/propose.html", {"form": form}, status=INVALID)
    facts = form.facts()
    Attempt.spend("proposal", f"wilayah {facts['region'].code}", address_of(request))
    group = actions.propose(**facts, by=PUBLIC)
    return redirect("groups:thanks", group.submission)


@require_safe
@never_cache
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Where a proposal stands, what happens next and who is waited for. Names officials only: nobody of the formation."""
    group = Group.objects.filter(submission=code.upper()).select_related("region").first()
    if group is None:
        return redirect("groups:propose")
    context = {
        "group": group,
        "code": group.submission,
        "fresh": group.state == Group.State.PROPOSED and not group.waiting_days,
        "waiting": waited_for(group),
        "helpers": OFFICES_ASKED.get(group.state, nobody)(group),
        "steps": steps_of(group),
    }
    return render(request, "groups/thanks.html", context)


OFFICES_ASKED = {"proposed": three_offices, "minuted": decreeing_offices, "registered": regency_of}
"""Where the next step is an office's; elsewhere it is the proposers' own."""


def steps_of(group: Group) -> list[Stroke]:
    """What happened on which day, without a name and without anybody's words."""
    return [Stroke(workflow.past(f"groups.{step.action}"), day(step.on)) for step in group.steps.all()]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def look(request: HttpRequest) -> HttpResponse:
    """Find one's proposal by its code, however it is typed. The code travels in the form, not in an address that is logged."""
    form = forms.LookForm(request.POST or None)
    if request.method != "POST":
        return render(request, "groups/look.html", {"look": form})
    if not form.is_valid():
        return render(request, "groups/look.html", {"look": form}, status=INVALID)
    return redirect("groups:thanks", form.cleaned_data["code"])
