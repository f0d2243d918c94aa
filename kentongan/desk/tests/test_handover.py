"""An office or a board changes hands: everything open is on one page and on paper, and who follows sees it until they take it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.desk.reading.handover import HEADINGS, heaps_of
from kentongan.desk.waits import WAITS, Wait, waiting_for
from kentongan.groups import actions
from kentongan.groups.models import Appointment, Group, Handover, Membership, posts_of
from kentongan.groups.tests.factories import carried_to, fresh, today
from kentongan.newsroom.tests.factories import story_in, tip_in
from kentongan.newsroom.tests.material import material_in, offer_in
from tests.cast import Cast, appoint, member, person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
OFFICE = "/meja/wilayah/serah-terima/"


def again(somebody: Any) -> Any:
    for read in ("_memberships", "_appointments", "_wait_rules"):  # a new request
        somebody.__dict__.pop(read, None)
    return somebody


def waits(somebody: Any) -> list[str]:
    return [row.wait.kind for row in waiting_for(again(somebody))]


def heaps(somebody: Any) -> dict[str, int]:
    return {heap.kind: heap.n for heap in heaps_of(posts_of(again(somebody))[0], somebody)}


def newcomer(cast: Cast, **more: Any) -> Any:
    """Somebody who comes to the regency's office today."""
    somebody = person("penerus", "Hesti Pertiwi", number=88)
    appoint(cast.offices["dinas"], somebody, Appointment.Role.OFFICER, "Petugas KIM", **({"starts": today()} | more))
    return somebody


def board(cast: Cast) -> str:
    return f"/meja/kim/{cast.group.pk}/serah-terima/"


# ------------------------------------------------------------ completeness


@pytest.mark.parametrize("who", ["dinas", "kades", "kementerian", "ketua"])
def test_every_kind_of_thing_that_waits_is_handed_over(cast: Cast, who: str) -> None:
    """Each line of the table for such a post: as a heap of its own, or as the same things of another kind; not what is about oneself."""
    post = posts_of(cast.people[who])[0]
    ours = [wait for wait in WAITS if (wait.roles if isinstance(post, Membership) else post.office.kind in wait.offices)]
    shown = set(heaps(cast.people[who]))
    missing = [wait.kind for wait in ours if not covered(wait, shown)]
    assert ours and not missing


def test_every_heap_is_called_by_what_it_holds_not_by_a_button() -> None:
    unnamed = [wait.kind for wait in WAITS if wait.kind not in HEADINGS and not (wait.personal or wait.oneself or wait.echo)]
    assert not unnamed


def covered(wait: Wait, shown: set[str]) -> bool:
    return wait.kind in shown or wait.echo in shown or wait.oneself or wait.personal


def test_a_board_hands_over_what_all_its_people_have_open_not_only_the_ketua(cast: Cast) -> None:
    story_in("submitted", cast)
    story_in("written", cast, author=cast.redaktur)
    tip_in("received", cast)
    offer_in("sent", cast)
    actions.write_deed(fresh(cast.group), kind="rapat", title="Rapat", on=today(), text="Isi", by=cast.ketua)
    found = heaps(cast.ketua)
    assert {kind: n for kind, n in found.items() if n} == {"verify": 1, "draft": 1, "tip": 1, "offer": 1, "deed": 1}


def test_a_story_only_its_author_sees_is_named_to_nobody_else(cast: Cast, client_of: ClientOf) -> None:
    from kentongan.newsroom import actions as newsroom

    newsroom.begin(cast.group, by=cast.anggota)
    assert heaps(cast.ketua)["begun"] == 0


def test_an_office_hands_over_formations_flags_visits_decrees_material_and_what_falls_silent(cast: Cast, client_of: ClientOf) -> None:
    carried_to(cast, "proposed")
    material_in("drafted", cast)
    from kentongan.newsroom import actions as newsroom

    newsroom.raise_flag(story_in("published", cast), concern="Angkanya beda.", by=cast.dinas)
    actions.note_visit(fresh(cast.group), on=today() - timedelta(days=9), kind="telepon", found="Sepi", next_on=today(), by=cast.dinas)
    cast.group.decrees.update(ends=today() + timedelta(days=20))
    Group.objects.filter(state="proposed").update(waiting_since=timezone.now() - timedelta(days=40))
    found = {kind: n for kind, n in heaps(cast.dinas).items() if n}
    assert found == {"group_proposed": 1, "material": 1, "their_answer": 1, "visit": 1, "decree_ends": 1}
    page = client_of(cast.dinas).get(OFFICE).text
    for words in (
        "5 hal masih terbuka",
        "Usulan yang menunggu sosialisasi",
        "KIM Sumber Waras",
        '<strong>1</strong> · <a href="/meja/kim/?keadaan=pembentukan">Pembentukan yang macet',
    ):
        assert words in page


# ------------------------------------------------------------ giving and taking


