"""The operator sees how the server is and what to do; a monitor sees states and nothing else."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from kentongan.groups.models import Group, Recount, Tally, reckon_all, recount
from kentongan.health import reading
from tests.cast import Cast

ADDRESS = "/meja/kesehatan/"


def by_key() -> dict[str, reading.Finding]:
    return {one.key: one for one in reading.findings()}


def state_of(backup: Path, **parts: Any) -> None:
    backup.mkdir(exist_ok=True)
    (backup / "state.json").write_text(json.dumps(parts))


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat()


def test_the_operator_reads_what_is_wrong_and_what_to_do(cast: Cast, client_of: Any) -> None:
    page = client_of(cast.operator).get(ADDRESS)
    assert page.status_code == 200
    assert "systemctl restart kentongan" in page.content.decode(), "no worker runs in a test"
    assert "Pekerja latar" in page.content.decode()


def test_nobody_else_knows_that_there_is_such_a_page(cast: Cast, client_of: Any) -> None:
    for person in (cast.ketua, cast.kades, cast.dinas):
        assert client_of(person).get(ADDRESS).status_code == 404


def test_the_page_asks_few_questions(cast: Cast, client_of: Any, django_assert_max_num_queries: Any) -> None:
    browser = client_of(cast.operator)
    with django_assert_max_num_queries(12):
        browser.get(ADDRESS)


def test_a_monitor_on_this_machine_is_told_states_and_nothing_else(db: None) -> None:
    said = Client().get("/sehat")
    assert said.status_code in (200, 503)
    assert set(said.json()) == {"state", "version", "checks"}
    assert set(said.json()["checks"].values()) <= {"good", "warn", "bad", "unset"}


@pytest.mark.parametrize("from_outside", [{"REMOTE_ADDR": "203.0.113.7"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}])
def test_nobody_else_is_told_anything(db: None, from_outside: dict[str, str]) -> None:
    assert Client().get("/sehat", **from_outside).status_code == 404


def test_a_job_that_waits_too_long_and_one_that_failed_are_seen(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status, scheduled_at) values "
            "('default', 'a', 'todo', now() - interval '1 hour'), ('default', 'b', 'failed', null), "
            "('default', 'c', 'todo', now() + interval '1 hour')"
        )
    found = by_key()
    assert found["jobs"].state == "bad"
    assert found["jobs"].shown.startswith("1 menunggu")
    assert (found["failed_jobs"].shown, found["failed_jobs"].state) == ("1", "warn")


def test_a_fresh_backup_is_good_and_an_old_one_says_how_much_would_be_lost(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP = str(tmp_path / "backup")
    settings.DATA = tmp_path
    fresh = {"at": ago(seconds=20)}
    state_of(tmp_path / "backup", stream=fresh, base={"at": ago(hours=3)}, drill={"at": ago(days=2), "ok": True}, trouble=[])
    found = by_key()
    assert [found[key].state for key in ("backup", "backup_base", "drill")] == ["good", "good", "good"]
    state_of(
        tmp_path / "backup",
        stream={"at": ago(minutes=40)},
        base={"at": ago(hours=3)},
        drill={"at": ago(days=2), "ok": False, "said": "rusak"},
    )
    found = by_key()
    assert found["backup"].state == "bad"
    assert "40" in found["backup"].shown
    assert (found["drill"].state, found["drill"].advice) == ("bad", "rusak")


def test_a_backup_place_that_is_gone_is_said_not_raised(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP = str(tmp_path / "tidak-terpasang")
    assert by_key()["backup"].state == "bad"


def test_no_backup_is_bad_in_production_and_unset_while_trying(db: None, settings: Any) -> None:
    settings.BACKUP = ""
    assert by_key()["backup"].state == ""
    settings.PRODUCTION = True
    assert by_key()["backup"].state == "bad"


def test_a_database_that_is_away_is_said_by_the_monitor_too(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WAITING", "select no_such_column from procrastinate_jobs")
    assert by_key()["jobs"].state == "bad"


def test_the_same_stands_in_a_terminal(db: None) -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("health", stdout=said)
    assert "→" in said.getvalue()


@pytest.mark.parametrize(
    ("limit", "figure", "state"), [("free", 0.5, "good"), ("free", 0.1, "warn"), ("free", 0.04, "bad"), ("lag", 600, "bad")]
)
def test_a_figure_past_its_limit_is_bad(limit: str, figure: float, state: str) -> None:
    assert reading.LIMITS[limit].of(figure) == state


def test_a_difference_found_at_night_is_looked_at(cast: Cast) -> None:
    assert by_key()["counts"].state == reading.UNSET
    reckon_all(Group.objects.all())
    recount()
    assert by_key()["counts"].state == reading.GOOD
    Tally.objects.create(code="33", level=1, above="", measure="verified", n=7)
    recount()
    found = by_key()["counts"]
    assert found.state == reading.LOOK and "33 verified: -7" in found.advice
    Recount.objects.update(found=0, at=datetime.now(UTC) - timedelta(hours=60))
    assert by_key()["counts"].state == reading.BAD
