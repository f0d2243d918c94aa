"""Every line of the permission table, asked of everybody: who may, and that nobody else may."""

from collections.abc import Callable
from typing import Any

import pytest

from kentongan.accounts.models import Account, Erasure, Merger, Person, Recovery
from kentongan.core import permissions
from kentongan.core.actors import CLOCK, PUBLIC
from kentongan.core.errors import NotAllowed
from kentongan.groups.models import Appointment, Deed, Group, Handover, Item, Membership, Office, Reminder, Visit
from kentongan.groups.permissions import RULES
from kentongan.groups.tests import formation_rules
from kentongan.groups.tests.factories import today
from kentongan.regions.models import RegionSetting
from tests.cast import Cast

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "anggota anggota2 redaktur redaktur2 pemeriksa ketua sekretaris bendahara pembina "
    "kades camat dinas dinas2 provinsi kementerian tetangga operator warga"
)


def own(cast: Cast) -> Group:
    return cast.group


def state(name: str) -> Callable[[Cast], Group]:
    def a_group(cast: Cast) -> Group:
        return Group(region=cast.region, state=name, founder=cast.warga, pk=999)

    return a_group


def asked(cast: Cast) -> Group:
    cast.group.dissolution_asked_by = cast.dinas
    return cast.group


def of_anggota(cast: Cast) -> Membership:
    return cast.group.memberships.get(person=cast.anggota)


def account_of(part: str) -> Callable[[Cast], Account]:
    return lambda cast: getattr(cast, part).account


def recovery(cast: Cast) -> Recovery:
    return Recovery.ask(cast.anggota.account, cast.ketua, "lupa")


def wish(cast: Cast) -> Erasure:
    return Erasure(person=cast.anggota, asked_by=cast.anggota)


def twins(cast: Cast) -> Merger:
    return Merger(kept=cast.anggota, lost=cast.anggota2, asked_by=cast.dinas)


def post_in(part: str) -> Callable[[Cast], Appointment]:
    return lambda cast: Appointment(person=Person(pk=-998), office=cast.offices[part])


def empty_office(cast: Cast) -> Appointment:
    return Appointment(person=Person(pk=-998), office=Office.at(cast.other_group.region, "village"))


def setting(code: str) -> Callable[[Cast], RegionSetting]:
    def drawn(cast: Cast) -> RegionSetting:
        region = next((place for place in (*cast.region.ancestors, cast.region) if place.code == code), None)
        return RegionSetting.drawn_up(region, "groups.min_members", 5, source="x", edition="1", since=today())

    return drawn


def visit_of(part: str) -> Callable[[Cast], Visit]:
    return lambda cast: Visit(group=cast.group, office=cast.offices[part])


def item(cast: Cast) -> Item:
    return Item(group=cast.group)


def deed(cast: Cast) -> Deed:
    return Deed(group=cast.group, written_by=cast.anggota)


def handover_of(part: str) -> Callable[[Cast], Handover]:
    return lambda cast: Handover(office=cast.offices[part], giver=cast.people[part])


def board_handover(cast: Cast) -> Handover:
    return Handover(group=cast.group, giver=cast.ketua)


def reminder(cast: Cast) -> Reminder:
    return Reminder(board=cast.group)


