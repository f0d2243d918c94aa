"""`manage.py rebuild_search`: the index of public things, made anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kentongan.search import index
from kentongan.search.models import Item


class Command(BaseCommand):
    """Make the index anew from everything public, or only put right what differs."""

    help = "Bangun ulang indeks pencarian (rebuild the search index)."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much."""
        parser.add_argument("--repair", action="store_true", help="hanya perbaiki yang berbeda, dan sebutkan (only what differs)")

    def handle(self, repair: bool, **options: Any) -> None:
        """Say what was done."""
        if repair:
            for difference in index.repair():
                self.stdout.write(f"  {difference}")
            index.count_words()
            self.stdout.write(f"Indeks memuat {Item.objects.count():,} halaman.".replace(",", "."))
            return
        with index.in_bulk():
            Item.objects.all().delete()
            for model in index.kinds():
                filled = index.fill(model.findable())
                self.stdout.write(f"  {model._meta.verbose_name}: {filled:,}".replace(",", "."))
