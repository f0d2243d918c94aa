"""A membership counts once its person said yes, and whoever has not agreed to the conduct reads and changes nothing."""

import pytest
from django.db import DatabaseError, transaction

from kentongan.accounts.models import Recovery
from kentongan.core import permissions
from kentongan.core.actions import may
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.groups import actions
from kentongan.groups.models import Agreement, Group, Membership
from kentongan.groups.permissions.groups import home_of
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.newsroom.models import Story
from tests.cast import browser_for, member, person, village

pytestmark = pytest.mark.django_db
NOT_YET = {"agreed_version": "", "agreed_at": None}


@pytest.fixture
def cast():
    return village()


def again(row):
    return type(row)._default_manager.get(pk=row.pk)


def newcomer(cast, **more):
    """Somebody with an account whom the board just took in."""
    somebody = person("baru", "Tumini", number=77)
    return member(cast.group, somebody, "anggota", **NOT_YET | more)


def test_who_has_not_agreed_reads_and_is_told_how_to_begin(cast):
    row = newcomer(cast)
    story = Story(group=cast.group, region=cast.region)
    answer = may(again(row.person), "newsroom.gather", story)
    assert not answer and "belum menyetujui keanggotaan dan kesepakatan KIM Gulangpongge" in answer.sentence
    assert browser_for(row.person).get("/meja/kabar/").status_code == 200
    refused = browser_for(row.person).get("/meja/kabar/tulis/")
    assert refused.status_code == 403 and "belum menyetujui" in refused.text


def test_one_button_and_they_may_write(cast):
    row = newcomer(cast)
    browser = browser_for(row.person)
    first = browser.get("/meja/")
    assert first.status_code == 302 and first["Location"].startswith(f"/meja/kim/{cast.group.pk}/kesepakatan/")
    page = browser.get(first["Location"]).text
    assert "Saya setuju" in page and "tanpa membedakan suku, agama, ras" in page and CONDUCT_VERSION in page
    assert browser.post(f"/meja/kim/{cast.group.pk}/persetujuan/").status_code == 302
    assert browser.get("/meja/").status_code == 200 and browser.get("/meja/kabar/tulis/").status_code == 200
    assert (Agreement.objects.get().by, Entry.of(row).last().action) == (row.person, "groups.agree")


def test_a_second_tap_is_one_yes(cast):
    row = newcomer(cast)
    for _twice in range(2):
        actions.agree(cast.group, by=row.person)
    assert Agreement.objects.count() == 1


def test_not_agreeing_ends_nothing_and_says_what_then(cast):
    row = newcomer(cast)
    browser = browser_for(row.person)
    answer = browser.post(f"/meja/kim/{cast.group.pk}/belum-setuju/")
    assert "Tidak ada yang berakhir" in answer.text and "Saya setuju" in answer.text
    assert browser.get("/meja/").status_code == 200
    assert again(row).state == "active" and not Agreement.objects.exists()


def test_a_new_wording_asks_everybody_again(cast):
    row = newcomer(cast, agreed_version="2020-01", agreed_at=cast.anggota.memberships.get().agreed_at)
    assert not may(again(row.person), "newsroom.gather", Story(group=cast.group, region=cast.region))
    actions.agree(cast.group, by=again(row.person))
    assert may(again(row.person), "newsroom.gather", Story(group=cast.group, region=cast.region))


def test_lines_an_office_adds_stop_nobody(cast):
    from datetime import date

    actions.set_region_setting(
        cast.group.region.parent.parent,
        "groups.conduct_lines",
        ["Hormati jam ibadah."],
        source="SE 1",
        edition="1",
        since=date.today(),
        by=cast.dinas,
    )
    assert may(again(cast.anggota), "newsroom.gather", Story(group=cast.group, region=cast.region))
    page = browser_for(newcomer(cast).person).get(f"/meja/kim/{cast.group.pk}/kesepakatan/").text
    assert "Hormati jam ibadah." in page and "tidak menjadi syarat" in page


def test_what_was_agreed_to_is_never_changed(cast):
    actions.agree(cast.group, by=newcomer(cast).person)
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        Agreement.objects.update(version="lain")


