"""Who may do what with government material: an office with its own package, a group with its answer. Neither touches the other's words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.models import Appointment, posts_of
from kentongan.newsroom.models import Material
from kentongan.newsroom.permissions.stories import DESK, WRITERS, holds
from kentongan.newsroom.workflow.stories import Role, named

SPOKESPEOPLE = (*DESK, Role.KETUA, Role.SEKRETARIS)
"""Who answers for a group."""


def serves(person: Person, material: Material) -> Any:
    """Somebody who serves today in the office whose material it is."""
    posts = (post for post in posts_of(person) if isinstance(post, Appointment))
    return next((post for post in posts if post.office_id == material.office_id), None)


OFFICE_ONLY = _("Hanya petugas instansi yang membuat bahan ini.")
MEMBERS_ONLY = _("Hanya anggota KIM yang menerima bahan ini.")
SPOKESPEOPLE_ONLY = _("Hanya redaktur, pemeriksa, ketua atau sekretaris KIM ini yang menjawab instansi.")

RULES = (
    Rule("newsroom.draft_material", serves, OFFICE_ONLY),
    Rule("newsroom.edit_material", serves, OFFICE_ONLY),
    Rule("newsroom.choose_receivers", serves, OFFICE_ONLY),
    Rule("newsroom.send_material", serves, OFFICE_ONLY),
    Rule("newsroom.withdraw_material", serves, OFFICE_ONLY),
    Rule("newsroom.deliver_material", lambda person, material: None, OFFICE_ONLY, clock="pengiriman bahan"),
    Rule("newsroom.expire_material", lambda person, material: None, OFFICE_ONLY, clock="masa berlaku bahan"),
    Rule("newsroom.read_offer", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.adopt", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.decline_offer", holds(*SPOKESPEOPLE), SPOKESPEOPLE_ONLY, named(*SPOKESPEOPLE)),
    Rule("newsroom.comment_on_offer", holds(*SPOKESPEOPLE), SPOKESPEOPLE_ONLY, named(*SPOKESPEOPLE)),
)
