"""What scheduling tells later rooms, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BookingMade:
    """A buyer has a time."""

    booking_id: int


@dataclass(frozen=True)
class BookingMoved:
    """It is at another time now, or somebody else holds it."""

    booking_id: int


@dataclass(frozen=True)
class BookingCancelled:
    """It does not take place: called off by either side, or the buyer did not come."""

    booking_id: int
