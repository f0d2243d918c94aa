"""Whether our migrations can be applied while the version before them still serves. First migrations are let be."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.config.settings")

import django  # noqa: E402
from django.apps import apps  # noqa: E402

from kentongan.config import database  # noqa: E402
from kentongan.config.trouble import told  # noqa: E402

with told(), database.used() as up:
    os.environ["DATABASE_URL"] = up.url
    django.setup()
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(
        str(ROOT),
        include_apps=[room.label for room in apps.get_app_configs() if room.name.startswith("kentongan.")],
        quiet=["ok", "ignore", "warning"],
        no_cache=True,
        ignore_initial_migrations=True,
    )
    linter.lint_all_migrations()
    linter.print_summary()
    sys.exit(linter.has_errors)
