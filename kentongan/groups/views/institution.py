"""A group as an institution: where it stands on the project's scale, what holds, what lacks, what it has and who saw it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.core.actions import may
from kentongan.core.errors import NotNow, Stale
from kentongan.groups import actions, forms
from kentongan.groups.models import Group, Institution, Item, Maturity
from kentongan.groups.views.page import INVALID, ask, done, inside_crumbs, inside_or_404, person_of, seen
from kentongan.media.models import Leaf
from kentongan.media.views import photo_response
from kentongan.ui.writing import date_only


@require_safe
@signed_in
def institution(request: HttpRequest, pk: int) -> HttpResponse:
    """The scale, its checks, and the things of the region's list."""
    return institution_page(request, inside_or_404(request, pk))


def institution_page(request: HttpRequest, group: Group, bound: forms.ItemForm | None = None, status: int = 200) -> HttpResponse:
    """The page; `bound` is a form that was refused."""
    person, known = person_of(request), Institution(group)
    maturity = Maturity(known)
    may_state = may(person, "groups.state_item", Item(group=group))
    names = [*known.books, *(name for name in known.items if name not in known.books and known.items[name].state in Item.HELD)]
    context = {
        "group": group,
        "maturity": maturity,
        "ladder": [ladder_row(group, maturity, number) for number in range(len(maturity.rows))],
        "lacking": [(check.label, check.lacks, address_of(group, check)) for check in maturity.lacking],
        "items": [item_row(group, known.items.get(name), name, bound, number) for number, name in enumerate(names)],
        "may_state": may_state,
        "crumbs": inside_crumbs(group, (_("Kelembagaan"), "")),
    }
    return render(request, "groups/institution.html", context, status=status)


def ladder_row(group: Group, maturity: Maturity, number: int) -> dict[str, Any]:
    """One rung: whether it is reached, and its checks."""
    rung, held = maturity.rows[number]
    return {
        "label": rung.label,
        "reached": number < maturity.reached,
        "here": number == maturity.reached - 1,
        "checks": [{"label": one.check.label, "holds": one.holds, "built": one.check.built} for one in held],
    }


def address_of(group: Group, check: Any) -> str:
    """Where the group mends it; empty where there is nothing to do yet."""
    if not check.route:
        return ""
    if check.route.startswith("groups:"):
        return reverse(check.route, args=[group.pk]) + (f"#{check.part}" if check.part else "")
    return reverse(check.route)


def item_row(group: Group, item: Item | None, name: str, bound: forms.ItemForm | None, number: int) -> dict[str, Any]:
    """One thing of the list as it stands."""
    held = item is not None and item.state in Item.HELD
    refused = bound is not None and bound.data.get("name") == name
    initial = {"name": name} | ({"on": item.stated_on, "note": item.note} if item and held else {})
    return {
        "name": name,
        "item": item,
        "held": held,
        "words": item_words(group, item) if item and held else "",
        "form": bound if refused else forms.ItemForm(group=group, initial=initial, auto_id=f"hal-{number}-%s"),
        "version": item.version if item else 0,
    }


def item_words(group: Group, item: Item) -> str:
    """Who says so since when, and who saw it when."""
    said = _("sejak %(day)s, kata %(name)s") % {"day": date_only(item.stated_on), "name": item.stated_by.name}
    visit = item.seen_in
    looked = _("dilihat %(post)s, %(day)s") % {"post": visit.post, "day": date_only(visit.on)} if visit else _("belum dilihat petugas")
    return " · ".join(part for part in (said, looked, item.note) if part)


@require_POST
@signed_in
def item_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the group has one thing of the list."""
    group, person = inside_or_404(request, pk), person_of(request)
    ask(person, "groups.state_item", Item(group=group))
    form = forms.ItemForm(request.POST, request.FILES, group=group)
    if not form.is_valid():
        return institution_page(request, group, form, INVALID)
    try:
        actions.state_item(group, **form.facts(), by=person)
    except Stale:
        raise
    except NotNow as refused:
        form.add_error(None, refused.sentence)
        return institution_page(request, group, form, refused.status)
    return done(reverse("groups:institution", args=[pk]), "groups.state_item")


def item_or_404(request: HttpRequest, pk: int, item: int) -> Item:
    """A thing of this group."""
    group = inside_or_404(request, pk)
    row = get_object_or_404(group.items.select_related("evidence"), pk=item)
    row.group = group
    return row


@require_POST
@signed_in
def item_withdrawal(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Say that the group has it no longer."""
    row = item_or_404(request, pk, item)
    ask(person_of(request), "groups.withdraw_item", row)
    actions.withdraw_item(seen(request, row), by=person_of(request))
    return done(reverse("groups:institution", args=[pk]), "groups.withdraw_item")


@require_safe
@signed_in
def item_photo(request: HttpRequest, pk: int, item: int, *, leaf: int, width: int, ending: str) -> HttpResponse:
    """A page of the evidence, for those who may read the group's papers."""
    row = item_or_404(request, pk, item)
    page = get_object_or_404(Leaf.objects.select_related("photo"), pk=leaf, paper=row.evidence_id or 0)
    return photo_response(page.photo, width, ending)  # type: ignore[return-value]
