"""From a file to the register and back."""

from datetime import date

import pytest

from kentongan.core.models import Entry
from kentongan.groups.models import Decree, Group, Membership
from kentongan.registers.models import Import, ImportRow
from kentongan.registers.tests.bringing import DECREED, NO_DECREE, brought, confirmed, fresh, previewed, saved, undone, verdicts
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_nothing_is_in_the_register_before_it_is_confirmed(cast: Cast) -> None:
    before = [model.objects.count() for model in (Group, Decree, Membership)]
    importing = previewed(cast, DECREED, NO_DECREE)
    assert verdicts(importing) == {2: "new", 3: "new"}
    assert [model.objects.count() for model in (Group, Decree, Membership)] == before


def test_an_imported_group_is_at_most_decreed_and_says_where_it_comes_from(cast: Cast) -> None:
    importing = saved(cast, DECREED, NO_DECREE)
    assert importing.state == "confirmed"
    with_decree, without = Group.objects.get(name="KIM Bumiayu"), Group.objects.get(name="KIM Tunas")
    assert (with_decree.state, without.state) == ("decreed", "proposed")
    assert with_decree.source_note.startswith("Register Diskominfo Kab. Pati, diimpor ")
    assert with_decree.decrees.get().ends == date(2027, 12, 31)
    assert {row.role: row.person.name for row in with_decree.people} == {"ketua": "Endah", "sekretaris": "Parno"}
    assert not with_decree.memberships.exclude(agreed_at=None).exists()
    assert Entry.of(with_decree).get().action == "groups.enter"


def test_the_same_file_again_is_the_same_and_says_so(cast: Cast) -> None:
    saved(cast, DECREED, NO_DECREE)
    again = previewed(cast, DECREED, NO_DECREE)
    assert again.state == "same" and again.earlier is not None
    assert set(verdicts(again).values()) == {"same"}


def test_an_import_is_taken_back_as_if_it_had_not_been(cast: Cast) -> None:
    importing = undone(saved(cast, DECREED, NO_DECREE), cast.dinas)
    assert importing.state == "undone"
    assert set(Group.objects.filter(name__in=("KIM Bumiayu", "KIM Tunas")).values_list("state", flat=True)) == {"withdrawn"}
    again = previewed(cast, DECREED, NO_DECREE)
    assert set(verdicts(again).values()) == {"new"}
    assert confirmed(again, cast.dinas).state == "confirmed"


def test_import_rows_say_what_became_of_them(cast: Cast) -> None:
    importing = saved(cast, DECREED, NO_DECREE)
    assert set(importing.rows.values_list("outcome", flat=True)) == {ImportRow.Outcome.ENTERED}
    assert fresh(importing).state == Import.State.CONFIRMED
    assert brought(cast, DECREED).state == "read"
