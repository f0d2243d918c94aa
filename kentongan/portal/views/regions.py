"""The portal of a place, at any tier."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.reading import places, structured
from kentongan.portal.reading.addresses import feeds_at, files_at, whole
from kentongan.portal.reading.lists import group_slice, known_kind
from kentongan.portal.views.kinds import kind_crumbs, kind_page
from kentongan.regions.models import Level, Region, dotted

RegionView = Callable[..., HttpResponse]


def at_place(name: str) -> Callable[[RegionView], Any]:
    """Hand the view its region; another spelling of the code, or a code that became another, is redirected to the page `name`."""

    def decorate(view: RegionView) -> Any:
        @wraps(view)
        def wrapped(request: HttpRequest, code: str, **more: str) -> HttpResponse:
            region = region_of(code)
            if region is None:
                raise NotThere(_("Tidak ada wilayah dengan kode %(code)s.") % {"code": code[:20]})
            if region.code != code:
                at = request.resolver_match
                return redirect(at.view_name if at else name, **{**more, "code": region.code}, permanent=True)
            return view(request, region, **more)

        return require_safe(stored(wrapped))

    return decorate


def region_of(spelling: str) -> Region | None:
    """The region of a code in any spelling, also of one that has since become another."""
    try:
        return Region.objects.by_code(spelling)
    except Region.DoesNotExist:
        pass
    try:
        return places.successor(dotted(spelling))
    except ValueError:
        return None


@at_place("portal:region")
def front(request: HttpRequest, region: Region) -> HttpResponse:
    """Numbers, map, newest stories, groups, and villages without one."""
    crumbs = places.crumbs(region)
    context = {"region": region, "portal": places.Portal(region), "crumbs": crumbs, "canonical": whole(region.get_absolute_url())}
    context |= {"data": structured.block(structured.breadcrumbs(crumbs)), "feeds": feeds_at(region.get_absolute_url())}
    return render(request, "portal/village.html" if region.level == Level.VILLAGE else "portal/region.html", context)


@at_place("portal:region_stories")
def all_stories(request: HttpRequest, region: Region, kind: str = "") -> HttpResponse:
    """Every published story of a place, or every one of a kind, newest first."""
    first = reverse("portal:region_stories", args=[region.code])
    title = _("Kabar dari %(place)s") % {"place": region.label}
    context = kind_page(request, title, Story.objects.of_place(region), first, known_kind(kind))
    context["feeds"] = feeds_at(region.get_absolute_url() if not kind else f"{first}{kind}/")
    context["crumbs"] = places.crumbs(region, *kind_crumbs(first, kind))
    context["files"] = files_at(first)
    return render(request, "portal/stories.html", context)


@at_place("portal:region_groups")
def all_groups(request: HttpRequest, region: Region) -> HttpResponse:
    """Every group of a place by name."""
    page = group_slice(places.groups_in(region), request.GET.get("sebelum", ""))
    first = reverse("portal:region_groups", args=[region.code])
    context = {
        "title": _("KIM di %(place)s") % {"place": region.label},
        "page": page,
        "first": first,
        "continued": "sebelum" in request.GET,
        "files": files_at(first),
    }
    return render(request, "portal/groups.html", context | {"region": region, "crumbs": places.crumbs(region, (_("KIM"), ""))})


@at_place("portal:region_gaps")
def without_group(request: HttpRequest, region: Region) -> HttpResponse:
    """The villages that have no group; of a province, how many each regency has."""
    portal = places.Portal(region)
    gaps = places.gaps(region) if region.level > Level.PROVINCE else []
    context = {"region": region, "portal": portal, "gaps": gaps, "crumbs": places.crumbs(region, (_("Belum punya KIM"), ""))}
    return render(request, "portal/gaps.html", context)
