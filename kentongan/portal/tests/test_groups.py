"""A group as the public sees it: its standing first, and honest when it is silent."""

from datetime import UTC, date, datetime

import pytest

from kentongan.groups.models import FormationStep, Group

from .reading import structured, text_of

FRONT = "/kim/gulangpongge/"


def change(cast, **values):
    Group.objects.filter(pk=cast.group.pk).update(**values)


def test_the_front_says_who_the_group_is_and_by_which_decree(reader, cast, story):
    answer = reader.get(FRONT)
    text = text_of(answer)
    for words in (
        "KIM Gulangpongge",
        "Desa Gulangpongge",
        "SK Kepala Desa 141/07/2024, berlaku s.d.",
        story.headline,
        "Ikut bergabung",
        "Sugeng Riyadi",
    ):
        assert words in text
    assert structured(answer)[0]["@type"] == "Organization"


@pytest.mark.parametrize("state", ["decreed", "registered"])
def test_until_verified_every_page_says_so(reader, cast, state):
    change(cast, state=state)
    for page in (FRONT, f"{FRONT}tentang/"):
        assert "elum diverifikasi" in text_of(reader.get(page))


def test_a_suspended_group_says_why_and_where_to_appeal(reader, cast):
    change(cast, state="suspended", suspended_reason="Pengurus tidak dapat dihubungi.", appeal_to="Bupati Pati")
    text = text_of(reader.get(FRONT))
    assert "dibekukan" in text
    assert "Pengurus tidak dapat dihubungi." in text
    assert "Bupati Pati" in text
    assert "Kirim bahan" not in text


def test_a_dissolved_group_says_so(reader, cast):
    change(cast, state="dissolved", dissolution_reason="Atas permintaan anggota.")
    text = text_of(reader.get(FRONT))
    assert "sudah dibubarkan" in text
    assert "Atas permintaan anggota." in text


def test_a_silent_group_says_since_when_with_a_date(reader, cast, story):
    change(cast, last_published_at=datetime(2026, 4, 22, 3, tzinfo=UTC))
    text = text_of(reader.get(FRONT))
    assert "Kabar terakhir 22 Apr 2026" in text
    assert "hari lalu" not in text


def test_a_group_without_a_story_says_so(reader, cast):
    assert "belum menerbitkan kabar" in text_of(reader.get(FRONT))


@pytest.mark.parametrize("state", ["proposed", "socialised", "deliberated", "minuted"])
def test_a_group_being_formed_is_not_public(reader, cast, state):
    change(cast, state=state)
    for page in (FRONT, f"{FRONT}tentang/", f"{FRONT}kabar/", f"{FRONT}atom.xml"):
        assert reader.get(page).status_code == 404


def test_about_shows_board_decree_contact_and_where_names_come_from(reader, cast):
    change(cast, source_note="Berita Diskominfo Pati", demo=True)
    text = text_of(reader.get(f"{FRONT}tentang/"))
    for words in ("Siti Rahayu", "Pemeriksa", "Balai desa", "0812-0000-0000", "Berita Diskominfo Pati", "33.18.17.2003", "contoh"):
        assert words in text


def test_the_formation_is_drawn_with_the_wait_before_each_next_step(reader, cast):
    for action, day in (("propose", 1), ("socialise", 1), ("deliberate", 2), ("minute", 5), ("decree", 12), ("verify", 30)):
        FormationStep.objects.create(
            group=cast.group, action=action, on=date(2024, 6, day), attendance=31 if action == "deliberate" else None
        )
    answer = reader.get(f"{FRONT}tentang/")
    page = answer.content.decode()
    assert [page.split('data-wait="')[n][0] for n in range(1, 7)] == ["0", "1", "2", "3", "4", "0"]
    assert "31 orang hadir" in text_of(answer)


def test_stories_of_a_group_are_listed(reader, cast, story):
    assert story.headline in text_of(reader.get(f"{FRONT}kabar/"))


def test_the_directory_lists_every_public_group(reader, cast):
    change(cast, state="proposed")
    text = text_of(reader.get("/kim/"))
    assert "KIM Bermi" in text
    assert "KIM Gulangpongge" not in text
