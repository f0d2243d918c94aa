"""Who notes guidance, states and sees what a group has, writes and confirms its papers, and hands over an office or a board."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.models import (
    GOVERNING,
    Appointment,
    Deed,
    Handover,
    Item,
    Membership,
    Office,
    Reminder,
    Visit,
    appointment_over,
    membership_of,
    names_of,
    posts_of,
)
from kentongan.groups.permissions.groups import CLOCK_ONLY, three_offices
from kentongan.groups.workflow.living import board_of_thing

GUIDING = (*GOVERNING, Office.Kind.MINISTRY, Office.Kind.OTHER)
CLOCK_CAPACITY = "pengingat masa berlaku"


def guiding(person: Person, thing: Any) -> Appointment | None:
    """The appointment in any office above the group a thing belongs to: village, district, regency, province, ministry, or another body."""
    return appointment_over(person, thing.group.region, *GUIDING)


def _of_the_office(person: Person, visit: Visit) -> Any:
    return in_office(person, visit.office)


def in_office(person: Person, office: Office | None) -> Appointment | None:
    """The appointment of this person in this very office today."""
    return next((post for post in posts_of(person) if isinstance(post, Appointment) and office and post.office_id == office.pk), None)


def on_board(person: Person, thing: Any) -> Membership | None:
    """Ketua or sekretaris of the group a thing belongs to."""
    return membership_of(person, thing.group, Membership.Role.KETUA, Membership.Role.SEKRETARIS)


def _member(person: Person, deed: Deed) -> Any:
    return membership_of(person, deed.group)


def _another_member(person: Person, deed: Deed) -> Any:
    """Nobody confirms their own words."""
    return membership_of(person, deed.group) if deed.written_by_id != person.pk else None


def _writer_or_board(person: Person, deed: Deed) -> Any:
    return on_board(person, deed) or (membership_of(person, deed.group) if deed.written_by_id == person.pk else None)


def _handing_over(person: Person, handover: Handover) -> Any:
    return on_board(person, handover) if handover.group else in_office(person, handover.office)


def _taking_over(person: Person, handover: Handover) -> Any:
    """Whoever serves there, but for the one who handed over."""
    return _handing_over(person, handover) if handover.giver_id != person.pk else None


def _nobody(person: Person, reminder: Reminder) -> Any:
    """Time alone decides."""
    return None


def offices_above(thing: Any) -> list[str]:
    """The offices of village, district and regency."""
    return three_offices(thing.group)


def others_of(deed: Deed) -> list[str]:
    """Who could confirm."""
    return names_of(deed.group, *(role for role in Membership.Role.values if role != Membership.Role.PEMBINA))


def beside(handover: Handover) -> Iterator[str]:
    """Who serves there."""
    if handover.group:
        return iter(board_of_thing(handover))
    rows = Appointment.objects.current().filter(office=handover.office).select_related("person")[:4]
    return (f"{row.person.name} ({row.title})" for row in rows)


BOARD_ONLY = _("Hanya ketua atau sekretaris KIM ini.")
OFFICES_ABOVE = _("Hanya petugas instansi di atas KIM ini.")


def _see(person: Person, item: Item) -> Any:
    return guiding(person, item)


RULES = (
    Rule("groups.note_visit", guiding, OFFICES_ABOVE, offices_above),
    Rule("groups.replan_visit", _of_the_office, _("Hanya petugas di kantor yang mencatat pembinaan itu.")),
    Rule("groups.remark_on_visit", on_board, BOARD_ONLY, board_of_thing),
    Rule("groups.state_item", on_board, BOARD_ONLY, board_of_thing),
    Rule("groups.withdraw_item", on_board, BOARD_ONLY, board_of_thing),
    Rule("groups.see_item", _see, OFFICES_ABOVE, offices_above),
    Rule("groups.write_deed", _member, _("Hanya anggota KIM ini, selain pembina."), board_of_thing),
    Rule("groups.confirm_deed", _another_member, _("Hanya anggota lain, bukan yang menulis naskah ini."), others_of),
    Rule("groups.take_back_deed", _writer_or_board, _("Hanya yang menulis naskah ini, atau ketua dan sekretaris."), board_of_thing),
    Rule("groups.remind", _nobody, CLOCK_ONLY, clock=CLOCK_CAPACITY),
    Rule("groups.hand_over", _handing_over, _("Hanya yang sedang bertugas di kantor atau kepengurusan itu."), beside),
    Rule("groups.take_over", _taking_over, _("Hanya penerus di kantor atau kepengurusan itu, bukan yang menyerahkan."), beside),
)
