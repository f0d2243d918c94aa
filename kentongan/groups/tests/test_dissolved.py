"""A dissolved group is an archive: its pages stay with date and reason, its desk is read only, its papers open to its last board."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.groups import actions
from kentongan.groups.models import Group, Membership
from kentongan.groups.tests.factories import fresh, today
from kentongan.newsroom.tests.factories import story_in
from kentongan.ui.writing import date_only
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
REASON = "Desa digabung dengan desa tetangga."


@pytest.fixture
def archive(cast: Cast) -> Cast:
    """The cast's group with a story, a paper, a book and a visit, dissolved today."""
    cast.story = story_in("published", cast)  # type: ignore[misc]
    group = fresh(cast.group)
    cast.deed = actions.write_deed(group, kind="rapat", title="Rapat terakhir", on=today(), text="Bubar.", by=cast.anggota)  # type: ignore[misc]
    actions.state_item(group, name="buku kas", on=today(), by=cast.ketua)
    actions.note_visit(group, on=today(), kind="kunjungan", found="Sudah sepi.", by=cast.dinas)
    group = actions.ask_dissolution(fresh(cast.group), reason=REASON, appeal_to="Bupati", by=cast.dinas)
    actions.dissolve(group, by=cast.dinas2)
    for somebody in cast.people.values():
        somebody.__dict__.pop("_memberships", None)
    return cast


def test_every_public_page_stays_and_says_since_when_and_why(archive: Cast, client_of: ClientOf) -> None:
    for address in ("/kim/gulangpongge/", "/kim/gulangpongge/tentang/"):
        page = client_of(None).get(address).text
        assert f"KIM ini sudah dibubarkan, {date_only(today())}" in page and REASON in page
    assert client_of(None).get("/kim/gulangpongge/kabar/").status_code == 200
    assert client_of(None).get(archive.story.get_absolute_url()).status_code == 200
    assert client_of(None).get("/kim/gulangpongge/bahan/").status_code in {404, 409}  # nothing is taken any more


def test_the_last_board_finds_it_reads_everything_and_changes_nothing(archive: Cast, client_of: ClientOf) -> None:
    base = f"/meja/kim/{archive.group.pk}/"
    for who in ("ketua", "sekretaris", "bendahara"):
        browser = client_of(archive.people[who])
        assert "KIM Gulangpongge" in browser.get("/meja/kim/").text
        page = browser.get(base).text
        assert f"Dibubarkan {date_only(today())}" in page and REASON in page and 'id="catatan"' in page
        assert "<form" not in page.split("<main")[1].split("</main>")[0]
        for part, words in (("naskah/", "Rapat terakhir"), ("kelembagaan/", "Buku kas"), ("pembinaan/", "Sudah sepi.")):
            page = browser.get(base + part).text
            assert words in page and "<form" not in page.split("<main")[1].split("</main>")[0], part
        deed = browser.get(f"{base}naskah/{archive.deed.pk}/").text
        assert "Bubar." in deed and "<form" not in deed.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("who", ["anggota", "redaktur", "pembina", "tetangga", "warga"])
def test_for_everybody_else_only_its_public_side_is_left(archive: Cast, client_of: ClientOf, who: str) -> None:
    base = f"/meja/kim/{archive.group.pk}/"
    for part in ("naskah/", "kelembagaan/", "pembinaan/", "serah-terima/"):
        assert client_of(archive.people[who]).get(base + part).status_code == 404, part


def test_the_offices_above_keep_reading_and_note_nothing_new(archive: Cast, client_of: ClientOf) -> None:
    page = client_of(archive.dinas).get(f"/meja/kim/{archive.group.pk}/pembinaan/").text
    assert "Sudah sepi." in page and "sudah dibubarkan" in page
    with pytest.raises(NotNow, match="dibubarkan"):
        actions.note_visit(fresh(archive.group), on=today(), kind="telepon", found="x", by=archive.dinas)


def test_no_right_is_left_of_a_role_that_ended_with_the_group(archive: Cast) -> None:
    group = fresh(archive.group)
    for verb in (
        lambda: actions.state_item(group, name="buku tamu", on=today(), by=archive.ketua),
        lambda: actions.write_deed(group, kind="rapat", title="x", on=today(), text="x", by=archive.ketua),
        lambda: actions.confirm_deed(archive.deed, by=archive.sekretaris),
        lambda: actions.hand_over(group, counts={}, by=archive.ketua),
    ):
        with pytest.raises((NotAllowed, NotNow)):
            verb()


def test_the_last_board_are_those_whose_term_ended_last_not_those_before_them(cast: Cast) -> None:
    long_ago = today() - timedelta(days=500)
    former = Membership.objects.create(
        group=cast.group, person=cast.warga, role="ketua", state="ended", starts=long_ago, ends=today() - timedelta(days=400)
    )
    Membership.objects.filter(person=cast.bendahara).update(starts=long_ago, ends=today() - timedelta(days=200))  # lapsed, none followed
    actions.dissolve(actions.ask_dissolution(fresh(cast.group), reason=REASON, appeal_to="Bupati", by=cast.dinas), by=cast.dinas2)
    last = set(Membership.objects.of_last_board().filter(group=cast.group).values_list("person__name", flat=True))
    assert last == {"Sugeng Riyadi", "Endang Lestari", "Slamet Widodo"} and former.person.name not in last
    assert cast.bendahara.memberships.get().ends == today() - timedelta(days=200)  # its day stays what it was
    assert Group.objects.get(pk=cast.group.pk).dissolved_on == today()
