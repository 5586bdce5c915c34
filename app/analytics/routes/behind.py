"""What is behind a number: its deals and quotes; of a reason, its verdict and a question for the
buyers to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for

from app.analytics import asking_queries, operations, queries
from app.analytics.evidence import evidence_behind
from app.analytics.figures import SHOWN_OUTCOMES
from app.analytics.forms import AskForm
from app.analytics.queries import Subject, explained_by
from app.analytics.reasons import theme
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, kept_back_page, page, read_shown
from app.analytics.routes.subjects import SUBJECTS
from app.analytics.stats.theme import RULE
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.deals.models import DECIDED
from app.guides.linting import Finding, lint
from app.interviews.models import Kind
from app.tagging.models import Direction, Reason

_REFUSED = 422


@blueprint.get("/<any(reasons, competitors, differentiators):subjects>/<public_id>")
@guarded("analytics.view")
def behind(subjects: str, public_id: str) -> str:
    """The deals and quotes behind a number."""
    shown = read_shown()
    row = _row(SUBJECTS[subjects], public_id)
    return kept_back_page(subjects.capitalize(), shown) or _page(subjects, row, shown)


@blueprint.post("/reasons/<public_id>/ask")
@guarded("analytics.ask")
def ask(public_id: str) -> Any:
    """Put a question about the reason into the coming guides."""
    shown, way = read_shown(), _way()
    reason = _row(Subject.REASON, public_id)
    assert isinstance(reason, Reason)
    form = AskForm()
    if not form.validate_on_submit():
        return _page("reasons", reason, shown, form), _REFUSED
    try:
        operations.ask_more(
            current_session(), viewer().actor, reason, way, form.say.text, Kind(form.kind.data)
        )
    except operations.ToMend as problem:
        return _page("reasons", reason, shown, form, problem.findings), _REFUSED
    except operations.NoGuide as problem:
        form.say.errors = [str(problem)]
        return _page("reasons", reason, shown, form), _REFUSED
    flash("The question is in the coming guides.", "success")
    address = url_for(
        "analytics.behind", subjects="reasons", public_id=public_id, way=way.value, **shown.query
    )
    return redirect(f"{address}#ask")


def _page(
    subjects: str,
    row: Any,
    shown: Shown,
    form: AskForm | None = None,
    findings: Sequence[Finding] = (),
) -> str:
    session, subject, way = current_session(), SUBJECTS[subjects], _way()
    is_reason = subject is Subject.REASON
    form = form or (AskForm.about(row) if is_reason else None)
    return page(
        "analytics/behind.html",
        shown,
        subjects=subjects,
        row=row,
        way=way,
        outcomes=SHOWN_OUTCOMES,
        evidence=evidence_behind(
            session,
            viewer(),
            subject,
            row.id,
            shown.window.period,
            way,
            shown.filters.outcomes or DECIDED,
            shown.filters,
        ),
        weighs=theme(session, shown.window, shown.filters, row.id, way) if is_reason else None,
        explained=explained_by(way),
        rule=RULE,
        form=form,
        findings=findings or (lint(form.say.text, form.kind.data) if form else ()),
        asked=asking_queries.asked_about(session, row, way) if is_reason else (),
    )


def _row(subject: Subject, public_id: str) -> Any:
    row = queries.subject_by_public_id(current_session(), subject, public_id)
    if row is None:
        raise NotFound
    return row


def _way() -> Direction:
    """Which way was asked about: against us where nothing is said."""
    try:
        return Direction(request.args.get("way") or Direction.AGAINST)
    except ValueError:
        raise NotFound from None
