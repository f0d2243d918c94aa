"""A form sent twice is done once (`core.once`), whatever happens on the way: on the real database, with real threads."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from kentongan.core import jobs
from kentongan.core.models import Entry, Receipt
from kentongan.discussions.models import Contribution, Topic
from kentongan.discussions.tests.factories import say, topic_in
from kentongan.media.models import Photo
from kentongan.newsroom.tests.factories import story_in
from kentongan.pages.models import Change
from tests.cast import Cast, browser_for
from tests.pictures import photo_file

KEY = "pL0iB9gYt5rD3wQxZ7aKmN"
OTHER_KEY = "a1B2c3D4e5F6g7H8i9J0kL"
OPEN = "/meja/pembahasan/baru/"
TEMPLATES = sorted((Path(__file__).resolve().parent.parent.parent / "kentongan").glob("*/templates/**/*.html"))
MAY_BE_REPEATED = ("desk:switch", "switch_href", "out_href", "accounts:sign_out", "discussions:reading", "slip/", "groups:founder_slip")
"""Choosing a post, signing out, reading, printing a slip once more: these are meant each time."""


def words(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"group": cast.group.pk, "subject": "Gorong-gorong mampet", "question": "Sejak kapan?", "kunci": KEY} | more


def at_once(hands: int, do: Callable[[], Any]) -> list[Any]:
    """What each of several threads was answered, all let go together."""
    start, said = threading.Barrier(hands), []

    def hand() -> None:
        try:
            start.wait(20)
            said.append(do())
        finally:
            connection.close()

    threads = [threading.Thread(target=hand) for _hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_a_form_sent_twice_is_answered_with_the_first_ones_answer(cast: Cast) -> None:
    client = browser_for(cast.anggota)
    first = client.post(OPEN, words(cast))
    again = client.post(OPEN, words(cast))
    assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
    assert Topic.objects.count() == 1


def test_a_phone_that_comes_back_a_week_later_is_answered_too(cast: Cast) -> None:
    first = browser_for(cast.anggota).post(OPEN, words(cast))
    Receipt.objects.update(made_at=timezone.now() - timedelta(days=7))
    jobs.discover()
    jobs.registered()["core.sweep_receipts"]()
    assert browser_for(cast.anggota).post(OPEN, words(cast))["Location"] == first["Location"]
    assert Topic.objects.count() == 1


def test_receipts_are_forgotten_after_thirty_days(cast: Cast) -> None:
    browser_for(cast.anggota).post(OPEN, words(cast))
    Receipt.objects.update(made_at=timezone.now() - timedelta(days=31))
    jobs.discover()
    jobs.registered()["core.sweep_receipts"]()
    assert not Receipt.objects.exists()


def test_a_program_may_name_its_sending_in_the_header(cast: Cast) -> None:
    client, given = browser_for(cast.anggota), words(cast, kunci="")
    for _time in range(2):
        assert client.post(OPEN, given, headers={"idempotency-key": f'"{KEY}"'}).status_code == 302
    assert Topic.objects.count() == 1


def test_a_device_is_told_where_the_answer_is(cast: Cast) -> None:
    client = browser_for(cast.anggota)
    for _time in range(2):
        answer = client.post(OPEN, words(cast), headers={"accept": "application/json"})
        assert answer.json() == {"ke": f"{Topic.objects.get().get_absolute_url()}?selesai=discussions.open"}


def test_what_was_refused_may_be_mended_and_sent_again_under_its_key(cast: Cast) -> None:
    client = browser_for(cast.anggota)
    assert client.post(OPEN, words(cast, subject="")).status_code == 400
    assert not Receipt.objects.exists()
    assert client.post(OPEN, words(cast)).status_code == 302


def test_a_refusal_leaves_no_receipt_and_no_line_in_the_record(cast: Cast) -> None:
    topic, lines = topic_in(cast), Entry.objects.count()
    client = browser_for(cast.pembina)
    answer = client.post(f"/meja/pembahasan/{topic.pk}/suara/", {"kind": "opinion", "text": "Sejak Senin.", "kunci": KEY})
    assert answer.status_code in (403, 404)
    assert not Receipt.objects.exists() and Entry.objects.count() == lines


def test_a_crash_on_the_way_leaves_nothing_and_the_key_still_works(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, first = browser_for(cast.anggota), [True]
    client.raise_request_exception = False

    def breaks_once(self: Topic) -> str:
        if first.pop() if first else False:
            raise RuntimeError("the power went after the topic was written")
        return f"/meja/pembahasan/{self.pk}/"

    monkeypatch.setattr(Topic, "get_absolute_url", breaks_once)
    assert client.post(OPEN, words(cast)).status_code == 500
    assert not Topic.objects.exists() and not Receipt.objects.exists()
    assert client.post(OPEN, words(cast)).status_code == 302
    assert Topic.objects.count() == 1


def test_the_key_of_somebody_else_opens_nothing(cast: Cast) -> None:
    browser_for(cast.anggota).post(OPEN, words(cast))
    answer = browser_for(cast.anggota2).post(OPEN, words(cast))
    assert answer.status_code == 409 and "sudah dipakai untuk kiriman lain" in answer.content.decode()
    assert Topic.objects.count() == 1


def test_a_key_serves_one_address(cast: Cast) -> None:
    topic, client = topic_in(cast), browser_for(cast.anggota)
    client.post(OPEN, words(cast))
    answer = client.post(f"/meja/pembahasan/{topic.pk}/suara/", {"kind": "opinion", "text": "Sejak Senin.", "kunci": KEY})
    assert answer.status_code == 409 and not Contribution.objects.exists()


def test_other_words_under_a_key_that_was_done_are_refused_and_given_back(cast: Cast) -> None:
    client, later = browser_for(cast.anggota), "Sejak hujan Senin malam, kata Bu Warsini."
    client.post(OPEN, words(cast))
    answer = client.post(OPEN, words(cast, question=later, subject="Kata <b>Bu Sri</b>", passphrase="gardu ronda di ujung"))
    assert answer.status_code == 409 and later in answer.content.decode()
    assert "Kata &lt;b&gt;Bu Sri&lt;/b&gt;" in answer.content.decode() and "gardu ronda" not in answer.content.decode()
    assert "sudah masuk lebih dulu dengan isi lain" in answer.content.decode()


@pytest.mark.parametrize("key", ["k", "x" * 65, "dua kata saja yang ini", "\0" * 22, "kunci'; drop table", "ключключключключключ"])
def test_a_broken_key_is_refused_with_a_sentence(cast: Cast, key: str) -> None:
    answer = browser_for(cast.anggota).post(OPEN, words(cast, kunci=key))
    assert answer.status_code == 400 and "kuncinya tidak terbaca" in answer.content.decode()
    assert not Topic.objects.exists()


def test_who_is_not_signed_in_leaves_no_receipt(cast: Cast) -> None:
    answer = Client().post(OPEN, words(cast))
    assert answer.status_code == 302 and answer["Location"].startswith("/meja/masuk/")
    assert not Receipt.objects.exists()


def test_a_key_does_not_hide_tries_at_a_secret(cast: Cast) -> None:
    """Somebody signed in who guesses at another's passphrase is counted, whatever key the form carries."""
    client = browser_for(cast.anggota)
    guess = {"credential": "ketua", "passphrase": "salah salah salah"}
    statuses = [client.post("/meja/masuk/", guess | {"kunci": f"{KEY}{number}"}).status_code for number in range(30)]
    assert 429 in statuses and not Receipt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_thumbs_at_once_make_one_thing(transactional_cast: Cast) -> None:
    cast = transactional_cast
    clients = [browser_for(cast.anggota) for _thumb in range(6)]
    answers = at_once(6, lambda: clients.pop().post(OPEN, words(cast))["Location"])
    assert len(answers) == 6 and len(set(answers)) == 1
    assert Topic.objects.count() == 1 and Receipt.objects.count() == 1
    assert Entry.objects.filter(action="discussions.open").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sendings_of_one_photo_are_one_photo_and_one_job(transactional_cast: Cast) -> None:
    cast = transactional_cast
    story = story_in("written", cast=cast)
    given = {"alt": "Air keluar dari pipa", "credit": "Joko P.", "version": story.version, "kunci": KEY}
    clients = [browser_for(cast.anggota) for _time in range(3)]
    files = [photo_file() for _time in range(3)]
    before = ProcrastinateJob.objects.filter(task_name="media.render").count()
    answers = at_once(3, lambda: clients.pop().post(f"/meja/kabar/{story.pk}/foto/", given | {"upload": files.pop()}).status_code)
    assert answers == [302] * 3
    assert Photo.objects.count() == 1 and ProcrastinateJob.objects.filter(task_name="media.render").count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_one_button_pressed_twice_at_once_changes_pages_once(transactional_cast: Cast) -> None:
    cast = transactional_cast
    story = story_in("verified", cast=cast)
    before = Change.objects.count()
    clients = [browser_for(cast.redaktur) for _thumb in range(4)]
    given = {"version": story.version, "kunci": KEY}
    answers = at_once(4, lambda: clients.pop().post(f"/meja/kabar/{story.pk}/penerbitan/", given)["Location"])
    assert set(answers) == {f"/meja/kabar/{story.pk}/?selesai=newsroom.publish"}
    assert Entry.of(story).filter(action="newsroom.publish").count() == 1
    assert Change.objects.count() - before == len(set(story.sites()))


