"""Government material at the desk: an office's packages and their receipts, and what a group answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core.errors import NotAllowed
from kentongan.documents.downloads import downloadable
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups.models import Appointment, Group, Membership, Office, posts_of
from kentongan.media.models import Shown
from kentongan.newsroom import actions, forms, markdown
from kentongan.newsroom.models import Material, Offer, Story
from kentongan.newsroom.permissions.materials import serves
from kentongan.newsroom.views.desk import ask, ask_right, done, form_page, person_of, post_of, seen
from kentongan.newsroom.views.offering import MATERIAL_VERBS, OFFER_VERBS, SEND
from kentongan.newsroom.views.verbs import Door, Verb, bound, doors

PAGE = 20
MATERIAL_TAGS = {"sent": "good", "withdrawn": "bad"}
OFFER_TAGS = {"sent": "warn", "read": "brand", "commented": "brand", "adopted": "good"}
RECEIPTS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("", gettext_lazy("Semua"), ()),
    ("belum", gettext_lazy("Belum dibaca"), ("sent",)),
    ("dibaca", gettext_lazy("Dibaca, belum dijawab"), ("read", "commented")),
    ("dipakai", gettext_lazy("Dipakai"), ("adopted",)),
    ("tidak", gettext_lazy("Tidak dipakai"), ("declined",)),
)
"""The tabs over an office's receipts: name in the address, label, states."""


@dataclass
class MaterialDesk:
    """Everything the page of one material says, for its office and for the groups it was offered to."""

    material: Material
    person: Person
    tab: str = ""
    before: str = ""
    sent: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def ours(self) -> Any:
        """The appointment by which this person sees the office's side; None for a group's people."""
        return serves(self.person, self.material)

    @property
    def state_tag(self) -> str:
        return MATERIAL_TAGS.get(self.material.state, "")

    @cached_property
    def doors(self) -> list[Door]:
        """What its office can do with it now."""
        return doors(MATERIAL_VERBS, self.material, self.person, material_address(self.material), self.sent) if self.ours else []

    @cached_property
    def body(self) -> str:
        return markdown.html(self.material.as_body())

    @cached_property
    def photo(self) -> Shown | None:
        """Its photo, once it is prepared."""
        return self.material.photo.shown(private=True) if self.material.photo else None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What one should know before using it."""
        material = self.material
        said = [
            (_("Dari"), material.office.name),
            (_("Masa berlaku"), material.validity()),
            (_("Izin pakai"), material.get_licence_display()),
            (_("Bidang"), material.field.capitalize()),
        ]
        return [(name, words) for name, words in said if words]

    @cached_property
    def offers(self) -> list[dict[str, Any]]:
        """The offers of it at this person's groups, each with what can be done."""
        groups = [post.group_id for post in posts_of(self.person) if isinstance(post, Membership)]
        rows = self.material.offers.filter(group__in=groups).select_related("group__region", "story", "answered_by", "commented_by")
        return [self._offer(row) for row in rows]

    def _offer(self, offer: Offer) -> dict[str, Any]:
        offer.material = self.material
        here = doors(OFFER_VERBS, offer, self.person, offer_address(offer), self.sent)
        return {"row": offer, "tag": OFFER_TAGS.get(offer.state, ""), "doors": here}

    @cached_property
    def counts(self) -> dict[str, int]:
        return self.material.counts()

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """How far it went: each figure with what it is counted out of."""
        sent, count = sum(self.counts.values()), self.counts.get
        return [
            {"figure": sent, "of": "", "meaning": _("KIM menerima bahan ini")},
            {"figure": sent - count("sent", 0), "of": sent, "meaning": _("KIM sudah membacanya")},
            {"figure": count("adopted", 0), "of": sent, "meaning": _("KIM memakainya sebagai draf kabar")},
            {"figure": count("declined", 0), "of": sent, "meaning": _("KIM tidak memakainya, dengan alasan")},
            {"figure": self.published, "of": count("adopted", 0), "meaning": _("kabar dari bahan ini sudah terbit")},
        ]

    @cached_property
    def published(self) -> int:
        """How many stories made of it are out."""
        return self.material.stories.filter(state=Story.State.PUBLISHED).count()

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """Over the receipts."""
        return [{"label": label, "href": f"?tanda={key}#tanda-terima", "current": key == self.tab} for key, label, _states in RECEIPTS]

    @cached_property
    def receipts(self) -> list[dict[str, Any]]:
        """One page of what groups answered, newest first, and one more row when there are more."""
        states = next((states for key, _label, states in RECEIPTS if key == self.tab), ())
        rows = self.material.offers.select_related("group__region", "answered_by", "commented_by", "story__group").order_by("-id")
        rows = rows.filter(state__in=states) if states else rows
        rows = rows.filter(pk__lt=self.before) if self.before.isdecimal() and len(self.before) < 18 else rows
        return [{"row": row, "tag": OFFER_TAGS.get(row.state, "")} for row in rows[: PAGE + 1]]

    @property
    def shown(self) -> list[dict[str, Any]]:
        return self.receipts[:PAGE]

    @property
    def older(self) -> str:
        """Where the next page of receipts begins."""
        more = len(self.receipts) > PAGE
        return f"?tanda={self.tab}&sebelum={self.receipts[PAGE - 1]['row'].pk}#tanda-terima" if more else ""


