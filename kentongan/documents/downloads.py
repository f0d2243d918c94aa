"""A list at the desk as a workbook: the same address with `?bentuk=xlsx`, by the permission and the filter of its page.

    @require_safe
    @signed_in
    @downloadable(stories_sheet)         # asked with the view's own arguments; raises what the view raises
    def stories(request): ...

The sheet holds every row of the list, not only the page of it that is shown, at most `MOST`; a second sheet says where it is from.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from itertools import islice
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kentongan.documents.sheets import Cell, Sheet, csv_lines, write_xlsx
from kentongan.ui.writing import number

MOST = 50_000
"""Rows of one download; a longer list has to be filtered first, or is in the open data."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
KINDS = {"xlsx": XLSX, "csv": CSV}
View = Callable[..., HttpResponseBase]


def downloadable(sheet_of: Callable[..., Sheet | None]) -> Callable[[View], View]:
    """Let a list view also answer `?bentuk=xlsx`. `sheet_of` may answer None: what is shown now is no list; then the page is shown."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            sheet = sheet_of(request, *args, **kwargs) if request.GET.get("bentuk") == "xlsx" else None
            return view(request, *args, **kwargs) if sheet is None else workbook(request, sheet)

        return wrapped

    return decorate


def workbook(request: HttpRequest, *sheets: Sheet) -> FileResponse:
    """These sheets as one file, bounded, with a last sheet that says where and when it was made."""
    counts = [Counted(sheet.rows, MOST) for sheet in sheets]
    shown = [replace(sheet, rows=rows) for sheet, rows in zip(sheets, counts, strict=True)]
    about = Sheet(_("Keterangan"), (_("Tentang"), _("Isi")), _about(request, sheets, counts))
    return answer(sheets[0].name, "xlsx", [*shown, about])


def answer(name: str, kind: str, sheets: Sequence[Sheet]) -> FileResponse:
    """A download of this name: a workbook of all sheets, or the first one as CSV. Written to disk row by row, then handed over."""
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    if kind == "csv":
        file.writelines(csv_lines(sheets[0]))
    else:
        with TemporaryDirectory(prefix="sheet-") as folder:
            write_xlsx(sheets, file, folder)
    file.seek(0)
    title = f"{slugify(name) or 'kentongan'}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=title, content_type=KINDS[kind])


class Counted:
    """At most `most` of these rows, counted as they pass; `cut` when there was another."""

    def __init__(self, rows: Iterable[Sequence[Cell]], most: int) -> None:
        self._rows, self._most, self.count, self.cut = iter(rows), most, 0, False

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in islice(self._rows, self._most):
            self.count += 1
            yield row
        self.cut = next(self._rows, None) is not None


def _about(request: HttpRequest, sheets: Sequence[Sheet], counts: Sequence[Counted]) -> Iterator[Sequence[Cell]]:
    """Asked only once the other sheets are written, when the counts are known."""
    yield _("Diunduh dari"), f"{settings.SITE_NAME}, {request.build_absolute_uri()}"
    yield _("Diunduh pada"), timezone.now()
    for sheet, rows in zip(sheets, counts, strict=True):
        yield _("Baris di lembar “%(sheet)s”") % {"sheet": sheet.name}, rows.count
        if rows.cut:
            said = _("Daftarnya lebih panjang: hanya %(n)s baris pertama yang dimuat. Saring dulu di halamannya.")
            yield _("Belum semuanya"), said % {"n": number(rows.count)}
