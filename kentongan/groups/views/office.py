"""The desk of an office: its region at a glance, its officers, its rules."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person, Recovery
from kentongan.core.actions import may
from kentongan.core.errors import BadRequest, NotAllowed, NotNow, NotThere
from kentongan.core.settings import registered
from kentongan.documents.downloads import downloadable
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups import actions, forms
from kentongan.groups.models import CODE_OF_LEVEL, Appointment, Decree, Group, Office, posts_of, with_rules
from kentongan.groups.permissions import keeps_registers, sets_rules_for
from kentongan.groups.views.lists import rows_of
from kentongan.groups.views.page import INVALID, ask, days_ago, done, person_of, seen
from kentongan.groups.views.people import access_of, account_of, running_recovery, slip_page
from kentongan.regions.models import Level, Region, RegionSetting, SettingOrigin
from kentongan.ui.writing import date_only, number

SHOWN = 20
PAGE = 20


def post_of(request: HttpRequest) -> Appointment | None:
    """The appointment in use; None for the operator, who sees the nation. Raises NotAllowed for everybody else."""
    person = person_of(request)
    post = next((post for post in posts_of(person) if isinstance(post, Appointment)), None)
    if post is None and not person.operator:
        raise NotAllowed(_("Halaman ini untuk petugas instansi. Anda tidak sedang bertugas di mana pun."))
    return post


@require_safe
@signed_in
def region(request: HttpRequest) -> HttpResponse:
    """What waits in the region: to verify, stuck, decrees that end, dormant groups, coverage."""
    post = post_of(request)
    place = post.office.region if post else None
    rules = {key: origin.value for key, origin in origins_in(place).items()}
    context = {"post": post, "place": place, "numbers": numbers_of(place), "rules": rules, "soon": soon_in(rules)}
    context["keeps_register"] = keeps_registers(post)
    return render(request, "groups/office.html", context | watched(place, rules))


def origins_in(place: Region | None) -> dict[str, SettingOrigin]:
    """This room's settings as they hold in a region (None: the nation), by key; one query."""
    if place is not None:
        return {origin.setting.key: origin for origin in place.setting_origins() if origin.setting.key.startswith("groups.")}
    rows = {row.key: row for row in RegionSetting.objects.current().filter(region=None)}
    return {key: SettingOrigin.of(setting, rows.get(key)) for key, setting in sorted(registered().items()) if key.startswith("groups.")}


def numbers_of(place: Region | None) -> list[dict[str, Any]]:
    """Coverage with its denominator, counted as the public page counts it: groups with a decree, suspended ones too. Two queries."""
    villages = (Region.objects.within(place) if place else Region.objects.all()).at_level(Level.VILLAGE).count()
    decreed = Q(state__in=(*Group.PUBLISHING, Group.State.SUSPENDED))
    count = Group.objects.within(place).aggregate(
        villages=Count("village_code", distinct=True, filter=decreed & ~Q(village_code="")),
        groups=Count("pk", filter=decreed),
        verified=Count("pk", filter=Q(state=Group.State.VERIFIED)),
        forming=Count("pk", filter=Q(state__in=Group.FORMING)),
    )
    percent = 100 * count["villages"] / villages if villages else 0
    share = f" ({number(percent, 1 if percent >= 0.1 or not percent else 2)}%)" if villages else ""
    today = date_only(timezone.localdate())
    mine = reverse("groups:mine")
    return [
        {
            "figure": count["villages"],
            "of": villages,
            "meaning": _("desa dan kelurahan punya KIM ber-SK%(share)s, %(today)s") % {"share": share, "today": today},
            "href": f"{mine}?keadaan=ber-sk",
        },
        {
            "figure": count["verified"],
            "of": count["groups"],
            "meaning": _("KIM ber-SK sudah diverifikasi, %(today)s") % {"today": today},
            "href": f"{mine}?keadaan=terverifikasi",
        },
        {
            "figure": count["forming"],
            "of": None,
            "meaning": _("dalam pembentukan, %(today)s") % {"today": today},
            "href": f"{mine}?keadaan=pembentukan",
        },
    ]


def watched(place: Region | None, rules: dict[str, Any]) -> dict[str, Any]:
    """The lists an officer watches, the first of each. Three queries, and one for the rules of all groups shown."""
    groups = Group.objects.within(place).select_related("region")
    long_ago = timezone.now() - timedelta(days=rules["groups.stuck_days"])
    forming = list(
        groups.filter(Q(state="registered") | Q(state__in=Group.FORMING, waiting_since__lt=long_ago)).longest_waiting()[: 2 * SHOWN]
    )
    dormant = list(groups.dormant(rules["groups.dormant_days"]).order_by("last_published_at", "id")[:SHOWN])
    with_rules([*forming, *dormant])
    return {
        "to_verify": [
            row | {"kind": _whose(row, place)} for row in rows_of([group for group in forming if group.state == Group.State.REGISTERED])
        ],
        "stuck": rows_of([group for group in forming if group.state != Group.State.REGISTERED]),
        "dormant": [_dormant_row(group) for group in dormant],
        "decrees": [_decree_row(decree) for decree in ending_decrees(place, soon_in(rules))],
    }


