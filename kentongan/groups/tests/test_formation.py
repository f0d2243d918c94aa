"""The formation table, step by step: who, when, with what evidence (domain/00, groups)."""

from datetime import timedelta

import pytest

from kentongan.accounts.models import Account
from kentongan.core.actors import PUBLIC
from kentongan.core.errors import NotAllowed, NotNow, Stale
from kentongan.core.models import Entry
from kentongan.groups import actions
from kentongan.groups.models import Appointment, Decree, Group, Membership, Seat, officers_of
from kentongan.groups.tests.factories import FOUR, a_decree, carried_to, fill_profile, fresh, ketua_of, proposed, today
from kentongan.regions.models import Level, RegionSetting
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_formation_goes_from_a_proposal_to_a_verified_group(cast: Cast) -> None:
    group = carried_to(cast, "verified")
    assert [step.action for step in group.steps.all()] == ["propose", "socialise", "deliberate", "minute", "decree", "register", "verify"]
    assert [entry.after for entry in Entry.of(group) if entry.action != "groups.update_profile"] == [
        "proposed", "socialised", "deliberated", "minuted", "decreed", "registered", "verified",
    ]  # fmt: skip


def test_the_record_says_in_which_capacity_each_step_was_taken(cast: Cast) -> None:
    capacities = {entry.action: entry.capacity for entry in Entry.of(carried_to(cast, "verified"))}
    assert capacities["groups.propose"] == "diri sendiri"
    assert capacities["groups.socialise"] == "Kepala Desa, Pemerintah Desa Gulangpongge"
    assert capacities["groups.minute"] == "pengusul"
    assert capacities["groups.verify"] == "Petugas KIM, Diskominfo Kab. Pati"


def test_someone_without_an_account_proposes_and_their_contact_is_sealed(cast: Cast) -> None:
    group = proposed(cast, by=PUBLIC)
    assert group.founder is None
    assert b"081234567890" not in bytes(group.proposer_contact.sealed)
    assert Entry.of(group).get().by_kind == "public"


def test_a_form_sent_twice_is_one_proposal(cast: Cast) -> None:
    first = proposed(cast, by=PUBLIC, submission="K7QMX2WD")
    assert proposed(cast, by=PUBLIC, submission="K7QMX2WD") == first
    assert Entry.of(first).count() == 1


def test_an_office_names_the_founder_of_a_proposal_without_an_account_and_prints_their_slip(cast: Cast) -> None:
    group = actions.assign_founder(proposed(cast, by=PUBLIC), name="Parno", credential="0812 0000 9902", by=cast.kades)
    account = Account.objects.by_credential("+6281200009902")
    assert account is not None
    assert account.person == group.founder
    assert actions.print_slip(account, by=cast.kades)


def test_minutes_wait_until_somebody_carries_the_formation(cast: Cast) -> None:
    group = actions.deliberate(proposed(cast, by=PUBLIC), on=today(), attendance=20, by=cast.kades)
    with pytest.raises(NotAllowed) as refused:
        actions.minute(group, on=today(), minutes="…", seats=FOUR, by=cast.warga)
    assert "Karjono" in refused.value.helpers[0]


def test_socialisation_may_be_left_out(cast: Cast) -> None:
    assert actions.deliberate(proposed(cast), on=today(), attendance=12, by=cast.warga).state == "deliberated"


def test_a_step_is_recorded_only_after_it_happened(cast: Cast) -> None:
    with pytest.raises(NotNow, match="belum tiba"):
        actions.socialise(proposed(cast), on=today() + timedelta(days=1), by=cast.kades)


@pytest.mark.parametrize(
    ("seats", "sentence"),
    [
        (FOUR[1:], "belum ada ketua"),
        ((*FOUR, Seat("Harno", "", "ketua")), "satu orang sebagai ketua"),
        (FOUR[:1] + FOUR[1:2], "belum ada bendahara"),
        ((*FOUR, *(Seat(f"Anggota {n}", "", "anggota") for n in range(80))), "sampai 60 orang"),
    ],
)
def test_minutes_need_a_whole_board_and_members_within_the_limits(cast: Cast, seats: tuple[Seat, ...], sentence: str) -> None:
    group = carried_to(cast, "deliberated")
    with pytest.raises(NotNow, match=sentence):
        actions.minute(group, on=today(), minutes="…", seats=seats, by=cast.warga)
    assert not fresh(group).people


