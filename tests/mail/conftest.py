from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail.postbox import Postbox, open_postbox


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as opened:
        yield opened
