"""What a person does with their own account. Each is one line of the record; using a slip is one for the slip and one for the account."""

from typing import Any

from django.utils.translation import gettext as _

from kentongan.accounts.models import NAME_WORDING, PRIVACY_WORDING, Account, Merger, Person, Recovery, Session, Slip
from kentongan.core.actions import act
from kentongan.core.actors import PUBLIC
from kentongan.core.errors import NotNow
from kentongan.core.jobs import enqueue


def activate(slip: Slip, passphrase: str, *, by: Any = PUBLIC) -> Account:
    """First sign-in: spend the slip, keep the passphrase and the consent to the privacy wording. Raises NotAllowed, NotNow."""
    with act("accounts.activate", on=slip.account, by=by) as account, act("accounts.use_slip", on=slip, by=by):
        account.set_password(passphrase)
        account.person.agree("privacy", PRIVACY_WORDING)
    return account


def recover(slip: Slip, passphrase: str, *, by: Any = PUBLIC) -> Account:
    """Back into an account: spend the slip, choose a new passphrase, sign out everywhere, start over with the authenticator.

    Raises NotAllowed, NotNow (no recovery stands behind the slip, 24 hours not over, slip spent, recovery cancelled). The recovery is held
    before its slip, as where it is stopped: two who do both at once do not wait for each other.
    """
    recovery = Recovery.objects.filter(slip=slip).first()
    if recovery is None:
        raise NotNow(_("Akun ini sudah pernah dipakai. Slip baru hanya lewat pemulihan: dua orang dan menunggu 24 jam."))
    with (
        act("accounts.complete_recovery", on=recovery, by=by),
        act("accounts.use_slip", on=slip, by=by),
        act("accounts.recover", on=slip.account, by=by) as account,
    ):
        account.set_password(passphrase)
        account.forget_totp()
        account.person.agree("privacy", PRIVACY_WORDING)
        Session.end(account)
    return account


def change_passphrase(account: Account, passphrase: str, *, keep: str, by: Person) -> Account:
    """Choose another passphrase; every session except the one with the key `keep` ends. Raises NotAllowed, NotNow."""
    with act("accounts.change_passphrase", on=account, by=by) as account:
        account.set_password(passphrase)
        Session.end(account, keep=keep)
    return account


def enrol_second_factor(account: Account, secret: str, step: int, *, by: Person) -> Account:
    """Keep the secret of an authenticator whose code (of that 30-second step) was just given. Raises NotAllowed, NotNow."""
    with act("accounts.enrol_second_factor", on=account, by=by) as account:
        account.keep_totp(secret, step)
    return account


def drop_second_factor(account: Account, *, by: Person) -> Account:
    """Sign in with the passphrase alone again, where no post asks for more. Raises NotAllowed, NotNow."""
    with act("accounts.drop_second_factor", on=account, by=by) as account:
        account.forget_totp()
    return account


def change_phone(account: Account, phone: str, *, by: Person) -> Account:
    """Sign in with another number (any spelling; empty: with the user name alone). Raises NotAllowed, NotNow (somebody has it)."""
    with act("accounts.change_phone", on=account, by=by) as account:
        account.change_phone(phone)
    return account


def show_name(person: Person, *, by: Person) -> Person:
    """Grown up, say yes to one's name on public pages. Raises NotAllowed, NotNow."""
    with act("accounts.show_name", on=person, by=by) as person:
        person.young = False
        person.agree("name", NAME_WORDING)
        enqueue("newsroom.tell_pages", person=person.pk)
    return person


def agree_to_merger(merger: Merger, *, by: Person) -> Merger:
    """Say that both accounts are mine. Raises NotAllowed, NotNow."""
    with act("accounts.agree_to_merger", on=merger, by=by) as merger:
        merger.agree(by)
    return merger


def deny_merger(merger: Merger, *, by: Person) -> Merger:
    """Say "itu bukan saya": nothing is merged. Raises NotAllowed, NotNow."""
    with act("accounts.deny_merger", on=merger, by=by) as merger:
        merger.decide(by)
    return merger


def end_session(account: Account, handle: str, *, by: Person) -> Account:
    """Sign out one device. Raises NotAllowed, NotNow."""
    with act("accounts.end_session", on=account, by=by) as account:
        Session.end(account, only=handle)
    return account


def end_other_sessions(account: Account, *, keep: str, by: Person) -> Account:
    """Sign out every device except the one with the key `keep`. Raises NotAllowed, NotNow."""
    with act("accounts.end_other_sessions", on=account, by=by) as account:
        Session.end(account, keep=keep)
    return account


def cancel_recovery(recovery: Recovery, *, by: Person) -> Recovery:
    """Say "bukan saya": the recovery stops and its slip leads nowhere. Raises NotAllowed, NotNow."""
    with act("accounts.cancel_recovery", on=recovery, by=by) as recovery:
        recovery.stop()
    return recovery
