"""`manage.py write_open_data`: the open data, now instead of tonight."""

from typing import Any

from django.core.management.base import BaseCommand

from kentongan.exchange.jobs import write_open_data
from kentongan.exchange.reading.datasets import FILES, Kept


class Command(BaseCommand):
    """Write the files and say how many rows they have."""

    help = "Tulis data terbuka sekarang (write the open data now)."

    def handle(self, **options: Any) -> None:
        """Say what was written."""
        write_open_data()
        kept = Kept()
        for name in FILES:
            file = kept.file(name) or {}
            self.stdout.write(f"  {name}: {file.get('rows', 0)} baris, {file.get('bytes', 0)} byte")