def materials_sheet(request: HttpRequest) -> Sheet:
    """The list that is open, as rows: of an office its packages, of a group what was offered to it."""
    post = _reading_post(request)
    if isinstance(post, Appointment):
        found = Material.objects.filter(office=post.office).select_related("office__region").order_by("-id").iterator(chunk_size=500)
        own = (_("Nomor"), _("Judul"), _("Ringkasan"), _("Keadaan"), _("Dikirim"), _("Berlaku sampai"), _("Izin pakai"))
        return Sheet(_("Bahan informasi"), own, (_material_cells(row) for row in found))
    offers = Offer.objects.filter(group=post.group)
    offers = offers if request.GET.get("bagian") == "semua" else offers.open()
    rows = offers.select_related("material__office").order_by("-id").iterator(chunk_size=500)
    head = (_("Nomor"), _("Judul"), _("Ringkasan"), _("Instansi"), _("Keadaan"), _("Berlaku sampai"))
    return Sheet(_("Bahan dari instansi"), head, (_offer_cells(row) for row in rows))


def _material_cells(row: Material) -> tuple[Cell, ...]:
    return (row.pk, row.title, row.summary, row.state_label, row.sent_at, row.valid_until, str(row.get_licence_display()))


def _offer_cells(row: Offer) -> tuple[Cell, ...]:
    material = row.material
    return (material.pk, material.title, material.summary, material.office.name, row.state_label, material.valid_until)


def _reading_post(request: HttpRequest) -> Membership | Appointment:
    """The post in use. Raises NotAllowed for who has none."""
    post = post_of(request)
    if post is None:
        raise NotAllowed(_("Bahan informasi dibaca anggota KIM dan petugas instansi. Anda belum punya tugas di salah satunya."))
    return post


@require_safe
@signed_in
@downloadable(materials_sheet)
def materials(request: HttpRequest) -> HttpResponse:
    """An officer sees the packages of the office in use, a member what was offered to the group in use."""
    post = _reading_post(request)
    before = request.GET.get("sebelum", "")
    before = before if before.isdecimal() and len(before) < 18 else ""
    if isinstance(post, Appointment):
        return _of_office(request, post.office, before)
    return _of_group(request, post.group, before, everything=request.GET.get("bagian") == "semua")


def _of_office(request: HttpRequest, office: Office, before: str) -> HttpResponse:
    found = Material.objects.filter(office=office).select_related("office__region")
    rows, older = _page(found, before)
    tally: dict[int, dict[str, int]] = {}
    for material, state, count in (
        Offer.objects.filter(material__in=rows).order_by().values_list("material", "state").annotate(n=Count("pk"))
    ):
        tally.setdefault(material, {})[state] = count
    listed = [{"row": row, "tag": MATERIAL_TAGS.get(row.state, ""), "said": _tally(tally.get(row.pk, {}))} for row in rows]
    context = {"office": office, "rows": listed, "older": f"?sebelum={older}" if older else "", "crumbs": _crumbs()[:1]}
    return render(request, "newsroom/materials.html", context)


def _of_group(request: HttpRequest, group: Group, before: str, *, everything: bool) -> HttpResponse:
    found = Offer.objects.filter(group=group).select_related("material__office__region")
    rows, older = _page(found if everything else found.open(), before)
    tabs = [
        {"label": _("Menunggu"), "href": "?", "current": not everything},
        {"label": _("Semua"), "href": "?bagian=semua", "current": everything},
    ]
    listed = [{"row": row, "tag": OFFER_TAGS.get(row.state, "")} for row in rows]
    mark = f"?{'bagian=semua&' if everything else ''}sebelum={older}" if older else ""
    context = {"group": group, "offers": listed, "tabs": tabs, "older": mark, "everything": everything, "crumbs": _crumbs()[:1]}
    return render(request, "newsroom/offers.html", context)


