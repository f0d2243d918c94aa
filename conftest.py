"""Fixtures every test may use."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client

from kentongan.accounts.models import Person
from tests.cast import Cast, browser_for, village

pytest_plugins = ["tests.tools"]


@pytest.fixture
def cast(db: None) -> Cast:
    """One village and its people (tests/cast.py)."""
    return village()


@pytest.fixture
def transactional_cast(transactional_db: None) -> Iterator[Cast]:
    """The same village where several connections must see it. Its background work goes with it: no flush empties the queue."""
    yield village()
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs cascade")


@pytest.fixture
def client_of() -> Callable[[Person | None], Client]:
    """A browser in which this person is signed in, second factor given; nobody when None."""
    return browser_for


@pytest.fixture(autouse=True)
def own_files(settings: object, tmp_path: object) -> None:
    """Photos and stored pages of a test lie in its own directory."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined,operator]
    settings.PAGES_ROOT = tmp_path / "pages"  # type: ignore[attr-defined,operator]
