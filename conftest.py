"""Fixtures every test may use."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from kentongan.accounts.models import Person
from tests.cast import Cast, browser_for, village

pytest_plugins = ["tests.tools"]


@pytest.fixture
def cast(db: None) -> Cast:
    """One village and its people (tests/cast.py)."""
    return village()


@pytest.fixture
def transactional_cast(transactional_db: None) -> Cast:
    """The same village where several connections must see it."""
    return village()


@pytest.fixture(autouse=True)
def no_work_left(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Background work of a test that commits goes with it, whoever asked for it: the flush knows only tables that Django manages."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs; delete from procrastinate_periodic_defers")


@pytest.fixture
def client_of() -> Callable[[Person | None], Client]:
    """A browser in which this person is signed in, second factor given; nobody when None."""
    return browser_for


@pytest.fixture(autouse=True)
def own_files(settings: object, tmp_path: object) -> None:
    """Photos and stored pages of a test lie in its own directory."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined,operator]
    settings.OPEN_DATA_ROOT = tmp_path / "open-data"  # type: ignore[attr-defined,operator]
    settings.EXPORTS_ROOT = tmp_path / "exports"  # type: ignore[attr-defined,operator]
    settings.PAGES_ROOT = tmp_path / "pages"  # type: ignore[attr-defined,operator]
