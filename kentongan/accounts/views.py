"""Pages of signing in and of one's own account."""

from collections.abc import Callable
from typing import Any, TypeVar

import pyotp
import segno
from django import forms as django_forms
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kentongan.accounts import actions, forms, guards
from kentongan.accounts.credentials import new_totp_secret
from kentongan.accounts.guards import half_signed_in, signed_in
from kentongan.accounts.models import Account, Attempt, Merger, Recovery, Session, Slip, step_of
from kentongan.core import once
from kentongan.core.actions import may
from kentongan.core.errors import NotNow
from kentongan.ui.writing import when

View = TypeVar("View", bound=Callable[..., Any])
form_page = require_http_methods(["GET", "POST"])


def secret_page(view: View) -> View:
    """A page where a secret is typed: never shown in a report of an error, and each try at it counts, whatever comes of it."""
    return once.outside(sensitive_post_parameters()(view))


SLIP_IN_SESSION = "slip"


@form_page
@secret_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Number or name, and passphrase. One sentence for every failure: nobody learns who has an account."""
    form = forms.SignIn(_filled(request))
    if request.method == "GET" or not form.is_valid():
        return _door(request, "sign_in", form)
    typed = form.cleaned_data
    Attempt.spend("sign_in", typed["credential"], guards.address_of(request))
    account = auth.authenticate(request, **typed)
    if not isinstance(account, Account):
        form.add_error(None, _("Nomor atau nama itu dan frasa sandinya tidak cocok. Periksa keduanya, lalu coba lagi."))
        return _door(request, "sign_in", form, 403)
    Attempt.forgive("sign_in", typed["credential"])
    guards.enter(request, account)
    return redirect(_onward(request, account))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; nothing of it stays in the browser."""
    auth.logout(request)
    return redirect("accounts:sign_in")


@form_page
@secret_page
def slip(request: HttpRequest) -> HttpResponse:
    """The code of a printed slip; leads on to choosing a passphrase."""
    form = forms.SlipCode(_filled(request))
    if request.method == "GET" or not form.is_valid():
        return _door(request, "slip", form)
    Attempt.spend("slip", form.cleaned_data["credential"], guards.address_of(request))
    found = Slip.of(**form.cleaned_data)
    status, sentence = _slip_answer(found)
    if found is None or sentence:
        form.add_error(None, sentence)
        return _door(request, "slip", form, status)
    request.session.flush()
    request.session[SLIP_IN_SESSION] = found.pk
    request.session.set_expiry(30 * 60)
    return redirect("accounts:choose")


@form_page
@secret_page
def choose(request: HttpRequest) -> HttpResponse:
    """The passphrase of a first sign-in or a recovery, and consent to the privacy wording."""
    found = Slip.objects.select_related("account__person").filter(pk=request.session.get(SLIP_IN_SESSION, 0)).first()
    status, sentence = _slip_answer(found)
    if found is None:
        return redirect("accounts:slip")
    if sentence:
        return _refused(request, status, _("Slip ini tidak bisa dipakai"), sentence)
    form = forms.FirstPassphrase(_filled(request), account=found.account)
    if request.method == "GET" or not form.is_valid():
        return _door(request, "choose", form, person=found.account.person, account=found.account)
    action = actions.recover if found.recovers else actions.activate
    account = action(found, form.cleaned_data["passphrase"])
    guards.enter(request, account)
    return redirect(f"{guards.DESK}?selesai=accounts.{action.__name__}")


@form_page
@secret_page
@half_signed_in
def code(request: HttpRequest) -> HttpResponse:
    """The code of the authenticator, after the passphrase."""
    account, form = _account(request), forms.Code(_filled(request))
    if (owed := account.owes(request.session)) != "code":
        return redirect(f"accounts:{owed}" if owed else _onward(request, account))
    if request.method == "GET" or not form.is_valid():
        return _door(request, "code", form)
    Attempt.spend("code", account.credential, guards.address_of(request))
    if not account.spend_code(form.cleaned_data["code"]):
        form.add_error("code", _("Kode ini salah, sudah dipakai, atau sudah berganti. Tunggu kode berikutnya di ponsel Anda, lalu tulis."))
        return _door(request, "code", form, 403)
    Attempt.forgive("code", account.credential)
    guards.give_second_factor(request)
    return redirect(_onward(request, account))


