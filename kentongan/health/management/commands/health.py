"""`manage.py health`: the health page in a terminal, also when nobody can sign in; exit status 1 when something is bad."""

import sys
from typing import Any

from django.core.management import BaseCommand

from kentongan.health import reading


class Command(BaseCommand):
    """Print every finding, the worst first."""

    help = "How the server is, with what to do."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = reading.findings()
        for one in found:
            self.stdout.write(f"{one.state_label:<13}{one.label:<28}{one.shown}")
            if one.advice:
                self.stdout.write(f"{'':13}→ {one.advice}")
        if reading.worst(found) == reading.BAD:
            sys.exit(1)
