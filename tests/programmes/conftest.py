"""What is common to the tests of programmes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask


@pytest.fixture
def in_context(app: Flask) -> Iterator[None]:
    """As in a job: what an approval wakes writes letters, and needs the settings for it."""
    with app.app_context():
        yield
