"""The pages of thanks: the ledger with its rules, and the buyer's."""

from __future__ import annotations

from app.thanks.routes.buyer import blueprint as buyer
from app.thanks.routes.ledger import blueprint as ledger

__all__ = ["buyer", "ledger"]
