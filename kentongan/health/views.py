"""How the server is, for the operator and for a monitor on the same machine."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kentongan.accounts.guards import signed_in
from kentongan.health import reading

HERE = ("127.0.0.1", "::1", "")


@require_safe
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Everything with what to do. For the operator; to everybody else there is no such page."""
    if not request.person.operator:  # type: ignore[attr-defined]
        raise Http404
    found = reading.findings()
    state = reading.worst(found)
    return render(request, "health/page.html", {"findings": found, "state": state, "ill": [one for one in found if one.advice]})


@require_safe
def machine(request: HttpRequest) -> JsonResponse:
    """The states alone, 503 when something is bad. Answered on this machine only, not through nginx: a monitor runs beside us."""
    if request.META.get("REMOTE_ADDR", "") not in HERE or "X-Forwarded-For" in request.headers:
        raise Http404
    found = reading.findings()
    state = reading.worst(found)
    said = {"state": state, "version": reading.running_version(), "checks": {one.key: one.state or "unset" for one in found}}
    return JsonResponse(said, status=503 if state == reading.BAD else 200, headers={"Cache-Control": "no-store"})
