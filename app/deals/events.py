"""What deals tells later rooms, inside the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class DealsChanged:
    """Outcome or closing date of these deals changed, or they are new."""

    deal_ids: Sequence[int]


@dataclass(frozen=True)
class NamesChanged:
    """What these deals or the people in them are called changed."""

    deal_ids: Sequence[int]


@dataclass(frozen=True)
class AccountChanged:
    """An account is called otherwise, and with it its deals and people."""

    account_id: int
