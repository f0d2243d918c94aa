"""An alarm about a public page: what was found, what to do, and what the group said to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core.actions import may
from kentongan.newsroom import actions, forms
from kentongan.newsroom.models import Alarm
from kentongan.newsroom.views.desk import ask_right, done, person_of, seen


def alarm_for(request: HttpRequest, pk: int) -> Alarm:
    """The alarm, when this person may see it. Raises Http404."""
    rows = Alarm.objects.visible_to(person_of(request)).select_related("group__region", "story__group", "story__region", "decided_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@signed_in
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found on a public page, for the group and for the offices above it."""
    return page(request, alarm_for(request, pk), forms.LookForm())


def page(request: HttpRequest, alarm: Alarm, form: Any, status: int = 200) -> HttpResponse:
    """The alarm's page, with the form as it stands."""
    closing = may(person_of(request), "newsroom.close_alarm", alarm)
    context = {"alarm": alarm, "form": form, "closing": closing, "crumbs": [(_("Tanda bahaya"), "")]}
    return render(request, "newsroom/alarm.html", context, status=status)


@require_POST
@signed_in
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it with a note."""
    alarm = alarm_for(request, pk)
    ask_right(request, "newsroom.close_alarm", alarm)
    form = forms.LookForm(request.POST)
    if not form.is_valid():
        return page(request, alarm, form, 400)
    actions.close_alarm(seen(request, alarm), by=person_of(request), **form.cleaned_data)
    return done("newsroom:alarm", alarm.pk, "newsroom.close_alarm")