def test_another_role_in_the_same_group_needs_no_second_yes(cast):
    following = actions.change_role(cast.anggota.memberships.get(), role="pemeriksa", by=cast.ketua)
    assert following.agreed and following.agreed_at


@pytest.mark.parametrize("who", ["ketua", "sekretaris"])
def test_nobody_agrees_for_somebody_who_can_sign_in(cast, who):
    row = newcomer(cast)
    with pytest.raises(NotNow, match="ia sendiri yang menyetujui"):
        actions.agree_with_help(row, by=cast.people[who])
    with pytest.raises(NotAllowed):
        permissions.capacity(cast.people[who], "groups.agree", row)


def test_somebody_without_an_account_says_yes_beside_the_board_with_two_names(cast):
    row = actions.admit(cast.group, name="Mbah Karso", credential="", role="anggota", by=cast.ketua)
    assert row.agreed_at is None
    page = browser_for(cast.ketua).post(f"/meja/kim/{cast.group.pk}/anggota/{row.pk}/persetujuan/")
    line = Entry.of(row).last()
    assert page.status_code == 302 and again(row).agreed
    assert (line.action, line.by_id, line.for_id) == ("groups.agree_with_help", cast.ketua.pk, row.person_id)


# What a membership without a yes does not do


def test_two_people_of_a_group_cannot_take_the_account_of_somebody_they_merely_wrote_down(cast):
    """The attack: admit somebody who has an account and no group, then recover their account together."""
    row = actions.admit(cast.group, name=cast.warga.name, credential=cast.warga.account.username, role="anggota", by=cast.ketua)
    assert row.person == cast.warga and home_of(again(cast.warga)) is None
    with pytest.raises(NotAllowed):
        actions.request_recovery(cast.warga.account, reason="lupa", by=again(cast.ketua))
    with pytest.raises(NotAllowed):
        actions.request_recovery(cast.warga.account, reason="lupa", by=again(cast.sekretaris))
    with pytest.raises(NotNow):  # nor say yes in their stead
        actions.agree_with_help(again(row), by=again(cast.sekretaris))
    assert not Recovery.objects.exists()


def test_once_they_said_yes_their_group_answers_for_them(cast):
    row = newcomer(cast)
    actions.agree(cast.group, by=row.person)
    assert home_of(again(row.person)) == cast.group
    assert actions.request_recovery(row.person.account, reason="lupa", by=again(cast.ketua)).state == "requested"


def test_whoever_has_not_said_yes_confirms_no_recovery(cast):
    recovery = actions.request_recovery(cast.anggota.account, reason="lupa", by=cast.ketua)
    row = newcomer(cast)
    with pytest.raises(NotAllowed):
        actions.confirm_recovery(recovery, by=again(row.person))


def test_a_first_slip_is_still_printed_for_somebody_just_taken_in(cast):
    row = actions.admit(cast.group, name="Parmi", credential="081299990001", role="anggota", by=cast.ketua)
    assert actions.print_slip(row.person.account, by=again(cast.ketua))


def test_no_public_page_names_who_has_not_said_yes(cast):
    row = newcomer(cast)
    address = f"/kim/{cast.group.slug}/tentang/"
    page = browser_for(None).get(address).text
    assert "Tumini" not in page and "Joko Prasetyo" in page and "1 orang lagi belum menyetujui keanggotaannya" in page
    actions.agree(Group.objects.get(pk=cast.group.pk), by=row.person)
    assert "Tumini" in browser_for(None).get(address).text


def test_the_board_sees_how_many_agreed(cast):
    newcomer(cast)
    people = Membership.objects.filter(group=cast.group).count()
    assert f"{people - 1} dari {people} orang sudah menyetujui" in browser_for(cast.ketua).get(f"/meja/kim/{cast.group.pk}/").text


def test_the_conduct_is_read_by_everybody(cast):
    page = browser_for(None).get("/tentang/kesepakatan/")
    assert page.status_code == 200 and "tanpa membedakan suku, agama, ras" in page.text
