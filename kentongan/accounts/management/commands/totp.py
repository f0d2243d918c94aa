"""`manage.py totp dinas`: the current code of a demo officer."""

from typing import Any

import pyotp
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kentongan.accounts.credentials import unseal
from kentongan.accounts.models import TOTP_SECONDS, Account


class Command(BaseCommand):
    """Print the code an officer of the demo would read from their phone. Refused on an installation that is not a demo."""

    help = "Kode masuk sekarang untuk satu akun demo (the current TOTP code of a demo account)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("credential", metavar="nama", help="nama pengguna atau nomor telepon (user name or phone number)")

    def handle(self, credential: str, **options: Any) -> None:
        """Say the code; a code just used is followed by the next one, which the desk takes half a minute early."""
        if not settings.DEMO:
            raise CommandError("Hanya untuk demo. Di pemasangan sungguhan kode ada di ponsel pemiliknya (demo only).")
        account = Account.objects.by_credential(credential)
        secret = unseal(account.totp_secret) if account else ""
        if account is None or not secret:
            raise CommandError(f"Tidak ada akun “{credential}” dengan kode masuk terpasang (no such account with a code).")
        now = int(timezone.now().timestamp()) // TOTP_SECONDS
        step = max(now, account.totp_last_step + 1)
        if step > now + 1:
            raise CommandError("Kode ini dan berikutnya sudah dipakai. Tunggu setengah menit (wait half a minute).")
        self.stdout.write(pyotp.TOTP(secret).at(step * TOTP_SECONDS))
