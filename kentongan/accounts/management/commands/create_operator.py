"""`manage.py create_operator "Nama Lengkap" 0812…`: the first person of a new installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from kentongan.accounts.credentials import phone_of
from kentongan.accounts.models import Account, Person, Slip
from kentongan.ui.writing import when


class Command(BaseCommand):
    """Make an operator with an account and print the slip for the first sign-in.

    Whoever can run commands here holds the installation anyway, so no other right is asked. Later people are invited at the desk.
    """

    help = "Buat pengelola sistem dan cetak slip masuknya (create an operator and print the slip)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what they type to sign in."""
        parser.add_argument("name", metavar="nama", help="nama lengkap (full name)")
        parser.add_argument("credential", metavar="nomor", help="nomor telepon atau nama pengguna (phone number or user name)")

    @transaction.atomic
    def handle(self, name: str, credential: str, **options: Any) -> None:
        """Make both and say the code, once."""
        account = Account.objects.by_credential(credential)
        if account and not (account.person.operator and account.state == Account.State.INVITED):
            raise CommandError(f"“{credential}” sudah dipakai akun lain (already taken).")
        account = account or self._invite(name, credential)
        slip, code = Slip.issue(account)
        self.stdout.write(f"Buka {settings.SITE_URL}{reverse('accounts:slip')}, tulis {account.credential} dan kode {code}")
        self.stdout.write(f"Sekali pakai, berlaku s.d. {when(slip.expires_at)} (use once, before then).")

    def _invite(self, name: str, credential: str) -> Account:
        person = Person.enter(name, operator=True)
        phone = phone_of(credential)
        account = Account.invite(person, phone=phone, username="" if phone else credential)
        Account.objects.filter(pk=account.pk).update(second_factor_required=True)
        return account
