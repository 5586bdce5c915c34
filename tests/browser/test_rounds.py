"""What several pages typed is put together in rounds of chance without pages; rounds.js says how. A
round that fails is held again by its seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.house.running import Running

_ROUNDS = (Path(__file__).parent / "rounds.js").read_text()
_AT_ONCE = 100


@pytest.mark.parametrize("first", range(0, 400, _AT_ONCE))
def test_every_typed_character_is_there_once(visit: Visit, demo: Running, first: int):
    visitor = visit(demo)
    visitor.go("/sign-in")
    script = visitor.page.locator("script[src$='/js/app.js']").get_attribute("src")
    scripts = str(script).removesuffix("/app.js")
    hold = f"(about) => ({_ROUNDS})(...about)"
    assert visitor.page.evaluate(hold, [first, _AT_ONCE, scripts]) == []
