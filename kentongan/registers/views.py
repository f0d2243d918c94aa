"""Pages of an import: the list, and one page that shows whatever its state is. Every step is a POST; none needs a script."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core import permissions, workflow
from kentongan.core.actions import may
from kentongan.core.errors import BadRequest, NotAllowed, NotNow, Stale, TooLarge
from kentongan.documents.downloads import answer
from kentongan.groups.models import Appointment, posts_of
from kentongan.groups.permissions import REGISTRARS_ONLY, keeps_registers
from kentongan.registers import actions, settling, showing
from kentongan.registers.forms import UndoForm, UploadForm, chosen_columns
from kentongan.registers.models import MOST_BYTES, Import

INVALID = 422
"""The answer to a form that has to be filled again."""
RELOAD = "3"
"""Seconds until a page on which a job is at work shows itself again."""


def person_of(request: HttpRequest) -> Person:
    """Who is at the desk; views stand behind `signed_in`."""
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def post_of(request: HttpRequest) -> Appointment:
    """The post in which this person keeps a register, the one in use first. Raises NotAllowed."""
    post = next((post for post in posts_of(person_of(request)) if isinstance(post, Appointment) and keeps_registers(post)), None)
    if post is None:
        raise NotAllowed(str(REGISTRARS_ONLY))
    return post


def import_or_404(request: HttpRequest, pk: int) -> Import:
    """The import, when this person may see it."""
    rows = Import.objects.visible_to(person_of(request)).select_related("office__region", "region", "by", "decided_by")
    return get_object_or_404(rows, pk=pk)


def ask(request: HttpRequest, action: str, importing: Import) -> None:
    """Raise NotAllowed or NotNow before anything sent is looked at."""
    permissions.capacity(person_of(request), action, importing)
    workflow.check(action, importing)


def seen(request: HttpRequest, importing: Import) -> Import:
    """The import as it was when the page was made."""
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise BadRequest(_("Formulir ini tidak lengkap. Buka lagi halamannya, lalu kirim sekali lagi."))
    return importing.seen(version[:9])


def done(importing: Import, action: str = "") -> HttpResponse:
    """On to the page of the import, with one sentence where there is one."""
    return redirect(f"{importing.get_absolute_url()}?selesai={action}" if action else importing.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def imports(request: HttpRequest) -> HttpResponse:
    """What was brought in before; bring in another file."""
    office = post_of(request).office
    form = UploadForm(office, request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > MOST_BYTES:
            said = _(
                "Berkas ini lebih dari %(mb)s MB, jadi tidak diterima. Simpan lembar daftarnya saja ke berkas baru, lalu unggah yang itu."
            )
            raise TooLarge(said % {"mb": MOST_BYTES >> 20})
        sent = actions.upload(file, office=office, region=form.cleaned_data["region"], by=person_of(request))
        return done(sent, "registers.upload")
    rows = Import.objects.visible_to(person_of(request)).select_related("office", "region", "by")
    context = {"form": form, "office": office, "crumbs": showing.crumbs()} | showing.past_imports(rows, request.GET.get("sebelum", ""))
    return render(request, "registers/imports.html", context, status=INVALID if request.method == "POST" else 200)


@require_safe
@signed_in
def sample(request: HttpRequest) -> FileResponse:
    """A workbook with the headings we know best, to be filled and brought in."""
    post_of(request)
    return answer(_("contoh register KIM"), "xlsx", showing.sample_sheets())


@require_safe
@signed_in
def importing(request: HttpRequest, pk: int) -> HttpResponse:
    """Where this import is: being read, its columns, its rows, its receipt."""
    row = import_or_404(request, pk)
    if row.state == Import.State.READ:
        return columns_page(request, row)
    return import_page(request, row)


def import_page(request: HttpRequest, row: Import, undo: UndoForm | None = None, status: int = 200) -> HttpResponse:
    """The page of its state; one on which a job is at work shows itself again in a moment."""
    context = showing.page_of(row, person_of(request), request.GET) | {"undo_form": undo or UndoForm(auto_id="batal-%s")}
    response = render(request, f"registers/{showing.template_of(row)}.html", context, status=status)
    if row.working:
        response["Refresh"] = RELOAD
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means; chosen once, remembered for the office."""
    row = import_or_404(request, pk)
    ask(request, "registers.map", row)
    if request.method != "POST":
        return columns_page(request, row)
    chosen, ranks = chosen_columns(request.POST, row.sheets)
    try:
        row = actions.map_columns(seen(request, row), chosen=chosen, ranks=ranks, by=person_of(request))
    except Stale:
        raise
    except (NotNow, BadRequest) as refused:
        row = import_or_404(request, pk)
        row.sheets = settling.with_choices(row.sheets, chosen, ranks)
        return columns_page(request, row, refused.sentence, refused.status)
    return done(row)


def columns_page(request: HttpRequest, row: Import, refused: str = "", status: int = 200) -> HttpResponse:
    """Every column with its heading, three values and what it is taken for."""
    context = showing.columns_of(row) | {"refused": refused, "may_map": may(person_of(request), "registers.map", row)}
    return render(request, "registers/columns.html", context, status=status)


@require_POST
@signed_in
def choices(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle doubtful rows; what was chosen is kept at once."""
    row = import_or_404(request, pk)
    ask(request, "registers.choose", row)
    chosen = {
        int(name[1:]): str(value) for name, value in request.POST.items() if name[:1] == "r" and name[1:].isdecimal() and len(name) < 18
    }
    row = actions.choose(seen(request, row), choices=chosen, by=person_of(request))
    return redirect(f"{row.get_absolute_url()}?{showing.back_to(request.POST, 'registers.choose')}")


@require_POST
@signed_in
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to the preview."""
    row = import_or_404(request, pk)
    ask(request, "registers.confirm", row)
    return done(actions.confirm(seen(request, row), by=person_of(request)))


@require_POST
@signed_in
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was saved, with a reason."""
    row, form = import_or_404(request, pk), UndoForm(request.POST, auto_id="batal-%s")
    ask(request, "registers.undo", row)
    if not form.is_valid():
        return import_page(request, row, form, INVALID)
    return done(actions.undo(seen(request, row), reason=form.cleaned_data["reason"], by=person_of(request)))


@require_POST
@signed_in
def dropping(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the file away before anything was saved."""
    row = import_or_404(request, pk)
    ask(request, "registers.drop", row)
    actions.drop(seen(request, row), by=person_of(request))
    return redirect(f"{reverse('registers:imports')}?selesai=registers.drop")


@require_safe
@signed_in
def receipt(request: HttpRequest, pk: int) -> FileResponse:
    """Every row, what became of it, and why."""
    row = import_or_404(request, pk)
    if row.confirmed_at is None and row.state != Import.State.SAME:
        raise NotNow(_("Tanda terima ada sesudah impor ini disimpan."))
    return answer(_("tanda terima impor %(n)s") % {"n": row.pk}, "xlsx", showing.receipt_sheets(row))
