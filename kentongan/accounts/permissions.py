"""Who may do what with an account: the person it belongs to. Rights by post stand in `groups`, which knows posts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Account, Recovery, Slip
from kentongan.core.permissions import SELF, Rule

BEARER = "pemegang slip"
"""The capacity of someone without a session who typed the code of a valid slip."""


def own(person: Any, thing: Account | Recovery | Slip) -> str | None:
    """SELF, when the account is this person's own."""
    account = thing if isinstance(thing, Account) else thing.account
    return SELF if person.pk == account.person_id else None


_OWN = _("Ini akun orang lain; hanya pemiliknya yang bisa.")
_SLIP = _("Akun dibuka dengan kode di slip, bukan oleh orang lain.")

RULES = (
    Rule("accounts.activate", own, _SLIP, public=BEARER),
    Rule("accounts.recover", own, _SLIP, public=BEARER),
    Rule("accounts.use_slip", own, _SLIP, public=BEARER),
    Rule("accounts.complete_recovery", own, _SLIP, public=BEARER),
    Rule("accounts.change_passphrase", own, _OWN),
    Rule("accounts.enrol_second_factor", own, _OWN),
    Rule("accounts.end_session", own, _OWN),
    Rule("accounts.end_other_sessions", own, _OWN),
    Rule("accounts.cancel_recovery", own, _OWN),
)
