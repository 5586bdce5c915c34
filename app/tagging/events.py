"""What tagging tells later rooms, inside the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class QuotesMade:
    """Words were picked as quotes, or picked anew."""

    verbatim_ids: Sequence[int]
