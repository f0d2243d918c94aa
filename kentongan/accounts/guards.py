"""Who stands at the desk's door: in, half in (second factor owed), or outside. Views of every room ask `signed_in`."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv4Address, IPv6Network, ip_address
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kentongan.accounts.credentials import device_of, kept_key
from kentongan.accounts.models import SECOND_FACTOR, Account

DESK = "/meja/"
"""Everything one signs in for lies under this."""

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Let the view see only a person who has given everything asked of them: passphrase, and the code where one is required.

    Anyone else is sent to the page where the missing part is given, and comes back afterwards. Inside, `request.person` is a Person.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if getattr(request, "person", None) is not None:
            return view(request, *args, **kwargs)
        return to_the_door(request)

    return guarded


def half_signed_in(view: View) -> View:
    """Let the view see an account whose passphrase was given, whether or not the second factor is still owed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_the_door(request)

    return guarded


def to_the_door(request: HttpRequest) -> HttpResponse:
    """The page where what is missing is given, with the way back. Writes nothing."""
    owed = request.user.owes(request.session) if request.user.is_authenticated else "sign_in"  # type: ignore[union-attr]
    back = onward(request.get_full_path() if request.method == "GET" else request.GET.get("lanjut", ""))
    return redirect(f"{reverse(f'accounts:{owed}')}?{urlencode({'lanjut': back})}" if back != DESK else reverse(f"accounts:{owed}"))


def onward(wanted: str) -> str:
    """Where to go after the door: an address of this desk, or its front page. Nobody is sent elsewhere by a link."""
    parts = urlsplit(wanted)
    inside = not parts.scheme and not parts.netloc and wanted.startswith(DESK) and "\\" not in wanted and ".." not in wanted
    return wanted if inside and wanted.isprintable() else DESK


def enter(request: HttpRequest, account: Account) -> None:
    """Sign the account in: a new session key, a row that knows account and device, thirty days. POST only.

    Signing in changes nothing in the record, so it is no action: the session's row, listed at /meja/saya/, is what remains of it.
    """
    request.session.flush()
    request.session["device"] = device_of(request.headers.get("User-Agent", ""))
    request.session["since"] = timezone.now().isoformat()
    auth.login(request, account, backend="kentongan.accounts.backends.PhoneOrName")


def give_second_factor(request: HttpRequest) -> None:
    """Note in the session, under a new key, that the code was given."""
    request.session[SECOND_FACTOR] = True
    request.session.cycle_key()


def key_of(request: HttpRequest) -> str:
    """The key of this session, as its row keeps it."""
    return kept_key(request.session.session_key) if request.session.session_key else ""


def address_of(request: HttpRequest) -> str:
    """The network address tries are counted by: the client's, as our own proxy on this machine says it; of IPv6 the first 64 bits."""
    seen: str = request.META.get("REMOTE_ADDR", "")
    if settings.PRODUCTION and seen in ("", "127.0.0.1", "::1"):
        seen = request.headers.get("X-Forwarded-For", seen).rsplit(",", 1)[-1].strip()
    try:
        address = ip_address(seen)
    except ValueError:
        return seen[:64]
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


def account_of(session: SessionBase) -> Account | None:
    """The account a session was opened for, while its passphrase is still the same.

    Django's own answer would empty an outdated session, which is a write, also when a page is only read.
    """
    number = int(session.get(auth.SESSION_KEY) or 0)
    if not number:
        return None
    row = getattr(session, "row", None)
    account = row.account if row is not None and row.account_id == number else Account.objects.active(number)
    kept = session.get(auth.HASH_SESSION_KEY, "")
    return account if account and account.is_active and constant_time_compare(kept, account.get_session_auth_hash()) else None
