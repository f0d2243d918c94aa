"""The page of a series: one matter in several stories, from the first to the last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.newsroom.models import Series
from kentongan.pages.store import stored
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.series import cards_of
from kentongan.portal.views.groups import crumbs_of, group_of


@require_safe
@stored
def series(request: HttpRequest, slug: str, number: int, title: str) -> HttpResponse:
    """Every published story of a series, the first one first."""
    group = group_of(slug)
    series = Series.objects.filter(group=group, pk=number).first() if number < 2**63 else None
    cards = cards_of(series) if series else []
    if series is None or not cards:
        raise NotThere(_("Seri ini tidak ada, atau belum ada kabarnya yang terbit."))
    if request.path != series.get_absolute_url():
        return redirect(series, permanent=True)
    crumbs = crumbs_of(group, (_("Kabar"), reverse("portal:group_stories", args=[slug])), (series.title, ""))
    context = {"series": series, "group": group, "cards": cards, "crumbs": crumbs, "canonical": whole(series.get_absolute_url())}
    return render(request, "portal/series.html", context)
