"""Who may guard a minor, ask to be forgotten or for another who cannot, and say that two rows are one human."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Erasure, Merger, Person
from kentongan.accounts.settings import ERASURE_DAYS
from kentongan.core.permissions import SELF, Rule
from kentongan.groups.models import Membership, membership_of, office_over
from kentongan.groups.models.leaving import regions_of
from kentongan.groups.permissions.groups import home_of, standing_behind
from kentongan.groups.workflow.groups import board_of, regency_of
from kentongan.regions.models import Level


def waiting_days(person: Person) -> int:
    """How many days this person's wish to be forgotten waits: by the rule where the group that knows them lies."""
    home = home_of(person)
    return int(home.region.setting_origin("accounts.erasure_days").value) if home else ERASURE_DAYS


DUE = "permintaan penghapusan"
"""The capacity of the clock when the waiting time is over."""


def _near(person: Person, membership: Membership) -> Any:
    """The board, or an office above; nobody about themselves."""
    if membership.person_id == person.pk:
        return None
    board = membership_of(person, membership.group, Membership.Role.KETUA, Membership.Role.SEKRETARIS)
    return board or office_over(person, membership.group.region, Level.VILLAGE, Level.DISTRICT, Level.REGENCY)


def _oneself(person: Person, erasure: Erasure) -> Any:
    return SELF if erasure.person_id == person.pk else None


def _for_another(person: Person, erasure: Erasure) -> Any:
    """Who stands behind somebody that cannot ask with an account of their own."""
    return standing_behind(person, erasure.person) if erasure.person_id != person.pk else None


def _either(person: Person, erasure: Erasure) -> Any:
    return _oneself(person, erasure) or _for_another(person, erasure)


def _nobody(person: Person, thing: Any) -> Any:
    """The waiting time decides."""
    return None


def regency_over(person: Person, *people: Person) -> Any:
    """The appointment in a regency's office that covers every place these people ever held a post in; about oneself nobody has one."""
    places = [regions_of(somebody) for somebody in people]
    if not all(places) or person.pk in {somebody.pk for somebody in people}:
        return None
    posts = [office_over(person, region, Level.REGENCY) for regions in places for region in regions]
    return posts[0] if all(posts) else None


def _over_both(person: Person, merger: Merger) -> Any:
    return regency_over(person, merger.kept, merger.lost)


def _second_officer(person: Person, merger: Merger) -> Any:
    return _over_both(person, merger) if merger.asked_by_id != person.pk else None


def _over(person: Person, other: Person) -> Any:
    return regency_over(person, other)


def _over_account(person: Person, account: Any) -> Any:
    return regency_over(person, account.person)


def _board_of(membership: Membership) -> list[str]:
    return [*board_of(membership.group), *regency_of(membership.group)]


NEAR = _("Hanya ketua atau sekretaris KIM ini, atau petugas di atasnya; tidak ada yang mencatat untuk dirinya sendiri.")
BEHIND = _("Hanya pengurus kelompoknya atau petugas di atasnya, untuk orang yang tidak punya akun sendiri.")
CLOCK_ONLY = _("Ini dikerjakan sistem pada harinya, bukan oleh orang.")
REGENCY_ONLY = _("Hanya petugas Diskominfo kabupaten/kota yang membawahi semua kelompok orang ini, bukan orangnya sendiri.")

RULES = (
    Rule("groups.note_birth_year", _near, NEAR, _board_of, assisted=True),
    Rule("groups.record_guardian", _near, NEAR, _board_of, assisted=True),
    Rule("groups.ask_erasure", _oneself, _("Penghapusan data diminta oleh orangnya sendiri, dari akunnya.")),
    Rule("groups.ask_erasure_for", _for_another, BEHIND, assisted=True),
    Rule("groups.take_back_erasure", _either, _("Hanya orangnya sendiri, atau yang mencatat untuknya.")),
    Rule("groups.erase", _nobody, CLOCK_ONLY, clock=DUE),
    Rule("groups.forget_person", _nobody, CLOCK_ONLY, clock=DUE),
    Rule("groups.forget_account", _nobody, CLOCK_ONLY, clock=DUE),
    Rule("groups.ask_merger", _over_both, REGENCY_ONLY),
    Rule("groups.confirm_merger", _second_officer, _("Hanya petugas kedua di Diskominfo kabupaten/kota, bukan yang meminta penggabungan.")),
    Rule("groups.refuse_merger", _over_both, REGENCY_ONLY),
    Rule("groups.merge_person", _over, REGENCY_ONLY),
    Rule("groups.close_account", _over_account, REGENCY_ONLY),
    Rule("groups.hand_over_account", _over_account, REGENCY_ONLY),
)
