"""The desk on a phone: the worker, the manifest, what this phone keeps, and the page shown without a signal."""

import hashlib
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.credentials import owner_word
from kentongan.accounts.guards import signed_in

SCRIPTS: Final = tuple(f"ui/js/{name}.js" for name in ("store", "send", "say", "keep", "photo", "desk", "list", "tulis", "worker"))
SHELL: Final = ("ui/kentongan.css", "ui/meja.css", "ui/ikon.svg", *SCRIPTS)
"""What a page of the desk needs before it says anything."""
PAPER: Final = "#fbfaf5"
DEEP: Final = "#0a4655"
"""`--paper` and `--deep` of the stylesheet."""


@require_safe
@signed_in
def device(request: HttpRequest) -> HttpResponse:
    """What this phone keeps for me: what waits for a signal, what is half written, what can be read without one. The phone fills it in."""
    return render(request, "desk/device.html", {"crumbs": [(_("Meja"), reverse("desk:home")), (_("Di HP ini"), "")]})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page a phone shows when there is no signal: kept with the shell, and nobody's."""
    return render(request, "desk/offline.html", {"shell": None, "nobody": "?"})


@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and a fresh token: what a phone asks before it sends by itself what was written without a signal."""
    person = getattr(request, "person", None)
    return JsonResponse({"akun": owner_word(person.pk) if person else "", "csrf": get_token(request)})


@csrf_exempt
@require_POST
@signed_in
def share(request: HttpRequest) -> HttpResponse:
    """A photo or a text shared from another app. The worker keeps it as a draft; where there is none, the form opens empty."""
    return redirect("newsroom:gather")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Makes the desk an app on the home screen."""
    wanted = [("ui/ikon-192.png", 192, "any"), ("ui/ikon-512.png", 512, "any"), ("ui/ikon-penuh-512.png", 512, "maskable")]
    icons = [{"src": static(name), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose} for name, side, purpose in wanted]
    shared = {"title": "title", "text": "text", "url": "url", "files": [{"name": "upload", "accept": ["image/*"]}]}
    desk = reverse("desk:home")
    about = {
        "id": desk,
        "name": _("%(site)s: meja") % {"site": settings.SITE_NAME},
        "short_name": settings.SITE_NAME,
        "description": _("Menulis, memeriksa, dan menerbitkan kabar desa, juga tanpa sinyal."),
        "lang": "id",
        "start_url": desk,
        "scope": desk,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": DEEP,
        "icons": icons,
        "shortcuts": [{"name": _("Tulis kabar"), "url": reverse("newsroom:gather")}],
        "share_target": {"action": reverse("desk:share"), "method": "POST", "enctype": "multipart/form-data", "params": shared},
    }
    return JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the desk, or the one that takes it away where an operator switched it off (`KENTONGAN_OFFLINE=0`)."""
    files = [static(name) for name in SHELL]
    page = render_to_string("desk/offline.html", {"shell": None, "nobody": "?", "site_name": settings.SITE_NAME})
    version = hashlib.sha256("\n".join((*files, page)).encode()).hexdigest()[:16]
    name = "desk/sw.js" if settings.OFFLINE else "desk/sw_gone.js"
    return render(request, name, {"files": files, "version": version, "shell": None}, content_type="text/javascript; charset=utf-8")
