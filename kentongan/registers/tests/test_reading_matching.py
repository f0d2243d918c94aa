"""What is to be done with each record: never guessed, always with its reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kentongan.groups.models import Decree, Group, Membership
from kentongan.regions.models import Region, RegionSetting, RegionSuccession
from kentongan.regions.tests.factories import region_chain
from kentongan.registers.reading.matching import ASK, CHANGED, NEW, REFUSED, SAME, Judged, group_key, judge, judge_members
from kentongan.registers.reading.rows import Parsed
from tests.cast import group_in, member, person

pytestmark = pytest.mark.django_db

TLOGOREJOS = ("33.18.04.2009", "33.18.09.2006", "33.18.14.2003")
BERMI, JEPARA = "33.18.13.2001", "33.20.01.2001"


@pytest.fixture
def pati() -> Region:
    """Pati with a few of its villages; one village of Jepara lies beside it."""
    region_chain("33.18.17.2003", BERMI, "33.18.13.2009", "33.18.10.1007", "33.18.16.2012", *TLOGOREJOS, JEPARA)
    return Region.objects.get(code="33.18")


def record(number: int = 7, **fields: Any) -> Parsed:
    return Parsed(number, {"name": "KIM Baru"} | fields, [], [])


def decree(number: str = "141/9/2025", **parts: str) -> dict[str, str]:
    return {"number": number, "dated": "2025-02-03", "rank": "kades", "starts": "2025-02-03", "ends": "2028-02-02"} | parts


def one(region: Region, *, choice: str = "", **fields: Any) -> Judged:
    return judge([record(**fields)], region, {7: choice} if choice else {})[0]


def codes(judged: Judged) -> list[str]:
    return [candidate.code for candidate in judged.candidates]


@pytest.mark.parametrize("village", ["Bermi", "BERMI", "Desa Bermi", "ds. bermi", "Bermi, Kec. Gembong", "Ber-mi"])
def test_a_village_is_known_by_its_name_within_the_chosen_regency(pati: Region, village: str) -> None:
    judged = one(pati, village=village)
    assert (judged.verdict, judged.region_code) == (NEW, BERMI)


def test_a_village_is_known_by_its_code(pati: Region) -> None:
    assert one(pati, code=BERMI).region_code == BERMI


def test_a_name_borne_three_times_is_asked_about_with_its_districts(pati: Region) -> None:
    judged = one(pati, village="Tlogorejo")
    assert (judged.verdict, tuple(codes(judged))) == (ASK, TLOGOREJOS)
    assert "Kec. Tlogowungu" in judged.candidates[2].label and "Ada 3 Tlogorejo" in judged.reasons[0]
    assert one(pati, village="Tlogorejo", district="Kec. Tlogo Wungu").region_code == TLOGOREJOS[2]
    assert one(pati, village="Tlogorejo", choice=TLOGOREJOS[1]).region_code == TLOGOREJOS[1]


def test_a_district_in_the_rows_above_settles_nothing_but_comes_first(pati: Region) -> None:
    judged = one(pati, village="Tlogorejo", district_above="Tlogowungu")
    assert (judged.verdict, codes(judged)[0]) == (ASK, TLOGOREJOS[2])
    assert one(pati, village="Bermi", district_above="Margoyoso").region_code == BERMI


def test_a_village_that_is_not_in_the_district_named_is_asked_about(pati: Region) -> None:
    judged = one(pati, village="Bermi", district="Margoyoso")
    assert (judged.verdict, codes(judged)) == (ASK, [BERMI])


def test_a_close_spelling_is_offered_never_taken(pati: Region) -> None:
    judged = one(pati, village="Gulangponge")
    assert (judged.verdict, codes(judged)) == (ASK, ["33.18.17.2003"])
    assert one(pati, village="Gulang Pongge").verdict == NEW  # the same once written as one word


def test_a_village_nobody_knows_is_refused(pati: Region) -> None:
    judged = one(pati, village="Negeri Antah Berantah")
    assert judged.verdict == REFUSED and "Negeri Antah Berantah" in judged.reasons[0]


def test_a_village_of_another_regency_is_refused_by_name(pati: Region) -> None:
    judged = one(pati, code=JEPARA)
    assert judged.verdict == REFUSED and "Kab. Jepara" in judged.reasons[0] and "Kab. Pati" in judged.reasons[0]
    assert one(pati, village="Bermi", regency="Kab. Kudus").verdict == REFUSED
    assert one(pati, village="Bermi", regency="KABUPATEN PATI").verdict == NEW


def test_a_code_nobody_knows_is_asked_about_where_the_name_is_known(pati: Region) -> None:
    assert codes(one(pati, code="33.18.99.2001", village="Bermi")) == [BERMI]
    assert one(pati, code="33.18.99.2001").verdict == REFUSED
    assert one(pati, code="33.18.13").verdict == REFUSED


def test_a_code_and_a_name_that_disagree_are_asked_about(pati: Region) -> None:
    judged = one(pati, code=BERMI, village="Kajen")
    assert judged.verdict == ASK and codes(judged) == [BERMI, "33.18.16.2012"]


def test_two_villages_that_read_alike_are_told_apart_by_their_codes(pati: Region) -> None:
    twin = Region.objects.get(code=BERMI)
    twin.pk, twin.code = None, "33.18.13.2098"
    twin.save()
    judged = one(pati, village="Bermi")
    assert codes(judged) == [BERMI, "33.18.13.2098"] and all(candidate.code in candidate.label for candidate in judged.candidates)


def test_a_former_code_leads_to_the_place_it_became(pati: Region) -> None:
    place = Region.objects.get(code=BERMI)
    RegionSuccession.objects.create(old_code="33.18.13.2099", region=place, decree="Perda 1/2020", since=date(2020, 1, 1))
    judged = one(pati, code="33.18.13.2099")
    assert (judged.verdict, judged.region_code) == (NEW, BERMI) and "Perda 1/2020" in judged.reasons[0]
    other = Region.objects.get(code="33.18.13.2009")
    RegionSuccession.objects.create(old_code="33.18.13.2099", region=other, decree="Perda 1/2020", since=date(2020, 1, 1))
    assert codes(one(pati, code="33.18.13.2099")) == [BERMI, "33.18.13.2009"]


def test_a_province_needs_the_regency_of_a_name(pati: Region) -> None:
    province = Region.objects.get(code="33")
    assert one(province, village="Bermi").verdict == ASK
    assert one(province, village="Bermi", regency="Kab. Pati").region_code == BERMI
    assert one(province, village="Bermi", regency="Kota Pati").verdict == ASK
    assert one(province, code=JEPARA).region_code == JEPARA


def test_a_forum_lies_in_a_district(pati: Region) -> None:
    assert one(pati, name="Forum KIM Gembong", district="Gembong").region_code == "33.18.13"
    assert one(pati, name="KIM Gembong", district="Gembong").verdict == REFUSED


def test_names_of_groups_are_compared_without_what_every_group_is_called() -> None:
    assert group_key("KIM Gulang Pongge") == group_key("Kelompok Informasi Masyarakat Desa GULANGPONGGE") == "gulangpongge"


@pytest.fixture
def bermi(pati: Region) -> Group:
    """A verified group with a decree that holds, and a chair."""
    group = group_in(Region.objects.get(code=BERMI), "KIM Bermi", "bermi")
    group.decrees.update(number="141/07/2024", dated="2024-01-12", starts="2024-01-12", ends="2027-01-11")
    member(group, person("siti", "Siti Rahayu"), Membership.Role.KETUA)
    return group


def test_a_known_group_that_says_nothing_new_is_the_same(pati: Region, bermi: Group) -> None:
    said = decree("No. 141 / 7 / 2024", dated="2024-01-12", starts="2024-01-12", ends="2027-01-11")
    judged = one(
        pati, name="Kim BERMI", code=BERMI, decrees=[said], ketua="SITI RAHAYU", contact="+62 812 0000 0000", secretariat="balai desa"
    )
    assert (judged.verdict, judged.group_id, judged.changes) == (SAME, bermi.pk, {})


def test_a_known_group_shows_before_and_after(pati: Region, bermi: Group) -> None:
    said = [
        decree("141/07/2024", dated="2024-01-12", starts="2024-01-12", ends="2026-12-31"),
        decree("141/90/2027", starts="2027-02-01", ends="2030-01-31"),
    ]
    judged = one(pati, name="KIM Bermi", code=BERMI, decrees=said, ketua="Endah P.", stated_digital=True, founded_on="2024-07-01")
    assert judged.verdict == CHANGED
    assert judged.changes["ketua"] == ["Siti Rahayu", "Endah P."] and judged.changes["stated_digital"] == ["", "ya"]
    assert "11 Jan 2027" in judged.changes["decrees"][0] and "31 Des 2026" in judged.changes["decrees"][1]
    assert "141/90/2027" in judged.changes["decrees"][1] and "founded_on" not in judged.changes


def test_a_group_is_known_by_the_number_of_its_decree(pati: Region, bermi: Group) -> None:
    said = decree("141/7/2024", dated="2024-01-12", starts="2024-01-12", ends="2027-01-11")
    judged = one(pati, name="KIM Suara Warga", code=BERMI, decrees=[said])
    assert (judged.group_id, judged.changes["name"]) == (bermi.pk, ["KIM Bermi", "KIM Suara Warga"])


@pytest.mark.parametrize("name", ["KIM Bermy", "KIM Sinar Jaya"])
def test_another_name_in_a_village_that_has_a_group_is_asked_about(pati: Region, bermi: Group, name: str) -> None:
    judged = one(pati, name=name, code=BERMI)
    assert (judged.verdict, codes(judged)) == (ASK, [f"{BERMI}/{bermi.pk}", f"{BERMI}/baru"])
    assert one(pati, name=name, code=BERMI, choice=f"{BERMI}/{bermi.pk}").group_id == bermi.pk
    assert one(pati, name=name, code=BERMI, choice=f"{BERMI}/baru").verdict == NEW
    assert one(pati, name=name, code=BERMI, choice=f"{BERMI}/{bermi.pk + 1000}").verdict == ASK  # it is not there any more


def test_a_dissolved_group_is_refused_one_withdrawn_from_a_register_is_forgotten(pati: Region, bermi: Group) -> None:
    Group.objects.filter(pk=bermi.pk).update(state=Group.State.DISSOLVED)
    assert one(pati, name="KIM Bermi", code=BERMI).verdict == REFUSED
    assert one(pati, name="KIM Sinar Jaya", code=BERMI).verdict == NEW
    Group.objects.filter(pk=bermi.pk).update(state=Group.State.WITHDRAWN)
    assert one(pati, name="KIM Bermi", code=BERMI).verdict == NEW


def test_a_decree_that_overlaps_one_of_the_register_is_refused(pati: Region, bermi: Group) -> None:
    judged = one(pati, name="KIM Bermi", code=BERMI, decrees=[decree("141/90/2026", starts="2026-06-01", ends="2029-05-31")])
    assert judged.verdict == REFUSED and "141/07/2024" in judged.reasons[0]
    shortened = decree("141/07/2024", dated="2024-01-12", starts="2024-01-12", ends="2026-05-31")
    both = [shortened, decree("141/90/2026", starts="2026-06-01", ends="2029-05-31")]
    assert one(pati, name="KIM Bermi", code=BERMI, decrees=both).verdict == CHANGED


def test_a_number_that_another_group_carries_is_flagged(pati: Region, bermi: Group) -> None:
    judged = one(pati, village="Kajen", decrees=[decree("141/07/2024")])
    assert judged.verdict == NEW and "juga dipakai KIM Bermi" in judged.reasons[0]


def test_one_decree_of_a_regent_may_name_many_groups(pati: Region) -> None:
    said = decree("400/12/2025", rank="bupati")
    judged = judge(
        [record(7, name="KIM A", village="Bermi", decrees=[said]), record(8, name="KIM B", village="Kajen", decrees=[said])], pati
    )
    assert [(row.verdict, row.reasons) for row in judged] == [(NEW, []), (NEW, [])]


def test_the_same_group_twice_in_the_file_is_refused_in_another_spelling_asked(pati: Region) -> None:
    names = ("KIM Bermi Jaya", "Kelompok Informasi Masyarakat BERMI JAYA", "KIM Bermi Jaja")
    judged = judge([record(number, name=name, village="Bermi") for number, name in enumerate(names, start=7)], pati)
    assert [row.verdict for row in judged] == [NEW, REFUSED, ASK]
    assert "baris 7" in judged[1].reasons[0] and "baris 7" in judged[2].reasons[0]


def test_numbered_groups_of_one_village_are_not_taken_for_a_misspelling(pati: Region) -> None:
    judged = judge([record(number, name=f"KIM Bermi {number}", village="Bermi") for number in (7, 8)], pati)
    assert [row.verdict for row in judged] == [NEW, NEW]


def test_an_end_that_is_not_written_follows_the_rule_of_the_region(pati: Region) -> None:
    RegionSetting.replace(pati, "groups.term_years", 5, source="Perbup", edition="1", since=date(2020, 1, 1))
    said = decree()
    said.pop("ends")
    judged = one(pati, village="Bermi", decrees=[said])
    assert judged.parsed.fields["decrees"][0]["ends"] == "2030-02-02" and "5 tahun menurut aturan wilayah" in judged.reasons[0]


def test_a_decree_without_an_issuer_is_left_out_and_said(pati: Region) -> None:
    said = decree()
    said.pop("rank")
    judged = one(pati, village="Bermi", decrees=[said])
    assert (judged.verdict, judged.parsed.fields["decrees"]) == (NEW, []) and "pejabat" in judged.reasons[0]


def test_a_rank_the_region_does_not_know_is_refused_and_a_kelurahan_is_headed_by_a_lurah(pati: Region) -> None:
    assert one(pati, village="Kel. Pati Kidul", decrees=[decree()]).parsed.fields["decrees"][0]["rank"] == "lurah"
    RegionSetting.replace(pati, "groups.decree_ranks", ("bupati",), source="Perbup", edition="1", since=date(2020, 1, 1))
    assert one(pati, village="Bermi", decrees=[decree()]).verdict == REFUSED
    said = decree()
    said.pop("rank")
    assert one(pati, village="Bermi", decrees=[said]).parsed.fields["decrees"][0]["rank"] == "bupati"


def test_a_decree_of_tomorrow_is_refused(pati: Region) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    judged = one(pati, village="Bermi", decrees=[decree(dated=tomorrow, starts=tomorrow, ends="2032-01-01")])
    assert judged.verdict == REFUSED and "belum tiba" in judged.reasons[0]


def test_a_record_with_problems_is_refused_whatever_else_it_says(pati: Region) -> None:
    judged = judge([Parsed(7, {"name": "KIM A", "village": "Bermi"}, ["Kolom rusak."], [])], pati)[0]
    assert (judged.verdict, judged.reasons) == (REFUSED, ["Kolom rusak."])


def people(region: Region, *rows: dict[str, Any], groups: list[Judged] | None = None) -> list[Judged]:
    return judge_members([Parsed(number, said, [], []) for number, said in enumerate(rows, start=2)], region, groups or [])


def test_members_join_the_groups_of_the_same_file_and_of_the_register(pati: Region, bermi: Group) -> None:
    groups = judge([record(7, name="KIM Kajen", village="Kajen")], pati)
    judged = people(
        pati,
        {"name": "KIM KAJEN", "person": "Ahmad", "role": "ketua"},
        {"name": "KIM Bermi", "person": "siti rahayu", "role": "ketua"},
        {"name": "KIM Bermi", "person": "Joko"},
        {"name": "KIM Bermi", "village": "Kajen", "person": "Joko"},
        {"name": "KIM Lain", "person": "Joko"},
        groups=groups,
    )
    assert [(row.verdict, row.group_id, row.group_row) for row in judged] == [
        (NEW, None, 7),
        (SAME, bermi.pk, None),
        (NEW, bermi.pk, None),
        (REFUSED, None, None),
        (REFUSED, None, None),
    ]
    assert judged[2].parsed.fields["role"] == "anggota"


def test_a_second_chair_and_the_same_person_twice_are_refused(pati: Region, bermi: Group) -> None:
    judged = people(pati, *({"name": "KIM Bermi", "person": who, "role": "ketua"} for who in ("Endah", "Endah", "Wati")))
    assert [row.verdict for row in judged] == [CHANGED, REFUSED, REFUSED]
    assert judged[0].changes == {"ketua": ["Siti Rahayu", "Endah"]}


def test_members_of_a_doubtful_group_wait_for_it(pati: Region) -> None:
    groups = judge([record(7, name="KIM Tlogo", village="Tlogorejo")], pati)
    judged = people(pati, {"name": "KIM Tlogo", "person": "Ahmad", "role": "ketua"}, groups=groups)
    assert judged[0].verdict == REFUSED and "baris 7" in judged[0].reasons[0]


def test_two_groups_of_one_name_are_asked_about(pati: Region) -> None:
    groups = judge([record(7, name="KIM Maju", village="Bermi"), record(8, name="KIM Maju", village="Kajen")], pati)
    judged = people(
        pati, {"name": "KIM Maju", "person": "Ahmad"}, {"name": "KIM Maju", "village": "Kajen", "person": "Wati"}, groups=groups
    )
    assert (judged[0].verdict, codes(judged[0])) == (ASK, [f"{BERMI}/b7", "33.18.16.2012/b8"])
    assert (judged[1].verdict, judged[1].group_row) == (NEW, 8)


def test_somebody_under_eighteen_is_flagged(pati: Region, bermi: Group) -> None:
    judged = people(pati, {"name": "KIM Bermi", "person": "Bayu", "birth_year": timezone.localdate().year - 12})
    assert judged[0].verdict == NEW and "wali" in judged[0].reasons[0]


def test_judging_a_thousand_rows_asks_no_more_of_the_database_than_judging_one(
    pati: Region, bermi: Group, django_assert_num_queries: Any
) -> None:
    rows = [record(number, name=f"KIM {number}", code=BERMI, decrees=[decree(f"141/{number}")]) for number in range(7, 1007)]
    with django_assert_num_queries(5):
        judge(rows[:1], pati)
    with django_assert_num_queries(5):
        judge(rows, pati)
    assert Decree.objects.count() == 1
