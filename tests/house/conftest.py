"""What a product that runs in its own processes needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import empty_database


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """Where the running product may write; made by itself on the first start."""
    return tmp_path / "instance"


@pytest.fixture
def database() -> Iterator[dict[str, str]]:
    with empty_database() as settings:
        yield settings
