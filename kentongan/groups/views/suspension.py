"""Suspension: asked, confirmed, appealed, answered, lifted. One address a verb."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kentongan.accounts.guards import signed_in
from kentongan.groups import actions, forms
from kentongan.groups.views.page import perform


@require_POST
@signed_in
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """The first officer asks for a suspension."""
    return perform(request, pk, "groups.ask_suspension", forms.AppealForm, actions.ask_suspension)


@require_POST
@signed_in
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that question back."""
    return perform(request, pk, "groups.refuse_suspension", forms.EmptyForm, actions.refuse_suspension)


@require_POST
@signed_in
def suspension(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer confirms."""
    return perform(request, pk, "groups.suspend", forms.EmptyForm, actions.suspend)


@require_POST
@signed_in
def lifting_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The first officer asks for the end of it."""
    return perform(request, pk, "groups.ask_lifting", forms.LiftForm, actions.ask_lifting)


@require_POST
@signed_in
def lifting_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that question back."""
    return perform(request, pk, "groups.refuse_lifting", forms.EmptyForm, actions.refuse_lifting)


@require_POST
@signed_in
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer confirms: open again."""
    return perform(request, pk, "groups.lift", forms.EmptyForm, actions.lift)


@require_POST
@signed_in
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The board says what speaks against it."""
    return perform(request, pk, "groups.appeal", forms.SuspensionAppealForm, actions.appeal)


@require_POST
@signed_in
def upholding(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer: it stays."""
    return perform(request, pk, "groups.uphold_suspension", forms.AnswerForm, actions.uphold_suspension)


@require_POST
@signed_in
def granting(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer: the group is right."""
    return perform(request, pk, "groups.grant_appeal", forms.AnswerForm, actions.grant_appeal)
