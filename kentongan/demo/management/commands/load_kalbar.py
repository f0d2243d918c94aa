"""`manage.py load_kalbar`: the register of Kalimantan Barat as the article counts it, through the import an officer uses."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from kentongan.demo import founding, kalbar


class Command(BaseCommand):
    """Load the sheet that lies beside `kentongan/demo/kalbar.py`, all of it or nothing; does nothing when it is loaded."""

    help = "Muat register contoh Kalimantan Barat, 103 KIM (load the sample register of Kalimantan Barat)."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--write` makes the sheet anew and loads nothing."""
        parser.add_argument("--write", action="store_true", help="buat ulang lembarnya saja (only make the sheet anew)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, saying what became of it. Refuses where the settings say that this is no demo."""
        if options["write"]:
            kalbar.write()
            self.stdout.write(f"{kalbar.SHEET.name} dibuat ulang.")
            return
        if not settings.DEMO:
            raise CommandError("Ini bukan pemasangan demo: KENTONGAN_DEMO=1 bila memang mau (not a demo installation).")
        if kalbar.loaded():
            self.stdout.write("Register Kalimantan Barat sudah dimuat.")
            return
        with founding.one_hash(), transaction.atomic():
            importing = kalbar.load()
        self.stdout.write(f"{importing.tally['all']} KIM dari {importing.name}. Buka /wilayah/61/angka/.")
