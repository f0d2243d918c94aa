"""Who may say a village's word, stand behind a decree, suspend, lift, appeal and answer: lines for the table of test_permissions."""

from collections.abc import Callable
from typing import Any

from kentongan.groups.models import Appointment, Group, Suspension
from tests.cast import Cast, appoint, person

REASON = {"reason": "Sengketa pengurus.", "appeal_to": "Bupati Pati"}


def own(cast: Cast) -> Group:
    return cast.group


def forming(cast: Cast) -> Group:
    return Group(region=cast.region, state="deliberated", founder=cast.warga, pk=999)


def asked_to_suspend(cast: Cast) -> Group:
    """The first officer asked."""
    cast.group.suspensions.create(**REASON, asked_by=cast.dinas)
    return cast.group


def suspended(cast: Cast) -> Group:
    """Two officers suspended it; nobody else serves in their office."""
    course = Suspension.Course.IN_FORCE
    cast.group.suspensions.create(**REASON, asked_by=cast.dinas, confirmed_by=cast.dinas2, course=course)
    Group.objects.filter(pk=cast.group.pk).update(state="suspended")
    return Group.objects.select_related("region").get(pk=cast.group.pk)


def suspended_beside_a_third(cast: Cast) -> Group:
    """A third officer serves in the same office."""
    third = person("dinas3", "Hesti", number=98)
    appoint(cast.offices["dinas"], third, Appointment.Role.OFFICER, "Petugas KIM")
    cast.people["dinas3"] = third
    return suspended(cast)


def to_be_lifted(cast: Cast) -> Group:
    group = suspended(cast)
    group.suspensions.update(lift_asked_by=cast.dinas, lift_reason="Selesai.")
    return group


def village_of_two(cast: Cast) -> Group:
    """Beside the head serves an officer, who does not speak for the village."""
    clerk = person("kaur", "Kasi Umum", number=97)
    appoint(cast.offices["kades"], clerk, Appointment.Role.OFFICER, "Kaur Umum")
    cast.people["kaur"] = clerk
    return cast.group


TABLE: tuple[tuple[str, Callable[[Cast], Any], str], ...] = (
    ("groups.endorse", village_of_two, "kades"),
    ("groups.object", village_of_two, "kades"),
    ("groups.answer_objection", own, "ketua sekretaris"),
    ("groups.answer_objection", forming, "warga"),
    ("groups.confirm_decree", village_of_two, "kades kaur"),
    ("groups.ask_suspension", own, "dinas dinas2"),
    ("groups.refuse_suspension", asked_to_suspend, "dinas dinas2"),
    ("groups.suspend", asked_to_suspend, "dinas2"),
    ("groups.ask_lifting", suspended, "dinas dinas2"),
    ("groups.refuse_lifting", to_be_lifted, "dinas dinas2"),
    ("groups.lift", to_be_lifted, "dinas2"),
    ("groups.appeal", suspended, "ketua sekretaris"),
    ("groups.uphold_suspension", suspended, "dinas dinas2"),
    ("groups.uphold_suspension", suspended_beside_a_third, "dinas3"),
    ("groups.grant_appeal", suspended, "dinas dinas2"),
    ("groups.grant_appeal", suspended_beside_a_third, "dinas3"),
)
