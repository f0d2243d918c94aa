"""Two promises kept for every request: a GET never writes, and a refusal is a page with a sentence, not a trace."""

import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kentongan.core.errors import NotThere, Refused, Stale

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|COPY|MERGE)\b|.*\bFOR (NO KEY )?UPDATE\b", re.IGNORECASE | re.DOTALL)
SECRET = re.compile("csrf|pass|code|key|kunci|contact")
"""Fields that are never shown again."""
READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


ATTEMPT = "kirim"
"""The mark in the address of a form that was sent."""
DESK_PAGE = re.compile(r"/meja/[a-z-]+/(\d+/)?")


def code_to_quote() -> str:
    """A few letters that somebody can say on the telephone, by which the line in the log is found."""
    return "".join(secrets.choice(READABLE) for _i in range(6))


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
        if not hasattr(request, "code"):
            request.code = code_to_quote()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            return step_without_its_button(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django when a view raised."""
        return refusal(request, error) if isinstance(error, Refused) else None


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page of a refusal: its sentence, who can help, a code to quote, and what was typed."""
    if isinstance(error, Stale):
        return render(request, "ui/stale.html", stale_context(request, error), status=error.status)
    context = {"status": error.status, "sentence": error.sentence, "helpers": error.helpers, "back": came_from(request)}
    return render(request, "ui/refused.html", context | {"code": request.code, "typed": typed(request)}, status=error.status)  # type: ignore[attr-defined]


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The words somebody sent with a refused form, so that the answer can give them back to copy; nothing of a page marked as secret."""
    if hasattr(request, "sensitive_post_parameters"):
        return []
    words = ((name, str(text)) for name, text in request.POST.items())
    return [(name, text) for name, text in words if (len(text) > 20 or " " in text.strip()) and not SECRET.search(name)]


def stale_context(request: HttpRequest, stale: Stale) -> dict[str, Any]:
    """Both texts side by side, and everything needed to send mine again on top of theirs."""
    compared = stale.compared or list(texts_of(request, stale.thing))
    shown = [name for name, *_texts in compared]
    keep = [
        (name, text)
        for name in request.POST
        for text in request.POST.getlist(name)
        if name not in (*shown, "version", "csrfmiddlewaretoken", "kunci")
    ]
    return {
        "sentence": stale.sentence,
        "rows": [(label, mine, theirs) for _name, label, mine, theirs in compared if differ(mine, theirs)],
        "texts": [(name, label, mine) for name, label, mine, _theirs in compared if name],
        "fields": keep,
        "action": next_attempt(request),
        "version": stale.thing.version,
        "leave": came_from(request),
    }


def texts_of(request: HttpRequest, thing: Any) -> Iterator[tuple[str, str, str, str]]:
    """Each text of the thing that was sent: its field, what it is called, as it was typed, as it is stored."""
    for name in (*thing.TEXTS, *(name for name in thing.ANSWERS if isinstance(getattr(thing, name), str))):
        if name in request.POST:
            label = str(getattr(thing._meta.get_field(name), "verbose_name", name)).capitalize()
            yield name, label, request.POST[name], getattr(thing, name)


def differ(mine: str, theirs: object) -> bool:
    """Whether two texts are different to a reader: browsers end lines in their own way."""
    return mine.split() != str(theirs).split()


def next_attempt(request: HttpRequest) -> str:
    """Where a form is sent that its own page answers: the page's address, with a mark that changes with every attempt.

    A browser that loses the signal while it sends to the very address it shows puts its error page in the place of the form, and what
    was typed is gone with it. Sent to another address, the form stays one step back, with every word.
    """
    query = request.GET.copy()
    query[ATTEMPT] = "2" if query.get(ATTEMPT) == "1" else "1"
    return f"{request.path}?{query.urlencode()}"


def came_from(request: HttpRequest) -> str:
    """The page of ours a refused form was sent from, without the sentence it began with; empty when the browser does not say."""
    page = urlsplit(request.headers.get("referer", ""))
    if page.netloc != request.get_host():
        return ""
    query = QueryDict(page.query, mutable=True)
    query.pop("selesai", None)
    path = "/" + page.path.lstrip("/")
    return f"{path}?{query.urlencode()}" if query else path


def step_without_its_button(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Somebody opened the address of a step as if it were a page: by reloading, from the browser's memory, or after signing in again."""
    found = DESK_PAGE.match(request.path)
    sentence = _("Ini alamat sebuah langkah, bukan halaman. Belum ada yang berubah; tekan tombolnya lagi di halamannya.")
    context = {"status": response.status_code, "sentence": sentence, "back": found.group() if found else "/"}
    answer = render(request, "ui/refused.html", context, status=response.status_code)
    answer["Allow"] = response["Allow"]
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address nobody here can see: with the sentence of NotThere, else without saying whether something is there."""
    sentence = str(exception) if isinstance(exception, NotThere) else _("Halaman ini tidak ada, atau bukan untuk Anda.")
    return render(request, "404.html", {"sentence": sentence}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for our own failure: that nothing was lost, and the code by which it is found in the log; 503 while the database is away."""
    failed = sys.exc_info()[1]
    if failed and not hasattr(request, "failed"):
        request.failed = failed  # type: ignore[attr-defined]
    away = isinstance(failed, (OperationalError, InterfaceError))
    page = render_to_string("500.html", {"code": getattr(request, "code", ""), "away": away})
    return HttpResponse(page, status=503 if away else 500, headers={"Retry-After": "3", "Cache-Control": "no-store"} if away else None)
