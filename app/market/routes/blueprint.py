"""The blueprint of market, and what the pages of competitors and differentiators share."""

from __future__ import annotations

from flask import Blueprint, abort, flash, request

from app.core.access import viewer
from app.core.edge import current_session
from app.core.formats import plural
from app.market import operations
from app.market.models import Life
from app.market.operations import Added
from app.market.queries import Entry

blueprint = Blueprint("market", "app.market", template_folder="templates")

INVALID = 422
_DONE = {Life.ACTIVE: "is in use.", Life.RETIRED: "is retired. Bring it back from the list."}


def set_life_by_form(row: Entry) -> None:
    """Accept, retire or bring back, as the button says."""
    asked = request.form.get("life", "")
    if asked not in _DONE:
        abort(400)
    life = Life(asked)
    try:
        operations.set_life(current_session(), viewer().actor, row, life)
    except operations.Misplaced as refusal:
        flash(str(refusal), "error")
    else:
        flash(f"{row.name} {_DONE[life]}")


def tell_added(added: Added[Entry], one: str) -> None:
    """What a pasted list brought, and what was there already."""
    if added.added:
        flash(f"{plural(len(added.added), one)} added.")
    if added.existing:
        flash(f"Already there: {', '.join(dict.fromkeys(added.existing))}.")
