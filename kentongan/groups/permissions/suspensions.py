"""Who suspends a group and lifts it again: two officers of the regency each way (domain/00). Who appeals, and who answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.models import Group, office_over
from kentongan.groups.models.suspensions import suspension_of, uninvolved
from kentongan.groups.permissions.groups import BOARD_ONLY, REGENCY, REGENCY_ONLY, _board, _office
from kentongan.groups.workflow import board_of, regency_of
from kentongan.groups.workflow.suspensions import deciding

SECOND_ONLY = _("Hanya petugas kedua di Diskominfo kabupaten/kota, bukan yang mengusulkan.")
THIRD_ONLY = _("Keberatan dijawab petugas Diskominfo kabupaten/kota yang tidak ikut membekukan, selama ada.")


def _second_to_suspend(person: Person, group: Group) -> Any:
    suspension = suspension_of(group)
    return office_over(person, group.region, REGENCY) if not suspension or suspension.asked_by_id != person.pk else None


def _second_to_lift(person: Person, group: Group) -> Any:
    suspension = suspension_of(group)
    return office_over(person, group.region, REGENCY) if not suspension or suspension.lift_asked_by_id != person.pk else None


def _third(person: Person, group: Group) -> Any:
    """Somebody who had no part in it, where the office has such a person."""
    others = {post.person_id for post in uninvolved(group)}
    return office_over(person, group.region, REGENCY) if not others or person.pk in others else None


RULES = (
    Rule("groups.ask_suspension", _office(REGENCY), REGENCY_ONLY, regency_of),
    Rule("groups.refuse_suspension", _office(REGENCY), REGENCY_ONLY, regency_of),
    Rule("groups.suspend", _second_to_suspend, SECOND_ONLY, regency_of),
    Rule("groups.ask_lifting", _office(REGENCY), REGENCY_ONLY, regency_of),
    Rule("groups.refuse_lifting", _office(REGENCY), REGENCY_ONLY, regency_of),
    Rule("groups.lift", _second_to_lift, SECOND_ONLY, regency_of),
    Rule("groups.appeal", _board, BOARD_ONLY, board_of),
    Rule("groups.uphold_suspension", _third, THIRD_ONLY, deciding),
    Rule("groups.grant_appeal", _third, THIRD_ONLY, deciding),
)
