"""How a view says that its page is the same for everyone and may be kept."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from .addresses import file_for

View = Callable[..., HttpResponse]
logger = logging.getLogger(__name__)


class Personal(AssertionError):
    """A page marked `stored` read or set something of one visitor."""


class Unread(dict[str, str]):
    """Cookies that note when somebody asks for one."""

    asked = False

    def __getitem__(self, name: str) -> str:
        self.asked = True
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        self.asked = True
        return False

    def get(self, name: str, default: Any = None) -> Any:
        self.asked = True
        return default


def stored(view: View) -> View:
    """Let the page store keep what this view answers: the same for every reader until one of its sites is `changed`.

    Only GET and HEAD, status 200 and an address the store knows are marked. Raises Personal in development and tests when the view read
    cookies, session or user, or set a cookie; in production such an answer is simply not kept. A database that is away is answered 503, for
    which the page store has a kept copy or a sentence.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        cookies = request.COOKIES = Unread()
        try:
            response = view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            logger.warning("%s: the database is away", request.path)
            return HttpResponse(status=503, headers={"Retry-After": "3", "Cache-Control": "no-store"})
        rendered = getattr(response, "add_post_render_callback", None)
        if rendered is not None and not response.is_rendered:  # type: ignore[attr-defined]
            rendered(lambda late: _mark(request, late, cookies))
        else:
            _mark(request, response, cookies)
        return response

    return wrapped


def _mark(request: HttpRequest, response: HttpResponse, cookies: Unread) -> None:
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.streaming:
        return
    if file_for(request.path, request.META.get("QUERY_STRING", "")) is None:
        return
    if reason := _personal(request, response, cookies):
        if settings.GUARD_GETS:
            raise Personal(f"{request.path} is stored for everyone, but {reason}")
        logger.error("%s is not kept: %s", request.path, reason)
        response.headers["Cache-Control"] = "no-store"
        return
    response.headers["X-Page-Store"] = "1"
    for name, text in settings.PAGES_HEADERS:
        response.headers[name] = text


def _personal(request: HttpRequest, response: HttpResponse, cookies: Unread) -> str | None:
    """What of one visitor went into the answer, or None."""
    varies = {word.strip().lower() for word in response.headers.get("Vary", "").split(",")} - {"", "accept-encoding"}
    facts = (
        (cookies.asked, "it read a cookie"),
        (bool(response.cookies), "it set a cookie"),
        (getattr(getattr(request, "session", None), "accessed", False), "it read the session"),
        ("_cached_user" in vars(request), "it asked who is signed in"),
        (request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False), "it holds a form's token"),
        (bool(varies), f"it varies on {', '.join(sorted(varies))}"),
    )
    return next((reason for is_so, reason in facts if is_so), None)