def test_a_decree_comes_from_a_rank_the_region_allows(cast: Cast) -> None:
    group = carried_to(cast, "minuted")
    RegionSetting.replace(cast.region.ancestors[1], "groups.decree_ranks", ("camat",), source="Perbup", edition="1", since=today())
    with pytest.raises(NotAllowed) as refused:
        actions.decree(fresh(group), a_decree(), by=cast.kades)
    assert refused.value.helpers == ("Tri Wibowo (Camat, Kecamatan Gunungwungkal)",)
    assert actions.decree(fresh(group), a_decree(rank="camat"), by=cast.camat).state == "decreed"


def test_a_village_has_no_lurah_to_sign_its_decree(cast: Cast) -> None:
    with pytest.raises(NotNow, match="tidak membolehkan SK"):
        actions.decree(carried_to(cast, "minuted"), a_decree(rank="lurah"), by=cast.kades)


def test_a_decree_cannot_end_before_it_starts(cast: Cast) -> None:
    group = carried_to(cast, "minuted")
    with pytest.raises(NotNow, match="lebih awal"):
        actions.decree(group, a_decree(ends=today() - timedelta(days=1)), by=cast.kades)
    assert fresh(group).state == "minuted"


def test_two_decrees_of_a_group_cannot_overlap(cast: Cast) -> None:
    with pytest.raises(NotNow, match="bertumpuk"):
        actions.renew_decree(
            carried_to(cast, "decreed"),
            a_decree(number="2", starts=today() + timedelta(days=30), ends=today() + timedelta(days=1500)),
            by=cast.kades,
        )


def test_the_board_serves_as_long_as_its_decree(cast: Cast) -> None:
    group = carried_to(cast, "decreed")
    assert group.decree is not None
    assert {row.ends for row in fresh(group).people} == {group.decree.ends, None}
    longer = actions.renew_decree(
        group,
        a_decree(number="2", starts=group.decree.ends + timedelta(days=1), ends=group.decree.ends + timedelta(days=900)),
        by=cast.kades,
    )
    assert longer.memberships.get(role="ketua").ends == group.decree.ends + timedelta(days=900)


def test_a_group_is_public_from_its_decree_on_and_unverified_until_verified(cast: Cast) -> None:
    assert not carried_to(cast, "minuted").is_public
    group = fresh(actions.decree(Group.objects.get(state="minuted"), a_decree(), by=cast.kades))
    assert (group.is_public, group.may_publish, group.unverified) == (True, True, True)


def test_registering_needs_a_whole_profile_and_says_what_is_missing(cast: Cast) -> None:
    group = carried_to(cast, "decreed")
    with pytest.raises(NotNow, match="sekretariat") as refused:
        actions.register(group, by=ketua_of(group))
    assert "Tini Wulandari (ketua)" in refused.value.helpers
    assert actions.register(fill_profile(fresh(group)), by=cast.dinas).state == "registered"


def test_the_office_ticks_its_whole_list_before_it_verifies(cast: Cast) -> None:
    group = carried_to(cast, "registered")
    with pytest.raises(NotNow, match="Pengurus dihubungi"):
        actions.verify(group, checked=["SK dilihat dan nomornya cocok"], by=cast.dinas)


@pytest.mark.parametrize(
    ("state", "back"), [("deliberated", "socialised"), ("minuted", "deliberated"), ("decreed", "minuted"), ("registered", "decreed")]
)
def test_a_step_is_returned_to_the_one_before_it_with_a_reason(cast: Cast, state: str, back: str) -> None:
    group = actions.send_back(carried_to(cast, state), reason="Tanda tangan kurang.", by=cast.dinas)
    assert (group.state, group.steps.last().note) == (back, "Tanda tangan kurang.")


def test_an_office_makes_no_published_story_vanish_by_returning_the_decree(cast: Cast) -> None:
    group = carried_to(cast, "decreed")
    Group.objects.filter(pk=group.pk).update(story_count=1)
    with pytest.raises(NotNow, match="sudah menerbitkan"):
        actions.send_back(fresh(group), reason="Nomor salah.", by=cast.dinas)


