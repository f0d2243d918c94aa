"""Figures of a place, each opening to how it came to be and to its rows; the same as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.documents import typeset
from kentongan.documents.downloads import answer
from kentongan.measurement.models import BY_KEY
from kentongan.pages.store import stored
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.numbers import OneNumber, PlaceNumbers, address, way
from kentongan.portal.views.regions import at_place, region_of
from kentongan.regions.models import Region

SHEETS = {"tabel.csv": "csv", "tabel.xlsx": "xlsx"}


@require_safe
@stored
def nation(request: HttpRequest) -> HttpResponse:
    """The figures of the nation."""
    return _numbers(request, None)


@at_place("portal:numbers_of")
def place(request: HttpRequest, region: Region) -> HttpResponse:
    """The figures of a place, at any tier."""
    return _numbers(request, region)


@require_safe
@stored
def nation_number(request: HttpRequest, key: str, lacking: bool = False) -> HttpResponse:
    """One figure of the nation."""
    return _number(request, None, key, lacking=lacking)


@at_place("portal:number_of")
def place_number(request: HttpRequest, region: Region, key: str, lacking: bool = False) -> HttpResponse:
    """One figure of a place."""
    return _number(request, region, key, lacking=lacking)


@require_safe
@stored
def recap(request: HttpRequest, code: str = "") -> HttpResponse:
    """Every figure of a place on paper."""
    numbers = PlaceNumbers(_region(code))
    try:
        made = typeset.pdf("recap", numbers.recap() | {"address": whole(address(numbers.region))})
    except typeset.NotTypeset as broken:
        context = {"title": _("Berkas ini belum jadi"), "sentence": str(broken), "crumbs": way(numbers.region)}
        return render(request, "portal/gone.html", context, status=500)
    return HttpResponse(made, content_type="application/pdf")


@require_safe
@cache_control(no_store=True)
def sheet(request: HttpRequest, file: str, code: str = "", key: str = "") -> HttpResponseBase:
    """The figures of a place, or one of them with its rows, as a workbook or as CSV."""
    region = _region(code)
    page: Any = OneNumber(region, _indicator(key)) if key else PlaceNumbers(region)
    return answer(f"angka {key} {page.name}", SHEETS[file], page.sheets())


def _numbers(request: HttpRequest, region: Region | None) -> HttpResponse:
    page = PlaceNumbers(region)
    context = {"page": page, "region": region, "crumbs": way(region), "canonical": whole(address(region))}
    return render(request, "portal/numbers.html", context)


def _number(request: HttpRequest, region: Region | None, key: str, *, lacking: bool) -> HttpResponse:
    indicator = _indicator(key)
    page = OneNumber(region, indicator, lacking and indicator.countable, request.GET.get("sebelum", ""))
    first = address(region, key, lacking=lacking)
    crumbs = way(region, (str(indicator.label), address(region, key) if lacking else ""), *([(_("Yang belum"), "")] if lacking else []))
    context = {"page": page, "region": region, "first": first, "continued": "sebelum" in request.GET, "crumbs": crumbs}
    context |= {"canonical": whole(first), "whole_figure": address(region, key), "others": address(region, key, lacking=True)}
    return render(request, "portal/number.html", context)


def _indicator(key: str) -> Any:
    if key not in BY_KEY:
        raise NotThere(_("Tidak ada angka dengan nama ini."))
    return BY_KEY[key]


def _region(code: str) -> Region | None:
    region = region_of(code) if code else None
    if code and region is None:
        raise NotThere(_("Tidak ada wilayah dengan kode %(code)s.") % {"code": code[:20]})
    return region
