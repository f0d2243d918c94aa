"""The nation's pages: the front, every story."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.reading.addresses import feeds_at, whole
from kentongan.portal.reading.lists import known_kind
from kentongan.portal.reading.places import Portal
from kentongan.portal.views.kinds import kind_crumbs, kind_page


@require_safe
@stored
def front(request: HttpRequest) -> HttpResponse:
    """Find one's own group first; then the map, the numbers and the newest from everywhere."""
    home = reverse("portal:home")
    return render(request, "portal/home.html", {"portal": Portal(None), "canonical": whole(home), "feeds": feeds_at(home)})


@require_safe
@stored
def all_stories(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Every published story, or every one of a kind, newest first."""
    first = reverse("portal:stories")
    context = kind_page(request, _("Kabar dari mana-mana"), Story.objects.of_place(None), first, known_kind(kind))
    context["feeds"] = feeds_at(reverse("portal:home") if not kind else f"{first}{kind}/")
    context["crumbs"] = [(_("Indonesia"), reverse("portal:home")), *kind_crumbs(first, kind)]
    context["files"] = {"csv": reverse("exchange:file", args=["kabar.csv"])}
    return render(request, "portal/stories.html", context)
