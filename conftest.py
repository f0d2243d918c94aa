"""What all tests share: the installed browser, and the sentence about what is missing."""

import os
from typing import Any

import pytest

from tests import tools

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in the thread that asks the database


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a downloaded one; as root it runs without its sandbox."""
    tools.need("chromium")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": tools.chromium(), "args": [*root, "--disable-dev-shm-usage"]}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One sentence on what to install where tests were skipped."""
    if sentence := tools.closing_sentence():
        terminalreporter.write_line(sentence)
