"""Where a buyer's link leads first, if a later room knows a page of its own for it; and the further
pages to which it leads afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.buyer.models import BuyerLink
from app.interviews.models import Channel, State


@dataclass(frozen=True)
class Further:
    """A page of the buyer's, and what a link to it says in the language that is being spoken."""

    label: str
    endpoint: str


#: From a link, the endpoint of a page of the buyer's, or None where it is not about that.
Way = Callable[[BuyerLink], str | None]
_ways: list[Way] = []
#: From a link, a page to which their words' page and the thank-you lead; None where there is none.
FurtherWay = Callable[[Session, BuyerLink], Further | None]
_further: list[FurtherWay] = []


def register(way: Way) -> None:
    if way not in _ways:
        _ways.append(way)


def first_page(link: BuyerLink) -> str | None:
    """The first that some room knows."""
    return next((page for way in _ways if (page := way(link)) is not None), None)


def may_go_on(link: BuyerLink) -> bool:
    """Whether they said what may be done with their words, and have not come to the end."""
    interview = link.interview
    is_written = interview.channel is Channel.WRITTEN
    return is_written and interview.state is State.IN_PROGRESS and interview.scope is not None


def register_further(way: FurtherWay) -> None:
    if way not in _further:
        _further.append(way)


def further_pages(session: Session, link: BuyerLink) -> list[Further]:
    """All that the rooms know."""
    return [page for way in _further if (page := way(session, link)) is not None]
