"""Members of a group: taking in, roles, slips, recoveries."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Account, Person, Recovery
from kentongan.core.actions import may
from kentongan.core.errors import NotNow, NotThere, Stale
from kentongan.groups import actions, forms
from kentongan.groups.models import Decree, Membership
from kentongan.groups.views.guarding import private_parts
from kentongan.groups.views.page import INVALID, ask, done, group_or_404, group_page, person_of, seen
from kentongan.media.views import photo_response


def member_or_404(request: HttpRequest, pk: int, member: int) -> Membership:
    """A membership of this group that this person may see."""
    rows = Membership.objects.visible_to(person_of(request)).select_related("group__region", "person__account")
    row: Membership = get_object_or_404(rows, pk=member, group=pk)
    return row


def account_of(person: Person) -> Account:
    """The account somebody signs in with; 404 when they have none."""
    account: Account | None = getattr(person, "account", None)
    if account is None:
        raise NotThere(_("Orang ini belum punya akun."))
    return account


@require_POST
@signed_in
def admission(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member in."""
    group, person = group_or_404(request, pk), person_of(request)
    ask(person, "groups.admit", Membership(group=group, person=person))
    form = forms.AdmitForm(request.POST, group=group, prefix="admit")
    if not form.is_valid():
        return group_page(request, group, {"groups.admit": form}, INVALID)
    try:
        row = actions.admit(group, **form.facts(), by=person)
    except NotNow as refused:
        form.add_error(None, refused.sentence)
        return group_page(request, group_or_404(request, pk), {"groups.admit": form}, refused.status)
    return done(reverse("groups:member", args=[pk, row.pk]), "groups.admit")


@require_safe
@signed_in
def member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """One member: role, term, what may be done."""
    return member_page(request, member_or_404(request, pk, member), {})


