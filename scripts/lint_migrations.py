"""Whether our migrations can be applied while the version before them still serves. First migrations are let be.

So are those of UNRELEASED: they came before 0.1.0, when no version had been released that could still be serving.
"""

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

UNRELEASED = [
    "0003_receipts_know_a_form_sent_twice",
    "0004_begun_stories_and_several_photos",
    "0007_government_material_and_reposts",
    "0010_a_group_may_repost_again_after_taking_back",
    "0011_regions_ask_more_of_checkers",
    "0012_receipts_know_a_form_sent_twice",
]

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
        ignore_name=UNRELEASED,
    )
    linter.lint_all_migrations()
    linter.print_summary()
    sys.exit(linter.has_errors)
