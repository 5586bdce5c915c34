"""The pages of programmes, one file a subject, on one blueprint."""

from __future__ import annotations

from app.programmes.routes import asking, editing, lists, queue, seller_view
from app.programmes.routes.blueprint import blueprint

__all__ = ["asking", "blueprint", "editing", "lists", "queue", "seller_view"]
