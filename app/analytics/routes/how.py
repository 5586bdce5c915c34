"""How the figures are counted."""

from __future__ import annotations

from flask import render_template

from app.analytics.method import method_blocks
from app.analytics.routes.blueprint import blueprint
from app.analytics.stats.theme import RULE
from app.core.access import guarded


@blueprint.get("/how")
@guarded("signed_in")
def how() -> str:
    return render_template("analytics/how.html", blocks=method_blocks(), rule=RULE)
