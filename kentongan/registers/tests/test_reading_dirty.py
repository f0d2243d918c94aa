"""The dirty register of 120 rows, read from the first byte to the last verdict."""

import json
from pathlib import Path

import pytest

from kentongan.registers.reading import files, headings, matching, rows
from kentongan.registers.reading.matching import Judged
from kentongan.registers.tests.dirty import GROUPS, HIDDEN, MEMBERS, NUMBERED, Expectation, dirty_register, whole_regency


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Expectation]:
    path = tmp_path_factory.mktemp("dirty") / "register-kim-pati.xlsx"
    return path, dirty_register(path)


def test_the_dirty_register_gets_the_verdict_each_row_deserves(
    register: tuple[Path, Expectation], db: None, django_assert_max_num_queries: object
) -> None:
    path, expected = register
    region = whole_regency()
    book = files.read(path, path.name)
    assert [sheet.name for sheet in book.sheets] == [GROUPS, MEMBERS]
    assert any(HIDDEN in note for note in book.notes)
    found = headings.guess(book.sheets[0], {})
    assert (found.row, found.kind, found.lacking) == (5, headings.GROUPS, [])
    records, left = rows.sort_out(book.sheets[0], found)
    assert [one.number for one in left] == expected.left
    assert len(records) == NUMBERED
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        judged = matching.judge(records, region)
    assert {one.parsed.number: one.verdict for one in judged} == expected.verdicts
    for number, words in expected.said.items():
        assert words in " ".join(_of(judged, number).reasons)
    members = headings.guess(book.sheets[1], {})
    assert members.kind == headings.MEMBERS
    people = matching.judge_members(rows.parse(book.sheets[1], members), region, judged)
    assert {one.parsed.number: one.verdict for one in people} == expected.members
    everything = json.dumps([[one.parsed.fields, one.parsed.raw, one.reasons] for one in [*judged, *people]], ensure_ascii=False)
    assert not any(secret in everything for secret in expected.secrets)


def test_the_answers_of_the_officer_settle_the_doubtful_rows(register: tuple[Path, Expectation], db: None) -> None:
    path, expected = register
    region = whole_regency()
    sheet = files.read(path, path.name).sheets[0]
    records = rows.parse(sheet, headings.guess(sheet, {}))
    asked = {one.parsed.number: one for one in matching.judge(records, region) if one.verdict == matching.ASK}
    assert set(asked) == set(expected.answers)
    for number, answer in expected.answers.items():
        assert answer in [candidate.code for candidate in asked[number].candidates]
    settled = matching.judge(records, region, expected.answers)
    assert all(_of(settled, number).verdict == matching.NEW for number in expected.answers)
    assert _of(settled, 12).region_code


def _of(judged: list[Judged], number: int) -> Judged:
    return next(one for one in judged if one.parsed.number == number)
