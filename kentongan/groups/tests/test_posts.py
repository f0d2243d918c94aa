"""Posts and what hangs on them: admitting, appointing, slips, recoveries, settings; every right lapses by date."""

from datetime import timedelta

import pytest

from kentongan.accounts.models import Account, Person, Slip
from kentongan.core.errors import BadRequest, NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.groups import actions
from kentongan.groups.models import Appointment, Group, Membership, Office
from kentongan.groups.tests.factories import today
from kentongan.regions.models import RegionSetting
from tests.cast import Cast, appoint, member, person

pytestmark = pytest.mark.django_db


def again(somebody: Person) -> Person:
    """The person as the next request knows them: posts are read once a request."""
    return Person.objects.get(pk=somebody.pk)


def test_a_member_is_admitted_and_gets_a_slip(cast: Cast) -> None:
    row = actions.admit(cast.group, name="Harno", credential="0812-0000-9950", role="anggota", by=cast.ketua)
    code = actions.print_slip(row.person.account, by=cast.sekretaris)
    assert Slip.of("081200009950", code) is not None


def test_printing_again_ends_the_earlier_slip(cast: Cast) -> None:
    row = actions.admit(cast.group, name="Harno", credential="081200009950", role="anggota", by=cast.ketua)
    first = actions.print_slip(row.person.account, by=cast.ketua)
    actions.print_slip(Account.objects.get(person=row.person), by=cast.ketua)
    slip = Slip.of("081200009950", first)
    assert slip is not None
    assert slip.state == Slip.State.REVOKED


def test_a_number_of_somebody_else_is_refused(cast: Cast) -> None:
    with pytest.raises(NotNow, match="nama lain"):
        actions.admit(cast.group, name="Orang Lain", credential="redaktur", role="anggota", by=cast.ketua)


def test_a_group_has_one_ketua_at_a_time(cast: Cast) -> None:
    with pytest.raises(NotNow, match="sudah punya ketua"):
        actions.admit(cast.group, name="Harno", credential="", role="ketua", by=cast.sekretaris)
    assert not Person.objects.filter(name="Harno").exists()


def test_a_role_is_changed_by_ending_one_and_beginning_another(cast: Cast) -> None:
    row = cast.group.memberships.get(person=cast.anggota)
    following = actions.change_role(row, role="redaktur", by=cast.ketua)
    row.refresh_from_db()
    assert (row.state, row.ends, following.role, following.starts) == ("ended", today(), "redaktur", today())


def test_the_next_ketua_follows_the_one_before(cast: Cast) -> None:
    actions.change_role(cast.group.memberships.get(person=cast.ketua), role="anggota", by=cast.sekretaris)
    following = actions.change_role(cast.group.memberships.get(person=cast.anggota), role="ketua", by=again(cast.sekretaris))
    assert following.role == "ketua"


def test_a_full_group_takes_nobody_more(cast: Cast) -> None:
    RegionSetting.replace(cast.region, "groups.max_members", 9, source="Perdes", edition="1", since=today())
    with pytest.raises(NotNow, match="sudah beranggota 9"):
        actions.admit(cast.group, name="Harno", credential="", role="anggota", by=cast.ketua)


def test_a_pembina_has_no_vote(cast: Cast) -> None:
    assert not actions.admit(cast.group, name="Pak Guru", credential="", role="pembina", by=cast.ketua).has_vote


