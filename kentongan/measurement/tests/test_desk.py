"""The officers' desk: each sees exactly their subtree, what needs attention first, and writes beside the figures."""

import pytest

from kentongan.core.actions import may
from kentongan.core.errors import BadRequest, NotAllowed, NotNow
from kentongan.groups.models import Group, reckon_all
from kentongan.measurement import actions
from kentongan.measurement.models import Note
from kentongan.regions.models import Region
from kentongan.regions.tests.factories import region_chain
from tests.cast import Cast, group_in

DESK = "/meja/wilayah/angka/"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    group_in(region_chain("34.71.01.1001"), "KIM Jauh", "jauh")
    reckon_all(Group.objects.all())
    return cast


def note(cast: Cast, region: Region | None, **more: object) -> Note:
    facts = {"indicator": "cakupan", "period": "11-2026", "text": "Dua desa sedang bermusyawarah.", "by": cast.dinas}
    return actions.write_note(region, **(facts | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "formed"), [("kades", 1), ("camat", 1), ("dinas", 2), ("provinsi", 2), ("kementerian", 3), ("operator", 3)]
)
def test_each_tier_counts_exactly_its_subtree(cast, client_of, part, formed) -> None:
    answer = client_of(getattr(cast, part)).get(DESK)
    assert answer.status_code == 200
    assert answer.context["place"].counts["formed"] == formed


@pytest.mark.parametrize(("part", "outside"), [("kades", "33.18.13"), ("camat", "33.18"), ("dinas", "33"), ("provinsi", "34.71")])
def test_nobody_opens_the_figures_of_another_subtree_at_the_desk(cast, client_of, part, outside) -> None:
    assert client_of(getattr(cast, part)).get(f"{DESK}?wilayah={outside}").status_code == 404


def test_an_officer_opens_what_lies_below(cast, client_of) -> None:
    answer = client_of(cast.provinsi).get(f"{DESK}?wilayah=33.18.17")
    assert answer.context["place"].counts["formed"] == 1


def test_members_have_no_desk_of_an_office(cast, client_of) -> None:
    assert client_of(cast.ketua).get(DESK).status_code == 403


def test_what_needs_attention_stands_first_and_nobody_is_ranked(cast, client_of) -> None:
    page = client_of(cast.dinas).get(DESK).content.decode()
    assert "1 dari 2 KIM pengurusnya belum lengkap" in page
    assert page.index("Butuh perhatian") < page.index("Wilayah di dalamnya")


def test_the_desk_asks_few_queries(cast, client_of, django_assert_max_num_queries) -> None:
    browser = client_of(cast.dinas)
    browser.get(DESK)
    with django_assert_max_num_queries(20):
        browser.get(DESK)


def test_the_places_below_are_a_workbook(cast, client_of) -> None:
    answer = client_of(cast.dinas).get(f"{DESK}?bentuk=xlsx")
    assert answer.status_code == 200 and answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_an_office_writes_beside_the_figures_of_its_place_and_below(cast) -> None:
    written = note(cast, cast.region)
    assert (written.office.name, written.state) == ("Diskominfo Kab. Pati", "shown")
    assert note(cast, None, by=cast.kementerian).region is None


@pytest.mark.parametrize("part", ["ketua", "warga", "operator", "kades"])
def test_nobody_else_writes_beside_the_figures_of_a_regency(cast, part) -> None:
    with pytest.raises(NotAllowed):
        note(cast, Region.objects.get(code="33.18"), by=getattr(cast, part))


def test_only_the_ministry_writes_beside_the_nations_figures(cast) -> None:
    assert not may(cast.provinsi, "measurement.write_note", Note(region=None, indicator="cakupan"))
    assert may(cast.kementerian, "measurement.write_note", Note(region=None, indicator="cakupan"))


def test_a_note_is_corrected_by_another_and_stays(cast) -> None:
    first = note(cast, cast.region)
    second = note(cast, cast.region, text="Tiga desa.", corrects=first)
    assert list(first.corrections.all()) == [second]
    assert Note.objects.beside(cast.region).count() == 2
    with pytest.raises(BadRequest):
        note(cast, cast.region, indicator="aktif", corrects=first)


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_note_says_something_and_not_too_much(cast, text) -> None:
    with pytest.raises(NotNow):
        note(cast, cast.region, text=text)


def test_a_note_is_written_at_the_desk_and_read_by_everyone(cast, client_of) -> None:
    sent = {"wilayah": "33.18", "angka": "cakupan", "masa": "November 2026", "catatan": "Dua desa sedang bermusyawarah."}
    answer = client_of(cast.dinas).post(f"{DESK}catatan/", sent)
    assert answer.status_code == 302
    page = client_of(None).get("/wilayah/33.18/angka/cakupan/").content.decode()
    assert "Dua desa sedang bermusyawarah." in page and "Diskominfo Kab. Pati" in page


def test_an_unfinished_note_is_shown_again_with_what_is_missing(cast, client_of) -> None:
    answer = client_of(cast.dinas).post(f"{DESK}catatan/", {"wilayah": "33.18", "angka": "cakupan", "masa": "", "catatan": "Sudah."})
    assert answer.status_code == 422 and "Sudah." in answer.content.decode()
