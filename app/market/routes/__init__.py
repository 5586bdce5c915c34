"""The pages of market, one file a subject, on one blueprint."""

from __future__ import annotations

from app.market.routes import competitors, differentiators
from app.market.routes.blueprint import blueprint

__all__ = ["blueprint", "competitors", "differentiators"]
