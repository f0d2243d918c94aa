"""Every address × every part of the cast: what each may see and do (tests/house/addresses.py)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kentongan.core.jobs import run_pending
from kentongan.core.models import Entry
from kentongan.discussions import actions as discussions
from kentongan.media.models import Photo
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in, tip_in
from tests.cast import Cast
from tests.house.addresses import ADDRESSES, OFFICIALS, ROLES, Address, Things
from tests.pictures import photo_file

DOOR = "/meja/masuk/"


@pytest.fixture
def things(cast: Cast) -> Things:
    """One of everything in the cast's village."""
    story = story_in("published", cast)
    topic = discussions.open_topic(cast.group, subject="Dinding penahan", question="Berapa biayanya?", by=cast.anggota2)
    draft = story_in("written", cast)
    newsroom.illustrate(draft, upload=photo_file(), alt="Pipa", credit="Joko P.", shows_vulnerable=False, consent=False, by=cast.anggota)
    run_pending()
    photo = Photo.objects.get()
    photo.make_public()
    return {
        "group": cast.group,
        "region": cast.region,
        "membership": cast.anggota.memberships.get(),
        "story": Story.objects.get(pk=story.pk),
        "source": story.sources.get(),
        "draft": draft,
        "submitted": story_in("submitted", cast),
        "correction": newsroom.propose_correction(
            story, what="Angka", why="Salah hitung", headline=story.headline, summary="46 rumah.", body=story.body, by=cast.anggota
        ),
        "flag": newsroom.raise_flag(Story.objects.get(pk=story.pk), concern="Angkanya beda dengan data kami.", by=cast.dinas),
        "tip": tip_in("received", cast),
        "topic": topic,
        "contribution": discussions.contribute(topic, kind="opinion", text="Kira-kira dua juta.", by=cast.anggota),
        "photo": photo,
    }


@pytest.fixture
def browsers(cast: Cast, client_of: Any) -> dict[str, Client]:
    """A browser for each part."""
    return {role: client_of(None if role == "tamu" else getattr(cast, role)) for role in ROLES}


def all_names(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """The name of every address there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from all_names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_no_address_is_missing_from_the_table() -> None:
    assert sorted({address.name for address in ADDRESSES}) == sorted(set(all_names()))


def asked(address: Address, things: Things) -> str:
    return reverse(address.name, kwargs=address.where(things))


def test_each_sees_what_they_may_see_and_nothing_else(things: Things, browsers: dict[str, Client]) -> None:
    wrong = []
    for address in (address for address in ADDRESSES if address.sees):
        for role in ROLES:
            status = browsers[role].get(asked(address, things)).status_code
            expected = address.answers if role in address.sees else (302,) if role == "tamu" else (403, 404)
            if status not in expected:
                wrong.append(f"{role} GET {address.name}: {status}, not one of {expected}")
    assert not wrong, "\n".join(wrong)


def test_each_does_what_they_may_do_and_nothing_else(things: Things, browsers: dict[str, Client]) -> None:
    wrong = []
    for address in (address for address in ADDRESSES if address.name not in ALWAYS_ANSWER):
        for role in ROLES:
            before = transaction.savepoint()
            answer = browsers[role].post(asked(address, things))
            transaction.savepoint_rollback(before)
            turned_away = answer.status_code in (403, 404, 405) or (answer.status_code == 302 and answer["Location"].startswith(DOOR))
            if turned_away == (role in address.does):
                wrong.append(f"{role} POST {address.name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


ALWAYS_ANSWER = {"accounts:sign_in", "accounts:slip", "accounts:choose", "accounts:sign_out", "accounts:code", "accounts:enrol"}
"""The door answers whoever knocks; what it lets in is tested in the room `accounts`."""


def test_nothing_an_official_sends_changes_a_groups_words(things: Things, browsers: dict[str, Client]) -> None:
    words = list(Story.objects.order_by("pk").values_list("pk", "headline", "summary", "body", "what", "state", "version"))
    last = Entry.objects.latest("pk")
    fields = ["headline", "summary", "body", "what", "place", "why", "reason", "who", "how", "answer", "order", "text", "concern", "alt"]
    written = dict.fromkeys(fields, "Diubah petugas") | {"kind": "berita", "at": "2099-01-01T00:00", "region": things["region"].pk}
    written["version"] = things["story"].version
    for address in (address for address in ADDRESSES if address.name.startswith("newsroom:") and address.name != "newsroom:tip"):
        for role in sorted(OFFICIALS):
            browsers[role].post(asked(address, things), written)
    assert list(Story.objects.order_by("pk").values_list("pk", "headline", "summary", "body", "what", "state", "version")) == words
    assert {entry.action for entry in Entry.objects.filter(pk__gt=last.pk)} <= {"newsroom.raise_flag"}