def _whose(row: dict[str, Any], place: Region | None) -> str:
    """Warm where it waits for this very office: the regency's verifies."""
    mine = place is not None and place.level == Level.REGENCY and row["kind"] != "late"
    return "" if mine else str(row["kind"])


def soon_in(rules: dict[str, Any]) -> int:
    """The days before an end from which the region's rule tells of it."""
    return max(int(days) for days in rules["groups.reminder_days"])


def ending_decrees(place: Region | None, soon: int) -> list[Decree]:
    """Decrees that end within so many days, or ended, with none that follows; of groups that publish."""
    here = Q(**{f"group__{CODE_OF_LEVEL[place.level]}": place.code}) if place else Q()
    follows = Decree.objects.filter(group=OuterRef("group"), withdrawn=False, ends__gt=OuterRef("ends"))
    limit = timezone.localdate() + timedelta(days=soon)
    rows = Decree.objects.filter(here, ends__lte=limit, withdrawn=False, group__state__in=Group.PUBLISHING).exclude(Exists(follows))
    return list(rows.select_related("group__region").order_by("ends", "id")[:SHOWN])


def _decree_row(decree: Decree) -> dict[str, Any]:
    left = (decree.ends - timezone.localdate()).days
    until = _("%(days)s lagi") % {"days": days_ago(left)} if left > 0 else _("hari ini")
    return {
        "title": decree.group.name,
        "href": reverse("groups:group", args=[decree.group_id]),
        "meta": f"{decree} · {decree.group.region.full_label}",
        "kind": "late" if left < 0 else "theirs",
        "due": _("sudah berakhir") if left < 0 else until,
        "due_note": date_only(decree.ends),
    }


def _dormant_row(group: Group) -> dict[str, Any]:
    last = (
        _("Kabar terakhir %(day)s") % {"day": date_only(group.last_published_at)}
        if group.last_published_at
        else _("Belum pernah menerbitkan kabar")
    )
    return {
        "title": group.name,
        "href": reverse("groups:group", args=[group.pk]),
        "meta": f"{group.region.full_label} · {last}",
        "kind": "theirs",
    }


def officers_sheet(request: HttpRequest) -> Sheet:
    """Who serves in the offices of the region. No numbers of telephones."""
    post = post_of(request)
    head = (_("Nama"), _("Jabatan"), _("Instansi"), _("Kode wilayah"), _("Nomor surat"), _("Mulai"), _("Sampai"))
    rows = officers_in(post).order_by("pk").iterator(chunk_size=1000)
    return Sheet(_("Petugas"), head, (_officer_row(row) for row in rows))


def _officer_row(row: Appointment) -> tuple[Cell, ...]:
    place = row.office.region.code if row.office.region else ""
    return (row.person.name, row.title, row.office.name, place, row.letter, row.starts, row.ends)


def officers_in(post: Appointment | None) -> QuerySet[Appointment]:
    """Current appointments in the region of a post; of the nation for none."""
    place = post.office.region if post else None
    below = Q(office__region__code=place.code) | Q(office__region__code__startswith=f"{place.code}.") if place else Q()
    return Appointment.objects.current().filter(below).select_related("person", "office__region")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@downloadable(officers_sheet)
def officers(request: HttpRequest) -> HttpResponse:
    """Who serves in the offices of the region; appoint somebody."""
    post, person = post_of(request), person_of(request)
    form = forms.AppointForm(request.POST if request.method == "POST" else None, initial={"starts": timezone.localdate()})
    if request.method != "POST":
        return officers_page(request, post, form)
    if not form.is_valid():
        return officers_page(request, post, form, INVALID)
    try:
        row = actions.appoint(**form.facts(), by=person)
    except NotNow as refused:
        form.add_error(None, refused.sentence)
        return officers_page(request, post, form, refused.status)
    return done(reverse("groups:officer", args=[row.pk]), "groups.appoint")


def officers_page(request: HttpRequest, post: Appointment | None, form: forms.AppointForm, status: int = 200) -> HttpResponse:
    """One page of current appointments in the region, by id."""
    place, after = (post.office.region if post else None), request.GET.get("sesudah", "")
    rows = officers_in(post).filter(pk__gt=int(after) if after.isdecimal() and len(after) < 18 else 0)
    found = list(rows.order_by("pk")[: PAGE + 1])
    older = f"?{urlencode({'sesudah': found[PAGE - 1].pk})}" if len(found) > PAGE else ""
    appoints = person_of(request).operator or (post is not None and post.office.kind in (Office.Kind.COMMUNICATION, Office.Kind.MINISTRY))
    crumbs = [(_("Wilayah"), reverse("groups:office")), (_("Petugas"), "")]
    return render(
        request,
        "groups/officers.html",
        {"rows": found[:PAGE], "older": older, "form": form, "place": place, "appoints": appoints, "crumbs": crumbs},
        status=status,
    )