def test_rights_lapse_on_the_day_after_the_last(cast: Cast) -> None:
    cast.group.memberships.filter(person=cast.ketua).update(ends=today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.admit(cast.group, name="Harno", credential="", role="anggota", by=again(cast.ketua))


def test_a_post_that_has_not_begun_gives_no_right(cast: Cast) -> None:
    Appointment.objects.filter(person=cast.dinas).update(starts=today() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.ask_suspension(cast.group, reason="…", appeal_to="Bupati", by=again(cast.dinas))


def test_a_member_leaves_by_themselves(cast: Cast) -> None:
    assert actions.end_membership(cast.group.memberships.get(person=cast.anggota), reason="Pindah.", by=cast.anggota).state == "ended"


def appoint_lurah(cast: Cast, by: Person, name: str = "Budi", kind: str = "village") -> Appointment:
    """Somebody in the village office of the neighbour village, which has nobody yet."""
    facts = {"credential": "081200009960", "role": "head", "title": "Kepala Desa", "letter": "1", "starts": today(), "ends": None}
    return actions.appoint(cast.other_group.region, kind, name=name, **facts, by=by)


def test_the_regency_appoints_below_and_the_appointee_owes_a_second_factor(cast: Cast) -> None:
    row = appoint_lurah(cast, cast.dinas)
    assert str(row.office) == "Pemerintah Desa Bermi"
    assert Account.objects.get(person=row.person).second_factor_required


def test_the_operator_appoints_only_the_first_officer_of_an_office(cast: Cast) -> None:
    appoint_lurah(cast, cast.operator)
    with pytest.raises(NotAllowed):
        actions.appoint(
            cast.other_group.region,
            "village",
            name="Harno",
            credential="harno",
            role="officer",
            title="Kaur",
            letter="2",
            starts=today(),
            ends=None,
            by=cast.operator,
        )


def test_nobody_is_appointed_where_their_appointer_has_no_say(cast: Cast) -> None:
    for somebody in (cast.kades, cast.camat, cast.ketua, cast.warga):
        with pytest.raises(NotAllowed):
            appoint_lurah(cast, somebody)
    assert not Office.objects.filter(region=cast.other_group.region).exists()


def test_an_officer_of_one_regency_has_no_say_in_another(cast: Cast) -> None:
    from kentongan.regions.tests.factories import region_chain

    village = region_chain("33.17.01.2001")
    stranger = person("rembang", "Petugas Rembang", number=77)
    appoint(Office.at(village.ancestors[1], "communication"), stranger, "officer", "Petugas KIM")
    for verb in (lambda: actions.ask_suspension(cast.group, reason="…", appeal_to="…", by=stranger), lambda: appoint_lurah(cast, stranger)):
        with pytest.raises(NotAllowed):
            verb()


def test_an_appointment_without_a_way_to_sign_in_is_refused(cast: Cast) -> None:
    with pytest.raises(NotNow, match="nomor telepon"):
        actions.appoint(
            cast.other_group.region,
            "village",
            name="Budi",
            credential="",
            role="head",
            title="Kades",
            letter="1",
            starts=today(),
            ends=None,
            by=cast.dinas,
        )


def test_an_appointment_is_ended_from_above(cast: Cast) -> None:
    row = Appointment.objects.get(person=cast.kades)
    assert actions.end_appointment(row, reason="Purna tugas.", by=cast.dinas).state == "ended"
    assert not Appointment.objects.current().filter(person=cast.kades).exists()


def test_an_account_that_was_used_gets_no_slip_but_a_recovery(cast: Cast) -> None:
    with pytest.raises(NotNow, match="pemulihan"):
        actions.print_slip(cast.anggota.account, by=cast.ketua)


def test_a_recovery_is_asked_by_one_and_confirmed_by_another_and_waits_a_day(cast: Cast) -> None:
    recovery = actions.request_recovery(cast.anggota.account, reason="Lupa frasa sandi.", by=cast.ketua)
    for somebody in (cast.ketua, cast.anggota, cast.tetangga, cast.warga):
        with pytest.raises(NotAllowed):
            actions.confirm_recovery(recovery, by=somebody)
    slip = Slip.of("anggota", actions.confirm_recovery(recovery, by=cast.anggota2))
    assert slip is not None
    assert slip.is_early


def test_a_recovery_runs_once_at_a_time(cast: Cast) -> None:
    actions.request_recovery(cast.anggota.account, reason="Lupa.", by=cast.ketua)
    with pytest.raises(NotNow, match="sudah berjalan"):
        actions.request_recovery(cast.anggota.account, reason="Lupa.", by=cast.sekretaris)


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    own = Membership.objects.get(person=cast.sekretaris)
    with pytest.raises(NotAllowed, match="diri sendiri"):
        actions.change_role(own, role="ketua", by=cast.sekretaris)
    with pytest.raises(NotAllowed, match="diri sendiri"):
        actions.admit(cast.group, name=cast.sekretaris.name, credential="sekretaris", role="redaktur", by=cast.sekretaris)
    assert actions.change_role(own, role="redaktur", by=cast.ketua).role == "redaktur"


def test_a_board_answers_for_nobody_before_the_decree(cast: Cast) -> None:
    member(cast.group, cast.warga, Membership.Role.ANGGOTA)
    Group.objects.filter(pk=cast.group.pk).update(state="minuted")
    with pytest.raises(NotAllowed):
        actions.request_recovery(cast.warga.account, reason="Lupa.", by=again(cast.ketua))
    assert actions.request_recovery(cast.warga.account, reason="Lupa.", by=cast.kades)


def test_taking_somebody_in_gives_no_way_into_their_account(cast: Cast) -> None:
    member(cast.other_group, cast.warga, Membership.Role.KETUA)
    for victim in (cast.kades, cast.operator, cast.anggota):
        actions.admit(cast.other_group, name=victim.name, credential=victim.account.username, role="anggota", by=again(cast.warga))
        with pytest.raises(NotAllowed):
            actions.request_recovery(victim.account, reason="Lupa.", by=again(cast.warga))
    recovery = actions.request_recovery(cast.anggota.account, reason="Lupa.", by=cast.ketua)
    with pytest.raises(NotAllowed):
        actions.confirm_recovery(recovery, by=cast.tetangga)


def test_a_rule_is_set_with_its_source_and_holds_below(cast: Cast) -> None:
    regency = cast.region.ancestors[1]
    row = actions.set_region_setting(regency, "groups.min_members", 7, source="Perbup Pati", edition="2026", since=today(), by=cast.dinas)
    assert (cast.region.setting("groups.min_members"), Entry.of(row).get().capacity) == (7, "Petugas KIM, Diskominfo Kab. Pati")


@pytest.mark.parametrize(
    ("key", "value"), [("groups.min_members", 0), ("groups.min_members", "tujuh"), ("groups.label", "kumpulan"), ("groups.no_such", 1)]
)
def test_a_rule_that_makes_no_sense_is_refused(cast: Cast, key: str, value: object) -> None:
    with pytest.raises(BadRequest):
        actions.set_region_setting(cast.region.ancestors[1], key, value, source="x", edition="1", since=today(), by=cast.dinas)


def test_what_is_digital_dormant_and_unconfirmed_is_counted_from_dates(cast: Cast) -> None:
    from django.utils import timezone

    group = cast.group
    assert (group.is_digital, group.dormant, group.unconfirmed) == (False, True, True)
    group.last_published_at = group.last_confirmed_at = timezone.now() - timedelta(days=179)
    assert (group.is_digital, group.dormant, group.unconfirmed) == (True, False, False)
    group.last_published_at = group.last_confirmed_at = timezone.now() - timedelta(days=190)
    assert (group.is_digital, group.dormant, group.unconfirmed) == (False, True, True)


def test_who_may_see_a_group_that_is_being_formed(cast: Cast) -> None:
    from kentongan.groups.tests.factories import proposed

    group = proposed(cast)
    seen = {part: Group.objects.visible_to(again(somebody)).filter(pk=group.pk).exists() for part, somebody in cast.people.items()}
    assert {part for part, yes in seen.items() if yes} == {
        "warga",
        "kades",
        "camat",
        "dinas",
        "dinas2",
        "provinsi",
        "kementerian",
        "operator",
    }
    assert not Group.objects.visible_to(None).filter(pk=group.pk).exists()
    assert (
        member(group, cast.tetangga, Membership.Role.ANGGOTA)
        and Group.objects.visible_to(again(cast.tetangga)).filter(pk=group.pk).exists()
    )
