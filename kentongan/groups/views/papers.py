"""Papers of a formation: a page of evidence, a draft to print, the regency's look at everything before it verifies, the village's word."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core.actions import may
from kentongan.core.errors import NotNow, NotThere
from kentongan.documents.typeset import NotTypeset
from kentongan.groups import actions, forms
from kentongan.groups.models import Group
from kentongan.groups.reading import papers
from kentongan.groups.views import exhibits
from kentongan.groups.views.page import (
    INVALID,
    ask,
    done,
    facts_of,
    group_or_404,
    inside_crumbs,
    inside_or_404,
    log_of,
    perform,
    person_of,
    prefix_of,
    seen,
    timeline,
)
from kentongan.media.views import photo_response


@require_safe
@signed_in
def leaf(request: HttpRequest, pk: int, leaf: int, width: int, ending: str) -> FileResponse:
    """A page of evidence, for the people of the formation and the offices above."""
    row = get_object_or_404(exhibits.leaves_of(inside_or_404(request, pk)), pk=leaf)
    return photo_response(row.photo, width, ending)


@require_safe
@signed_in
def printed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A paper to print and sign. Nothing in the record changes by it."""
    group = inside_or_404(request, pk)
    if name not in papers.BY_NAME:
        raise NotThere(_("Berkas ini tidak ada."))
    try:
        made = papers.printed(group, name)
    except NotTypeset as broken:
        raise NotNow(str(broken)) from broken
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{group.slug}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """The regency's checklist beside the evidence, what the village says, the papers and the record."""
    group = group_or_404(request, pk)
    person, action = person_of(request), "groups.verify"
    if request.method != "POST" and not may(person, action, group):
        return redirect("groups:group", pk)
    ask(person, action, group)
    form = forms.VerifyForm(request.POST or None, group=group, prefix=prefix_of(action))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                actions.verify(seen(request, group), **form.facts(), by=person)
                return done(reverse("groups:group", args=[pk]), action)
            except NotNow as refused:
                form.add_error(None, refused.sentence)
        status = INVALID
    return examined(request, group, form, status)


def examined(request: HttpRequest, group: Group, form: forms.VerifyForm, status: int) -> HttpResponse:
    """The page of the checklist."""
    steps = list(group.steps.select_related("by", "paper", "roll"))
    context = {
        "group": group,
        "crumbs": inside_crumbs(group, (_("Verifikasi"), "")),
        "form": form,
        "back_form": forms.ReasonForm(group=group, prefix="return"),
        "may_return": may(person_of(request), "groups.return", group),
        "exhibits": exhibits.exhibits_of(group, steps),
        "steps": timeline(group, steps, mine=True),
        "facts": facts_of(group),
        "log": log_of(group, []),
    }
    return render(request, "groups/verification.html", context | exhibits.said_of(group), status=status)


@require_POST
@signed_in
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the village stands behind the group."""
    return perform(request, pk, "groups.endorse", forms.EndorseForm, actions.endorse)


@require_POST
@signed_in
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Object, with a reason."""
    return perform(request, pk, "groups.object", forms.ObjectForm, actions.object_to)


@require_POST
@signed_in
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the objection."""
    return perform(request, pk, "groups.answer_objection", forms.AnswerForm, actions.answer_objection)


@require_POST
@signed_in
def decree_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand behind a decree that somebody else wrote down."""
    return perform(request, pk, "groups.confirm_decree", forms.ConfirmDecreeForm, actions.confirm_decree)
