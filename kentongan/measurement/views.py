"""The figures of an officer's own places: the same as the public reads, what needs attention before anything else, and their notes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core.actions import may
from kentongan.core.errors import NotAllowed, NotThere
from kentongan.documents.downloads import downloadable
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups.models import Appointment, Standing, posts_of
from kentongan.measurement import actions
from kentongan.measurement.forms import NoteForm
from kentongan.measurement.models import BY_KEY, HEADLINES, TABLED, Note, Place, after
from kentongan.regions.models import Level, Region
from kentongan.ui.writing import date_only, number

SHOWN = 5
INVALID = 422
ATTENTION = (
    ("sk-berlaku", gettext_lazy("SK-nya tidak berlaku hari ini")),
    ("pengurus-lengkap", gettext_lazy("pengurusnya belum lengkap")),
    ("ditegaskan", gettext_lazy("pengurus dan kontaknya belum ditegaskan ulang")),
    ("aktif", gettext_lazy("tidak menulis dalam masa aturan wilayahnya")),
)


@dataclass(frozen=True)
class Attention:
    """Groups of which something is not as it should be: the first by name, how many, and all of them."""

    title: str
    n: int
    of: int
    first: list[Standing]
    href: str


def place_of(request: HttpRequest) -> tuple[Appointment | None, Region | None]:
    """The post in use and the place asked about (`?wilayah=`), which lies in the post's subtree; the operator sees the nation.

    Raises NotAllowed for who serves nowhere, NotThere for a place outside.
    """
    person = _person(request)
    post = next((post for post in posts_of(person) if isinstance(post, Appointment)), None)
    if post is None and not person.operator:
        raise NotAllowed(_("Halaman ini untuk petugas instansi. Anda tidak sedang bertugas di mana pun."))
    own = post.office.region if post else None
    code = (request.POST if request.method == "POST" else request.GET).get("wilayah", "")
    if not code or (own and code == own.code):
        return post, own
    asked = Region.objects.filter(code=code).first()
    if asked is None or (own is not None and not own.contains(asked)):
        raise NotThere(_("Wilayah itu bukan bagian dari wilayah tugas Anda."))
    return post, asked


def numbers_sheet(request: HttpRequest) -> Sheet:
    """The places below with their figures, each with numerator and denominator."""
    place = Place(place_of(request)[1])
    head = [_("Kode"), _("Wilayah"), _("KIM ber-SK"), _("Desa/kelurahan")]
    head += [str(BY_KEY[key].label) for key in TABLED]
    return Sheet(_("Angka"), head, (_cells(one) for one in place.below))


def _cells(one: Any) -> list[Cell]:
    return [
        one.region.code,
        one.region.label,
        one.counts.get("formed", 0),
        one.villages,
        *(one.counts.get(BY_KEY[key].measure, 0) for key in TABLED),
    ]


@require_safe
@signed_in
@downloadable(numbers_sheet)
def numbers(request: HttpRequest) -> HttpResponse:
    """Figures first, then what needs attention, then the places below in the order of their codes: no ranking, of nobody."""
    return _page(request, NoteForm(initial={"angka": request.GET.get("angka"), "membetulkan": request.GET.get("membetulkan")}))


@require_POST
@signed_in
def notes(request: HttpRequest) -> HttpResponse:
    """Write beside a figure."""
    _post, region = place_of(request)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=INVALID)
    given = form.cleaned_data
    corrects = Note.objects.filter(pk=given["membetulkan"], region=region).first() if given["membetulkan"] else None
    indicator = corrects.indicator if corrects else given["angka"]
    actions.write_note(region, indicator=indicator, period=given["masa"], text=given["catatan"], corrects=corrects, by=_person(request))
    where = {"selesai": "measurement.write_note"} | ({"wilayah": region.code} if region else {})
    return redirect(f"{reverse('measurement:numbers')}?{urlencode(where)}")


def _page(request: HttpRequest, form: NoteForm, status: int = 200) -> HttpResponse:
    post, region = place_of(request)
    place = Place(region)
    context = {
        "post": post,
        "place": place,
        "region": region,
        "figures": [_number(figure, place) for figure in place.figures(HEADLINES)],
        "attention": _attention(place),
        "table": _table(place),
        "notes": list(Note.objects.beside(region)[:20]),
        "form": form,
        "may_write": may(_person(request), "measurement.write_note", Note(region=region, indicator="cakupan")),
        "corrected": Note.objects.filter(pk=form["membetulkan"].value() or 0, region=region).first(),
        "public": reverse("portal:numbers_of", args=[region.code]) if region else reverse("portal:numbers"),
        "day": date_only(place.at, region),
    }
    return render(request, "measurement/numbers.html", context, status=status)


def _number(figure: Any, place: Place) -> dict[str, Any]:
    meaning = _("%(label)s: %(share)s. Dihitung %(day)s") % {
        "label": figure.indicator.label,
        "share": figure.share,
        "day": date_only(place.at, place.region),
    }
    return {"figure": figure.n, "of": figure.of, "meaning": meaning, "href": _open(place, figure.indicator.key)}


def _open(place: Place, key: str, *, lacking: bool = False) -> str:
    more = "_lacking" if lacking else ""
    if place.region is None:
        return reverse(f"portal:number{more}", args=[key])
    return reverse(f"portal:number_of{more}", args=[place.region.code, key])


def _attention(place: Place) -> list[Attention]:
    """One short query a list; how many stands in the counts."""
    formed = place.counts.get("formed", 0)
    lists = []
    for key, title in ATTENTION:
        indicator = BY_KEY[key]
        n = place.counts.get("dormant", 0) if key == "aktif" else formed - place.counts.get(indicator.measure, 0)
        rows = place.rows(BY_KEY["diam"]) if key == "aktif" else place.rows(indicator, lacking=True)
        href = _open(place, "diam") if key == "aktif" else _open(place, key, lacking=True)
        lists.append(Attention(str(title), n, formed, after(rows, None, SHOWN) if n else [], href))
    return lists


def _table(place: Place) -> dict[str, Any] | None:
    if not place.below:
        return None
    head = [str(Level(place.level_below).label), _("KIM"), *(str(BY_KEY[key].label) for key in TABLED)]
    return {"head": head, "rows": [_row(one) for one in place.below]}


def _row(one: Any) -> list[Any]:
    here = f"{reverse('measurement:numbers')}?{urlencode({'wilayah': one.region.code})}"
    return [(one.region.short_label, here), number(one.counts.get("formed", 0)), *(one.figure(key).written for key in TABLED)]


def _person(request: HttpRequest) -> Person:
    person: Person = request.person  # type: ignore[attr-defined]
    return person
