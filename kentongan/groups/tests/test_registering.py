"""What a register brings in, what it may say of a known group, and how both are taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.groups import actions
from kentongan.groups.models import Group, Standing
from kentongan.groups.models.stated import Stated, StatedDecree, StatedSeat, known_of, plan, touched
from kentongan.groups.tests.factories import fresh, proposed, today
from kentongan.regions.tests.factories import region_chain
from kentongan.search.models import Item
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SOURCE = "Register Diskominfo Kab. Pati"


def decree(number: str = "141/12/2026", starts: int = 0, days: int = 700, **more: Any) -> StatedDecree:
    begins = today() + timedelta(days=starts)
    facts = {"dated": begins, "rank": "kades", "issuer": "Karjono", "starts": begins, "ends": begins + timedelta(days=days)}
    return StatedDecree(number, **(facts | more))


def stated(cast: Cast, name: str = "KIM Kedung", *, at: str = "33.18.13.2002", **more: Any) -> Stated:
    return Stated(name, region_chain(at), **more)


def of(group: Group, **more: Any) -> Stated:
    return Stated(group.name, group.region, **more)


def entered(cast: Cast, *entries: Stated) -> tuple[list[Group], dict[int, Any]]:
    made = actions.enter(entries, source=SOURCE, by=cast.dinas)
    return [Group.objects.select_related("region").get(pk=pk) for pk in made], made


BOARD = (
    StatedSeat("Tini", "ketua"),
    StatedSeat("Parno", "sekretaris"),
    StatedSeat("Mbah Karso", "anggota"),
    StatedSeat("Lastri", "redaktur"),
)


def test_a_group_enters_decreed_with_a_decree_and_proposed_without(cast: Cast) -> None:
    (one, other), _made = entered(cast, stated(cast, decrees=(decree(),)), stated(cast, "KIM Lain"))
    assert (one.state, other.state) == ("decreed", "proposed")
    assert Entry.of(one).get().capacity == "Petugas KIM, Diskominfo Kab. Pati"
    assert Item.objects.filter(object_id=one.pk, kind="kim").exists() and not Item.objects.filter(object_id=other.pk, kind="kim").exists()
    assert "formed" in Standing.objects.get(group=one).holds and "formed" not in Standing.objects.get(group=other).holds


def test_whom_a_register_names_said_yes_to_nothing_and_edits_nothing(cast: Cast) -> None:
    (group,), _made = entered(cast, stated(cast, decrees=(decree(),), seats=BOARD))
    assert {row.role for row in group.people} == {"ketua", "sekretaris", "anggota"}  # nobody is made redaktur from above
    assert not any(row.agreed_at or hasattr(row.person, "account") for row in group.people)


@pytest.mark.parametrize("part", ["kades", "camat", "ketua", "warga", "operator"])
def test_only_who_keeps_the_register_enters_groups(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        actions.enter([stated(cast)], source=SOURCE, by=getattr(cast, part))


def test_one_group_of_another_regency_refuses_them_all(cast: Cast) -> None:
    groups = Group.objects.count()
    with pytest.raises(NotAllowed):
        actions.enter([stated(cast), stated(cast, "KIM Jepara", at="33.20.01.2001")], source=SOURCE, by=cast.dinas)
    assert Group.objects.count() == groups
    assert actions.enter([stated(cast, "KIM Jepara", at="33.20.01.2001")], source=SOURCE, by=cast.provinsi)


def test_two_groups_of_one_name_have_two_addresses(cast: Cast) -> None:
    groups, _made = entered(cast, stated(cast, "KIM Bermi"), stated(cast, "KIM Bermi", at="33.18.13.2001"))
    assert len({cast.other_group.slug, *(group.slug for group in groups)}) == 3


def test_an_office_never_changes_a_groups_own_words(cast: Cast) -> None:
    says = of(cast.group, secretariat="Rumah Pak Lurah", contact="0899", seats=(StatedSeat("Orang Lain", "ketua"),))
    planned = plan(known_of([cast.group])[cast.group.pk], says)
    assert not planned and {kept.label for kept in planned.kept} == {"Sekretariat", "Kontak untuk umum", "Ketua"}
    actions.amend([(cast.group, says)], source=SOURCE, by=cast.dinas)
    group = fresh(cast.group)
    assert (group.secretariat, group.contact) == ("Balai desa", "0812-0000-0000")
    assert [row.person for row in group.people if row.role == "ketua"] == [cast.ketua]


def test_facts_of_the_register_are_written_down_and_given_back(cast: Cast) -> None:
    group, known = cast.other_group, cast.other_group.decrees.get()
    decrees = (decree(known.number, -400, 1500), decree("141/99/2031", 1200))
    says = of(group, decrees=decrees, seats=(StatedSeat("Endah", "ketua"),), digital=True)
    made = actions.amend([(group, says)], source=SOURCE, by=cast.dinas)
    after = fresh(group)
    assert after.stated_digital and after.state == "verified" and len(after.all_decrees) == 2
    assert after.decrees.get(number=known.number).ends == today() + timedelta(days=1100)
    assert [row.person.name for row in after.people if row.role == "ketua"] == ["Endah"]
    assert not touched(made)
    actions.take_back([after], made, by=cast.dinas)
    back = fresh(group)
    assert back.stated_digital is None and [row.ends for row in back.all_decrees] == [known.ends]
    assert not Person.objects.filter(name="Endah").exists()


def test_a_decree_that_overlaps_is_not_written_and_says_why(cast: Cast) -> None:
    planned = plan(known_of([cast.group])[cast.group.pk], of(cast.group, decrees=(decree("141/77/2026"),)))
    assert not planned and "bertumpuk" in planned.kept[0].why


def test_two_decrees_move_at_once_and_none_stands_in_the_others_way(cast: Cast) -> None:
    first, second = (decree("141/1/2020", -900, 499), decree("141/2/2021", -400, 499))
    (group,), _made = entered(cast, stated(cast, decrees=(first, second)))
    moved = (decree("141/1/2020", -900, 599), decree("141/2/2021", -300, 799))
    made = actions.amend([(group, of(group, decrees=moved))], source=SOURCE, by=cast.dinas)
    assert sorted(row.ends for row in fresh(group).all_decrees) == [moved[0].ends, moved[1].ends]
    actions.take_back([fresh(group)], made, by=cast.dinas)
    assert sorted(row.ends for row in fresh(group).all_decrees) == [first.ends, second.ends]


def test_a_decree_somebody_vouched_for_is_not_moved_by_a_register(cast: Cast) -> None:
    known = cast.other_group.decrees.get()
    cast.other_group.decrees.update(confirmed_at=timezone.now(), confirmed_by=cast.kades)
    planned = plan(known_of([cast.other_group])[cast.other_group.pk], of(cast.other_group, decrees=(decree(known.number, -400, 1500),)))
    assert not planned and "dikuatkan" in planned.kept[0].why


def test_a_proposal_of_a_register_becomes_decreed_by_the_next_one_and_falls_back(cast: Cast) -> None:
    (group,), _made = entered(cast, stated(cast))
    made = actions.amend([(group, of(group, decrees=(decree(),)))], source=SOURCE, by=cast.dinas)
    assert fresh(group).state == "decreed" and fresh(group).public_since
    actions.take_back([fresh(group)], made, by=cast.dinas)
    assert fresh(group).state == "proposed" and fresh(group).public_since is None


def test_a_group_its_residents_are_forming_is_left_to_them(cast: Cast) -> None:
    group = proposed(cast)
    planned = plan(known_of([group])[group.pk], of(group, decrees=(decree("141/55/2026"),), seats=BOARD))
    assert not planned and "dibentuk warganya sendiri" in planned.kept[0].why
    actions.amend([(group, of(group, decrees=(decree("141/55/2026"),)))], source=SOURCE, by=cast.dinas)
    assert fresh(group).state == "proposed"


def test_what_was_entered_by_mistake_goes_out_of_sight_with_the_names_it_brought(cast: Cast) -> None:
    people = Person.objects.count()
    (group,), made = entered(cast, stated(cast, decrees=(decree(),), seats=BOARD))
    assert not touched(made)
    actions.withdraw_entry([group], made, by=cast.dinas)
    gone = fresh(group)
    assert gone.state == "withdrawn" and not gone.all_decrees and Person.objects.count() == people
    assert not Item.objects.filter(object_id=group.pk, kind="kim").exists() and not Standing.objects.get(group=group).holds
    assert entered(cast, stated(cast))[0][0].slug == group.slug


def test_what_somebody_touched_since_is_known(cast: Cast) -> None:
    groups, made = entered(cast, *(stated(cast, f"KIM {number}", decrees=(decree(),), seats=BOARD[:1]) for number in range(4)))
    changed, joined, agreed, still = groups
    actions.amend([(changed, of(changed, digital=True))], source=SOURCE, by=cast.dinas)
    joined.seat(cast.warga, "anggota")
    agreed.memberships.get().agree(cast.warga)
    agreed.memberships.update(agreed_at=timezone.now(), agreed_version="1")
    assert set(touched(made)) == {changed.pk, joined.pk, agreed.pk}
    assert still.pk not in touched(made)


def test_a_group_that_published_is_never_withdrawn(cast: Cast) -> None:
    (group,), made = entered(cast, stated(cast, decrees=(decree(),)))
    Group.objects.filter(pk=group.pk).update(story_count=1)
    with pytest.raises(NotNow, match="menerbitkan kabar"):
        actions.withdraw_entry([fresh(group)], made, by=cast.dinas)
