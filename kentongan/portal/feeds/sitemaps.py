"""What search engines ask for: the sitemap (sitemaps.org 0.9), the newest news (Google's news sitemap 0.9), robots.txt."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.db import connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kentongan.core.language import HOUSE
from kentongan.groups.models import Group
from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.feeds.entries import legible
from kentongan.portal.reading.abouts import PAGES as ABOUT
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.lists import newest, published
from kentongan.regions.models import Level, Region

PART = 5000
"""Numbers a part of the sitemap covers; sitemaps.org allows 50,000 addresses in one."""
NEWS_DAYS, NEWS_MOST = timedelta(days=2), 1000
"""Google takes no more into account."""
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


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
    """The address of every part that has something in it (four queries, each part a step in the index)."""
    yield f"{reverse('portal:sitemap')}?sebelum=tetap-1"
    for kind, rows in (("kim", Group.objects.public()), ("kabar", Story.objects.published().filter(repost_of=None))):
        yield from (f"{reverse('portal:sitemap')}?sebelum={kind}-{(part + 1) * PART}" for part in _filled(rows))


def _filled(rows: Any) -> list[int]:
    """The parts in which there is a row, looking no further in each than the first."""
    last = rows.model.objects.aggregate(last=Max("pk"))["last"]
    if last is None:
        return []
    sql, params = rows.order_by().values("pk").query.sql_with_params()
    some = (
        f"select part from generate_series(0, %s) part where exists (select from ({sql}) row where pk > part * %s and pk <= part * %s + %s)"  # noqa: S608 (the ORM wrote it)
    )
    with connection.cursor() as cursor:
        cursor.execute(some, [(last - 1) // PART, *params, PART, PART, PART])
        return [part for (part,) in cursor.fetchall()]


def _fixed(_number: int) -> Iterator[tuple[str, datetime | None]]:
    yield from ((reverse(f"portal:{name}"), None) for name in ("home", "stories", "knowledge", "groups"))
    yield from ((reverse("portal:about", args=[page]), None) for page in ABOUT)
    yield from ((reverse(f"exchange:{page}"), None) for page in ("data", "api"))
    yield from (
        (reverse("portal:region", args=[code]), None)
        for code in Region.objects.filter(level__lte=Level.REGENCY).values_list("code", flat=True)
    )


def _groups(number: int) -> Iterator[tuple[str, datetime | None]]:
    rows = Group.objects.public().filter(pk__gt=number - PART, pk__lte=number).order_by("pk")
    for slug, last in rows.values_list("slug", "last_published_at"):
        yield reverse("portal:group", args=[slug]), last


def _stories(number: int) -> Iterator[tuple[str, datetime | None]]:
    rows = Story.objects.published().filter(pk__gt=number - PART, pk__lte=number, repost_of=None).order_by("pk").select_related("group")
    for story in rows.only("headline", "published_at", "group__slug"):
        yield story.get_absolute_url(), story.published_at


PARTS = {"tetap": _fixed, "kim": _groups, "kabar": _stories}


def _xml(root: str, element: str, addresses: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    lines = [DECLARATION, f'<{root} xmlns="{SITEMAP}">']
    for address, changed in addresses:
        dated = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        lines.append(f"<{element}><loc>{escape(whole(address))}</loc>{dated}</{element}>")
    return HttpResponse("\n".join([*lines, f"</{root}>"]), content_type="application/xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=300)
def news(request: HttpRequest) -> HttpResponse:
    """What was published in the last two days, at most NEWS_MOST (Google's news sitemap 0.9).

    Not kept by the page store: what is in it ends by the clock, and only few machines ask.
    """
    rows = newest(Story.objects.of_place(None).filter(published_at__gte=timezone.now() - NEWS_DAYS), NEWS_MOST)
    lines = [f'<urlset xmlns="{SITEMAP}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">', *map(_news, rows), "</urlset>"]
    return HttpResponse("\n".join([DECLARATION, *lines]), content_type="application/xml; charset=utf-8")


def _news(story: Story) -> str:
    of = f"<news:name>{escape(legible(story.group.name))}</news:name><news:language>{HOUSE}</news:language>"
    when = f"<news:publication_date>{published(story).isoformat(timespec='seconds')}</news:publication_date>"
    said = f"<news:publication>{of}</news:publication>{when}<news:title>{escape(legible(story.title))}</news:title>"
    return f"<url><loc>{escape(whole(story.get_absolute_url()))}</loc><news:news>{said}</news:news></url>"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines need not ask for, and where the sitemap is."""
    return render(
        request,
        "portal/robots.txt",
        {"sitemaps": [whole(reverse(f"portal:{name}")) for name in ("sitemap", "news_sitemap")]},
        content_type="text/plain; charset=utf-8",
    )
