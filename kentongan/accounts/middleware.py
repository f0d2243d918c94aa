"""Sessions, CSRF and the signed-in person exist under /meja/ only: a public page reads no cookie and sets none."""

from collections.abc import Callable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

DESK = "/meja/"


class _AtTheDesk:
    """Stands in the chain for requests under /meja/; every other request passes by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.bypass = get_response
        super().__init__(get_response)  # type: ignore[call-arg]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(DESK):
            return self.bypass(request)
        return super().__call__(request)  # type: ignore[misc]


class DeskSession(_AtTheDesk, SessionMiddleware):
    """Django's sessions, at the desk only."""


class DeskCsrf(_AtTheDesk, CsrfViewMiddleware):
    """Django's CSRF protection, at the desk only; public forms carry a signed key instead."""

    def process_view(self, request, callback, args, kwargs):  # type: ignore[no-untyped-def]
        """Nothing to protect outside the desk: there is no session."""
        return super().process_view(request, callback, args, kwargs) if request.path.startswith(DESK) else None


class SignedIn(_AtTheDesk, AuthenticationMiddleware):
    """`request.user` (the account) and `request.person`, at the desk only."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        user = request.user
        request.person = user.person if user.is_authenticated else None  # type: ignore[attr-defined]
