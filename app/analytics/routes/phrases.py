"""Differentiators that we did not know: found, and then accepted, merged or dismissed."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for

from app.analytics.phrases import operations, queries
from app.analytics.phrases.finding import RULE
from app.analytics.phrases.operations import Decided
from app.analytics.phrases.page import phrases_of
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import page, read_shown
from app.core.access import guarded, viewer
from app.core.edge import current_session, discard_changes
from app.market.operations import NameTaken
from app.market.pasted import LONGEST_NAME
from app.market.queries import active_differentiators, get_differentiator

_LONGEST_CLAIM = 500


@blueprint.get("/new-differentiators")
@guarded("analytics.view")
def new_differentiators() -> str:
    return _page()


def _page(refused: str = "", words: str = "", typed: str = "") -> str:
    """With what was typed and why it was refused, at its phrase."""
    session, shown = current_session(), read_shown()
    return page(
        "analytics/new_differentiators.html",
        shown,
        found=phrases_of(session, viewer(), shown.window, shown.filters),
        differentiators=active_differentiators(session),
        rule=RULE,
        refused=refused,
        refused_words=words,
        typed=typed,
    )


@blueprint.post("/new-differentiators")
@guarded("market.edit")
def decide_phrase() -> Any:
    """As its button says: accept, merge or dismiss."""
    session, actor = current_session(), viewer().actor
    words = _line("words")
    do, name = request.form.get("do", ""), _line("name")
    if not words or do not in _DONE:
        abort(400)
    try:
        if do == "accept":
            operations.accept(
                session, actor, words, name=name or words, claim=_line("claim", _LONGEST_CLAIM)
            )
        elif do == "merge":
            into = get_differentiator(session, request.form.get("into", ""))
            operations.merge(session, actor, words, into)
        else:
            operations.dismiss(session, actor, words)
    except (NameTaken, Decided) as refusal:
        discard_changes()
        return _page(str(refusal), words, name), 422
    flash(_DONE[do].format(words=words))
    return redirect(_back())


@blueprint.post("/new-differentiators/<int:decision_id>/bring-back")
@guarded("market.edit")
def bring_phrase_back(decision_id: int) -> Any:
    row = queries.get_decision(current_session(), decision_id)
    operations.bring_back(current_session(), viewer().actor, row)
    flash(f"‘{row.words}’ is looked for again.")
    return redirect(_back())


_DONE = {
    "accept": "‘{words}’ is a differentiator now. Tag what was said of it as you meet it.",
    "merge": "‘{words}’ is one of its names now.",
    "dismiss": "‘{words}’ is dismissed. Bring it back from the list below.",
}


def _line(name: str, most: int = LONGEST_NAME) -> str:
    return " ".join(request.form.get(name, "").split())[:most]


def _back() -> str:
    return url_for("analytics.new_differentiators", **read_shown().query)
