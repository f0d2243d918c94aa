"""Who writes beside a figure: an office of the place or above it; beside the nation's figures the ministry."""

import pytest

from kentongan.core.actions import may
from kentongan.core.actors import CLOCK, PUBLIC
from kentongan.groups.tests.test_permissions import EVERYBODY
from kentongan.measurement.models import Note

TABLE = (("measurement.write_note", "kades camat dinas dinas2 provinsi kementerian"),)
"""Beside a figure of the village of the cast."""


@pytest.mark.parametrize(("action", "parts"), TABLE)
def test_only_these_may(cast, action, parts):
    note = Note(region=cast.region, indicator="cakupan")
    said = {part for part in EVERYBODY.split() if may(PUBLIC if part == "public" else getattr(cast, part), action, note)}
    assert said == set(parts.split()) & set(EVERYBODY.split())
    assert not may(CLOCK, action, note)
    assert "kantor" in may(cast.ketua, action, note).sentence