def test_who_follows_in_an_office_sees_it_until_they_take_it(cast: Cast, client_of: ClientOf) -> None:
    offer_in("sent", cast)
    follower = newcomer(cast)
    sent = client_of(cast.dinas).post(OFFICE, {"note": "Bu Camat lebih suka ditelepon pagi."})
    assert sent["Location"] == f"{OFFICE}?selesai=groups.hand_over"
    assert "handover_office" in waits(follower) and "handover_office" not in waits(cast.dinas)
    home = client_of(follower).get("/meja/").text
    assert "Terima serah terima dari Ratna Dewi" in home
    page = client_of(follower).get(OFFICE).text
    assert "Serah terima dari Ratna Dewi" in page and "Bu Camat lebih suka ditelepon pagi." in page
    given = Handover.objects.get()
    client_of(follower).post(f"{OFFICE}penerimaan/", {"version": given.version})
    given = Handover.objects.get()
    assert (given.state, given.taker, given.taken_as) == ("taken", follower, "Petugas KIM, Diskominfo Kab. Pati")
    assert not {"handover_office", "newcomer_office"} & set(waits(follower))
    assert "diterima Hesti Pertiwi" in client_of(cast.dinas).get(OFFICE).text


def test_nobody_takes_what_they_gave_and_nobody_gives_twice(cast: Cast, client_of: ClientOf) -> None:
    given = actions.hand_over(cast.offices["dinas"], counts={}, by=cast.dinas)
    with pytest.raises(NotAllowed, match="bukan yang menyerahkan"):
        actions.take_over(given, counts={}, by=cast.dinas)
    with pytest.raises(NotNow, match="menunggu diterima"):
        actions.hand_over(cast.offices["dinas"], counts={}, by=cast.dinas2)
    assert client_of(cast.dinas2).post(OFFICE, {"note": ""}).status_code == 409


@pytest.mark.parametrize("who", ["ketua", "kades", "provinsi", "kementerian", "operator", "warga"])
def test_another_office_neither_gives_nor_takes(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.hand_over(cast.offices["dinas"], counts={}, by=cast.people[who])
    given = actions.hand_over(cast.offices["dinas"], counts={}, by=cast.dinas)
    with pytest.raises(NotAllowed):
        actions.take_over(given, counts={}, by=cast.people[who])


def test_what_nobody_handed_over_is_told_to_the_newcomer_all_the_same(cast: Cast, client_of: ClientOf) -> None:
    Appointment.objects.filter(person=cast.dinas).update(ends=today() - timedelta(days=4))
    follower = newcomer(cast)
    assert "newcomer_office" in waits(follower)
    assert "newcomer_office" not in waits(cast.dinas2)  # there for a year
    page = client_of(follower).get(OFFICE).text
    assert "Serah terima dari Ratna Dewi" in page and "tidak sempat menyerahkan" in page
    client_of(follower).post(f"{OFFICE}penerimaan/", {"version": 0})
    taken = Handover.objects.get()
    assert (taken.given_as, taken.giver, taken.taker) == ("Ratna Dewi", None, follower)
    assert "newcomer_office" not in waits(follower)


@pytest.mark.parametrize(("gone", "came", "told"), [(91, 0, False), (90, 0, True), (100, 91, False)])
def test_a_newcomer_is_asked_for_three_months(cast: Cast, gone: int, came: int, told: bool) -> None:
    Appointment.objects.filter(person=cast.dinas).update(ends=today() - timedelta(days=gone))
    assert ("newcomer_office" in waits(newcomer(cast, starts=today() - timedelta(days=came)))) is told


def test_where_nobody_left_there_is_nothing_to_take(cast: Cast, client_of: ClientOf) -> None:
    with pytest.raises(NotNow, match="belum ada yang menyerahkan"):
        actions.take_over(Handover(office=cast.offices["dinas"]), counts={}, by=cast.dinas2)
    assert client_of(cast.dinas2).post(f"{OFFICE}penerimaan/", {}).status_code == 409


def test_a_board_that_changes_hands_over_too(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.ketua).post(board(cast), {"note": "Kunci lemari di balai desa."})
    assert "handover_board" in waits(cast.sekretaris) and "handover_board" not in waits(cast.anggota)
    given = Handover.objects.get()
    client_of(cast.sekretaris).post(f"{board(cast)}penerimaan/", {"version": given.version})
    assert Handover.objects.get().taker == cast.sekretaris


def test_a_new_ketua_is_told_what_the_last_one_left(cast: Cast) -> None:
    actions.end_membership(cast.ketua.memberships.get(), reason="Pindah", by=cast.sekretaris)
    yesterday = today() - timedelta(days=1)
    Membership.objects.filter(person=cast.ketua).update(ends=yesterday)
    member(cast.group, cast.anggota2, Membership.Role.KETUA, starts=today())
    assert "newcomer_board" in waits(cast.anggota2)


@pytest.mark.parametrize("who", ["anggota", "redaktur", "kades", "dinas"])
def test_a_boards_page_is_the_boards(cast: Cast, client_of: ClientOf, who: str) -> None:
    assert client_of(cast.people[who]).get(board(cast)).status_code == 403


def test_it_is_printed_to_be_signed(cast: Cast, client_of: ClientOf) -> None:
    for _each in range(15):
        tip_in("received", cast)
    for who, address in (("ketua", board(cast)), ("dinas", OFFICE)):
        made = client_of(cast.people[who]).get(f"{address}berkas.pdf")
        assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF-1.7")
        assert "no-store" in made["Cache-Control"]


def test_it_costs_the_same_with_one_thing_and_with_many(cast: Cast, client_of: ClientOf) -> None:
    for address, who in ((board(cast), cast.ketua), (OFFICE, cast.dinas)):
        browser, counts = client_of(who), []
        for many in (1, 12):
            for _each in range(many):
                tip_in("received", cast)
                material_in("drafted", cast)
            with CaptureQueriesContext(connection) as asked:
                browser.get(address)
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 20, "\n".join(row["sql"][:150] for row in asked)
