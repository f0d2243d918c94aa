"""When a register may say something about a group: what it brings is at most decreed, and what was published is never taken away."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move, Need
from kentongan.groups.models import Group
from kentongan.groups.workflow.groups import DECREED, LIVING, NOTHING_OUT, PROPOSED, WITHDRAWN

NOBODYS = Need(
    lambda group: not group.founder_id, _("KIM ini sedang dibentuk warganya sendiri; SK-nya dicatat pada langkah pembentukannya.")
)


def state_in_register(group: Group) -> str:
    """Public since a moment ago where its decree came along; else an idea that somebody wrote down."""
    return DECREED if group.public_since else PROPOSED


MOVES = (
    Move("groups.enter", (NEW,), state_in_register, past=_("Dicatat dari register kantor")),
    Move("groups.amend", LIVING, None, past=_("Dilengkapi dari register kantor")),
    Move("groups.amend_decreed", (PROPOSED,), DECREED, (NOBODYS,), past=_("SK dicatat dari register kantor")),
    Move("groups.withdraw_entry", (PROPOSED, DECREED), WITHDRAWN, (NOTHING_OUT,), past=_("Ditarik lagi: impor dibatalkan")),
    Move("groups.take_back", LIVING, None, past=_("Dikembalikan: impor dibatalkan")),
    Move("groups.take_back_decree", (DECREED,), PROPOSED, (NOTHING_OUT,), past=_("SK dari register ditarik lagi: impor dibatalkan")),
)
