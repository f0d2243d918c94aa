"""Finding: everything public by its words, one's own group by place. Never stored: what people look for and where they are is theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kentongan.portal.reading import searching
from kentongan.portal.reading.found import Found, around, mine
from kentongan.search.asking import Asked, TooLong, legible, parse
from kentongan.search.finding import TooHeavy


@require_safe
@never_cache
def everything(request: HttpRequest) -> HttpResponse:
    """Stories, groups and places by their words. 400 for what nobody can mean, 503 for what would take too long."""
    status, sentence = 200, ""
    try:
        asked = parse(request.GET.get("q", ""))
    except TooLong:
        asked, status, sentence = Asked(legible(request.GET["q"][:100])), 400, _("Itu terlalu panjang untuk dicari.")
    search = searching.search_for(asked, request.GET.dict())
    try:
        found = searching.answer(search, request.GET.get("sebelum", ""))
    except TooHeavy:
        found, status, sentence = searching.Answer(search), 503, _("Pencarian ini terlalu berat untuk server kami saat ini.")
    status = 400 if status == 200 and not search.form.is_valid() else status
    context = {"found": found, "sentence": sentence, "crumbs": [(_("Indonesia"), reverse("portal:home")), (_("Cari"), "")]}
    return render(request, "portal/search.html", context, status=status)


@require_safe
@never_cache
def my_group(request: HttpRequest) -> HttpResponse:
    """Which group is mine: by name, code or postal code (`q`), or around a position the phone rounded (`dekat`)."""
    position = request.GET.get("dekat", "")
    found: Found = around(position) if position else mine(request.GET.get("q", ""))
    crumbs = [(_("Indonesia"), reverse("portal:home")), (_("KIM"), reverse("portal:groups")), (_("Cari KIM saya"), "")]
    answer = render(request, "portal/my_group.html", {"found": found, "crumbs": crumbs}, status=400 if found.sentence else 200)
    answer["Permissions-Policy"] = "geolocation=(self)"  # the one page that may ask for it, when a finger asks
    return answer
