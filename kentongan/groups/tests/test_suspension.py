"""Two officers suspend, two lift; the board appeals, and somebody who had no part in it answers (domain/00, groups)."""

import pytest
from django.test import Client

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.groups import actions
from kentongan.groups.models import Group, suspension_of
from kentongan.groups.tests.factories import fresh
from kentongan.groups.tests.formation_rules import REASON, suspended_beside_a_third
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def suspended(cast: Cast) -> Group:
    """By two officers, as it happens."""
    return actions.suspend(actions.ask_suspension(cast.group, **REASON, by=cast.dinas), by=cast.dinas2)


def test_one_officer_alone_suspends_nobody(cast: Cast) -> None:
    group = actions.ask_suspension(cast.group, **REASON, by=cast.dinas)
    assert (group.state, group.may_publish, group.suspended_reason) == ("verified", True, "")
    with pytest.raises(NotAllowed, match="petugas kedua"):
        actions.suspend(group, by=cast.dinas)


def test_a_suspended_group_cannot_publish_and_knows_why_and_where_to_appeal(cast: Cast) -> None:
    group = suspended(cast)
    assert (group.may_publish, group.suspended_reason, group.appeal_to) == (False, REASON["reason"], REASON["appeal_to"])


def test_nobody_is_suspended_whom_nobody_asked_to_suspend(cast: Cast) -> None:
    with pytest.raises(NotNow, match="belum diusulkan"):
        actions.suspend(cast.group, by=cast.dinas)


def test_a_question_is_asked_once_and_may_be_taken_back(cast: Cast) -> None:
    group = actions.ask_suspension(cast.group, **REASON, by=cast.dinas)
    with pytest.raises(NotNow, match="sudah diusulkan"):
        actions.ask_suspension(group, **REASON, by=cast.dinas2)
    group = actions.refuse_suspension(group, by=cast.dinas2)
    assert suspension_of(fresh(group)) is None
    assert actions.ask_suspension(group, **REASON, by=cast.dinas2).suspensions.count() == 2


def test_two_officers_lift_a_suspension(cast: Cast) -> None:
    group = actions.ask_lifting(suspended(cast), reason="Sudah damai.", by=cast.dinas2)
    with pytest.raises(NotAllowed, match="petugas kedua"):
        actions.lift(group, by=cast.dinas2)
    group = actions.lift(group, by=cast.dinas)
    assert (group.state, group.may_publish, group.suspended_reason) == ("verified", True, "")


def test_a_lifting_that_is_taken_back_leaves_the_suspension(cast: Cast) -> None:
    group = actions.refuse_lifting(actions.ask_lifting(suspended(cast), reason="Sudah damai.", by=cast.dinas), by=cast.dinas2)
    with pytest.raises(NotNow, match="Pencabutan belum diusulkan"):
        actions.lift(group, by=cast.dinas2)
    assert group.state == "suspended"


def test_only_a_group_that_is_suspended_appeals_and_once_at_a_time(cast: Cast) -> None:
    with pytest.raises(NotNow):
        actions.appeal(cast.group, text="Kami tidak salah.", by=cast.ketua)
    group = actions.appeal(suspended(cast), text="Kami tidak salah.", by=cast.ketua)
    with pytest.raises(NotNow, match="masih menunggu jawaban"):
        actions.appeal(group, text="Sekali lagi.", by=cast.sekretaris)


def test_an_appeal_is_answered_by_somebody_who_had_no_part_in_it_where_there_is_one(cast: Cast) -> None:
    group = actions.appeal(suspended_beside_a_third(cast), text="Kami tidak salah.", by=cast.ketua)
    with pytest.raises(NotAllowed) as refused:
        actions.uphold_suspension(group, answer="Tetap.", by=cast.dinas)
    assert refused.value.helpers == ("Hesti (Petugas KIM, Diskominfo Kab. Pati)",)
    group = actions.uphold_suspension(group, answer="Sekretariat masih kosong.", by=cast.dinas3)
    assert group.state == "suspended"
    assert actions.appeal(group, text="Sekretariat sudah ada.", by=cast.ketua).suspensions.get().appeals.count() == 2


def test_a_granted_appeal_is_the_first_of_the_two_words_that_lift(cast: Cast) -> None:
    group = actions.grant_appeal(actions.appeal(suspended(cast), text="Kami tidak salah.", by=cast.ketua), answer="Benar.", by=cast.dinas)
    assert group.state == "suspended"
    with pytest.raises(NotAllowed):
        actions.lift(group, by=cast.dinas)
    assert actions.lift(group, by=cast.dinas2).state == "verified"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "belum dijawab"),
        (actions.uphold_suspension, "ditolak"),
        (actions.grant_appeal, "dikabulkan"),
    ],
)
def test_everybody_reads_on_the_groups_page_that_it_appealed_and_what_came_of_it(cast: Cast, answer: object, words: str) -> None:
    group = actions.appeal(suspended(cast), text="Rahasia dapur.", by=cast.ketua)
    if callable(answer):
        answer(group, answer="Sudah kami lihat.", by=cast.dinas)
    page = Client().get(group.get_absolute_url()).text
    assert words in page and "Kelompok ini mengajukan keberatan" in page
    assert "Rahasia dapur" not in page


def test_a_group_suspended_before_suspensions_had_rows_can_be_lifted(cast: Cast) -> None:
    from importlib import import_module

    from django.apps import apps

    Group.objects.filter(pk=cast.group.pk).update(state="suspended", suspended_reason="Lama", appeal_to="Bupati")
    import_module("kentongan.groups.migrations.0008_suspended_groups_get_their_suspension").write_down(apps, None)
    group = actions.ask_lifting(fresh(cast.group), reason="Selesai.", by=cast.dinas)
    assert actions.lift(group, by=cast.dinas2).state == "verified"
