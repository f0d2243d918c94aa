from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in


@pytest.fixture
def reader() -> Client:
    """Somebody without account or cookie."""
    cache.clear()
    return Client(headers={"host": "testserver"})


@pytest.fixture
def story(cast: Any) -> Story:
    return story_in("published", cast)
