"""Where nobody has been before: the one-time link, the five first steps, and every page empty."""

from __future__ import annotations

import re

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.house.running import Running

PASSWORD = "a long walk by the canal"
_ONCE = re.compile(r"works once: (\S+)")


def become_administrator(visitor: Visitor, product: Running) -> None:
    """By the link that the start printed."""
    link = _ONCE.search(product.said())
    assert link, product.said()
    visitor.go(link[1])
    visitor.write("Your name", "Ada Okafor")
    visitor.write("E-mail address", "ada@example.com")
    visitor.write("Password", PASSWORD)
    visitor.press("Begin")


def test_first(visit: Visit, empty: Running):
    visitor = visit(empty)
    become_administrator(visitor, empty)
    visitor.arrives_at("Your company")
