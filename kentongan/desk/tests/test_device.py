"""What the desk gives a phone: the worker, the manifest, a fresh token, and pages that are nobody's."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, browser_for


def test_the_manifest_names_icons_that_are_there(client: Client) -> None:
    about = json.loads(client.get(reverse("desk:manifest")).content)
    assert about["start_url"] == about["scope"] == "/meja/" and about["lang"] == "id"
    assert {icon["purpose"] for icon in about["icons"]} == {"any", "maskable"}
    assert all(finders.find(icon["src"].removeprefix(settings.STATIC_URL)) for icon in about["icons"])


def test_the_worker_fetches_ahead_only_what_is_there(client: Client) -> None:
    answer = client.get(reverse("desk:worker"))
    assert answer["Content-Type"].startswith("text/javascript") and answer["Cache-Control"] == "no-store"
    files = re.findall(r'"/static/([^"]+)"', answer.content.decode())
    assert "ui/js/worker.js" in files and "ui/meja.css" in files
    assert [name for name in files if not finders.find(name)] == []


def test_an_operator_takes_the_worker_away(client: Client, settings: Any) -> None:
    settings.OFFLINE = False
    assert "unregister" in client.get(reverse("desk:worker")).content.decode()
    assert 'data-pekerja=""' in client.get("/meja/masuk/").content.decode()


def test_the_token_says_who_is_signed_in_and_nothing_else_about_them(cast: Cast) -> None:
    words = {part: browser_for(cast.people[part]).get("/meja/hp/tanda/").json() for part in ("anggota", "redaktur")}
    assert words["anggota"]["akun"] != words["redaktur"]["akun"] and all(word["csrf"] for word in words.values())
    assert Client().get("/meja/hp/tanda/").json()["akun"] == ""
    page = browser_for(cast.anggota).get("/meja/").content.decode()
    assert f'data-akun="{words["anggota"]["akun"]}"' in page


@pytest.mark.parametrize("part", ["anggota", "ketua"])
def test_the_page_without_a_signal_is_the_same_for_all(cast: Cast, part: str) -> None:
    """It is kept with the shell: a phone that changes hands shows nobody's name in it."""
    mine, nobodys = browser_for(cast.people[part]).get("/meja/tanpa-sinyal/"), Client().get("/meja/tanpa-sinyal/")
    assert mine.content == nobodys.content
    assert 'data-akun="?"' in mine.content.decode()


def test_what_is_shared_opens_the_form_for_news(cast: Cast) -> None:
    answer = browser_for(cast.anggota).post("/meja/hp/bagi/", {"text": "Air mengalir lagi."})
    assert answer.status_code == 302 and answer["Location"] == reverse("newsroom:gather")
