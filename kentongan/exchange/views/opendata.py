"""The open data: its page, its catalogue, its files, and the lists of a place or a group as files."""

from typing import Any, TypeVar

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.documents.downloads import answer
from kentongan.documents.sheets import Sheet
from kentongan.exchange.reading import rows
from kentongan.exchange.reading.datasets import DATASETS, FILES, Kept, catalogue, kind_of
from kentongan.exchange.reading.rows import Names
from kentongan.exchange.settings import LICENCE, LICENCE_NAME, MOST, PUBLIC_MOST
from kentongan.groups.models import Group
from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.regions.models import Region

Opened = TypeVar("Opened", bound=HttpResponseBase)
OPEN_TO_ALL = "*"
"""Any page of any site may read it: there is nothing of a visitor in it."""


@require_safe
@stored
def page(request: HttpRequest) -> HttpResponse:
    """What there is, under which licence, since when, and how to cite it."""
    kept = Kept()
    datasets = [
        {"dataset": dataset, "files": [(file, kept.file(file)) for file in dataset.files if kept.file(file)]} for dataset in DATASETS
    ]
    context = {
        "datasets": datasets,
        "at": kept.at,
        "licence": LICENCE,
        "licence_name": LICENCE_NAME,
        "site": settings.SITE_URL,
        "catalogue": reverse("exchange:catalogue"),
        "states": [(state.value, state.label) for state in Group.State if state.value in Group.PUBLIC],
        "kinds": Story.Kind.choices,
        "crumbs": [(_("Indonesia"), reverse("portal:home")), (_("Data terbuka"), "")],
    }
    return render(request, "exchange/data.html", context)


EXAMPLES = (
    ("regions?level=1", gettext_lazy("Semua provinsi")),
    ("groups?region=33.18&state=verified", gettext_lazy("KIM terverifikasi di satu kabupaten")),
    ("decrees?region=33.18", gettext_lazy("SK KIM di satu kabupaten")),
    ("stories?region=33&kind=panduan&limit=10", gettext_lazy("Sepuluh panduan terbaru dari satu provinsi")),
    ("figures?region=33", gettext_lazy("Hitungan satu provinsi dan setiap kabupaten atau kotanya")),
)
"""Addresses below /api/v1/ that show what can be asked."""


@require_safe
@stored
def api_page(request: HttpRequest) -> HttpResponse:
    """What the read API is, with examples one can open."""
    schema = reverse("exchange:api_schema")
    base = schema.removesuffix("openapi.json")
    crumbs = [(_("Indonesia"), reverse("portal:home")), (_("Data terbuka"), reverse("exchange:data")), (_("API baca"), "")]
    context = {"base": base, "site": settings.SITE_URL, "schema": schema, "crumbs": crumbs, "most": MOST, "licence": LICENCE}
    context["examples"] = [(f"{base}{path}", words) for path, words in EXAMPLES]
    return render(request, "exchange/api.html", context | {"licence_name": LICENCE_NAME})


@require_safe
def catalogue_file(request: HttpRequest) -> JsonResponse:
    """`/data.json` (Project Open Data 1.1)."""
    found = JsonResponse(catalogue(Kept()), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _open(found)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the open data as the night wrote it, compressed where the reader takes that. Raises NotThere before the first night."""
    kept = Kept()
    facts = kept.file(name) if name in FILES else None
    if facts is None:
        raise NotThere(_("Berkas ini belum dibuat. Data terbuka ditulis setiap malam; coba lagi besok."))
    pressed = "gzip" in request.headers.get("Accept-Encoding", "") and (kept.folder / f"{name}.gz").exists()
    tag = f'"{facts["sha256"][:20]}{"-gz" if pressed else ""}"'
    if tag in request.headers.get("If-None-Match", ""):
        return _open(HttpResponseNotModified(headers={"ETag": tag}))
    place = kept.folder / (f"{name}.gz" if pressed else name)
    response = FileResponse(place.open("rb"), as_attachment=True, filename=name, content_type=f"{kind_of(name)}; charset=utf-8")
    response["ETag"], response["Last-Modified"] = tag, http_date(kept.at.timestamp())
    if pressed:
        response["Content-Encoding"] = "gzip"
    return _open(response)


def _open(response: Opened) -> Opened:
    """Readable by any page, for an hour without asking again."""
    response["Access-Control-Allow-Origin"] = OPEN_TO_ALL
    response["Cache-Control"] = "public, max-age=3600"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


@require_safe
@stored
def groups_of_region(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The public groups of a place."""
    groups = rows.public_groups().within(_region(code))
    return _file(Sheet(_("KIM"), rows.GROUP_HEAD, rows.group_rows(groups, Names(), PUBLIC_MOST)), kind)


@require_safe
@stored
def stories_of_region(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """What a place published, the newest first."""
    return _stories(Story.objects.of_place(_region(code)), kind)


@require_safe
@stored
def stories_of_group(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """What a group published, the newest first."""
    group = rows.public_groups().filter(slug=slug).first()
    if group is None:
        raise NotThere(_("Tidak ada KIM dengan alamat ini. Cari dengan nama desa atau kelurahan Anda."))
    return _stories(Story.objects.filter(group=group), kind)


def _stories(stories: Any, kind: str) -> HttpResponse:
    shown = stories.published().filter(group__state__in=Group.PUBLIC)
    return _file(Sheet(_("Kabar"), rows.STORY_HEAD, rows.story_rows(shown, Names(), PUBLIC_MOST)), kind)


def _region(code: str) -> Region:
    found = Region.objects.filter(code=code).first()
    if found is None:
        raise NotThere(_("Tidak ada wilayah dengan kode %(code)s.") % {"code": code[:20]})
    return found


def _file(sheet: Sheet, kind: str) -> HttpResponse:
    """A whole answer, which the page store can keep: what is public is rendered once and then a file."""
    made = answer(sheet.name, kind, [sheet])
    return HttpResponse(b"".join(made.streaming_content), content_type=made["Content-Type"])  # type: ignore[arg-type]
