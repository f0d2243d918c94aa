"""Fixtures every test may use."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client, TransactionTestCase

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


def emptied(_case: TransactionTestCase) -> None:
    """After a test that commits: every row goes, background work too, whose tables no flush of Django's knows.

    Django truncates, which makes every file of the database anew: half a second a test. The few rows of one are deleted in a hundredth.
    """
    kept = {ContentType._meta.db_table, Permission._meta.db_table}
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - kept
    quoted = [connection.ops.quote_name(table) for table in sorted(tables & set(connection.introspection.table_names()))]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")  # no trigger and no foreign key asks in which order
        cursor.execute("; ".join(f"delete from {table}" for table in quoted))  # noqa: S608  names of tables


TransactionTestCase._fixture_teardown = emptied  # type: ignore[method-assign]
settings.DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # nobody misses what a test wrote when the power goes


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
