"""What is kept about me, what I agreed to, and the wish to be forgotten."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Erasure, Person
from kentongan.core.actions import may
from kentongan.desk.forms import Understood
from kentongan.desk.reading import own
from kentongan.groups.actions import privacy
from kentongan.groups.models.leaving import alone_at
from kentongan.groups.permissions.privacy import waiting_days
from kentongan.groups.views.page import INVALID, ask, person_of

ACCOUNT = "accounts:me"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Akun saya"), reverse(ACCOUNT)), *more]


@require_safe
@signed_in
def data(request: HttpRequest) -> HttpResponse:
    """Everything kept about me: to read, or (`?bentuk=zip`) as a file."""
    person = person_of(request)
    if request.GET.get("bentuk") == "zip":
        answer = HttpResponse(own.as_zip(person), content_type="application/zip")
        answer["Content-Disposition"] = 'attachment; filename="data-saya.zip"'
        return answer
    context = {"parts": own.kept_about(person), "erasure": Erasure.running(person), "crumbs": _crumbs((_("Data saya"), ""))}
    return render(request, "desk/own_data.html", context)


@require_safe
@signed_in
def consents(request: HttpRequest) -> HttpResponse:
    """What I agreed to, in the words of then, and how each is taken back."""
    context = {"consents": own.consents_of(person_of(request)), "crumbs": _crumbs((_("Persetujuan saya"), ""))}
    return render(request, "desk/consents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erasure(request: HttpRequest) -> HttpResponse:
    """What being forgotten means, and the wish itself; while it waits, how to take it back."""
    person = person_of(request)
    running, form = Erasure.running(person), Understood(request.POST if request.method == "POST" else None)
    draft = Erasure(person=person, asked_by=person)
    if request.method == "POST":
        ask(person, "groups.ask_erasure", draft)
        if form.is_valid():
            privacy.ask_erasure(person, by=person)
            return redirect(f"{reverse('desk:erasure')}?selesai=groups.ask_erasure")
    context: dict[str, Any] = {"running": running, "form": form, "may_ask": may(person, "groups.ask_erasure", draft)}
    context |= {"alone_at": alone_at(person), "days": waiting_days(person)}
    context["crumbs"] = _crumbs((_("Data saya"), reverse("desk:data")), (_("Hapus data saya"), ""))
    return render(request, "desk/erasure.html", context, status=INVALID if request.method == "POST" else 200)


@require_POST
@signed_in
def erasure_taken_back(request: HttpRequest) -> HttpResponse:
    """Stay."""
    person: Person = person_of(request)
    privacy.take_back_erasure(get_object_or_404(Erasure, person=person, state=Erasure.State.ASKED), by=person)
    return redirect(f"{reverse('desk:erasure')}?selesai=groups.take_back_erasure")
