"""What market tells later rooms, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CompetitorMerged:
    """What belonged to one competitor belongs to another from now on; the first is then deleted."""

    merged_id: int
    into_id: int


@dataclass(frozen=True)
class DifferentiatorMerged:
    """As CompetitorMerged, for differentiators."""

    merged_id: int
    into_id: int
