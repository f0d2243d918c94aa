"""Guidance: the log of a group, and what an office plans, forgot, and is warned of."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core.actions import may
from kentongan.core.errors import BadRequest, NotNow, Stale
from kentongan.groups import actions, forms
from kentongan.groups.models import Appointment, Group, Membership, Visit, last_visits, with_rules
from kentongan.groups.permissions import in_office
from kentongan.groups.settings import EARLY
from kentongan.groups.views.office import origins_in, post_of
from kentongan.groups.views.page import INVALID, ask, days_ago, done, inside_crumbs, inside_or_404, person_of, seen
from kentongan.regions.models import Region
from kentongan.ui.writing import date_only

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def visits(request: HttpRequest, pk: int) -> HttpResponse:
    """The log of a group, newest first; an office above it adds to it here."""
    group = inside_or_404(request, pk)
    if request.method != "POST":
        return visits_page(request, group)
    ask(person_of(request), "groups.note_visit", Visit(group=group))
    form = forms.VisitForm(request.POST, group=group)
    if not form.is_valid():
        return visits_page(request, group, form, INVALID)
    try:
        actions.note_visit(group, **form.facts(), by=person_of(request))
    except (NotNow, BadRequest) as refused:
        form.add_error(None, refused.sentence)
        return visits_page(request, group, form, refused.status)
    return done(reverse("groups:visits", args=[pk]), "groups.note_visit")


def visits_page(request: HttpRequest, group: Group, form: forms.VisitForm | None = None, status: int = 200) -> HttpResponse:
    """One page of the log; `form` was refused."""
    person, after = person_of(request), request.GET.get("sesudah", "")
    found = list(group.visits.select_related("office__region", "remark_by").order_by("-on", "-id").filter(earlier(after))[: PAGE + 1])
    older = f"?{urlencode({'sesudah': mark(found[PAGE - 1].on, found[PAGE - 1].pk)})}" if len(found) > PAGE else ""
    rows = [row_of(person, visit, group) for visit in found[:PAGE]]
    may_note = may(person, "groups.note_visit", Visit(group=group))
    context = {
        "group": group,
        "rows": rows,
        "older": older,
        "may_note": may_note,
        "official": may_note.ok or (not may_note.by_right and not any(row["may_remark"] for row in rows)),
        "form": form or (forms.VisitForm(group=group) if may_note else None),
        "crumbs": inside_crumbs(group, (_("Pembinaan"), "")),
    }
    return render(request, "groups/visits.html", context, status=status)


def row_of(person: Any, visit: Visit, group: Group) -> dict[str, Any]:
    """A visit with what this person may do about it."""
    visit.group = group
    return {
        "visit": visit,
        "may_remark": bool(may(person, "groups.remark_on_visit", visit)),
        "remark_form": forms.RemarkForm(initial={"remark": visit.remark}, auto_id=f"catatan-{visit.pk}-%s"),
        "may_replan": bool(in_office(person, visit.office)) and bool(may(person, "groups.replan_visit", visit)),
        "plan_form": forms.PlanForm(visit=visit, auto_id=f"rencana-{visit.pk}-%s"),
        "next": next_words(visit),
    }


def next_words(visit: Visit) -> str:
    """When the office comes again, as the group reads it."""
    if visit.next_on is None:
        return ""
    day = date_only(visit.next_on)
    if visit.settled:
        return ""
    said = _("Berikutnya %(day)s; sudah lewat.") if visit.overdue else _("Berikutnya %(day)s.")
    return str(said) % {"day": day}


def visit_or_404(request: HttpRequest, pk: int, visit: int) -> Visit:
    """A visit of this group that this person may read."""
    rows = Visit.objects.visible_to(person_of(request)).select_related("group__region", "office__region")
    return get_object_or_404(rows, pk=visit, group=pk)


@require_POST
@signed_in
def remark(request: HttpRequest, pk: int, visit: int) -> HttpResponse:
    """What the group itself says of a visit."""
    row = visit_or_404(request, pk, visit)
    ask(person_of(request), "groups.remark_on_visit", row)
    form = forms.RemarkForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("Catatannya masih kosong, atau lebih dari 2.000 huruf."))
    actions.remark_on_visit(seen(request, row), **form.cleaned_data, by=person_of(request))
    return done(reverse("groups:visits", args=[pk]), "groups.remark_on_visit")


@require_POST
@signed_in
def plan(request: HttpRequest, pk: int, visit: int) -> HttpResponse:
    """Another day for the next visit."""
    row = visit_or_404(request, pk, visit)
    ask(person_of(request), "groups.replan_visit", row)
    form = forms.PlanForm(request.POST, visit=row)
    if not form.is_valid():
        raise BadRequest(" ".join(str(error) for errors in form.errors.values() for error in errors))
    try:
        actions.replan_visit(seen(request, row), **form.cleaned_data, by=person_of(request))
    except Stale:
        raise
    return done(reverse("groups:visits", args=[pk]), "groups.replan_visit")


# ------------------------------------------------------------ the office's lists

LISTS: dict[str, tuple[Any, Any]] = {
    "rencana": (gettext_lazy("Rencana kantor ini"), gettext_lazy("Yang paling lewat di atas.")),
    "lama": (
        gettext_lazy("Lama tidak dikunjungi"),
        gettext_lazy("Yang belum pernah atau paling lama tidak didatangi kantor mana pun di atas."),
    ),
    "mulai-diam": (gettext_lazy("Mulai diam"), gettext_lazy("Belum disebut diam, tetapi sudah dua pertiga jalan ke sana. Telepon dulu.")),
    "diam": (gettext_lazy("Diam"), gettext_lazy("Tanpa kabar lebih lama daripada aturan wilayahnya. Yang paling lama di atas.")),
}


@require_safe
@signed_in
def region_visits(request: HttpRequest) -> HttpResponse:
    """What an office plans, whom nobody visited longest, who falls silent and who is: one list at a time."""
    post = post_of(request)
    place = post.office.region if post else None
    chosen = request.GET.get("daftar", "") if request.GET.get("daftar") in LISTS else "rencana" if post else "lama"
    after = request.GET.get("sesudah", "")
    rows, last = planned(post, after) if chosen == "rencana" else listed(place, chosen, after)
    older = f"?{urlencode({'daftar': chosen, 'sesudah': last})}" if last else ""
    context = {
        "tabs": [{"label": label, "href": f"?daftar={key}", "current": key == chosen} for key, (label, _note) in LISTS.items()],
        "title": LISTS[chosen][0],
        "note": LISTS[chosen][1],
        "chosen": chosen,
        "rows": rows,
        "older": older,
        "place": place,
        "crumbs": [(_("Wilayah"), reverse("groups:office")), (_("Pembinaan"), "")],
    }
    return render(request, "groups/region_visits.html", context)


def planned(post: Appointment | None, after: str) -> tuple[list[dict[str, Any]], str]:
    """One page of the days this office has named, the most overdue first, and the mark of its last row when more follow."""
    if post is None:
        return [], ""
    rows = post.office.visits.planned().select_related("group__region").order_by("next_on", "id").filter(later(after, "next_on"))
    found = list(rows[: PAGE + 1])
    last = mark(found[PAGE - 1].next_on, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return [_planned_row(visit) for visit in found[:PAGE]], last


def _planned_row(visit: Visit) -> dict[str, Any]:
    assert visit.next_on is not None
    left = (visit.next_on - visit.group.today).days
    return {
        "title": visit.group.name,
        "href": reverse("groups:visits", args=[visit.group_id]),
        "meta": f"{visit.group.region.full_label} · {_('terakhir %(kind)s %(day)s') % {'kind': visit.kind, 'day': date_only(visit.on)}}",
        "kind": "late" if left < 0 else "" if left == 0 else "later",
        "due": _("Lewat %(days)s") % {"days": days_ago(-left)}
        if left < 0
        else _("%(days)s lagi") % {"days": days_ago(left)}
        if left
        else _("Hari ini"),
        "due_note": date_only(visit.next_on),
    }


def listed(place: Region | None, chosen: str, after: str) -> tuple[list[dict[str, Any]], str]:
    """One page of groups of a list, with whom to call and the last visit. Four queries, and one for the rules of the region."""
    groups = Group.objects.within(place).select_related("region")
    if chosen == "lama":
        rows, key = unvisited(groups), "last_visited_on"
        found = list(rows.filter(later(after, key))[: PAGE + 1])
    else:
        days = origins_in(place)["groups.dormant_days"].value
        rows, key = (fading(groups, days) if chosen == "mulai-diam" else gone_quiet(groups, days)), "quiet"
        found = list(rows.filter(beyond_moment(after))[: PAGE + 1])
    shown = with_rules(found[:PAGE])
    last = mark(getattr(found[PAGE - 1], key), found[PAGE - 1].pk) if len(found) > PAGE else ""
    return group_rows([group for group in shown if still(group, chosen)]), last


def still(group: Group, chosen: str) -> bool:
    """Whether the group's own rule says what the list says: a village below may have one of its own."""
    return {"mulai-diam": group.falling_silent, "diam": group.dormant}.get(chosen, True)


