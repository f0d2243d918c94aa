"""Who may take a group's export: its board and nobody else, not even the operator."""

from typing import Any

import pytest

from kentongan.core import permissions
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotAllowed
from kentongan.exchange.models import Export
from kentongan.groups.tests.test_permissions import EVERYBODY

BOARD = "ketua sekretaris bendahara"
TABLE = (
    ("exchange.ask", BOARD),
    ("exchange.fetch", BOARD),
    ("exchange.drop", f"{BOARD} clock"),
    ("exchange.finish", "clock"),
    ("exchange.fail", "clock"),
)
"""Action → who has the right to it."""


@pytest.mark.parametrize(("action", "parts"), TABLE)
def test_who_may(cast: Any, action: str, parts: str) -> None:
    export, may = Export(group=cast.group, asked_by=cast.ketua), set()
    for part in (*EVERYBODY.split(), "clock"):
        try:
            permissions.capacity(CLOCK if part == "clock" else getattr(cast, part), action, export)
            may.add(part)
        except NotAllowed as refused:
            assert refused.sentence
    assert may == set(parts.split())


def test_who_may_not_is_told_who_can(cast: Any) -> None:
    with pytest.raises(NotAllowed) as refused:
        permissions.capacity(cast.dinas, "exchange.ask", Export(group=cast.group))
    assert "Sugeng Riyadi (ketua)" in refused.value.helpers
