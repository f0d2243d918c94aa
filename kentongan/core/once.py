"""A form sent twice is done once: by an impatient thumb, by a phone that never heard the answer, by a reader who reloads.

A form of the desk carries a key (`{% once %}`, the hidden field `kunci`; a program may send the header `Idempotency-Key`). The view then
runs in one transaction with a row of `Receipt` under that key. A second sending that comes meanwhile waits for the first one's row, and
is answered where the first one led, hours later too and on any node. What is refused, or breaks, leaves no row: mended, it may be sent
again under the same key.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from kentongan.core.errors import BadRequest, NotNow, Refused
from kentongan.core.guard import refusal
from kentongan.core.models import Receipt

FIELD: Final = "kunci"
"""The hidden field that names one sending."""
DESK: Final = "/meja/"
KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")
"""128 bits take 22 signs of base64 or 36 of a UUID."""
UNSENT: Final = (FIELD, "csrfmiddlewaretoken")
"""What differs between two sendings of the same words."""

View = TypeVar("View", bound=Callable[..., Any])


class OtherWords(NotNow):
    """This key was used, for other words: the first ones stand."""


def outside(view: View) -> View:
    """Mark a view that must never run in a transaction that may be undone: one that counts tries at a secret."""
    view.outside_receipts = True  # type: ignore[attr-defined]
    return view


class Once:
    """Answers a second sending with the first one's answer. Stands last, so that everything about the sender is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        """Run the view itself when the request has a key; None lets Django run it."""
        person = getattr(request, "person", None)
        if request.method != "POST" or person is None or not request.path.startswith(DESK) or hasattr(view, "outside_receipts"):
            return None
        key = key_of(request)
        if not key:
            return None
        try:
            response = _first_or_same(request, key, person.pk, lambda: view(request, *args, **kwargs))
        except Refused as refused:
            response = refusal(request, refused)
            if isinstance(refused, OtherWords):
                response["X-Formulir"] = "lain"  # a phone names what it sends next by another key
            return response
        return _for_a_script(request, response)


def key_of(request: HttpRequest) -> str:
    """The key this form was sent under; empty when it has none. A program may write it as the quoted string of the header's draft RFC."""
    return str(request.POST.get(FIELD) or request.headers.get("Idempotency-Key", "").strip().strip('"'))


def digest_of(request: HttpRequest) -> str:
    """Tells one set of words from another: every field but those that differ by themselves, and each file's name and size."""
    words = sorted((name, text) for name in request.POST if name not in UNSENT for text in request.POST.getlist(name))
    files = sorted((name, file.name or "", file.size or 0) for name in request.FILES for file in request.FILES.getlist(name))
    return hashlib.sha256(repr((words, files)).encode("utf-8", "surrogatepass")).hexdigest()


def _first_or_same(request: HttpRequest, key: str, person: int, run: Callable[[], HttpResponse]) -> HttpResponse:
    if not KEY.fullmatch(key):
        raise BadRequest(_("Formulir ini rusak di jalan: kuncinya tidak terbaca. Muat ulang halamannya, lalu kirim lagi."))
    digest = digest_of(request)
    with transaction.atomic():
        # Whoever comes second waits here, on the unique key, until the first one is done or undone.
        receipt, first = Receipt.objects.get_or_create(key=key, defaults={"by_id": person, "path": request.path, "sent": digest})
        if not first:
            return _answered(receipt, request, person, digest)
        response = run()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            receipt.status, receipt.location = response.status_code, response.headers.get("Location", "")
            receipt.save(update_fields=["status", "location"])
        return response


def _answered(receipt: Receipt, request: HttpRequest, person: int, digest: str) -> HttpResponse:
    if (receipt.by_id, receipt.path) != (person, request.path):
        raise NotNow(_("Formulir ini sudah dipakai untuk kiriman lain. Muat ulang halamannya, lalu kirim lagi."))
    if receipt.sent != digest:
        sentence = _("Kiriman ini sudah masuk lebih dulu dengan isi lain, dan tidak diubah. Buka hasilnya di Meja, lalu ubah di sana.")
        raise OtherWords(f"{sentence} {_('Kirim lagi hanya bila ini memang kiriman lain.')}")
    if receipt.location:
        return HttpResponseRedirect(receipt.location)
    raise NotNow(_("Kiriman ini sudah kami terima dan kerjakan. Tidak perlu dikirim lagi."))


def _for_a_script(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A device that sends by itself is told where the answer is, instead of being led there."""
    if request.headers.get("Accept") == "application/json" and "Location" in response.headers and response.status_code < 400:
        return JsonResponse({"ke": response.headers["Location"]})
    return response