def unvisited(groups: Any) -> QuerySet[Group]:
    """Living groups with a decree, the longest unvisited first, those never visited before them."""
    states = (*Group.PUBLISHING, Group.State.SUSPENDED)
    return groups.filter(state__in=states).order_by(F("last_visited_on").asc(nulls_first=True), "id")  # type: ignore[no-any-return]


def fading(groups: Any, days: int) -> QuerySet[Group]:
    """Those silent for EARLY of the days after which the region calls them dormant, and not longer than that."""
    now = timezone.now()
    return _by_quiet(groups).filter(quiet__lt=now - timedelta(days=days * EARLY), quiet__gte=now - timedelta(days=days))  # type: ignore[no-any-return]


def gone_quiet(groups: Any, days: int) -> QuerySet[Group]:
    """Those the region calls dormant."""
    return _by_quiet(groups).filter(quiet__lt=timezone.now() - timedelta(days=days))  # type: ignore[no-any-return]


def _by_quiet(groups: Any) -> Any:
    awake = groups.filter(state__in=Group.PUBLISHING, asleep_since=None)
    return awake.annotate(quiet=Coalesce("last_published_at", "public_since")).order_by("quiet", "id")


def group_rows(groups: list[Group]) -> list[dict[str, Any]]:
    """Groups with the ketua to call, the group's public contact and the last visit, two queries for all."""
    visited = last_visits(groups)
    heads = Membership.objects.current().filter(group__in=groups, role=Membership.Role.KETUA).select_related("person")
    ketua = {row.group_id: row.person.name for row in heads}
    return [_group_row(group, visited.get(group.pk), ketua.get(group.pk, "")) for group in groups]


