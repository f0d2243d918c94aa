"""On the page of one member: the year of birth, a guardian's word, the wish to be forgotten of somebody without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Erasure
from kentongan.groups.actions import privacy
from kentongan.groups.forms.privacy import BirthYearForm, GuardianForm
from kentongan.groups.models import Membership
from kentongan.groups.views.page import INVALID, ask, done, person_of, seen
from kentongan.groups.views.people import member_or_404, member_page


def _back(row: Membership, action: str) -> HttpResponse:
    return done(reverse("groups:member", args=[row.group_id, row.pk]), action)


@require_POST
@signed_in
def year(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Write down the year of birth."""
    row = member_or_404(request, pk, member)
    ask(person_of(request), "groups.note_birth_year", row)
    form = BirthYearForm(request.POST, auto_id="year-%s")
    if not form.is_valid():
        return member_page(request, row, {"year": form}, INVALID)
    privacy.note_birth_year(seen(request, row), form.cleaned_data["year"], by=person_of(request))
    return _back(row, "groups.note_birth_year")


@require_POST
@signed_in
def guardian(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Write down what a parent or guardian said."""
    row = member_or_404(request, pk, member)
    ask(person_of(request), "groups.record_guardian", row)
    form = GuardianForm(request.POST, auto_id="guardian-%s")
    if not form.is_valid():
        return member_page(request, row, {"guardian": form}, INVALID)
    privacy.record_guardian(seen(request, row), **form.facts(), by=person_of(request))
    return _back(row, "groups.record_guardian")


@require_POST
@signed_in
def erasure(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Write down, beside somebody without an account, that they want to be forgotten."""
    row = member_or_404(request, pk, member)
    privacy.ask_erasure_for(row.person, by=person_of(request))
    return _back(row, "groups.ask_erasure_for")


@require_POST
@signed_in
def erasure_taken_back(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """They stay."""
    row = member_or_404(request, pk, member)
    privacy.take_back_erasure(get_object_or_404(Erasure, person=row.person, state=Erasure.State.ASKED), by=person_of(request))
    return _back(row, "groups.take_back_erasure")
