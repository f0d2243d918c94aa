"""Who may bring a register in: communication offices of a regency or province and the ministry, each for what lies in its own subtree."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.models import Appointment, Group, Office, posts_of
from kentongan.groups.workflow import regency_of
from kentongan.regions.models import Level, Region

REGISTRARS_ONLY = _("Register dicatat oleh Diskominfo kabupaten/kota atau provinsi, atau kementerian, untuk wilayahnya sendiri.")


def keeps_registers(post: Any) -> bool:
    """Whether this post is in an office that keeps a register: the communication office of a regency or province, or the ministry."""
    if not isinstance(post, Appointment):
        return False
    local = post.office.kind == Office.Kind.COMMUNICATION and post.office.level in (Level.PROVINCE, Level.REGENCY)
    return local or post.office.kind == Office.Kind.MINISTRY


def registrar_over(person: Person, region: Region) -> Appointment | None:
    """The post in which somebody keeps the register of a region, today."""
    posts = (post for post in posts_of(person) if isinstance(post, Appointment) and keeps_registers(post))
    return next((post for post in posts if post.office.covers(region)), None)


def _registrar(person: Person, group: Group) -> Any:
    return registrar_over(person, group.region)


RULES = tuple(
    Rule(f"groups.{verb}", _registrar, REGISTRARS_ONLY, regency_of)
    for verb in ("enter", "amend", "amend_decreed", "withdraw_entry", "take_back", "take_back_decree")
)
