"""A log tells the operator what failed and nobody who somebody is: canaries that must not be found in it."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import path

from kentongan.accounts.models import Person
from kentongan.config import logs
from kentongan.config import urls as addresses
from tests.cast import Cast

PHONE, NAME, WORDS, TICKET = "081299977701", "Kenari Bulukuning", "kata-kenari-rahasia", "KENARITIKET7"


def breaks(request: Any) -> None:
    """A view that fails as a database does: with what somebody typed in its words."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select %s::integer", [f"{NAME} {PHONE}"])


def goes_away(request: Any) -> None:
    """A view whose database goes away under it."""
    raise OperationalError("server closed the connection unexpectedly")


urlpatterns = [
    path("mati/", goes_away, name="away"),
    path(f"rusak/{TICKET}/", breaks, name="breaks"),
    path("meja/rusak/", breaks),
    *addresses.urlpatterns,
]
handler404, handler500 = addresses.handler404, addresses.handler500


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the production log holds after the test's journey."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Line())
    loggers = [logging.getLogger(name) for name in ("", "kentongan.request")]
    before = [logger.level for logger in loggers]
    logging.getLogger().addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    yield stream
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
    logging.getLogger().removeHandler(handler)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.urls("tests.house.test_logs")
def test_a_journey_leaves_no_canary_in_the_log(cast: Cast, written: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    stranger = Client(raise_request_exception=False, headers={"user-agent": NAME, "x-forwarded-for": "203.0.113.77"})
    stranger.post("/meja/masuk/", {"who": PHONE, "passphrase": WORDS}, REMOTE_ADDR="203.0.113.77")
    stranger.get(f"/meja/masuk/?lanjut=/meja/{TICKET}/")
    stranger.get("/cari/", {"q": f"{NAME} {PHONE}"})
    stranger.get(f"/tiket/{TICKET}/?kode={WORDS}")
    stranger.post(f"/kim/{cast.group.slug}/bahan/", {"words": WORDS, "name": NAME, "contact": PHONE})
    stranger.get(f"/rusak/{TICKET}/?q={WORDS}")
    logging.getLogger("kentongan.desk").warning("nomor %s, %s", "0812-9997-7701", f"kenari@{TICKET}.id")
    logging.getLogger("somebody.else").error("failed for %s", NAME)
    said = written.getvalue() + "".join(capsys.readouterr())
    assert len(lines(written)) > 6
    for canary in (PHONE, PHONE[1:], "0812-9997-7701", NAME, WORDS, TICKET, "203.0.113"):
        assert canary not in said, canary


@pytest.mark.urls("tests.house.test_logs")
def test_the_code_on_the_error_page_is_found_in_the_log_with_where_it_failed(db: None, written: io.StringIO) -> None:
    page = Client(raise_request_exception=False).get(f"/rusak/{TICKET}/").content.decode()
    line = next(line for line in lines(written) if line.get("status") == 500)
    assert f"<strong>{line['code']}</strong>" in page
    assert line["route"] == "breaks"
    assert line["error"] == "django.db.utils.DataError"
    assert any("tests/house/test_logs.py" in frame and frame.endswith("breaks") for frame in line["at"])


def test_a_request_is_one_line_with_its_route_status_and_time(cast: Cast, client_of: Any, written: io.StringIO) -> None:
    person: Person = cast.ketua
    client_of(person).get("/meja/")
    line = next(line for line in lines(written) if line["from"] == "kentongan.request")
    assert (line["route"], line["method"], line["status"], line["level"]) == ("desk:home", "GET", 200, "INFO")
    assert set(line) == {"time", "level", "node", "from", "code", "route", "method", "status", "ms"}


@pytest.mark.urls("tests.house.test_logs")
def test_a_database_that_is_away_is_a_503_that_says_to_try_again_and_stands_in_the_log(db: None, written: io.StringIO) -> None:
    answer = Client(raise_request_exception=False).get("/mati/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "Muat ulang sebentar lagi" in answer.content.decode()
    line = next(line for line in lines(written) if line.get("status") == 503)
    assert (line["route"], line["error"]) == ("away", "django.db.utils.OperationalError")
