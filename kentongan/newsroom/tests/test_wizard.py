"""Writing on a phone, one question a screen: what is saved, who sees it, where one goes on; and everything at once."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.media.models import Photo
from kentongan.newsroom import actions
from kentongan.newsroom.forms import KEYS
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in
from tests.cast import Cast, browser_for
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db
START = "/meja/kabar/tulis/"
WHAT = "Pipa induk di tikungan bawah selesai disambung. Air mengalir lagi ke 46 rumah."
EVERYTHING = {
    "layar": list(KEYS),
    "mine": "on",
    "what": WHAT,
    "kind": "berita",
    "place": "tikungan bawah, RT 02",
    "happened": "Kamis, 12 November 2026, siang",
    "who": "18 warga",
    "why": "Sambungan lama lepas.",
    "how": "Kerja bakti.",
    "source_who": "Sutrisno, ketua kelompok air",
    "source_how": "ditemui di lokasi",
    "source_contact": "0812 3456 7890",
}


@pytest.fixture
def client_of(cast: Cast) -> Callable[[Any], Client]:
    return browser_for


def text(answer: Any) -> str:
    """The words of the page."""
    return unescape(answer.content.decode())


def at(story: Story, key: str = "") -> str:
    return f"{START}{story.pk}/{key}/" if key else f"{START}{story.pk}/"


def send(client: Client, story: Story, key: str, **sent: Any) -> Any:
    return client.post(at(story), {"layar": key, "version": Story.objects.get(pk=story.pk).version, **sent})


def begun(cast: Cast, **answers: Any) -> Story:
    return actions.begin(cast.group, by=cast.anggota, **({"what": WHAT} | answers))


def test_who_steps_back_to_the_first_question_is_led_on_to_what_was_begun(cast: Cast, client_of: Any) -> None:
    mine, others = begun(cast), actions.begin(cast.group, what="Milik orang lain.", by=cast.redaktur)
    page = client_of(cast.anggota).get(START).text
    assert f'href="{at(mine)}"' in page and "Belum selesai" in page
    assert at(others) not in page and "Belum selesai" not in client_of(cast.anggota).get(at(mine, "apa")).text
    assert "Belum selesai" not in client_of(cast.ketua).get(START).text


def test_a_story_is_carried_through_every_screen(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.anggota)
    assert "Ada fotonya?" in text(client.get(START))
    answer = client.post(START, {"layar": "foto", "upload": [photo_file(), photo_file()], "mine": "on"})
    story = Story.objects.get()
    assert (story.state, story.author, [picture.credit for picture in story.gallery()]) == ("begun", cast.anggota, [cast.anggota.name] * 2)
    steps = (
        ("apa", {"what": WHAT}),
        ("di-mana", {"place": "RT 02"}),
        ("kapan", {"happened": "12 November 2026"}),
        ("siapa", {}),
        ("mengapa", {}),
    )
    for key, sent in steps:
        assert answer.headers["Location"] == at(story, key)
        answer = send(client, story, key, **sent)
    assert answer.headers["Location"] == at(story, "sumber")
    answer = send(client, story, "sumber", source_who="Sutrisno")
    story = Story.objects.get()
    assert (story.state, story.source_count, answer.headers["Location"]) == ("gathered", 1, at(story, "keterangan"))
    said = {
        f"foto-{picture.pk}-{name}": word for picture in story.gallery() for name, word in (("alt", "Pipa"), ("credit", picture.credit))
    }
    described = client.post(at(story, "keterangan"), said)
    assert described.status_code == 302, text(described)
    assert described.headers["Location"] == at(story, "judul")
    page = text(client.get(at(story, "judul")))
    assert "Pipa induk di tikungan bawah selesai disambung" in page and "Tempat: RT 02." in page
    words = {"headline": "Air mengalir lagi", "summary": "Air sampai ke 46 rumah.", "body": WHAT, "version": Story.objects.get().version}
    assert client.post(at(story, "judul"), words).headers["Location"] == at(story, "siap")
    page = text(client.get(at(story, "siap")))
    assert "*Air mengalir lagi*" in page and "dari 500 huruf" in page and "Belum dibahas" in page
    assert Story.objects.get().state == "written" and Story.objects.get().revisions.count() == 1


def test_photos_described_on_two_devices_are_shown_side_by_side(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.anggota)
    story = begun(cast, place="RT 02", uploads=[photo_file(), photo_file()], credit="Joko")
    one, two = story.gallery()
    opened = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text(client.get(at(story, "keterangan")))))
    mine = {"version": opened["version"]}
    mine |= {f"foto-{one.pk}-alt": "Pipa dari ponsel saya", f"foto-{one.pk}-credit": "Joko", f"foto-{one.pk}-shows_vulnerable": "on"}
    mine |= {f"foto-{two.pk}-alt": "Warga", f"foto-{two.pk}-credit": "Joko"}
    other = mine | {f"foto-{one.pk}-alt": "Pipa dari tablet", "ke": "nanti"}
    del other[f"foto-{one.pk}-shows_vulnerable"]
    assert client.post(at(story, "keterangan"), other).status_code == 302
    assert Story.objects.get().version == story.version + 1  # two photos, one step
    answer = client.post(at(story, "keterangan"), mine)
    page = text(answer)
    assert answer.status_code == 409
    assert "Foto 1: Apa yang terlihat?" in page and "Pipa dari ponsel saya" in page and "Pipa dari tablet" in page
    assert '<p class="words">ya</p>' in page and '<p class="words">tidak</p>' in page
    assert [row.alt for row in Story.objects.get().gallery()] == ["Pipa dari tablet", "Warga"]
    again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    again |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    assert client.post(at(story, "keterangan"), again).headers["Location"] == at(story, "judul")
    assert [(row.alt, row.shows_vulnerable) for row in Story.objects.get().gallery()] == [("Pipa dari ponsel saya", True), ("Warga", False)]


def test_a_form_of_photos_that_comes_back_still_knows_when_it_was_filled(cast: Cast, client_of: Any) -> None:
    client, story = client_of(cast.anggota), begun(cast, place="RT 02", uploads=[photo_file()])
    (one,) = story.gallery()
    actions.describe_photo(one, alt="Pipa", credit="Joko", shows_vulnerable=False, consent=False, by=cast.anggota)
    page = text(client.post(at(story, "keterangan"), {"version": story.version, f"foto-{one.pk}-alt": ""}))
    assert f'name="version" value="{story.version}"' in page


def test_everything_at_once_makes_the_gathered_story(cast: Cast, client_of: Any) -> None:
    answer = client_of(cast.anggota).post(START, EVERYTHING | {"upload": [photo_file()]})
    story = Story.objects.get()
    assert answer.headers["Location"] == at(story, "keterangan")
    assert (story.state, story.what, story.place, story.who) == ("gathered", WHAT, "tikungan bawah, RT 02", "18 warga")
    source = story.sources.get()
    assert (source.who, source.contact is not None, source.added_by) == ("Sutrisno, ketua kelompok air", True, cast.anggota)
    assert [entry.action for entry in Entry.of(story).order_by("id")] == ["newsroom.begin", "newsroom.gather"]


def test_everything_sent_twice_under_one_key_is_one_story(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.anggota)
    first, second = (client.post(START, EVERYTHING | {"kunci": "k" * 24}) for _n in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Story.objects.count() == 1


def test_some_screens_at_once_are_saved_and_lead_on(cast: Cast, client_of: Any) -> None:
    answer = client_of(cast.anggota).post(START, {"layar": ["foto", "apa", "di-mana"], "what": WHAT, "place": "RT 02"})
    story = Story.objects.get()
    assert (story.state, story.place, answer.headers["Location"]) == ("begun", "RT 02", at(story, "kapan"))


def test_nothing_said_begins_nothing(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.anggota)
    answer = client.post(START, {"layar": "foto", "mine": "on", "ke": "apa"})
    assert answer.headers["Location"] == f"{START}?layar=apa"
    assert "Apa yang terjadi?" in text(client.get(answer.headers["Location"]))
    assert client.post(START, {"layar": "foto", "ke": "nanti"}).headers["Location"] == "/meja/"
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("key", "name", "said"), [("apa", "what", "Ceritakan dulu"), ("di-mana", "place", "Tempat belum"), ("sumber", "source_who", "Sebutkan")]
)
def test_what_is_needed_is_asked_before_one_goes_on(cast: Cast, client_of: Any, key: str, name: str, said: str) -> None:
    story = actions.begin(cast.group, who="18 warga", by=cast.anggota)
    answer = send(client_of(cast.anggota), story, key, **{name: " "})
    assert answer.status_code == 400 and said in text(answer)
    assert Story.objects.get().state == "begun"


@pytest.mark.parametrize("key", ["kapan", "siapa", "mengapa"])
def test_what_is_not_needed_may_be_skipped(cast: Cast, client_of: Any, key: str) -> None:
    assert send(client_of(cast.anggota), begun(cast), key).status_code == 302


@pytest.mark.parametrize(("to", "leads"), [("foto", "foto/"), ("nanti", "/meja/?selesai=newsroom.begin")])
def test_going_back_or_stopping_saves_what_was_typed(cast: Cast, client_of: Any, to: str, leads: str) -> None:
    story = begun(cast)
    answer = send(client_of(cast.anggota), story, "apa", what="Setengah kali", ke=to)
    assert answer.headers["Location"].endswith(leads)
    assert Story.objects.get().what == "Setengah kali"


def test_one_goes_on_where_one_stopped(cast: Cast, client_of: Any) -> None:
    client, story = client_of(cast.anggota), begun(cast)
    assert client.get(at(story)).headers["Location"] == at(story, "di-mana")
    actions.answer(Story.objects.get(), place="RT 02", by=cast.anggota)
    assert client.get(at(story)).headers["Location"] == at(story, "sumber")
    actions.gather_begun(Story.objects.get(), source_who="Saya lihat sendiri", by=cast.anggota)
    assert client.get(at(story)).headers["Location"] == at(story, "judul")


def test_what_is_begun_is_its_authors_alone(cast: Cast, client_of: Any) -> None:
    story = begun(cast)
    for part in ("anggota2", "redaktur", "ketua", "pemeriksa", "dinas", "tetangga", "operator"):
        client = client_of(getattr(cast, part))
        for address in (at(story), at(story, "apa"), f"/meja/kabar/{story.pk}/"):
            assert client.get(address).status_code == 404, (part, address)
    for part in ("anggota2", "redaktur", "ketua"):
        assert WHAT[:30] not in text(client_of(getattr(cast, part)).get("/meja/kabar/"))
        assert "Draf (" not in text(client_of(getattr(cast, part)).get("/meja/kabar/"))
    assert "Draf (1)" in text(client_of(cast.anggota).get("/meja/kabar/"))
    assert "Lanjutkan menulis" in text(client_of(cast.anggota).get("/meja/"))
    assert "Lanjutkan menulis" not in text(client_of(cast.anggota2).get("/meja/"))


@pytest.mark.parametrize("part", ["anggota2", "redaktur", "ketua", "pembina", "dinas", "tetangga", "operator"])
def test_nobody_else_does_anything_with_what_is_begun(cast: Cast, part: str) -> None:
    story, other = begun(cast, place="RT 02", uploads=[photo_file()]), getattr(cast, part)
    for how in (
        lambda: actions.answer(story, what="Lain", by=other),
        lambda: actions.gather_begun(story, source_who="Saya", by=other),
        lambda: actions.withdraw(story, by=other),
        lambda: actions.describe_photo(story.picture, alt="x", credit="y", shows_vulnerable=False, consent=False, by=other),
    ):
        with pytest.raises(NotAllowed):
            how()
    actions.withdraw(story, by=cast.anggota)


@pytest.mark.parametrize("part", ["pembina", "warga", "dinas", "tetangga", "operator"])
def test_only_members_begin_a_story(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        actions.begin(cast.group, what=WHAT, by=getattr(cast, part))


def test_without_what_and_where_a_story_is_not_gathered(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Tempatnya belum disebut"):
        actions.gather_begun(begun(cast), source_who="Saya", by=cast.anggota)
    story = actions.begin(cast.group, place="RT 02", by=cast.anggota)
    with pytest.raises(NotNow, match="Belum diceritakan"):
        actions.gather_begun(story, source_who="Saya", by=cast.anggota)


def test_what_is_begun_cannot_be_written_or_handed_in(cast: Cast) -> None:
    story = begun(cast)
    with pytest.raises(NotNow):
        actions.submit(story, by=cast.anggota)
    with pytest.raises(NotNow):
        actions.read_along(story, by=cast.anggota2)


def test_answers_of_a_story_handed_in_stay_as_they_are(cast: Cast) -> None:
    with pytest.raises(NotNow):
        actions.answer(story_in("submitted", cast), what="Lain", by=cast.anggota)


def test_two_phones_with_one_draft_see_both_texts(cast: Cast, client_of: Any) -> None:
    story, client = begun(cast), client_of(cast.anggota)
    client.post(at(story), {"layar": "apa", "version": story.version, "what": "Dari HP pertama."})
    answer = client.post(at(story), {"layar": "apa", "version": story.version, "what": "Dari HP kedua."})
    assert answer.status_code == 409
    assert "Dari HP pertama." in text(answer) and "Dari HP kedua." in text(answer)
    assert Story.objects.get().what == "Dari HP pertama."
    assert send(client, story, "apa", what="Dari HP pertama dan kedua.").status_code == 302
    assert Story.objects.get().what == "Dari HP pertama dan kedua."


def test_one_who_tells_and_one_who_writes_both_stand_on_the_record(cast: Cast, client_of: Any) -> None:
    told = {"teller": "Mbah Karto", "teller_consent": "on"}
    client_of(cast.anggota).post(START, EVERYTHING | told)
    story = Story.objects.get()
    assert (story.teller, story.teller_consent, story.author) == ("Mbah Karto", True, cast.anggota)


def test_a_member_who_is_helped_stands_in_the_record(cast: Cast, client_of: Any) -> None:
    client_of(cast.anggota).post(START, EVERYTHING | {"helped": cast.anggota2.pk, "teller_consent": "on"})
    story = Story.objects.get()
    assert story.teller == cast.anggota2.name
    assert {(entry.by_id, entry.for_id) for entry in Entry.of(story)} == {(cast.anggota.pk, cast.anggota2.pk)}


def test_nobody_is_named_as_teller_without_having_been_asked(cast: Cast, client_of: Any) -> None:
    answer = client_of(cast.anggota).post(START, EVERYTHING | {"teller": "Mbah Karto"})
    assert answer.status_code == 400 and "boleh namanya disebut" in text(answer)
    assert not Story.objects.exists()


def test_a_person_outside_the_group_cannot_be_chosen_as_helped(cast: Cast, client_of: Any) -> None:
    answer = client_of(cast.anggota).post(START, EVERYTHING | {"helped": cast.tetangga.pk, "teller_consent": "on"})
    assert answer.status_code == 400 and not Story.objects.exists()


def test_a_bad_photo_is_said_and_the_rest_is_kept(cast: Cast, client_of: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(cast.anggota)
    bad = SimpleUploadedFile("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40, "image/heic")
    answer = client.post(START, EVERYTHING | {"upload": [photo_file(), bad]})
    assert Photo.objects.count() == 1 and Story.objects.get().state == "gathered"
    page = text(client.get(answer.headers["Location"]))
    assert "IMG_1.HEIC" in page and "HEIC belum bisa" in page


def test_a_sentence_about_photos_made_up_by_a_stranger_is_not_shown(cast: Cast, client_of: Any) -> None:
    story = begun(cast)
    assert "Hubungi" not in text(client_of(cast.anggota).get(at(story, "foto") + "?tolak=Hubungi+0812"))


def test_the_page_carries_the_questions_that_follow(cast: Cast, client_of: Any) -> None:
    page = client_of(cast.anggota).get(START).content.decode()
    form, _template, rest = page.partition("<template data-lanjutan>")
    assert form.count('data-layar="') == 1 and rest.count('data-layar="') == len(KEYS) - 1


def test_a_form_of_another_village_lies_in_ones_own_group(cast: Cast, client_of: Any) -> None:
    client_of(cast.anggota).post(START, EVERYTHING | {"region": cast.other_group.region_id})
    assert Story.objects.get().region == cast.region


def test_the_addresses_of_the_wizard_have_names(cast: Cast) -> None:
    story = begun(cast)
    assert reverse("newsroom:gather") == START and reverse("newsroom:go_on", args=[story.pk]) == at(story)
