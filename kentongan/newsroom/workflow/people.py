"""When a person's name is taken out: while they are not forgotten yet."""

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.workflow import Move

MOVES = (Move("newsroom.forget_words", (Person.State.ACTIVE,), None, past=_("Nama dihapus dari kredit dan notula")),)
