#!/usr/bin/env python3
"""Django's command line for Kentongan. The private database is started for the command when nobody runs it yet."""

import os
import signal
import sys

from kentongan.config import database
from kentongan.config.trouble import told

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.config.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that leaving is counted
    with told(), database.used() as up:
        os.environ["DATABASE_URL"] = up.url

        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
