"""Answers other than a page: not there, gone with a reason, elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def missing(request: HttpRequest, sentence: str) -> HttpResponse:
    """404 with a sentence of its own."""
    return render(request, "ui/refused.html", {"status": 404, "sentence": sentence}, status=404)


def gone(request: HttpRequest, title: str, sentence: str, **more: Any) -> HttpResponse:
    """410: it was public, and this is why it no longer is."""
    return render(request, "portal/gone.html", {"title": title, "sentence": sentence, **more}, status=410)


def unknown_mark(request: HttpRequest) -> HttpResponse:
    """404 for a list that is to continue at a mark we never gave out."""
    return missing(request, _("Kami tidak mengenal penanda halaman ini. Mulai lagi dari awal daftar."))
