from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from kentongan.groups.models import Group, reckon_all
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in


@pytest.fixture
def reader() -> Client:
    """Somebody without account or cookie."""
    cache.clear()
    return Client(headers={"host": "testserver"})


@pytest.fixture
def cast(cast: Any) -> Any:
    """The village, counted: its groups were put there, not acted."""
    reckon_all(Group.objects.all())
    return cast


@pytest.fixture
def story(cast: Any) -> Story:
    return story_in("published", cast)