def member_page(request: HttpRequest, row: Membership, bound: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of one member; `bound` holds forms that were refused."""
    person, account = person_of(request), getattr(row.person, "account", None)
    context = {
        "row": row,
        "group": row.group,
        "crumbs": [
            (_("KIM"), reverse("groups:mine")),
            (row.group.name, reverse("groups:group", args=[row.group.pk])),
            (row.person.name, ""),
        ],
        "role_form": bound.get("role") or forms.RoleForm(group=row.group, initial={"role": row.role}),
        "end_form": bound.get("end") or forms.EndForm(auto_id="end-%s"),
        "may_change": may(person, "groups.change_role", row),
        "may_end": may(person, "groups.end_membership", row),
        "may_agree": not row.agreed and bool(may(person, "groups.agree_with_help", row)),
    }
    context |= private_parts(person, row, account, bound)
    if account:
        context |= access_of(person, account, bound, reverse("groups:member", args=[row.group.pk, row.pk]))
    return render(request, "groups/member.html", context, status=status)


def access_of(person: Person, account: Account, bound: dict[str, Any], base: str) -> dict[str, Any]:
    """What may be done about somebody's way in: a first slip, or a recovery under way."""
    running = (
        Recovery.objects.filter(Q(state__in=Recovery.RUNNING), account=account)
        .select_related("requested_by", "confirmed_by", "account__person")
        .first()
    )
    context: dict[str, Any] = {"account": account, "running": running, "base": base}
    if account.state == Account.State.INVITED:
        return context | {"may_print": may(person, "groups.print_slip", account)}
    if running:
        return context | {"may_confirm": may(person, "groups.confirm_recovery", running)}
    return context | {
        "may_recover": may(person, "groups.request_recovery", Recovery.ask(account, person, "")),
        "recovery_form": bound.get("recovery") or forms.RecoveryForm(),
    }


@require_POST
@signed_in
def role(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Another role from today."""
    row = member_or_404(request, pk, member)
    ask(person_of(request), "groups.change_role", row)
    form = forms.RoleForm(request.POST, group=row.group)
    if not form.is_valid():
        return member_page(request, row, {"role": form}, INVALID)
    try:
        following = actions.change_role(seen(request, row), **form.facts(), by=person_of(request))
    except Stale:
        raise
    except NotNow as refused:
        form.add_error(None, refused.sentence)
        return member_page(request, member_or_404(request, pk, member), {"role": form}, refused.status)
    return done(reverse("groups:member", args=[pk, following.pk]), "groups.change_role")


@require_POST
@signed_in
def ending(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """End a membership."""
    row = member_or_404(request, pk, member)
    ask(person_of(request), "groups.end_membership", row)
    form = forms.EndForm(request.POST, auto_id="end-%s")
    if not form.is_valid():
        return member_page(request, row, {"end": form}, INVALID)
    actions.end_membership(seen(request, row), **form.cleaned_data, by=person_of(request))
    return done(reverse("groups:group", args=[pk]), "groups.end_membership")


def running_recovery(request: HttpRequest, account: Account) -> Recovery:
    """The recovery a second person is asked to confirm. Raises NotAllowed, and NotNow where none was asked for."""
    recovery = account.recoveries.filter(state__in=Recovery.RUNNING).first()
    ask(person_of(request), "groups.confirm_recovery", recovery or Recovery(account=account))
    return recovery  # type: ignore[return-value]


def slip_page(request: HttpRequest, account: Account, code: str, *, body: str, back: str, hours: int = 0) -> HttpResponse:
    """The code, once, to be printed; nothing keeps it."""
    address = request.build_absolute_uri(reverse("accounts:slip")).split("://", 1)[1]
    until = account.slips.order_by("-pk").values_list("expires_at", flat=True).first()
    context = {
        "account": account,
        "code": code,
        "body": body,
        "back": back,
        "address": address,
        "until": until,
        "hours": hours,
        "now": timezone.now(),
    }
    return render(request, "groups/slip.html", context)


@require_POST
@signed_in
@never_cache
def slip(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Print the slip of a first sign-in."""
    row = member_or_404(request, pk, member)
    account = account_of(row.person)
    code = actions.print_slip(account, by=person_of(request))
    return slip_page(request, account, code, body=str(row), back=reverse("groups:member", args=[pk, member]))


@require_POST
@signed_in
@never_cache
def founder_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the slip of a founder who has not signed in yet."""
    group = group_or_404(request, pk)
    if group.founder is None:
        raise NotThere(_("Pengusulnya belum ditunjuk."))
    account = account_of(group.founder)
    code = actions.print_slip(account, by=person_of(request))
    return slip_page(request, account, code, body=_("Pengusul %(group)s") % {"group": group}, back=reverse("groups:group", args=[pk]))


@require_POST
@signed_in
def recovery(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Ask for a way back into an account."""
    row = member_or_404(request, pk, member)
    form = forms.RecoveryForm(request.POST)
    account = account_of(row.person)
    ask(person_of(request), "groups.request_recovery", Recovery.ask(account, person_of(request), ""))
    if not form.is_valid():
        return member_page(request, row, {"recovery": form}, INVALID)
    actions.request_recovery(account, **form.cleaned_data, by=person_of(request))
    return done(reverse("groups:member", args=[pk, member]), "groups.request_recovery")


@require_POST
@signed_in
@never_cache
def recovery_confirmation(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """A second person stands for it; the slip works a day later."""
    row = member_or_404(request, pk, member)
    account = account_of(row.person)
    code = actions.confirm_recovery(running_recovery(request, account), by=person_of(request))
    return slip_page(request, account, code, body=str(row), back=reverse("groups:member", args=[pk, member]), hours=24)


@require_safe
@signed_in
def scan(request: HttpRequest, pk: int, decree: int, width: int, ending: str) -> HttpResponse:
    """The photo of a decree, for those who may see the group at the desk."""
    row = get_object_or_404(Decree.objects.select_related("scan"), pk=decree, group=group_or_404(request, pk), scan__isnull=False)
    return photo_response(row.scan, width, ending)  # type: ignore[arg-type,return-value]
