"""Every page of the room, as its readers see it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.discussions import actions, urls
from kentongan.discussions.models import Contribution, Topic
from kentongan.discussions.tests.factories import fresh, publish, say, story_in, topic_in
from kentongan.ui import writing

HERE = "/meja/pembahasan/"
MOST_QUERIES = 12
KEY = "satu-formulir-satu-kunci"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def speak(client, topic, **more):
    return client.post(f"{HERE}{topic.pk}/suara/", {"kind": "opinion", "text": "Sejak Senin.", "kunci": KEY} | more)


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.anggota)


def test_the_empty_list_teaches_the_first_step(desk):
    page = text_of(desk.get(HERE))
    assert "Belum ada yang dibahas" in page and f'href="{HERE}baru/"' in page


def test_an_official_is_told_why_the_list_is_empty(cast, client_of):
    topic_in(cast)
    page = text_of(client_of(cast.kades).get(HERE))
    assert "hanya untuk anggota KIM" in page and "Gorong-gorong" not in page


def test_the_list_shows_what_is_unread(cast, desk):
    topic = topic_in(cast)
    say(topic, cast.redaktur)
    assert "1 belum dibaca" in text_of(desk.get(HERE))
    desk.post(f"{HERE}{topic.pk}/dibaca/", {"sampai": topic.contributions.last().pk})
    assert "belum dibaca" not in text_of(desk.get(HERE))


def test_finished_topics_stand_apart(cast, desk):
    topic = topic_in(cast)
    actions.close(topic, by=cast.ketua)
    assert topic.subject not in text_of(desk.get(HERE))
    assert topic.subject in text_of(desk.get(f"{HERE}?lihat=selesai"))


def test_the_list_is_paged_by_key(cast, desk):
    for n in range(25):
        topic_in(cast, subject=f"Perkara {n:02}")
    first = text_of(desk.get(HERE))
    older = re.search(r'href="(\?sebelum=[0-9]+-[0-9]+)"', first)[1]
    second = text_of(desk.get(HERE + older))
    assert "Perkara 24" in first and "Perkara 04" not in first and "Perkara 04" in second and "Perkara 05" not in second


@pytest.mark.parametrize("typed", ["x", "1", "-", "1-x", "9" * 18 + "-1", "1-" + "9" * 30])
def test_a_broken_cursor_breaks_nothing(cast, desk, typed):
    topic = topic_in(cast)
    assert desk.get(f"{HERE}?sebelum={typed}").status_code == 200
    assert desk.get(f"{HERE}{topic.pk}/?sebelum={typed}&sesudah=²&tanggapi={typed}").status_code == 200


def test_a_topic_is_opened_about_a_story(cast, desk):
    story = story_in(cast)
    form = text_of(desk.get(f"{HERE}baru/?tentang=kabar:{story.pk}"))
    assert story.title in form
    given = {"group": cast.group.pk, "subject": "Benarkah?", "tentang": f"kabar:{story.pk}", "kunci": KEY}
    answer = desk.post(f"{HERE}baru/", given)
    topic = Topic.objects.get()
    assert answer["Location"] == f"{HERE}{topic.pk}/?selesai=discussions.open" and topic.about == story
    assert desk.post(f"{HERE}baru/", given)["Location"] == answer["Location"]
    assert topic.subject in text_of(desk.get(f"{HERE}baru/?tentang=kabar:{story.pk}"))


def test_what_one_may_not_see_cannot_be_talked_over(cast, desk):
    hidden = story_in(cast, group=cast.other_group)
    assert desk.get(f"{HERE}baru/?tentang=kabar:{hidden.pk}").status_code == 404
    assert desk.post(f"{HERE}baru/", {"group": cast.group.pk, "subject": "x", "tentang": f"kabar:{hidden.pk}"}).status_code == 404


@pytest.mark.parametrize("part", ["kades", "dinas", "warga", "pembina"])
def test_who_is_no_member_opens_no_topic(cast, client_of, part):
    answer = client_of(cast.people[part]).get(f"{HERE}baru/")
    assert answer.status_code == 403 and "anggota" in text_of(answer)


def test_a_topic_is_not_opened_in_another_group(cast, desk):
    answer = desk.post(f"{HERE}baru/", {"group": cast.other_group.pk, "subject": "x", "kunci": KEY})
    assert answer.status_code == 400 and not Topic.objects.exists()


def test_speaking_lands_at_what_was_said(cast, desk):
    topic = topic_in(cast)
    answer = speak(desk, topic)
    said = Contribution.objects.get()
    assert answer["Location"] == f"{HERE}{topic.pk}/?selesai=discussions.contribute#suara-{said.pk}"
    assert speak(desk, topic)["Location"] == answer["Location"]
    assert "Sejak Senin." in text_of(desk.get(f"{HERE}{topic.pk}/"))


def test_fifty_thousand_characters_are_refused_and_not_lost(cast, desk):
    topic = topic_in(cast)
    answer = speak(desk, topic, text="panjang " * 6250)
    assert answer.status_code == 400
    assert "panjang panjang" in text_of(answer) and "1000" in text_of(answer).replace(".", "")
    assert not Contribution.objects.exists()


def test_a_thousand_characters_in_lines_are_not_too_many(cast, desk):
    assert speak(desk, topic_in(cast), text="\r\n".join(["a" * 99] * 10)).status_code == 302


def test_script_is_shown_as_words(cast, desk):
    topic = topic_in(cast, subject="<script>alert(1)</script>", question="<img src=x onerror=alert(1)>")
    say(topic, cast.redaktur, "<b>tebal</b><script>")
    page = text_of(desk.get(f"{HERE}{topic.pk}/"))
    assert "<script>alert" not in page and "<img src=x" not in page and "<b>tebal" not in page and "&lt;b&gt;tebal" in page


def test_an_answer_names_what_it_answers(cast, desk):
    topic = topic_in(cast)
    first = say(topic, cast.redaktur, "Siapa yang melihat?")
    assert "Siapa yang melihat?" in text_of(desk.get(f"{HERE}{topic.pk}/?tanggapi={first.pk}"))
    speak(desk, topic, tanggapi=first.pk)
    assert Contribution.objects.last().reply_to == first
    assert "Menanggapi" in text_of(desk.get(f"{HERE}{topic.pk}/"))


def test_the_divider_stands_before_what_is_new(cast, desk):
    topic = topic_in(cast)
    say(topic, cast.anggota, "Lama.")
    say(topic, cast.redaktur, "Baru.")
    page = text_of(desk.get(f"{HERE}{topic.pk}/"))
    assert page.index("Lama.") < page.index("Belum Anda baca") < page.index("Baru.")
    assert "Belum Anda baca" in text_of(desk.get(f"{HERE}{topic.pk}/"))  # looking is not reading


def test_only_the_writer_sees_how_to_take_back(cast, desk, client_of):
    topic = topic_in(cast)
    said = say(topic, cast.anggota, "Salah ucap.")
    href = f"{HERE}{topic.pk}/suara/{said.pk}/penarikan/"
    assert href in text_of(desk.get(f"{HERE}{topic.pk}/"))
    other = client_of(cast.redaktur)
    assert href not in text_of(other.get(f"{HERE}{topic.pk}/"))
    assert other.post(href).status_code == 403
    assert desk.post(href, {"version": said.version}).status_code == 302
    page = text_of(desk.get(f"{HERE}{topic.pk}/"))
    assert "Salah ucap." not in page and "menarik ucapannya" in page


def test_minutes_are_brought_in(cast, desk):
    topic = topic_in(cast)
    assert "siapa yang hadir" in text_of(desk.get(f"{HERE}{topic.pk}/catatan/")).lower()
    given = {"met_on": "20-11-2026", "present": "Dwi, Siti", "text": "Sepakat kerja bakti.", "kunci": KEY}
    assert desk.post(f"{HERE}{topic.pk}/catatan/", given).status_code == 302
    page = text_of(desk.get(f"{HERE}{topic.pk}/"))
    assert "Jum, 20 Nov 2026" in page and "Dwi, Siti" in page


def test_minutes_of_this_evening_are_of_today_where_people_met(cast, desk):
    topic = topic_in(cast)
    today = writing.local(timezone.now(), cast.region).date()
    given = {"met_on": today.isoformat(), "present": "Dwi", "text": "Sepakat.", "kunci": KEY}
    assert desk.post(f"{HERE}{topic.pk}/catatan/", given).status_code == 302


@pytest.mark.parametrize("day", ["2126-01-01", "31-02-2026", ""])
def test_minutes_of_no_day_are_refused(cast, desk, day):
    topic = topic_in(cast)
    given = {"met_on": day, "present": "Dwi", "text": "Sepakat kerja bakti.", "kunci": KEY}
    answer = desk.post(f"{HERE}{topic.pk}/catatan/", given)
    assert answer.status_code == 400 and "Sepakat kerja bakti." in text_of(answer)


def test_a_summary_is_written_and_signed(cast, desk):
    topic = topic_in(cast)
    href = f"{HERE}{topic.pk}/rangkuman/"
    assert "Belum ada yang berbicara" in text_of(desk.get(href))
    say(topic, cast.redaktur)
    assert desk.post(href, {"summary": "Sejak Senin.", "version": fresh(topic).version}).status_code == 302
    assert "Ditandatangani Joko Prasetyo" in text_of(desk.get(f"{HERE}{topic.pk}/"))
    assert "Rangkuman ke-1" in text_of(desk.get(href))


def test_a_stale_summary_shows_both_texts(cast, desk):
    topic = topic_in(cast)
    say(topic, cast.redaktur)
    seen = fresh(topic).version
    actions.summarise(fresh(topic), text="Kata redaktur.", by=cast.redaktur)
    answer = desk.post(f"{HERE}{topic.pk}/rangkuman/", {"summary": "Kata saya.", "version": seen})
    assert answer.status_code == 409
    assert "Kata redaktur." in text_of(answer) and "Kata saya." in text_of(answer)


def test_closing_and_opening_again(cast, desk, client_of):
    topic = topic_in(cast)
    assert desk.post(f"{HERE}{topic.pk}/penutupan/", {"version": topic.version}).status_code == 403
    ketua = client_of(cast.ketua)
    assert ketua.post(f"{HERE}{topic.pk}/penutupan/", {"version": topic.version}).status_code == 302
    assert "Sudah ditutup" in text_of(desk.get(f"{HERE}{topic.pk}/"))
    assert speak(desk, topic).status_code == 409
    assert ketua.post(f"{HERE}{topic.pk}/penutupan/", {"version": topic.version}).status_code == 409
    assert ketua.post(f"{HERE}{topic.pk}/pembukaan/", {"version": fresh(topic).version}).status_code == 302


def test_merging(cast, client_of):
    topic, other = topic_in(cast), topic_in(cast, subject="Saluran air RT 03")
    redaktur, href = client_of(cast.redaktur), f"{HERE}{topic.pk}/penggabungan/"
    assert other.subject in text_of(redaktur.get(href))
    assert "Hanya ketua" in text_of(client_of(cast.anggota).get(href))
    assert client_of(cast.anggota).post(href, {"into": other.pk, "version": topic.version}).status_code == 403
    assert redaktur.post(href, {"version": topic.version}).status_code == 400
    assert redaktur.post(href, {"into": other.pk, "version": topic.version}).status_code == 302
    assert "Sudah digabung" in text_of(redaktur.get(f"{HERE}{topic.pk}/"))


ADDRESSES = ("", "suara/", "suara/{said}/penarikan/", "catatan/", "rangkuman/", "penutupan/", "pembukaan/", "penggabungan/", "dibaca/")


def test_every_address_stands_here():
    assert len(urls.urlpatterns) == 2 + len(ADDRESSES)


@pytest.mark.parametrize("part", ["kades", "camat", "dinas", "provinsi", "kementerian", "operator", "warga", "tetangga"])
@pytest.mark.parametrize("rest", ADDRESSES)
def test_somebody_elses_topic_is_not_there(cast, client_of, part, rest):
    said = say(topic_in(cast), cast.anggota)
    client, href = client_of(cast.people[part]), f"{HERE}{said.topic_id}/" + rest.format(said=said.pk)
    assert client.get(href).status_code in (404, 405)
    assert client.post(href).status_code in (404, 405)


@pytest.mark.parametrize("rest", ["", "baru/", *(f"1/{rest}".format(said=1) for rest in ADDRESSES)])
def test_nobody_comes_in_without_signing_in(client, db, rest):
    assert client.get(HERE + rest).status_code in (302, 405)
    assert client.post(HERE + rest).status_code in (302, 405)


def test_a_public_part_is_named_so(cast, desk):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    publish(story, cast)
    say(topic, cast.redaktur, may_be_public=True)
    assert "umum boleh membaca" in text_of(desk.get(f"{HERE}{topic.pk}/"))


def queries(client, href) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(href).status_code == 200
    return len(asked)


@pytest.mark.parametrize("part", ["anggota", "ketua"])
def test_a_page_asks_as_much_for_one_as_for_twenty(cast, client_of, part):
    story = story_in(cast)
    topic = topic_in(cast, about=story)
    first = say(topic, cast.redaktur)
    actions.summarise(fresh(topic), text="Sejak Senin.", by=cast.anggota2)
    client = client_of(cast.people[part])
    pages = [HERE, f"{HERE}baru/", *(f"{HERE}{topic.pk}/{rest}" for rest in ("", "rangkuman/", "penggabungan/", "catatan/"))]
    client.get(HERE)
    one = {href: queries(client, href) for href in pages}
    for n in range(24):
        say(topic, cast.people[("anggota", "anggota2", "ketua")[n % 3]], f"Ucapan {n}", reply_to=first if n % 2 else None)
        topic_in(cast, subject=f"Perkara {n}")
    client.get(HERE)  # how much waits is known again
    many = {href: queries(client, href) for href in pages}
    assert one == many
    assert max(many.values()) <= MOST_QUERIES, many
