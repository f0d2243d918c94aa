"""`manage.py seed 10000` (`make seed SIZE=10000`): much of everything."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from kentongan.demo import multitude
from kentongan.regions.models import Region


class Command(BaseCommand):
    """Add groups in real villages of every province and published stories over three years until there are `size` of them."""

    help = "Isi data contoh yang banyak, selalu sama (large, repeatable data)."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many."""
        parser.add_argument("size", metavar="jumlah", type=int, nargs="?", default=10_000, help="berapa kabar semuanya (stories in all)")
        parser.add_argument("--groups", metavar="KIM", type=int, default=0, help="dari berapa KIM (from how many groups; usually by size)")

    def handle(self, size: int, groups: int = 0, **options: Any) -> None:
        """Refuse where people's own words are, else add what is missing."""
        if settings.PRODUCTION:
            raise CommandError("Ini pemasangan sungguhan; data contoh tidak dicampur ke dalamnya (refused in production).")
        self._prepare()
        began = time.monotonic()
        self.stdout.write(f"· Menambah kabar contoh sampai {size:,} (growing the seed) …".replace(",", "."))
        self.stdout.write(
            "  Ditulis langsung ke tabel: tanpa catatan tindakan, pemeriksaan per butir, pembahasan, dan akun (no record, no accounts)."
        )
        added = multitude.grow(size, self.stdout.write, groups)
        if not added:
            self.stdout.write(f"  Sudah ada {multitude.stories_there():,} kabar contoh; tidak ada yang ditambah.".replace(",", "."))
            return
        self.stdout.write(f"  Ditambah {added:,} kabar dalam {time.monotonic() - began:.0f} detik (done).".replace(",", "."))

    def _prepare(self) -> None:
        """Tables and places, where `make run` was never called."""
        if Region._meta.db_table not in connection.introspection.table_names():
            self.stdout.write("· Menyiapkan tabel (preparing tables) …")
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        if not Region.objects.exists():
            call_command("load_regions", stdout=self.stdout, skip_checks=True)
