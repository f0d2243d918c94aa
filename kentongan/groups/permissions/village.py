"""Who speaks for the office of a place about a group, who answers, who stands behind a decree."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.models import Appointment, Group, office_over, officers_of
from kentongan.groups.permissions.groups import FOUNDER, VILLAGE, _board
from kentongan.groups.workflow.village import answering, issuers_of

HEAD_ONLY = _("Hanya kepala desa atau lurah setempat yang memberi dukungan atau keberatan.")


def _village_head(person: Person, group: Group) -> Any:
    post = office_over(person, group.region, VILLAGE)
    return post if post and post.role == Appointment.Role.HEAD else None


def village_of(group: Group) -> list[str]:
    """Who speaks for the village."""
    return officers_of(group, VILLAGE)


def _answering(person: Person, group: Group) -> Any:
    """The board; the founder until a decree makes it one."""
    board = _board(person, group)
    return board or (FOUNDER if group.founder_id == person.pk and not group.is_public else None)


def _issuing(person: Person, group: Group) -> Any:
    """The office whose head signed a decree of the group."""
    levels = sorted({decree.level for decree in group.all_decrees}, reverse=True)
    return next((post for level in levels if (post := office_over(person, group.region, level))), None)


RULES = (
    Rule("groups.endorse", _village_head, HEAD_ONLY, village_of),
    Rule("groups.object", _village_head, HEAD_ONLY, village_of),
    Rule("groups.answer_objection", _answering, _("Keberatan dijawab pengurus, atau pengusul selama belum ada pengurus."), answering),
    Rule("groups.confirm_decree", _issuing, _("SK dipastikan oleh kantor pejabat yang menandatanganinya."), issuers_of),
)
