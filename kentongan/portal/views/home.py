"""The nation's pages: the front, every story, the search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.found import search as find
from kentongan.portal.reading.lists import story_slice
from kentongan.portal.reading.places import Portal


@require_safe
@stored
def front(request: HttpRequest) -> HttpResponse:
    """Find one's own group first; then the map, the numbers and the newest from everywhere."""
    return render(
        request, "portal/home.html", {"portal": Portal(None), "canonical": whole(reverse("portal:home")), "feed": reverse("portal:feed")}
    )


@require_safe
@stored
def all_stories(request: HttpRequest) -> HttpResponse:
    """Every published story, newest first."""
    page = story_slice(Story.objects.all(), request.GET.get("sebelum", ""))
    crumbs = [(_("Indonesia"), reverse("portal:home")), (_("Kabar"), "")]
    context = {
        "title": _("Kabar dari mana-mana"),
        "page": page,
        "crumbs": crumbs,
        "feed": reverse("portal:feed"),
        "first": reverse("portal:stories"),
    }
    return render(request, "portal/stories.html", context | {"continued": "sebelum" in request.GET})


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Which place or group somebody means; never stored, since what people look for is theirs."""
    found = find(request.GET.get("q", ""))
    return render(
        request, "portal/search.html", {"found": found, "crumbs": [(_("Indonesia"), reverse("portal:home")), (_("Cari KIM"), "")]}
    )
