"""The proposal, without account, cookie or session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kentongan.accounts.guards import address_of
from kentongan.accounts.models import Attempt
from kentongan.core.actors import PUBLIC
from kentongan.groups import actions, forms
from kentongan.groups.models import Group
from kentongan.groups.permissions import three_offices
from kentongan.groups.views.page import INVALID


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """The form; what was typed comes back with what is wrong. A machine that fills the trap gets a refusal like any wrong form."""
    if request.method != "POST":
        form = forms.ProposalForm(initial={"key": forms.new_key(), "place": request.GET.get("desa", "")[:100]})
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
    """What happens next and who is waited for. Says nothing that the proposers did not type themselves."""
    group = Group.objects.filter(submission=code).select_related("region").first()
    if group is None:
        return redirect("groups:propose")
    return render(request, "groups/thanks.html", {"group": group, "code": code, "helpers": three_offices(group)})
