"""Pages of signing in and of one's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another site, or one that lay open too long."""
    sentence = _("Formulir ini sudah terlalu lama terbuka atau datang dari tempat lain. Muat ulang halamannya, lalu kirim lagi.")
    return render(request, "ui/refused.html", {"status": 403, "sentence": sentence}, status=403)
