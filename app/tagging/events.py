"""What tagging tells later rooms, inside the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.tagging.models import Verbatim


@dataclass(frozen=True)
class QuotesMade:
    """Words were picked as quotes, or picked anew; their rows are written."""

    quotes: Sequence[Verbatim]
