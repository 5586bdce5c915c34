"""Where a buyer's link leads first, if a later room knows a page of its own for it."""

from __future__ import annotations

from collections.abc import Callable

from app.buyer.models import BuyerLink

#: From a link, the endpoint of a page of the buyer's, or None where it is not about that.
Way = Callable[[BuyerLink], str | None]
_ways: list[Way] = []


def register(way: Way) -> None:
    if way not in _ways:
        _ways.append(way)


def first_page(link: BuyerLink) -> str | None:
    """The first that some room knows."""
    return next((page for way in _ways if (page := way(link)) is not None), None)
