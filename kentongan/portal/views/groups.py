"""The pages of a group, and the directory of all of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.groups.models import Group
from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.reading import places, structured
from kentongan.portal.reading.addresses import feeds_at, files_at, whole
from kentongan.portal.reading.lists import group_slice, known_kind, most_useful, story_slice
from kentongan.portal.reading.profiles import Profile, public_groups
from kentongan.portal.views.kinds import kind_crumbs, kind_page
from kentongan.regions.models import Level


@require_safe
@stored
def directory(request: HttpRequest) -> HttpResponse:
    """Every group by name, with the search before it and the provinces beside it."""
    page = group_slice(public_groups(), request.GET.get("sebelum", ""))
    crumbs = [(_("Indonesia"), reverse("portal:home")), (_("KIM"), "")]
    context = {
        "title": _("Semua KIM"),
        "page": page,
        "crumbs": crumbs,
        "first": reverse("portal:groups"),
        "continued": "sebelum" in request.GET,
        "files": {"csv": reverse("exchange:file", args=["kim.csv"])},
    }
    return render(request, "portal/groups.html", context)


@require_safe
@stored
def front(request: HttpRequest, slug: str) -> HttpResponse:
    """Who we are, how we stand, what we wrote last, how to join."""
    group = group_of(slug)
    page = story_slice(Story.objects.filter(group=group), inside_group=True)
    crumbs = crumbs_of(group)
    context = {
        "group": group,
        "profile": Profile(group),
        "cards": page.cards[:10],
        "crumbs": crumbs,
        "canonical": whole(group.get_absolute_url()),
    }
    context |= {
        "data": structured.block(structured.organization(group), structured.breadcrumbs(crumbs)),
        "feeds": feeds_at(group.get_absolute_url()),
    }
    context |= most_useful(Story.objects.filter(group=group), inside_group=True)
    return render(request, "portal/group.html", context)


@require_safe
@stored
def all_stories(request: HttpRequest, slug: str, kind: str = "") -> HttpResponse:
    """Every story of a group, or every one of a kind, newest first."""
    group = group_of(slug)
    first = reverse("portal:group_stories", args=[slug])
    title = _("Kabar dari %(group)s") % {"group": group.name}
    context = kind_page(request, title, Story.objects.filter(group=group), first, known_kind(kind), inside_group=True)
    context["feeds"] = feeds_at(group.get_absolute_url() if not kind else f"{first}{kind}/")
    context["crumbs"] = crumbs_of(group, *kind_crumbs(first, kind))
    context["files"] = files_at(first)
    return render(request, "portal/stories.html", context)


@require_safe
@stored
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Board, decree, contact, how it was formed."""
    group = group_of(slug)
    context = {"group": group, "profile": Profile(group), "crumbs": crumbs_of(group, (_("Tentang"), ""))}
    return render(request, "portal/group_about.html", context)


def group_of(slug: str) -> Group:
    """The public group of an address. Raises NotThere, which does not say whether one is being formed."""
    group: Group | None = public_groups().filter(slug=slug).first()
    if group is None:
        raise NotThere(_("Tidak ada KIM dengan alamat ini. Cari dengan nama desa atau kelurahan Anda."))
    return group


def crumbs_of(group: Group, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Regency and district, which fit on a phone, then the group and its own pages."""
    tiers = places.crumbs(group.region, (group.name, group.get_absolute_url() if more else ""), *more)[1:]
    level = group.region.level
    return tiers[1 : min(level, Level.DISTRICT)] + tiers[level:]
