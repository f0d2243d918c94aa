"""What waits for whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.desk.waits import Waiting, waiting_for
from kentongan.groups.models import Membership
from kentongan.newsroom import actions
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in, tip_in
from tests.cast import Cast, member


def kinds(person: Any, *, theirs: bool = False) -> list[str]:
    for read in ("_memberships", "_appointments"):  # a new request
        person.__dict__.pop(read, None)
    return [row.wait.kind for row in waiting_for(person) if row.wait.theirs is theirs]


def test_a_submitted_story_waits_for_the_checker_who_did_not_write_it(cast: Cast) -> None:
    story_in("submitted", cast)
    assert kinds(cast.pemeriksa) == ["verify"]
    assert "verify" not in kinds(cast.redaktur) + kinds(cast.anggota)


def test_a_checker_who_wrote_a_version_is_not_asked_to_verify_it(cast: Cast) -> None:
    story_in("submitted", cast, author=cast.pemeriksa)
    assert "verify" not in kinds(cast.pemeriksa)


def test_a_verified_story_waits_for_the_editor_unless_the_clock_has_it(cast: Cast) -> None:
    story = story_in("verified", cast)
    assert kinds(cast.redaktur) == ["publish"]
    actions.schedule(Story.objects.get(pk=story.pk), at=timezone.now() + timedelta(days=1), by=cast.redaktur)
    assert kinds(cast.redaktur) == []


def test_the_author_sees_what_others_owe(cast: Cast) -> None:
    story_in("submitted", cast)
    assert kinds(cast.anggota, theirs=True) == ["their_check"]
    assert kinds(cast.anggota) == []


def test_a_correction_waits_for_another_than_its_proposer(cast: Cast) -> None:
    story = story_in("published", cast)
    actions.propose_correction(
        Story.objects.get(pk=story.pk), what="Angka", why="Salah", headline="Lain", summary=story.summary, body=story.body, by=cast.redaktur
    )
    assert kinds(cast.redaktur) == []
    assert kinds(cast.redaktur2) == ["correction"]


def test_nothing_of_a_group_waits_for_offices_or_neighbours(cast: Cast) -> None:
    story_in("submitted", cast)
    tip_in("received", cast)
    for outsider in (cast.dinas, cast.kades, cast.kementerian, cast.tetangga, cast.warga, cast.operator):
        assert kinds(outsider) == []


def test_a_right_that_lapsed_leaves_nothing_waiting(cast: Cast) -> None:
    story_in("submitted", cast)
    Membership.objects.filter(person=cast.pemeriksa).update(ends=timezone.localdate() - timedelta(days=1))
    assert kinds(cast.pemeriksa) == []


def test_what_is_past_its_promise_comes_first_and_is_said(cast: Cast) -> None:
    story_in("submitted", cast)
    Story.objects.update(changed_at=timezone.now() - timedelta(days=9))
    tip_in("received", cast)
    rows = waiting_for(cast.pemeriksa)
    assert [row.wait.kind for row in rows] == ["verify", "tip"]
    assert rows[0].kind == "late" and rows[0].due == "Lewat 7 hari"


def test_everything_is_one_question_to_the_database(cast: Cast, django_assert_num_queries: Any) -> None:
    for _each in range(3):
        tip_in("received", cast)
    with django_assert_num_queries(3):  # two for the posts, one for what waits
        rows = waiting_for(cast.redaktur)
    assert len(rows) == 3 and all(isinstance(row, Waiting) for row in rows)


def test_the_first_page_shows_the_list_with_one_warm_button(cast: Cast, client_of: Callable[[Any], Client]) -> None:
    story_in("submitted", cast)
    tip_in("received", cast)
    page = client_of(cast.pemeriksa).get("/meja/").text
    assert "Yang menunggu Anda" in page and "Dua hal." in page
    assert page.count("button call") == 1


def test_nothing_waiting_teaches_the_next_step(cast: Cast, client_of: Callable[[Any], Client]) -> None:
    assert "Tidak ada yang menunggu Anda" in client_of(cast.anggota).get("/meja/").text
    assert "Anda belum punya tugas di sini" in client_of(cast.warga).get("/meja/").text
    assert "Anda menunjuk petugas pertama" in client_of(cast.operator).get("/meja/").text
    assert "Tulislah" not in client_of(cast.kementerian).get("/meja/").text


def test_the_switch_changes_whose_list_is_shown_but_gives_no_right(cast: Cast, client_of: Callable[[Any], Client]) -> None:
    story_in("submitted", cast)
    second = member(cast.group, cast.anggota2, Membership.Role.PEMERIKSA)
    browser = client_of(cast.anggota2)
    assert "Periksa “" not in browser.get("/meja/").text
    answer = browser.post("/meja/pos/", {"post": second.key})
    assert (answer.status_code, answer["Location"]) == (302, "/meja/")
    page = browser.get("/meja/").text
    assert "Periksa “" in page and "Sebagai <strong>Pemeriksa</strong>" in page
    browser.post("/meja/pos/", {"post": "a99999"})
    assert "Sebagai <strong>Pemeriksa</strong>" in browser.get("/meja/").text


def test_the_desk_asks_the_same_for_one_and_for_twenty(cast: Cast, client_of: Callable[[Any], Client]) -> None:
    browser = client_of(cast.redaktur)
    counts = []
    for many in (1, 19):
        for _each in range(many):
            tip_in("received", cast)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/meja/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
