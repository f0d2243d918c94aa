"""The head of a village supports or objects and nothing stops; the group answers; a decree is confirmed by who issued it."""

import pytest

from kentongan.core.errors import NotNow
from kentongan.groups import actions
from kentongan.groups.models import Group, Statement, statements_on, unanswered_objection
from kentongan.groups.tests.factories import a_decree, carried_to, fresh
from kentongan.groups.workflow.village import unconfirmed_decrees
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def said(group: Group) -> list[tuple[str, bool]]:
    return [(row.kind, row.living) for row in statements_on(fresh(group))]


def test_an_office_has_one_living_statement_and_what_it_said_before_stays(cast: Cast) -> None:
    group = actions.object_to(carried_to(cast, "minuted"), reason="Belum diajak bicara.", by=cast.kades)
    group = actions.endorse(group, reason="Sudah jelas.", by=cast.kades)
    assert said(group) == [("support", True), ("objection", False)]


def test_an_objection_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(NotNow, match="perlu alasan"):
        actions.object_to(cast.group, reason="  ", by=cast.kades)
    assert not Statement.objects.exists()


def test_an_objection_stops_nothing_and_changes_no_word_of_the_group(cast: Cast) -> None:
    group = carried_to(cast, "registered")
    words = (group.state, group.name, group.about, group.secretariat, group.waiting_since)
    group = actions.object_to(group, reason="Belum diajak bicara.", by=cast.kades)
    assert (group.state, group.name, group.about, group.secretariat, group.waiting_since) == words
    assert actions.verify(group, checked=group.rules["verify_checklist"], by=cast.dinas).state == "verified"


def test_the_group_answers_an_objection_once(cast: Cast) -> None:
    group = actions.object_to(carried_to(cast, "deliberated"), reason="Belum diajak bicara.", by=cast.kades)
    group = actions.answer_objection(group, answer="Kami datang ke balai desa.", by=cast.warga)
    row = group.statements.get()
    assert (row.answer, row.answered_by, unanswered_objection(fresh(group))) == ("Kami datang ke balai desa.", cast.warga, None)
    with pytest.raises(NotNow, match="Tidak ada keberatan"):
        actions.answer_objection(group, answer="Lagi.", by=cast.warga)


def test_support_needs_no_answer(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Tidak ada keberatan"):
        actions.answer_objection(actions.endorse(cast.group, by=cast.kades), answer="Terima kasih.", by=cast.ketua)


def test_a_decree_its_own_office_wrote_down_needs_no_second_word(cast: Cast) -> None:
    group = carried_to(cast, "decreed")
    assert unconfirmed_decrees(group) == []
    with pytest.raises(NotNow, match="sudah dipastikan"):
        actions.confirm_decree(group, by=cast.kades)


def test_a_decree_another_office_wrote_down_is_confirmed_by_the_one_that_issued_it(cast: Cast) -> None:
    group = actions.decree(carried_to(cast, "minuted"), a_decree(), by=cast.dinas)
    assert [str(decree) for decree in unconfirmed_decrees(fresh(group))] == ["SK Kepala Desa 141/09/2026"]
    group = actions.confirm_decree(group, by=cast.kades)
    decree = group.decrees.get()
    assert decree.own_word and (decree.confirmed_by, decree.entered_in) == (cast.kades, cast.offices["dinas"])


def test_a_decree_from_a_register_waits_for_the_office_that_issued_it(cast: Cast) -> None:
    cast.group.decrees.update(entered_in=None)
    assert len(unconfirmed_decrees(fresh(cast.group))) == 1
    assert unconfirmed_decrees(fresh(actions.confirm_decree(cast.group, by=cast.kades))) == []