def test_two_proposals_of_one_name_at_once_are_no_broken_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Group, "free_slug", classmethod(lambda cls, name, region: cast.group.slug))
    with pytest.raises(NotNow, match="sekali lagi"):
        proposed(cast, by=PUBLIC)


def test_where_nobody_serves_the_office_is_named_with_its_place(cast: Cast) -> None:
    Appointment.objects.filter(office__kind="district").delete()
    assert "kantor Kecamatan Gunungwungkal" in officers_of(cast.group, Level.VILLAGE, Level.DISTRICT)


def test_a_deliberation_without_socialisation_is_returned_to_the_proposal(cast: Cast) -> None:
    group = actions.deliberate(proposed(cast), on=today(), attendance=12, by=cast.warga)
    assert actions.send_back(group, reason="Terlalu sedikit yang datang.", by=cast.kades).state == "proposed"


def test_a_returned_decree_counts_no_more_and_can_be_entered_again(cast: Cast) -> None:
    group = fresh(actions.send_back(carried_to(cast, "decreed"), reason="Nomor salah.", by=cast.dinas))
    assert group.decree is None
    assert not group.is_public
    assert actions.decree(group, a_decree(number="141/10/2026"), by=cast.kades).decrees.count() == 2


def test_returned_minutes_give_nobody_a_role_and_can_be_written_again(cast: Cast) -> None:
    group = fresh(actions.send_back(carried_to(cast, "minuted"), reason="Belum ditandatangani.", by=cast.kades))
    assert not group.people
    assert actions.minute(group, on=today(), minutes="Diperbaiki.", seats=FOUR, by=cast.warga).state == "minuted"


def test_two_officers_dissolve_a_group(cast: Cast) -> None:
    group = actions.ask_dissolution(cast.group, reason="Bubar sendiri.", appeal_to="Bupati Pati", by=cast.dinas)
    with pytest.raises(NotAllowed, match="petugas kedua"):
        actions.dissolve(group, by=cast.dinas)
    group = actions.dissolve(group, by=cast.dinas2)
    assert group.state == "dissolved"
    assert not Membership.objects.current().filter(group=group).exists()


def test_nobody_dissolves_what_nobody_asked_to_dissolve(cast: Cast) -> None:
    with pytest.raises(NotNow, match="belum diusulkan"):
        actions.dissolve(cast.group, by=cast.dinas)


def test_a_profile_filled_from_an_older_version_is_stale(cast: Cast) -> None:
    mine = fresh(cast.group)
    facts = {"about": "A", "secretariat": "B", "contact": "C", "founded_on": None, "fields": []}
    actions.update_profile(cast.group, **facts, by=cast.ketua)
    with pytest.raises(Stale):
        actions.update_profile(mine.seen(0), **facts, by=cast.sekretaris)


def test_a_label_is_the_regions_own(cast: Cast) -> None:
    assert cast.group.display_name == "Kelompok Informasi Masyarakat Gulangpongge"
    RegionSetting.replace(cast.region.ancestors[0], "groups.label", "komunitas", source="Pergub", edition="1", since=today())
    assert fresh(cast.group).display_name == "Komunitas Informasi Masyarakat Gulangpongge"


def test_two_groups_of_one_name_have_two_addresses(cast: Cast) -> None:
    assert proposed(cast, name="KIM Gulangpongge").slug == "gulangpongge-gunungwungkal"


def test_the_ranks_of_a_kelurahan_are_lurah_camat_and_mayor(cast: Cast) -> None:
    assert Decree.ranks_for(cast.group, 2) == ["kades", "camat", "bupati"]
    cast.group.region.code = "33.18.10.1005"
    assert Decree.ranks_for(cast.group, 2) == ["lurah", "camat", "bupati"]
    assert Decree.ranks_for(cast.group, 4) == ["lurah"]


def test_however_many_groups_share_a_name_each_has_its_address(cast: Cast) -> None:
    assert len({proposed(cast, name="KIM Gulangpongge").slug for _time in range(5)}) == 5
