"""Where a report stands on its way, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from app.analytics import choices
from app.analytics.filters import EVERYTHING, Filters
from app.core.access import NotFound, viewer
from app.core.edge import current_session
from app.interviews.confidence import Audience
from app.reports import issue_queries
from app.reports.models import Issue, Report, ReportKind, ReportState

STATE_WORDS = {
    ReportState.DRAFT: "Draft",
    ReportState.IN_REVIEW: "To be read over",
    ReportState.REVIEWED: "Read over",
    ReportState.PUBLISHED: "Published",
}


@dataclass(frozen=True)
class Life:
    """The report's state and the version that is given out."""

    kind: ReportKind
    subject: str
    audience: Audience
    narrowed: str
    report: Report | None
    issue: Issue | None

    @property
    def state(self) -> ReportState:
        return self.report.state if self.report else ReportState.DRAFT

    @property
    def words(self) -> str:
        return STATE_WORDS[self.state]


def life_of(
    kind: ReportKind, subject: str, audience: Audience, filters: Filters = EVERYTHING
) -> Life:
    session = current_session()
    report = issue_queries.find_report(session, kind, subject, audience, filters)
    issue = issue_queries.served_issue(session, report) if report else None
    return Life(kind, subject, audience, issue_queries.narrowed_text(filters), report, issue)


def asked_filters() -> Filters:
    """Those of the address; NotFound for a value that there cannot be, or that is not theirs to
    ask for."""
    try:
        filters = Filters.parse(request.args.items(multi=True))
    except ValueError:
        raise NotFound from None
    choices.refuse_what_is_not_theirs(current_session(), viewer(), filters)
    return filters


def query_of(filters: Filters) -> dict[str, Any]:
    """As the arguments of url_for."""
    return dict(filters.query)
