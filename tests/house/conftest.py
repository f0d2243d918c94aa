"""Fixtures of the sweeps over every address."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.house.addresses import Things
from tests.house.things import browser_of_each, one_of_everything


@pytest.fixture
def things(cast: Cast) -> Things:
    """One of everything in the cast's village."""
    return one_of_everything(cast)


@pytest.fixture
def browsers(cast: Cast) -> dict[str, Client]:
    """A browser for each part."""
    return browser_of_each(cast)
