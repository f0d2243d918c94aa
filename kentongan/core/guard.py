"""Two promises kept for every request: a GET never writes, and a refusal is a page with a sentence, not a trace."""

import re
import secrets
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kentongan.core.errors import NotThere, Refused, Stale

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|COPY|MERGE)\b|.*\bFOR (NO KEY )?UPDATE\b", re.IGNORECASE | re.DOTALL)
SECRET = re.compile("csrf|pass|code|key|contact")
"""Fields that are never shown again."""
READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class AGetWrote(AssertionError):
    """A GET tried to change the database."""


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """A database execute wrapper that lets only reads through."""
    if WRITES.match(sql):
        raise AGetWrote(f"a GET never writes: {sql[:120]}")
    return execute(sql, params, many, context)


class ReadOnlyGets:
    """Raise when a GET writes. On in development and tests (`GUARD_GETS`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = request.method in ("GET", "HEAD") and settings.GUARD_GETS
        with connection.execute_wrapper(refuse_writes) if reads else nullcontext():
            return self.get_response(request)


class Refusals:
    """Answer a `Refused` with its sentence, its status, who can help, and a code to quote; keep what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.code = "".join(secrets.choice(READABLE) for _i in range(6))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django when a view raised."""
        if isinstance(error, Stale):
            return render(request, "ui/stale.html", stale_context(request, error), status=error.status)
        if isinstance(error, Refused):
            context = {"status": error.status, "sentence": error.sentence, "helpers": error.helpers}
            return render(request, "ui/refused.html", context | {"code": request.code, "typed": typed(request)}, status=error.status)  # type: ignore[attr-defined]
        return None


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The words somebody sent with a refused form, so that the answer can give them back to copy; nothing of a page marked as secret."""
    if hasattr(request, "sensitive_post_parameters"):
        return []
    words = ((name, str(text)) for name, text in request.POST.items())
    return [(name, text) for name, text in words if len(text) > 20 and not SECRET.search(name)]


def stale_context(request: HttpRequest, stale: Stale) -> dict[str, Any]:
    """Both texts side by side, and everything needed to send mine again on top of theirs."""
    thing = stale.thing
    label = {name: str(getattr(thing._meta.get_field(name), "verbose_name", name)).capitalize() for name in thing.TEXTS}
    sent = [name for name in thing.TEXTS if name in request.POST]
    keep = [
        (name, text)
        for name in request.POST
        for text in request.POST.getlist(name)
        if name not in (*sent, "version", "csrfmiddlewaretoken")
    ]
    return {
        "sentence": stale.sentence,
        "rows": [(label[name], request.POST[name], getattr(thing, name)) for name in sent],
        "texts": [(name, label[name], request.POST[name]) for name in sent],
        "fields": keep,
        "action": request.get_full_path(),
        "version": thing.version,
        "thing": thing,
    }


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address nobody here can see: with the sentence of NotThere, else without saying whether something is there."""
    sentence = str(exception) if isinstance(exception, NotThere) else _("Halaman ini tidak ada, atau bukan untuk Anda.")
    return render(request, "404.html", {"sentence": sentence}, status=404)