LIVING_TABLE: tuple[tuple[str, Callable[[Cast], Any], str], ...] = (
    ("groups.note_visit", visit_of("dinas"), "kades camat dinas dinas2 provinsi kementerian"),
    ("groups.replan_visit", visit_of("dinas"), "dinas dinas2"),
    ("groups.remark_on_visit", visit_of("dinas"), "ketua sekretaris"),
    ("groups.state_item", item, "ketua sekretaris"),
    ("groups.withdraw_item", item, "ketua sekretaris"),
    ("groups.see_item", item, "kades camat dinas dinas2 provinsi kementerian"),
    ("groups.write_deed", deed, "anggota anggota2 redaktur redaktur2 pemeriksa ketua sekretaris bendahara"),
    ("groups.confirm_deed", deed, "anggota2 redaktur redaktur2 pemeriksa ketua sekretaris bendahara"),
    ("groups.take_back_deed", deed, "anggota ketua sekretaris"),
    ("groups.remind", reminder, "clock"),
    ("groups.hand_over", handover_of("dinas"), "dinas dinas2"),
    ("groups.hand_over", board_handover, "ketua sekretaris"),
    ("groups.take_over", handover_of("dinas"), "dinas2"),
    ("groups.take_over", board_handover, "sekretaris"),
)
TABLE: tuple[tuple[str, Callable[[Cast], Any], str], ...] = (
    *formation_rules.TABLE,
    ("groups.propose", state("proposed"), f"{EVERYBODY} public"),
    ("groups.assign_founder", state("proposed"), "kades camat dinas dinas2"),
    ("groups.socialise", state("proposed"), "kades camat dinas dinas2"),
    ("groups.deliberate", state("proposed"), "warga kades"),
    ("groups.minute", state("deliberated"), "warga"),
    ("groups.decree", state("minuted"), "kades camat dinas dinas2"),
    ("groups.renew_decree", own, "kades camat dinas dinas2"),
    ("groups.register", own, "ketua dinas dinas2"),
    ("groups.verify", own, "dinas dinas2"),
    ("groups.return", state("deliberated"), "kades dinas dinas2"),
    ("groups.return", state("minuted"), "kades camat dinas dinas2"),
    ("groups.return", state("decreed"), "dinas dinas2"),
    ("groups.return", state("registered"), "dinas dinas2"),
    ("groups.ask_dissolution", own, "dinas dinas2"),
    ("groups.refuse_dissolution", asked, "dinas dinas2"),
    ("groups.dissolve", asked, "dinas2"),
    ("groups.update_profile", own, "ketua sekretaris"),
    ("groups.confirm_board", own, "ketua sekretaris"),
    ("groups.warn_of_sleep", own, "clock"),
    ("groups.stir", own, "clock"),
    ("groups.fall_asleep", own, "clock"),
    ("groups.wake", own, "ketua sekretaris"),
    *(
        (f"groups.{verb}", own, "dinas dinas2 provinsi kementerian")
        for verb in ("enter", "amend", "amend_decreed", "withdraw_entry", "take_back", "take_back_decree")
    ),
    ("groups.admit", of_anggota, "ketua sekretaris"),
    ("groups.agree", of_anggota, "anggota"),
    ("groups.agree_with_help", of_anggota, "ketua sekretaris"),
    ("groups.change_role", of_anggota, "ketua sekretaris"),
    ("groups.end_membership", of_anggota, "ketua sekretaris anggota"),
    ("groups.appoint", post_in("kades"), "dinas dinas2 provinsi kementerian"),
    ("groups.appoint", post_in("dinas"), "provinsi kementerian"),
    ("groups.appoint", empty_office, "dinas dinas2 provinsi kementerian operator"),
    ("groups.end_appointment", post_in("kades"), "dinas dinas2 provinsi kementerian operator"),
    ("groups.print_slip", account_of("anggota"), "ketua sekretaris kades camat dinas dinas2 provinsi kementerian"),
    ("groups.print_slip", account_of("kades"), "dinas dinas2 provinsi kementerian operator"),
    ("groups.print_slip", account_of("kementerian"), "operator"),
    ("groups.print_slip", account_of("warga"), ""),
    ("groups.request_recovery", recovery, "ketua sekretaris kades camat dinas dinas2 provinsi kementerian"),
    (
        "groups.confirm_recovery",
        recovery,
        "anggota2 redaktur redaktur2 pemeriksa sekretaris bendahara pembina kades camat dinas dinas2 provinsi kementerian",
    ),
    ("groups.note_birth_year", of_anggota, "ketua sekretaris kades camat dinas dinas2"),
    ("groups.record_guardian", of_anggota, "ketua sekretaris kades camat dinas dinas2"),
    ("groups.ask_erasure", wish, "anggota"),
    ("groups.ask_erasure_for", wish, "ketua sekretaris kades camat dinas dinas2 provinsi kementerian"),
    ("groups.take_back_erasure", wish, "anggota ketua sekretaris kades camat dinas dinas2 provinsi kementerian"),
    ("groups.erase", wish, "clock"),
    ("groups.forget_person", lambda cast: cast.anggota, "clock"),
    ("groups.forget_account", account_of("anggota"), "clock"),
    ("groups.ask_merger", twins, "dinas dinas2"),
    ("groups.confirm_merger", twins, "dinas2"),
    ("groups.refuse_merger", twins, "dinas dinas2"),
    ("groups.merge_person", lambda cast: cast.anggota, "dinas dinas2"),
    ("groups.close_account", account_of("anggota"), "dinas dinas2"),
    ("groups.hand_over_account", account_of("anggota"), "dinas dinas2"),
    ("groups.set_region_setting", setting("33.18"), "dinas dinas2"),
    ("groups.set_region_setting", setting("33.18.17.2003"), "dinas dinas2"),
    ("groups.set_region_setting", setting("33"), "provinsi"),
    ("groups.set_region_setting", setting(""), "kementerian"),
    *LIVING_TABLE,
)


def may(by: Any, action: str, thing: Any) -> bool:
    try:
        return bool(permissions.capacity(by, action, thing))
    except NotAllowed as refused:
        assert refused.sentence
        return False


@pytest.mark.parametrize(
    ("action", "thing", "parts"), TABLE, ids=[f"{action}-{number}" for number, (action, _thing, _parts) in enumerate(TABLE)]
)
def test_only_those_with_the_post_may(cast: Cast, action: str, thing: Callable[[Cast], Any], parts: str) -> None:
    on = thing(cast)
    able = {part for part, somebody in cast.people.items() if may(somebody, action, on)}
    able |= {part for part, by in (("public", PUBLIC), ("clock", CLOCK)) if may(by, action, on)}
    assert able == set(parts.split())


def test_every_rule_of_the_room_is_in_the_table() -> None:
    assert {rule.action for rule in RULES} == {action for action, _thing, _parts in TABLE}
