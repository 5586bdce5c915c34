"""The pages of deals, one file a subject, on one blueprint."""

from __future__ import annotations

from app.deals.routes import accounts, deals, lists, people, rates, sellers
from app.deals.routes.blueprint import blueprint

__all__ = ["accounts", "blueprint", "deals", "lists", "people", "rates", "sellers"]
