"""The store around Django itself, with the installation's own middleware."""

from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.utils import timezone

from kentongan.pages.models import Moment

from .village import Reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("kentongan.pages.tests.urls")]
PAGE = "/kim/gulangpongge/"


@pytest.fixture
def board(tmp_path: Path, settings: Any) -> Reader:
    settings.ALLOWED_HOSTS = ["kim.test"]
    return Reader(WSGIHandler(), tmp_path / "pages", settings.PAGES_HEADERS)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call it and the database is away."""

    def leave() -> None:
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")

    yield leave
    connection.close()


def test_a_stored_page_asks_the_database_once(board, django_assert_num_queries):
    assert board.read(PAGE) == "kosong"
    with django_assert_num_queries(0):
        assert board.read(PAGE) == "kosong"


def test_the_page_has_the_same_headers_whoever_answers(board, settings, client):
    _status, stored, _body = board.ask(PAGE)
    rendered = client.get(PAGE, headers={"host": "kim.test"}).headers
    for name, text in settings.PAGES_HEADERS:
        assert stored[name] == rendered[name] == text
    assert "set-cookie" not in stored


def test_readers_go_on_reading_while_the_database_is_away(board, away):
    board.read(PAGE)
    Moment.objects.create(site="nasional", at=timezone.now())
    board.store.bump("kim/gulangpongge")
    away()
    assert board.read(PAGE) == "kosong"


def test_what_nobody_read_before_is_a_sentence_while_the_database_is_away(board, away):
    away()
    status, headers, body = board.ask("/kabar/")
    assert status.startswith("503")
    assert headers["retry-after"]
    assert "Muat ulang sebentar lagi" in body.decode()


def test_no_visitors_cookie_reaches_a_public_page(board):
    assert board.ask("/kim/gulangpongge/bahan/", HTTP_COOKIE="meja=rahasia")[2] == b"tanpa kuki"


def test_a_page_that_is_not_there_is_not_kept(board):
    assert board.ask("/kim/tidak-ada/")[0].startswith("404")
    assert list(Path(board.store.root).iterdir()) == []
