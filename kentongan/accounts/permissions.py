"""Who may do what with an account: the person it belongs to. Rights by post stand in `groups`, which knows posts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Account, Merger, Person, Recovery, Slip
from kentongan.core.permissions import SELF, Rule

BEARER = "pemegang slip"
"""The capacity of someone without a session who typed the code of a valid slip."""


def own(person: Any, thing: Account | Recovery | Slip) -> str | None:
    """SELF, when the account is this person's own."""
    account = thing if isinstance(thing, Account) else thing.account
    return SELF if person.pk == account.person_id else None


def _oneself(person: Any, other: Person) -> str | None:
    return SELF if person.pk == other.pk else None


def _one_of_both(person: Any, merger: Merger) -> str | None:
    """Those whose both rows are said to be."""
    return SELF if person.pk in (merger.kept_id, merger.lost_id) else None


_OWN = _("Ini akun orang lain; hanya pemiliknya yang bisa.")
_SLIP = _("Akun dibuka dengan kode di slip, bukan oleh orang lain.")

RULES = (
    Rule("accounts.activate", own, _SLIP, public=BEARER),
    Rule("accounts.recover", own, _SLIP, public=BEARER),
    Rule("accounts.use_slip", own, _SLIP, public=BEARER),
    Rule("accounts.complete_recovery", own, _SLIP, public=BEARER),
    Rule("accounts.change_passphrase", own, _OWN),
    Rule("accounts.enrol_second_factor", own, _OWN),
    Rule("accounts.drop_second_factor", own, _OWN),
    Rule("accounts.change_phone", own, _OWN),
    Rule("accounts.show_name", _oneself, _("Ini akun orang lain; hanya pemiliknya yang memutuskan namanya tampil.")),
    Rule("accounts.agree_to_merger", _one_of_both, _("Ini akun orang lain; hanya pemiliknya yang bisa menyetujui.")),
    Rule("accounts.deny_merger", _one_of_both, _("Ini akun orang lain; hanya pemiliknya yang bisa menolak.")),
    Rule("accounts.end_session", own, _OWN),
    Rule("accounts.end_other_sessions", own, _OWN),
    Rule("accounts.cancel_recovery", own, _OWN),
)
