from pathlib import Path

import pytest

from .village import Reader, Village


@pytest.fixture
def village() -> Village:
    return Village()


@pytest.fixture
def reader(village: Village, tmp_path: Path) -> Reader:
    return Reader(village, tmp_path / "pages")
