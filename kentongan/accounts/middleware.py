"""Sessions, CSRF and the signed-in person exist under /meja/ only: a public page reads no cookie and sets none."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from kentongan.accounts.guards import DESK, account_of

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class _AtTheDesk:
    """Stands in the chain for requests under /meja/; every other request passes by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.bypass = get_response
        super().__init__(get_response)  # type: ignore[call-arg]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(DESK):
            return self.bypass(request)
        return super().__call__(request)  # type: ignore[misc,no-any-return]


class DeskSession(_AtTheDesk, SessionMiddleware):
    """Django's sessions, at the desk only. Nothing of the desk is kept by a browser or a server on the way."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        response["Cache-Control"] = "no-store"
        return response


class DeskCsrf(_AtTheDesk, CsrfViewMiddleware):
    """Django's CSRF protection, at the desk only; public forms carry a signed key instead.

    A browser that says where a request comes from (Fetch Metadata) is believed before any token is: a hole in a public
    page, on another host, reaches nobody's session.
    """

    def process_view(self, request, callback, args, kwargs):  # type: ignore[no-untyped-def]
        """Nothing to protect outside the desk: there is no session."""
        if not request.path.startswith(DESK):
            return None
        if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return self._reject(request, "Sec-Fetch-Site")  # type: ignore[attr-defined]
        return super().process_view(request, callback, args, kwargs)


class SignedIn:
    """`request.user` (the account) and `request.person`, at the desk only.

    The person is None until everything asked of them is given: a view that forgets `signed_in` meets nobody, not half a sign-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(DESK):
            account = account_of(request.session)
            request.user = account or AnonymousUser()
            request.person = account.person if account and not account.owes(request.session) else None  # type: ignore[attr-defined]
            if request.person is not None:  # type: ignore[attr-defined]
                request.person.post_in_use = request.session.get("post", "")  # type: ignore[attr-defined]
        return self.get_response(request)
