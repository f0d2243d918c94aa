"""The type of a setting that a region may override. Rooms list theirs in `settings.SETTINGS`; `regions` resolves the value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Setting:
    """A rule that differs by region, as data.

    `key` is "room.name"; `kind` the Python type of its value (int, str, bool, or tuple for a list of words); `default` the value where no
    region says otherwise; `source` the rule it follows, or "bawaan Kentongan" where it is this project's own; `label` and `help` are read
    by people; `check` raises ValueError with a sentence for a value that makes no sense.
    """

    key: str
    kind: type
    default: Any
    source: str
    label: Any
    help: Any = ""
    unit: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    check: Callable[[Any], None] | None = None


PROJECT = gettext_noop("bawaan Kentongan")
"""The source of a default that no public rule gives."""

_settings: dict[str, Setting] = {}


def register(*settings: Setting) -> None:
    """Add a room's settings. Raises ValueError when a key is taken."""
    for setting in settings:
        if setting.key in _settings:
            raise ValueError(f"two settings {setting.key}")
        _settings[setting.key] = setting


def registered() -> dict[str, Setting]:
    """Every setting of every room, by key."""
    return _settings