def _group_row(group: Group, visit: Visit | None, ketua: str) -> dict[str, Any]:
    came = _("terakhir didatangi %(day)s: %(kind)s, %(office)s") % (
        {"day": date_only(visit.on), "kind": visit.kind, "office": visit.office} if visit else {"day": "", "kind": "", "office": ""}
    )
    call = _("hubungi %(name)s") % {"name": ketua} if ketua else _("belum ada ketua")
    written = (
        _("kabar terakhir %(day)s") % {"day": date_only(group.last_published_at, group.region)}
        if group.last_published_at
        else _("belum pernah menerbitkan kabar")
    )
    parts = (group.region.full_label, written, came if visit else _("belum pernah didatangi"), call, group.contact)
    days = (group.today - visit.on).days if visit else 0
    return {
        "title": group.name,
        "href": reverse("groups:visits", args=[group.pk]),
        "meta": " · ".join(part for part in parts if part),
        "kind": "late" if group.dormant else "theirs",
        "due": _("%(days)s lalu") % {"days": days_ago(days)} if visit and days else _("hari ini") if visit else "",
        "due_note": _("sejak didatangi") if visit else "",
    }


def mark(day: date | datetime | None, pk: int) -> str:
    """Where a page ended: "<day>_<id>"."""
    return f"{day.isoformat() if day else ''}_{pk}"


def _read(after: str, kind: Any) -> tuple[Any, int] | None:
    try:
        day, number = after.rsplit("_", 1)
        return (kind.fromisoformat(day) if day else None), int(number[:18])
    except ValueError:
        return None


def later(after: str, name: str) -> Q:
    """Rows after a mark where days go upward and none comes first; everything when it is none."""
    if (at := _read(after, date)) is None:
        return Q()
    day, pk = at
    if day is None:
        return Q(**{f"{name}__isnull": False}) | Q(pk__gt=pk)
    return Q(**{f"{name}__gt": day}) | Q(**{name: day}, pk__gt=pk)


def beyond_moment(after: str) -> Q:
    """Rows after a mark where moments of silence go upward."""
    at = _read(after, datetime)
    return Q(quiet__gt=at[0]) | Q(quiet=at[0], pk__gt=at[1]) if at and at[0] else Q()


def earlier(after: str) -> Q:
    """Rows after a mark where days go downward."""
    at = _read(after, date)
    return Q(on__lt=at[0]) | Q(on=at[0], pk__lt=at[1]) if at and at[0] else Q()
