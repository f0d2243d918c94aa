"""Who may bring a register in, asked of everybody: whoever keeps that region's register, and nobody else."""

from typing import Any

import pytest

from kentongan.core import permissions
from kentongan.core.actors import CLOCK, PUBLIC
from kentongan.core.errors import NotAllowed
from kentongan.groups.models import Office
from kentongan.regions.models import Region
from kentongan.registers.models import Import
from kentongan.registers.permissions import RULES
from tests.cast import Cast

pytestmark = pytest.mark.django_db

KEEPERS = "dinas dinas2 provinsi kementerian"
TABLE: tuple[tuple[str, str], ...] = (
    *((f"registers.{verb}", KEEPERS) for verb in ("upload", "map", "choose", "confirm", "save", "undo", "take_back", "drop")),
    *((f"registers.{verb}", "clock") for verb in ("read", "refuse", "preview", "find_same", "look_again", "stumble", "forget")),
)
"""Of an import for the regency of the cast."""


def able(cast: Cast, action: str, importing: Import) -> set[str]:
    def may(by: Any) -> bool:
        try:
            return bool(permissions.capacity(by, action, importing))
        except NotAllowed as refused:
            assert refused.sentence
            return False

    return {part for part, by in {**cast.people, "public": PUBLIC, "clock": CLOCK}.items() if may(by)}


def drawn(cast: Cast, code: str) -> Import:
    return Import(office=Office.objects.get(name="Diskominfo Kab. Pati"), region=Region.objects.get(code=code), by=cast.dinas)


def test_only_who_keeps_the_register_of_the_region_may(cast: Cast) -> None:
    importing = drawn(cast, "33.18")
    assert {action: able(cast, action, importing) for action, _who in TABLE} == {action: set(who.split()) for action, who in TABLE}


def test_a_regency_brings_nothing_in_for_a_whole_province(cast: Cast) -> None:
    assert able(cast, "registers.upload", drawn(cast, "33")) == {"provinsi", "kementerian"}


def test_every_rule_of_the_room_is_in_the_table() -> None:
    assert {rule.action for rule in RULES} == {action for action, _who in TABLE}