@form_page
@secret_page
@half_signed_in
def enrol(request: HttpRequest) -> HttpResponse:
    """Connect an authenticator: QR and text of its secret, proved by a first code."""
    account, form = _account(request), forms.Code(_filled(request))
    if account.owes(request.session) == "code":
        return guards.to_the_door(request)
    secret = new_totp_secret(f"{request.session.session_key} {account.pk} {account.version}")
    if request.method == "GET" or not form.is_valid():
        return _door(request, "enrol", form, **_offer(account, secret))
    Attempt.spend("code", account.credential, guards.address_of(request))
    if (step := step_of(secret, form.cleaned_data["code"])) is None:
        form.add_error("code", _("Kode ini belum cocok. Pastikan jam ponsel Anda tepat, tunggu kode berikutnya, lalu tulis."))
        return _door(request, "enrol", form, 403, **_offer(account, secret))
    actions.enrol_second_factor(account, secret, step, by=account.person)
    guards.give_second_factor(request)
    return redirect(f"{reverse('accounts:me')}?selesai=accounts.enrol_second_factor")


@require_GET
def recovery(request: HttpRequest) -> HttpResponse:
    """What to do when the passphrase is forgotten: whom to ask, and why it takes a day."""
    return _door(request, "recovery", None)


@require_GET
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """My account: who I am here, where I am signed in, what was asked about me."""
    account = _account(request)
    sessions = [(row, row.session_key == guards.key_of(request)) for row in Session.running(account)]
    crumbs = [(_("Meja"), guards.DESK), (_("Akun saya"), "")]
    mergers = [(merger, merger.kept if merger.lost_id == account.person.pk else merger.lost) for merger in Merger.about(account.person)]
    context = {"account": account, "sessions": sessions, "notices": account.notices(), "mergers": mergers, "crumbs": crumbs}
    return render(request, "accounts/me.html", context)


@form_page
@secret_page
@signed_in
def passphrase(request: HttpRequest) -> HttpResponse:
    """Another passphrase; the old one is asked for, other devices are signed out."""
    account = _account(request)
    form = forms.ChangePassphrase(_filled(request), account=account)
    if request.method == "GET" or (refused := _unproved(request, form)):
        return _own_page(request, "passphrase", _("Ganti frasa sandi"), form, 200 if request.method == "GET" else refused)
    changed = actions.change_passphrase(account, form.cleaned_data["passphrase"], keep=guards.key_of(request), by=account.person)
    auth.update_session_auth_hash(request, changed)
    return _done("change_passphrase")


@form_page
@secret_page
@signed_in
def phone(request: HttpRequest) -> HttpResponse:
    """Another number to sign in with; the passphrase proves who asks."""
    account = _account(request)
    form = forms.ChangePhone(_filled(request), account=account)
    if request.method == "GET" or (refused := _unproved(request, form)):
        return _own_page(request, "phone", _("Ganti nomor telepon"), form, 200 if request.method == "GET" else refused)
    try:
        actions.change_phone(account, form.cleaned_data["phone"], by=account.person)
    except NotNow as taken:
        form.add_error("phone", taken.sentence)
        return _own_page(request, "phone", _("Ganti nomor telepon"), form, taken.status)
    return _done("change_phone")


@form_page
@secret_page
@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Take off a code nobody asks for; the passphrase proves who asks."""
    account = _account(request)
    form, may_drop = forms.Proof(_filled(request)), may(account.person, "accounts.drop_second_factor", account)
    if request.method == "GET" or (refused := _unproved(request, form)):
        return _own_page(
            request, "second_factor", _("Lepas kode masuk"), form, 200 if request.method == "GET" else refused, may_drop=may_drop
        )
    actions.drop_second_factor(account, by=account.person)
    return _done("drop_second_factor")


@require_POST
@signed_in
def name(request: HttpRequest) -> HttpResponse:
    """Grown up: let my name be shown."""
    person = _account(request).person
    actions.show_name(person, by=person)
    return _done("show_name")


@require_POST
@signed_in
def merger_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Both accounts are mine."""
    person = _account(request).person
    actions.agree_to_merger(get_object_or_404(Merger.about(person), pk=pk), by=person)
    return _done("agree_to_merger")


@require_POST
@signed_in
def merger_denial(request: HttpRequest, pk: int) -> HttpResponse:
    """That is not me."""
    person = _account(request).person
    actions.deny_merger(get_object_or_404(Merger.about(person), pk=pk), by=person)
    return _done("deny_merger")


@require_POST
@signed_in
def end_session(request: HttpRequest, handle: str) -> HttpResponse:
    """Sign out one device."""
    account = _account(request)
    actions.end_session(account, handle, by=account.person)
    return _done("end_session")


