"""Who may bring a register in and settle it: whoever keeps the register of that region. What a job finds out is the clock's."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.permissions import REGISTRARS_ONLY, registrar_over
from kentongan.registers.models import Import

CLOCK = "pembaca berkas"


def _registrar(person: Person, importing: Import) -> Any:
    """For the region of the import, whoever of the offices above it goes on with it."""
    return registrar_over(person, importing.region)


def _nobody(person: Person, importing: Import) -> Any:
    """A job's findings, no person's decision."""
    return None


BY_ITSELF = _("Langkah ini dikerjakan sistem sesudah berkas diunggah; tidak ada yang perlu ditekan.")

RULES = (
    *(
        Rule(f"registers.{verb}", _registrar, REGISTRARS_ONLY)
        for verb in ("upload", "map", "choose", "confirm", "save", "undo", "take_back", "drop")
    ),
    *(
        Rule(f"registers.{verb}", _nobody, BY_ITSELF, clock=CLOCK)
        for verb in ("read", "refuse", "preview", "find_same", "look_again", "stumble", "forget")
    ),
)
