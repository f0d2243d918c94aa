"""Other faces of the public sites: Atom feeds (RFC 4287), the sitemap (sitemaps.org 0.9), robots.txt."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape as escape_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.groups.models import Group
from kentongan.newsroom.models import Correction, Story
from kentongan.pages.store import stored
from kentongan.portal.reading.abouts import PAGES as ABOUT
from kentongan.portal.reading.addresses import tag, whole
from kentongan.portal.reading.lists import PAGE, newest, published
from kentongan.portal.reading.profiles import public_groups
from kentongan.regions.models import Level, Region

PART = 5000
"""Numbers a part of the sitemap covers; sitemaps.org allows 50,000 addresses in one."""

UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@require_safe
@stored
def nation(request: HttpRequest) -> HttpResponse:
    """The newest from everywhere."""
    return atom(_("Kentongan: kabar dari mana-mana"), "nasional", reverse("portal:home"), request.path, Story.objects.all())


@require_safe
@stored
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The newest of a place."""
    try:
        place = Region.objects.by_code(code)
    except Region.DoesNotExist:
        return HttpResponse(status=404, content_type="text/plain")
    if place.code != code:
        return redirect("portal:region_feed", place.code, permanent=True)
    title = _("Kabar dari %(place)s") % {"place": place.full_label}
    return atom(title, f"wilayah/{code}", place.get_absolute_url(), request.path, Story.objects.within(place))


@require_safe
@stored
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest of a group."""
    of = public_groups().filter(slug=slug).first()
    if of is None:
        return HttpResponse(status=404, content_type="text/plain")
    title = _("Kabar dari %(group)s") % {"group": of.name}
    return atom(title, f"kim/{of.pk}", of.get_absolute_url(), request.path, Story.objects.filter(group=of))


def atom(title: str, key: str, page: str, here: str, stories: Any) -> HttpResponse:
    """The newest twenty as a feed. What was retracted is not in it; what was corrected is new again and says so."""
    rows = newest(stories, PAGE)
    corrections = corrections_of(rows)
    feed = Atom1Feed(legible(title), whole(page), None, language="id", feed_url=whole(here), feed_guid=tag("umpan", key))
    for story in rows:
        feed.add_item(**entry(story, corrections.get(story.pk, [])))
    if not rows:
        feed.latest_post_date = timezone.now  # type: ignore[method-assign]
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def legible(text: str) -> str:
    """Without the signs that XML cannot hold: one of them in one headline must not stop a feed."""
    return UNHOLDABLE.sub("", text)


def corrections_of(stories: Iterable[Story]) -> dict[int, list[Correction]]:
    """Confirmed corrections by story, oldest first (one query)."""
    found: dict[int, list[Correction]] = {}
    for row in Correction.objects.filter(story__in=[story.pk for story in stories], state=Correction.State.CONFIRMED).order_by(
        "confirmed_at", "id"
    ):
        found.setdefault(row.story_id, []).append(row)
    return found


def entry(story: Story, corrections: list[Correction]) -> dict[str, Any]:
    """One story: its name never changes, its date of change moves with every correction."""
    told = [_("Ralat: %(what)s. Sebab: %(why)s") % {"what": row.what.rstrip(" ."), "why": row.why} for row in corrections]
    return {
        "title": legible(story.title),
        "link": whole(story.get_absolute_url()),
        "description": legible(escape_html("\n".join([story.summary, *told]))),
        "unique_id": tag("kabar", story.pk),
        "pubdate": published(story),
        "updateddate": max([published(story), *(row.confirmed_at for row in corrections if row.confirmed_at)]),
        "author_name": legible(story.group.name),
        "categories": [str(story.get_kind_display())],
    }


@require_safe
@stored
def sitemap(request: HttpRequest) -> HttpResponse:
    """An index of parts; `?sebelum=kabar-10000` is the part of stories 5,001 to 10,000 (not kept: only machines ask, and seldom)."""
    mark = request.GET.get("sebelum", "")
    if not mark:
        return _xml("sitemapindex", "sitemap", ((part, None) for part in sitemap_parts()))
    kind, _dash, number = mark.partition("-")
    if kind not in PARTS or not (number.isascii() and number.isdigit() and len(number) < 15):
        return HttpResponse(status=404, content_type="text/plain")
    addresses = list(PARTS[kind](int(number)))
    return _xml("urlset", "url", addresses) if addresses else HttpResponse(status=404, content_type="text/plain")


def sitemap_parts() -> Iterator[str]:
    """The address of every part that has something in it (three queries)."""
    yield f"{reverse('portal:sitemap')}?sebelum=tetap-1"
    for kind, rows in (("kim", Group.objects.public()), ("kabar", Story.objects.published())):
        filled = rows.order_by().annotate(part=(F("pk") - 1) / PART).values_list("part", flat=True).distinct()
        yield from (f"{reverse('portal:sitemap')}?sebelum={kind}-{(part + 1) * PART}" for part in sorted(filled))


def _fixed(_number: int) -> Iterator[tuple[str, datetime | None]]:
    yield from ((reverse(f"portal:{name}"), None) for name in ("home", "stories", "groups"))
    yield from ((reverse("portal:about", args=[page]), None) for page in ABOUT)
    yield from (
        (reverse("portal:region", args=[code]), None)
        for code in Region.objects.filter(level__lte=Level.REGENCY).values_list("code", flat=True)
    )


def _groups(number: int) -> Iterator[tuple[str, datetime | None]]:
    rows = Group.objects.public().filter(pk__gt=number - PART, pk__lte=number).order_by("pk")
    for slug, last in rows.values_list("slug", "last_published_at"):
        yield reverse("portal:group", args=[slug]), last


def _stories(number: int) -> Iterator[tuple[str, datetime | None]]:
    rows = Story.objects.published().filter(pk__gt=number - PART, pk__lte=number).order_by("pk").select_related("group")
    for story in rows.only("headline", "published_at", "group__slug"):
        yield story.get_absolute_url(), story.published_at


PARTS = {"tetap": _fixed, "kim": _groups, "kabar": _stories}


def _xml(root: str, element: str, addresses: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, changed in addresses:
        dated = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        lines.append(f"<{element}><loc>{escape(whole(address))}</loc>{dated}</{element}>")
    return HttpResponse("\n".join([*lines, f"</{root}>"]), content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines need not ask for, and where the sitemap is."""
    return render(request, "portal/robots.txt", {"sitemap": whole(reverse("portal:sitemap"))}, content_type="text/plain; charset=utf-8")