@require_POST
@signed_in
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out every other device."""
    account = _account(request)
    actions.end_other_sessions(account, keep=guards.key_of(request), by=account.person)
    return _done("end_other_sessions")


@require_POST
@signed_in
def cancel_recovery(request: HttpRequest, pk: int) -> HttpResponse:
    """Say "bukan saya": stop a recovery of my account."""
    account = _account(request)
    actions.cancel_recovery(get_object_or_404(Recovery, pk=pk, account=account), by=account.person)
    return _done("cancel_recovery")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another site, or one that lay open too long."""
    sentence = _("Formulir ini sudah terlalu lama terbuka atau datang dari tempat lain. Muat ulang halamannya, lalu kirim lagi.")
    response = _refused(request, 403, _("Formulir ini tidak diterima"), sentence)
    response["X-Formulir"] = "basi"  # a phone that sends by itself asks for a fresh token
    return response


def _account(request: HttpRequest) -> Account:
    """The signed-in account itself: `request.user` is only a promise of it, which `act` cannot lock."""
    return request.user.person.account  # type: ignore[union-attr,no-any-return]


def _filled(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is nothing at all; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def _onward(request: HttpRequest, account: Account) -> str:
    """Where they wanted to go; first to their account, though, when somebody asked to recover it."""
    pressing = any(notice.cancel for notice in account.notices())
    return reverse("accounts:me") if pressing else guards.onward(request.GET.get("lanjut", ""))


def _done(verb: str) -> HttpResponse:
    return redirect(f"{reverse('accounts:me')}?selesai=accounts.{verb}")


def _unproved(request: HttpRequest, form: django_forms.Form) -> int:
    """The status of a form whose old passphrase does not prove its sender, with the sentence put into it; 0 when it does. Tries count."""
    if not form.is_valid():
        return 400
    account = _account(request)
    Attempt.spend("passphrase", account.credential, guards.address_of(request))
    if not account.check_password(form.cleaned_data["old"]):
        form.add_error("old", _("Ini bukan frasa sandi Anda sekarang. Tidak ada yang diganti."))
        return 403
    Attempt.forgive("passphrase", account.credential)
    return 0


def _own_page(request: HttpRequest, name: str, title: str, form: django_forms.Form, status: int, **more: Any) -> HttpResponse:
    """A page where something of one's own account is changed."""
    crumbs = [(_("Akun saya"), reverse("accounts:me")), (title, "")]
    context = {"form": form, "title": title, "account": _account(request), "crumbs": crumbs, **more}
    return render(request, f"accounts/{name}.html", context, status=status)


def _door(request: HttpRequest, name: str, form: django_forms.Form | None, status: int = 0, **context: Any) -> HttpResponse:
    """A page of the door: bare, without the desk's places, since nobody is inside yet."""
    failed = 400 if form is not None and form.errors else 200
    return render(request, f"accounts/{name}.html", {"form": form, "shell": None, **context}, status=status or failed)


def _offer(account: Account, secret: str) -> dict[str, Any]:
    """What the page of enrolment shows: the secret as a QR code and as text in groups of four."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account.credential, issuer_name=settings.SITE_NAME)
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, light="#fff")
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"qr": mark_safe(drawn), "address": address, "secret": groups, "account": account}  # noqa: S308 - drawn here, from no one's words


def _refused(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "ui/refused.html", {"status": status, "title": title, "sentence": sentence}, status=status)


def _slip_answer(found: Slip | None) -> tuple[int, str]:
    """The status and the sentence for a slip that does not open; an empty sentence for one that does."""
    if found is None or found.account.state == Account.State.CLOSED:
        return 403, _("Nomor atau nama itu dan kode slipnya tidak cocok. Periksa keduanya, huruf demi huruf.")
    if found.state == Slip.State.USED:
        return 410, _("Slip ini sudah dipakai. Kalau bukan Anda yang memakainya, segera beri tahu yang memberi slip.")
    if found.state == Slip.State.REVOKED:
        return 410, _("Slip ini sudah dibatalkan, biasanya karena ada slip yang lebih baru. Pakai yang terbaru, atau minta lagi.")
    if found.is_late:
        return 410, _("Slip ini sudah lewat waktunya. Minta slip baru kepada yang memberinya.")
    if found.is_early:
        return 409, _("Slip ini baru berlaku mulai %(when)s. Waktu tunggu itu melindungi akun Anda.") % {"when": when(found.works_from)}
    return 200, ""
