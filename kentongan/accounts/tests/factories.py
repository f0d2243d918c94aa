"""Accounts of tests in states that take several steps to reach."""

import pyotp
from django.test import Client
from django.utils import timezone

from kentongan.accounts.models import Account, Person, Recovery, Slip

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STRONG = "padi jagung bambu hujan"


def invited(phone: str = "0812-7777-0001", name: str = "Tukiyem") -> Account:
    """Someone who has not signed in yet."""
    return Account.invite(Person.enter(name), phone=phone)


def with_authenticator(person: Person) -> Account:
    """The account of an officer whose phone shows the codes of SECRET."""
    account: Account = person.account
    account.second_factor_required = True
    account.keep_totp(SECRET)
    account.save()
    return account


def code_now(steps: int = 0) -> str:
    """What the phone shows now, or so many steps of 30 seconds later."""
    return pyotp.TOTP(SECRET).at(int(timezone.now().timestamp()) + 30 * steps)


def confirmed_recovery(account: Account, first: Person, second: Person) -> tuple[Recovery, str]:
    """A recovery two persons stand for, and the code of its slip; the rows as the actions of `groups` leave them."""
    recovery = Recovery.ask(account, first, "Ponselnya hilang di pasar")
    recovery.state = Recovery.State.CONFIRMED
    code = recovery.confirm(second)
    recovery.save()
    return recovery, code


def age(slip: Slip, **fields: object) -> None:
    """Change the dates of a slip behind everybody's back."""
    Slip.objects.filter(pk=slip.pk).update(**fields)


def use_slip(client: Client, credential: str, code: str, passphrase: str = STRONG):  # type: ignore[no-untyped-def]
    """Type the slip's code, then a passphrase; the answer to the last page reached."""
    answer = client.post("/meja/slip/", {"credential": credential, "code": code})
    if answer.status_code != 302:
        return answer
    return client.post("/meja/slip/frasa-sandi/", {"passphrase": passphrase, "again": passphrase, "agreed": "on"})