def officer_or_404(request: HttpRequest, pk: int) -> Appointment:
    """An appointment within the region of the post in use."""
    post = post_of(request)
    row = get_object_or_404(Appointment.objects.select_related("person__account", "office__region"), pk=pk)
    if post and not (post.office_id == row.office_id or (row.office.region and post.office.covers(row.office.region))):
        raise NotThere(_("Petugas ini di luar wilayah Anda."))
    return row


@require_safe
@signed_in
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """One appointment: person, letter, term, what may be done."""
    return officer_page(request, officer_or_404(request, pk), {})


def officer_page(request: HttpRequest, row: Appointment, bound: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of one appointment; `bound` holds forms that were refused."""
    person: Person = person_of(request)
    crumbs = [(_("Wilayah"), reverse("groups:office")), (_("Petugas"), reverse("groups:officers")), (row.person.name, "")]
    context = {
        "row": row,
        "crumbs": crumbs,
        "end_form": bound.get("end") or forms.EndForm(auto_id="end-%s"),
        "may_end": may(person, "groups.end_appointment", row),
    }
    context |= access_of(person, account_of(row.person), bound, reverse("groups:officer", args=[row.pk]))
    return render(request, "groups/officer.html", context, status=status)


@require_POST
@signed_in
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment."""
    row = officer_or_404(request, pk)
    ask(person_of(request), "groups.end_appointment", row)
    form = forms.EndForm(request.POST, auto_id="end-%s")
    if not form.is_valid():
        return officer_page(request, row, {"end": form}, INVALID)
    actions.end_appointment(seen(request, row), **form.cleaned_data, by=person_of(request))
    return done(reverse("groups:officers"), "groups.end_appointment")


@require_POST
@signed_in
@never_cache
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the slip of a first sign-in."""
    row = officer_or_404(request, pk)
    account = account_of(row.person)
    code = actions.print_slip(account, by=person_of(request))
    return slip_page(request, account, code, body=str(row), back=reverse("groups:officer", args=[pk]))


@require_POST
@signed_in
def recovery(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a way back into an officer's account."""
    row = officer_or_404(request, pk)
    account, form = account_of(row.person), forms.RecoveryForm(request.POST)
    ask(person_of(request), "groups.request_recovery", Recovery.ask(account, person_of(request), ""))
    if not form.is_valid():
        return officer_page(request, row, {"recovery": form}, INVALID)
    actions.request_recovery(account, **form.cleaned_data, by=person_of(request))
    return done(reverse("groups:officer", args=[pk]), "groups.request_recovery")


@require_POST
@signed_in
@never_cache
def recovery_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person stands for it; the slip works a day later."""
    row = officer_or_404(request, pk)
    account = account_of(row.person)
    code = actions.confirm_recovery(running_recovery(request, account), by=person_of(request))
    return slip_page(request, account, code, body=str(row), back=reverse("groups:officer", args=[pk]), hours=24)


@require_safe
@signed_in
def rules(request: HttpRequest) -> HttpResponse:
    """The rules that hold in the region of the post, and where each comes from."""
    post = post_of(request)
    place = post.office.region if post else None
    origins = place.setting_origins() if place else list(origins_in(None).values())
    context = {"place": place, "origins": origins, "may_set": bool(post and sets_rules_for(post, place))}
    return render(request, "groups/rules.html", context | {"crumbs": [(_("Wilayah"), reverse("groups:office")), (_("Aturan"), "")]})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule of the region, or of a place below it (`?kode=`), and the form that sets it."""
    post = post_of(request)
    place, setting = place_below(post, request.GET.get("kode", "")), registered().get(key)
    if setting is None:
        raise NotThere(_("Aturan ini tidak ada."))
    origin = place.setting_origin(key) if place else SettingOrigin.of(setting, None)
    form = forms.SettingForm(request.POST if request.method == "POST" else None, setting=setting, value=origin.value)
    draft = RegionSetting(region=place, key=key)
    if request.method == "POST":
        ask(person_of(request), "groups.set_region_setting", draft)
        if form.is_valid():
            actions.set_region_setting(place, key, **form.facts(), by=person_of(request))
            return done(reverse("groups:rules"), "groups.set_region_setting")
    context: dict[str, Any] = {
        "place": place,
        "setting": setting,
        "origin": origin,
        "form": form,
        "may_set": may(person_of(request), "groups.set_region_setting", draft),
    }
    context["crumbs"] = [(_("Wilayah"), reverse("groups:office")), (_("Aturan"), reverse("groups:rules")), (str(setting.label), "")]
    return render(request, "groups/rule.html", context, status=INVALID if request.method == "POST" else 200)


def place_below(post: Appointment | None, code: str) -> Region | None:
    """The region of the post, or one below it by its code."""
    place = post.office.region if post else None
    if not code:
        return place
    try:
        below = Region.objects.by_code(code)
    except Region.DoesNotExist as missing:
        raise BadRequest(_("Tidak ada wilayah dengan kode itu.")) from missing
    if place and not place.contains(below):
        raise NotThere(_("Wilayah ini di luar wilayah Anda."))
    return below
