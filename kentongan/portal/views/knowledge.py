"""The guides: of everywhere, of a place, of a group."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.reading import places
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.knowledge import guides
from kentongan.portal.views.groups import crumbs_of, group_of
from kentongan.portal.views.regions import at_place
from kentongan.regions.models import Region

Crumbs = list[tuple[str, str]]


@require_safe
@stored
def everywhere(request: HttpRequest) -> HttpResponse:
    """The guides of every group."""
    first = reverse("portal:knowledge")
    return _page(request, _("Pengetahuan dari mana-mana"), Story.objects.all(), first, [(_("Indonesia"), reverse("portal:home"))])


@at_place("portal:region_knowledge")
def of_region(request: HttpRequest, region: Region) -> HttpResponse:
    """The guides of a place."""
    title = _("Pengetahuan dari %(place)s") % {"place": region.label}
    first = reverse("portal:region_knowledge", args=[region.code])
    return _page(request, title, Story.objects.of_place(region), first, places.crumbs(region, (_("Pengetahuan"), ""))[:-1])


@require_safe
@stored
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """The guides of a group."""
    group = group_of(slug)
    title = _("Pengetahuan dari %(group)s") % {"group": group.name}
    first = reverse("portal:group_knowledge", args=[slug])
    crumbs = crumbs_of(group, (_("Pengetahuan"), ""))[:-1]
    return _page(request, title, Story.objects.filter(group=group), first, crumbs, inside_group=True)


def _page(request: HttpRequest, title: str, stories: Any, first: str, above: Crumbs, *, inside_group: bool = False) -> HttpResponse:
    mark = request.GET.get("sebelum", "")
    context = {
        "title": title,
        "page": guides(stories, mark, inside_group=inside_group),
        "first": first,
        "continued": bool(mark),
        "canonical": "" if mark else whole(first),
        "crumbs": [*above, (_("Pengetahuan"), "")],
    }
    return render(request, "portal/knowledge.html", context)