def _page(rows: QuerySet[Any], before: str) -> tuple[list[Any], int | None]:
    """Up to PAGE rows older than `before`, newest first, and where the next page begins."""
    found = list((rows.filter(pk__lt=before) if before else rows).order_by("-id")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def _tally(counts: dict[str, int]) -> str:
    """How far a material went, in one line."""
    sent = sum(counts.values())
    words = _("%(sent)s KIM menerima · %(read)s membaca · %(adopted)s memakai · %(declined)s tidak memakai")
    numbers = {
        "sent": sent,
        "read": sent - counts.get("sent", 0),
        "adopted": counts.get("adopted", 0),
        "declined": counts.get("declined", 0),
    }
    return words % numbers if sent else ""


@require_safe
@signed_in
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One material: what it says, and what its office or the group that got it can do."""
    return page(request, material_for(request, pk))


def page(request: HttpRequest, material: Material, sent: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The material's page, with forms that came back."""
    known = {key for key, _label, _states in RECEIPTS}
    tab = request.GET.get("tanda", "")
    desk = MaterialDesk(material, person_of(request), tab if tab in known else "", request.GET.get("sebelum", ""), sent or {})
    return render(request, "newsroom/material.html", {"material": material, "desk": desk, "crumbs": _crumbs()}, status=status)


@form_page
@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    """Prepare a package."""
    office = office_of(request)
    fresh = Material(office=office)
    ask(request, "newsroom.draft_material", fresh)
    form = forms.MaterialForm(request.POST or None, request.FILES or None, instance=fresh, office=office)
    if request.method == "POST" and form.is_valid():
        said = {name: words for name, words in form.said().items() if name != "without_photo"}
        made = actions.draft_material(office, by=person_of(request), **said)
        return done("newsroom:receivers", made.pk, "newsroom.draft_material")
    context = {"form": form, "office": office, "crumbs": [*_crumbs(), (_("Bahan baru"), "")]}
    return render(request, "newsroom/material_write.html", context, status=400 if form.is_bound else 200)


@form_page
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a package that is not sent yet."""
    material = material_for(request, pk)
    sent = request.method == "POST"
    ask_right(request, "newsroom.edit_material", material)
    ask(request, "newsroom.edit_material", material)
    form = forms.MaterialForm(request.POST if sent else None, request.FILES if sent else None, instance=material, office=material.office)
    if sent and form.is_valid():
        actions.edit_material(seen(request, material_for(request, pk)), by=person_of(request), **form.said())
        return done("newsroom:material", material.pk, "newsroom.edit_material")
    context = {"form": form, "material": material, "office": material.office, "crumbs": [*_crumbs(material), (_("Ubah"), "")]}
    return render(request, "newsroom/material_write.html", context, status=400 if sent else 200)


@form_page
@signed_in
def receivers(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who gets it, and see who that is before it is sent."""
    material = material_for(request, pk)
    sent = request.method == "POST"
    ask_right(request, "newsroom.choose_receivers", material)
    ask(request, "newsroom.choose_receivers", material)
    form = forms.ReceiversForm(request.POST if sent else None, material=material)
    if sent and form.is_valid():
        words = form.cleaned_data
        actions.choose_receivers(seen(request, material), region=words["region"], field=words["to_field"], by=person_of(request))
        return done("newsroom:receivers", material.pk, "newsroom.choose_receivers")
    return _receiving(request, material, form, status=400 if sent else 200)


@require_POST
@signed_in
def receivers_listed(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose them one by one. All of them ticked is no list: who joins until it is sent gets it too."""
    material = material_for(request, pk)
    ask_right(request, "newsroom.choose_receivers", material)
    groups = _tickable(material)
    form = forms.GroupsForm(request.POST, material=material, groups=groups)
    if not form.is_valid():
        return _receiving(request, material, forms.ReceiversForm(material=material), form, 400)
    ticked = list(form.cleaned_data["groups"])
    listed = [] if len(ticked) == len(groups) else ticked
    actions.choose_receivers(
        seen(request, material), region=material.to_region, field=material.to_field, groups=listed, by=person_of(request)
    )
    return done("newsroom:receivers", material.pk, "newsroom.choose_receivers")


def _receiving(request: HttpRequest, material: Material, form: Any, ticks: Any = None, status: int = 200) -> HttpResponse:
    groups, left = _tickable(material), list(material.left_out().select_related("region")[: forms.TICKS_MOST])
    some = [group for group in groups if not material.listed or group.pk in material.listed] if groups else _first(material)
    count = len(some) if groups else material.receivers().count()
    context = {
        "material": material,
        "form": form,
        "ticks": ticks or (forms.GroupsForm(material=material, groups=groups) if groups else None),
        "count": count,
        "some": some,
        "more": count - len(some),
        "left_out": left,
        "send": doors((SEND,), material, person_of(request), material_address(material), {}),
        "crumbs": [*_crumbs(material), (_("Penerima"), "")],
    }
    return render(request, "newsroom/receivers.html", context, status=status)


def _first(material: Material) -> list[Group]:
    """Of many, the first by name."""
    return list(material.receivers().select_related("region").order_by("name", "pk")[: forms.TICKS_MOST])


def _tickable(material: Material) -> list[Group]:
    """The groups of the chosen place and field, when they are few enough to be ticked one by one."""
    wide = Material(office=material.office, to_region=material.to_region, to_field=material.to_field)
    found = list(wide.receivers().select_related("region").order_by("name", "pk")[: forms.TICKS_MOST + 1])
    return found if len(found) <= forms.TICKS_MOST else []


def material_verb(verb: Verb) -> Callable[..., HttpResponseBase]:
    """The view of one verb of a material."""

    @require_POST
    @signed_in
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        material = material_for(request, pk)
        return _carry_out(request, verb, material, material)

    return view


def offer_verb(verb: Verb) -> Callable[..., HttpResponseBase]:
    """The view of one verb of an offer."""

    @require_POST
    @signed_in
    def view(request: HttpRequest, pk: int, part: int) -> HttpResponse:
        rows = Offer.objects.visible_to(person_of(request)).select_related("material__office__region", "material__photo", "group__region")
        offer = get_object_or_404(rows, pk=part, material=pk)
        return _carry_out(request, verb, offer, offer.material)

    return view


def _carry_out(request: HttpRequest, verb: Verb, thing: Any, material: Material) -> HttpResponse:
    """Check what was typed, do it, go back to the material; what became a draft leads on to the draft."""
    ask_right(request, verb.action, thing)
    form = bound(verb, thing, request.POST)
    if form is not None and not form.is_valid():
        return page(request, material, {f"{verb.name}-{thing.pk}": form}, status=400)
    made = verb.do(seen(request, thing), by=person_of(request), **(form.cleaned_data if form else {}))  # type: ignore[misc]
    return done("newsroom:story" if isinstance(made, Story) else "newsroom:material", _number(made), verb.action)


def _number(made: Any) -> int:
    """Whose page shows what was done."""
    return int(made.material_id if isinstance(made, Offer) else made.pk)


def material_for(request: HttpRequest, pk: int) -> Material:
    """The material, when this person may see it. Raises Http404."""
    rows = Material.objects.visible_to(person_of(request)).select_related("office__region", "by", "photo", "to_region")
    return get_object_or_404(rows, pk=pk)


def office_of(request: HttpRequest) -> Office:
    """The office of the post in which this person serves. Raises NotAllowed when there is none."""
    post = next((post for post in posts_of(person_of(request)) if isinstance(post, Appointment)), None)
    if post is None:
        raise NotAllowed(_("Bahan informasi disiapkan petugas instansi. Anggota KIM menulis kabar sendiri."))
    return post.office


def material_address(material: Material) -> Callable[[Verb], str]:
    """Where the verbs of a material are sent."""
    return lambda verb: reverse(f"newsroom:{verb.name}", args=[material.pk])


def offer_address(offer: Offer) -> Callable[[Verb], str]:
    """Where the verbs of an offer are sent."""
    return lambda verb: reverse(f"newsroom:{verb.name}", args=[offer.material_id, offer.pk])


def _crumbs(material: Material | None = None) -> list[tuple[str, str]]:
    here = [(_("Kabar"), reverse("newsroom:stories")), (_("Bahan informasi"), reverse("newsroom:materials"))]
    return [*here, (material.title, material.get_absolute_url())] if material else here