@pytest.mark.django_db(transaction=True)
def test_a_second_one_goes_on_when_the_first_is_undone(transactional_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first breaks while the second waits for it: the second does the work."""
    cast = transactional_cast
    topic = topic_in(cast)
    came, first = threading.Event(), [True]
    heard = Topic.heard

    def breaks_once(self: Topic, said: Contribution) -> None:
        if first.pop() if first else False:
            came.wait(5)
            raise RuntimeError("the power went")
        heard(self, said)

    monkeypatch.setattr(Topic, "heard", breaks_once)
    clients = [browser_for(cast.anggota), browser_for(cast.anggota)]
    for client in clients:
        client.raise_request_exception = False

    def send() -> int:
        client = clients.pop()
        if not first:
            came.set()
        status: int = client.post(
            f"/meja/pembahasan/{topic.pk}/suara/", {"kind": "opinion", "text": "Sejak Senin.", "kunci": KEY}
        ).status_code
        came.set()
        return status

    assert sorted(at_once(2, send)) == [302, 500]
    assert Contribution.objects.count() == 1


def test_what_was_said_once_may_be_said_again_with_another_key(cast: Cast) -> None:
    topic = topic_in(cast)
    say(topic, cast.anggota)
    client, said = browser_for(cast.anggota), {"kind": "opinion", "text": "Setuju."}
    for key in (KEY, OTHER_KEY):
        assert client.post(f"/meja/pembahasan/{topic.pk}/suara/", said | {"kunci": key}).status_code == 302
    assert Contribution.objects.count() == 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_of_the_desk_is_sent_once(path: Path) -> None:
    """But for those of the door and those that are meant each time."""
    if path.parent.name == "accounts":
        return
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL):
        if "{% csrf_token %}" in form and not any(address in form for address in MAY_BE_REPEATED):
            assert "{% csrf_token %}{% once %}" in form, form[:200]
