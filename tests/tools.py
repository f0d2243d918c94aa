"""Programs that some tests need from outside Python: a browser, axe-core, the HTML validator.

Where one is missing the test is skipped and the end of the run says in one sentence what to install; with CI=true a
missing one is a failure, so that nothing is skipped there. A pytest plugin, named in the root `conftest.py`.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in the thread that asks the database

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
VNU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CI = os.environ.get("CI") == "true"


def chromium() -> str | None:
    """The path of an installed Chromium; none is ever downloaded."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _file(path: Path) -> Callable[[], str | None]:
    return lambda: str(path) if path.exists() else None


WAYS: dict[str, tuple[Callable[[], str | None], str]] = {
    "chromium": (chromium, "apt install chromium"),
    "axe": (_file(AXE), "npm ci --ignore-scripts"),
    "vnu": (_file(VNU), "npm ci --ignore-scripts"),
    "java": (lambda: shutil.which("java"), "apt install default-jre-headless"),
}
missed: dict[str, str] = {}
"""What this run found missing, and how to get it."""


def need(*names: str) -> None:
    """Skip this test (fail it in CI) unless all of these are here: chromium, axe, vnu, java."""
    missing = {name: WAYS[name][1] for name in names if not WAYS[name][0]()}
    if not missing:
        return
    missed.update(missing)
    sentence = f"{', '.join(missing)} not installed: {' && '.join(dict.fromkeys(missing.values()))}"
    if CI:
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def closing_sentence() -> str | None:
    """What to install so that nothing is skipped, or None when nothing was missing."""
    if not missed:
        return None
    how = " && ".join(dict.fromkeys(missed.values()))
    return f"Sebagian uji dilewati karena {', '.join(missed)} belum ada. Pasang dengan: {how} (some tests were skipped; install those)"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The installed Chromium instead of a downloaded one; as root it runs without its sandbox."""
    need("chromium")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": chromium(), "args": [*root, "--disable-dev-shm-usage"]}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One sentence on what to install where tests were skipped."""
    if sentence := closing_sentence():
        terminalreporter.write_line(sentence)
