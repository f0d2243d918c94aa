"""A group's whole export: asked, waited for, fetched. Only its board comes here."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core import permissions
from kentongan.core.actions import may
from kentongan.core.errors import NotThere
from kentongan.exchange import actions
from kentongan.exchange.models import Export
from kentongan.exchange.settings import EXPORT_DAYS
from kentongan.groups.models import Group
from kentongan.groups.views.page import done, group_or_404, person_of, seen

SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def exports(request: HttpRequest, pk: int) -> HttpResponse:
    """What the export is, the ones there are, and the button that asks for one."""
    group, person = group_or_404(request, pk), person_of(request)
    if request.method == "POST":
        actions.ask(group, by=person)
        return done(reverse("exchange:exports", args=[group.pk]), "exchange.ask")
    permissions.capacity(person, "exchange.fetch", Export(group=group))
    return render(request, "exchange/exports.html", _context(group, person))


def _context(group: Group, person: Any) -> dict[str, Any]:
    rows = list(group.exports.select_related("asked_by", "group").order_by("-id")[:SHOWN])  # type: ignore[attr-defined]
    asking = rows[0] if rows and rows[0].state == Export.State.ASKED else None
    return {
        "group": group,
        "rows": rows,
        "asking": asking,
        "ready": [row for row in rows if row.there],
        "past": [row for row in rows if not row.there and row is not asking],
        "may_ask": may(person, "exchange.ask", Export(group=group)),
        "days": EXPORT_DAYS,
        "crumbs": [(_("KIM"), reverse("groups:mine")), (group.name, reverse("groups:group", args=[group.pk])), (_("Ekspor lengkap"), "")],
    }


@require_safe
@signed_in
def fetch(request: HttpRequest, pk: int, export: int) -> FileResponse:
    """The file, to whoever sits on the board today. Raises NotThere when its week is over."""
    row = get_object_or_404(Export.objects.visible_to(person_of(request)).select_related("group"), pk=export, group=pk)
    permissions.capacity(person_of(request), "exchange.fetch", row)
    if not row.there:
        raise NotThere(_("Berkas ini sudah dihapus. Minta ekspor baru di halaman ekspor; biasanya siap dalam beberapa menit."))
    name = f"kim-{row.group.slug}-{timezone.localdate(row.made_at):%Y-%m-%d}.zip"
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@require_POST
@signed_in
def removal(request: HttpRequest, pk: int, export: int) -> HttpResponse:
    """Take the file away before its week is over."""
    person = person_of(request)
    row = get_object_or_404(Export.objects.visible_to(person).select_related("group"), pk=export, group=pk)
    actions.drop(seen(request, row), by=person)
    return done(reverse("exchange:exports", args=[pk]), "exchange.drop")
