"""The log: who changed what, when."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.audit import queries
from app.audit.wording import Line
from app.core.access import guarded
from app.core.edge import current_session

blueprint = Blueprint("audit", __name__, template_folder="templates")

#: What the database's integers can hold.
_MOST_DIGITS = 18


@blueprint.get("/log")
@guarded("audit.view")
def log() -> str:
    before = _place(request.args.get("before", ""))
    who = request.args.get("who", "").strip()
    page = queries.log(current_session(), before=before, actor=who)
    return render_template(
        "audit/log.html",
        lines=[Line.of(event) for event in page.events],
        who=who,
        is_first=before is None,
        next_before=page.next_before,
    )


def _place(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
