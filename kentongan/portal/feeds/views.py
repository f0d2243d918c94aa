"""The feeds of the nation, of a group, of a place; of all stories or of one kind; in the format its file name says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.language import HOUSE
from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.feeds.entries import Feed, entries_of, legible
from kentongan.portal.feeds.writers import WRITERS
from kentongan.portal.reading.addresses import FEED_TYPES, tag, whole
from kentongan.portal.reading.lists import of_kind, titled
from kentongan.portal.reading.profiles import public_groups
from kentongan.regions.models import Region


@require_safe
@stored
def nation(request: HttpRequest, **_asked: str) -> HttpResponse:
    """The newest from everywhere."""
    return answer(request, "nasional", _("Kentongan: kabar dari mana-mana"), Story.objects.of_place(None))


@require_safe
@stored
def region(request: HttpRequest, code: str, **asked: str) -> HttpResponse:
    """The newest of a place."""
    try:
        place = Region.objects.by_code(code)
    except Region.DoesNotExist:
        return _nothing()
    if place.code != code:
        at: Any = request.resolver_match
        return redirect(at.view_name, **{**asked, "code": place.code}, permanent=True)
    title = _("Kabar dari %(place)s") % {"place": place.full_label}
    return answer(request, f"wilayah/{code}", title, Story.objects.of_place(place))


@require_safe
@stored
def group(request: HttpRequest, slug: str, **_asked: str) -> HttpResponse:
    """The newest of a group."""
    of = public_groups().filter(slug=slug).first()
    if of is None:
        return _nothing()
    title = _("Kabar dari %(group)s") % {"group": of.name}
    return answer(request, f"kim/{of.pk}", title, Story.objects.filter(group=of))


def answer(request: HttpRequest, key: str, title: str, stories: Any) -> HttpResponse:
    """A feed, named by `key` and kind alone: neither format nor language makes it another one."""
    at: Any = request.resolver_match
    file, kind = at.kwargs["file"], at.kwargs.get("kind", "")
    if kind and kind not in Story.Kind.values:
        return _nothing()
    feed = Feed(
        name=tag("umpan", f"{key}/{kind}" if kind else key),
        title=legible(titled(title, kind)),
        page=whole(request.path.removesuffix(file)),
        here=whole(request.path),
        language=get_language() or HOUSE,
        entries=entries_of(of_kind(stories, kind)),
    )
    return HttpResponse(WRITERS[file](feed), content_type=f"{FEED_TYPES[file]}; charset=utf-8")


def _nothing() -> HttpResponse:
    return HttpResponse(status=404, content_type="text/plain")
