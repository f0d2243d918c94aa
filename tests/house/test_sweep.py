"""Every address × every part of the cast: what each may see and do (tests/house/addresses.py)."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kentongan.core.models import Entry
from kentongan.newsroom.models import Story
from tests.house.addresses import ADDRESSES, EVERYONE, NOBODY, OFFICIALS, ROLES, Address, Things

DOOR = "/meja/masuk/"


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


def askers(where: str) -> tuple[str, ...]:
    """Who is sent there: everybody; outside the desk no session is opened, so that a guest and one who is signed in stand for all."""
    return ROLES if where.startswith(settings.SESSION_COOKIE_PATH) else ("tamu", "redaktur")


def test_what_the_table_says_of_a_public_address_it_says_of_everybody(things: Things) -> None:
    public = [address for address in ADDRESSES if askers(asked(address, things)) != ROLES]
    assert len(public) > 50
    assert not [address.name for address in public if {address.sees, address.does} - {NOBODY, EVERYONE}]


def test_each_sees_what_they_may_see_and_nothing_else(things: Things, browsers: dict[str, Client]) -> None:
    wrong = []
    for address in (address for address in ADDRESSES if address.sees):
        where = asked(address, things)
        for role in askers(where):
            status = browsers[role].get(where).status_code
            expected = address.answers if role in address.sees else (302,) if role == "tamu" else (403, 404)
            if status not in expected:
                wrong.append(f"{role} GET {address.name}: {status}, not one of {expected}")
    assert not wrong, "\n".join(wrong)


def test_each_does_what_they_may_do_and_nothing_else(things: Things, browsers: dict[str, Client]) -> None:
    wrong = []
    for address in (address for address in ADDRESSES if address.name not in ALWAYS_ANSWER):
        where = asked(address, things)
        for role in askers(where):
            with transaction.atomic():  # a savepoint that goes with what was done: thousands left open make each query slower
                answer = browsers[role].post(where)
                transaction.set_rollback(True)
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
    own_business = {
        f"newsroom.{name}" for name in ("raise_flag", "edit_material", "choose_receivers", "send_material", "withdraw_material")
    }
    assert {entry.action for entry in Entry.objects.filter(pk__gt=last.pk)} <= own_business
