"""`manage.py demo_signins`: who can sign in to the demo, and where to begin."""

from typing import Any

from django.core.management.base import BaseCommand

from kentongan.accounts.models import Account
from kentongan.demo.people import PASSPHRASE

BEGINNINGS = (
    ("anggota", "kumpulkan dan tulis kabar"),
    ("anggota2", "tanggapi di pembahasan"),
    ("pemeriksa", "periksa kabar yang diajukan"),
    ("redaktur", "terbitkan, jadwalkan, ralat"),
    ("ketua", "profil, pengurus, slip masuk"),
    ("pengusul", "bentuk KIM di Desa Sidomulyo"),
    ("kades", "catat musyawarah dan SK"),
    ("dinas", "verifikasi, keberatan, petugas"),
    ("dinas2", "petugas kedua"),
    ("provinsi", "lihat seluruh Jawa Tengah"),
    ("operator", "petugas pertama, perintah hukum"),
)
"""User name and what this part begins with; all at /meja/."""


class Command(BaseCommand):
    """Print a short table of the parts one can play. Says nothing where there is no demo."""

    help = "Siapa yang bisa masuk ke demo (the demo's sign-ins)."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a part; a star where a code of the authenticator is asked as well."""
        names = [name for name, _begins in BEGINNINGS]
        accounts = {account.username: account for account in Account.objects.filter(username__in=names).select_related("person")}
        if not accounts:
            return
        self.stdout.write(f"  Masuk demo di /meja/ (demo sign-ins). Frasa sandi semua orang (passphrase): {PASSPHRASE}")
        for name, begins in BEGINNINGS:
            if account := accounts.get(name):
                star = "*" if account.second_factor_required else " "
                self.stdout.write(f"    {name:<10}{star} {account.person.name:<16} {begins}")
        self.stdout.write("    * diminta kode juga (asks for a code too). KIM lain: redaktur.bermi, pemeriksa.kajen, …")
