"""Two languages, told apart by the address alone: `/kim/…` is Indonesian, `/en/kim/…` the same page in English.

Nothing is negotiated and no cookie is asked, so a stored page has one address and one language. What people wrote stays in the language
they wrote it in, and says so (`as_written`). The desk, photos and what only machines read stand once, without a language in front.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

HOUSE = "id"
"""The language this house is written in; every source string and nearly all content."""
ENGLISH = "en"
PREFIX = f"/{ENGLISH}/"
NAMES = {HOUSE: "Bahasa Indonesia", ENGLISH: "English"}
ONCE = re.compile(r"(meja|foto|gaya)/|sehat$|robots\.txt|sitemap|data/.|data\.json|api/v")
"""How addresses begin that have no second language."""


def language_of(path: str) -> str:
    """The language an address asks for."""
    return ENGLISH if path.startswith(PREFIX) or path == PREFIX[:-1] else HOUSE


def in_language(path: str, language: str) -> str:
    """The address of the same page in that language."""
    plain = f"/{path.removeprefix(PREFIX)}" if path.startswith(PREFIX) else path
    return f"{PREFIX[:-1]}{plain}" if language == ENGLISH else plain


def in_both(path: str) -> bool:
    """Whether this address has a second language."""
    return not ONCE.match(path.lstrip("/"))


def abroad() -> bool:
    """Whether the page being made is not in the house's own language."""
    return get_language() == ENGLISH


class ByAddress:
    """Let each request be answered in the language of its address; the first of all middleware, so that refusals are as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with override(language_of(request.path)):
            return self.get_response(request)


def room(module: str) -> URLResolver:
    """A room's addresses, each also under `/en/` unless it is one of ONCE; `reverse` answers in the language of the page being made."""
    urls = import_module(module)
    once = [one for one in urls.urlpatterns if ONCE.match(str(one.pattern))]
    both: list[URLPattern | URLResolver] = [one for one in urls.urlpatterns if one not in once]
    prefixed = URLResolver(LocalePrefixPattern(prefix_default_language=False), both)
    return URLResolver(RoutePattern(""), [*once, prefixed], app_name=urls.app_name, namespace=urls.app_name)


def as_written(words: Any) -> SafeString | Any:
    """Words of a person inside a sentence of the page: marked with their language where that is not the page's."""
    return format_html('<span lang="{}">{}</span>', HOUSE, words) if words and abroad() else words


def lang_of_content() -> SafeString:
    """The attribute for an element that holds nothing but words of a person; empty where the page is in their language."""
    return mark_safe(f' lang="{HOUSE}"' if abroad() else "")  # noqa: S308 (a constant)
