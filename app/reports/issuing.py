"""A report's way: read over, published, frozen; issued anew where a buyer took words back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.few import FEWEST_ACCOUNTS, differ_by_few
from app.analytics.filters import Filters
from app.analytics.window import Window
from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.jobs import enqueue
from app.core.models import Job
from app.core.periods import Quarter
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.mail import operations as mail
from app.reports import issue_queries
from app.reports.comparing import differences
from app.reports.kinds import Made
from app.reports.models import Issue, Report, ReportKind, ReportState, Why
from app.reports.operations import FORGET
from app.reports.themes import TooFewBuyers, refuse_few

ISSUE = "reports.issue"
_COUNTING = Path(__file__).parent.parent / "analytics"
#: Of the data, what holds buyers' words, or what an interviewer wrote of them.
_WORDS = (
    "quotes",
    "why",
    "strongest",
    "reasons",
    "surprised",
    "promised",
    "follow_up",
    "hand_over",
    "heard",
)


class NotReviewed(ValueError):
    """Nobody has read it over yet."""


def ask_for_review(
    session: Session,
    actor: Actor,
    kind: ReportKind,
    subject: str,
    audience: Audience,
    filters: Filters,
) -> Report:
    """Somebody is to read it over before it is published. Raises TooFewBuyers."""
    if kind is ReportKind.THEMES:
        first_month = workspace(session).fiscal_year_first_month
        quarter = Quarter.parse(subject, first_month)
        refuse_few(session, quarter, filters)
        _refuse_few_beside(session, quarter, audience, filters)
    report = issue_queries.find_report(session, kind, subject, audience, filters)
    if report is None:
        report = Report(
            kind=kind,
            subject=subject,
            audience=audience,
            narrowed=issue_queries.narrowed_text(filters),
        )
        session.add(report)
    report.state = ReportState.IN_REVIEW
    report.asked_by_name = actor.name
    audit.record(session, actor, "report.review_asked", report)
    session.flush()
    return report


def _refuse_few_beside(
    session: Session, quarter: Quarter, audience: Audience, filters: Filters
) -> None:
    """Raises TooFewBuyers where a published one differs by few: they are read side by side."""
    here = Window.year_to(quarter), filters
    for issue in issue_queries.served_issues(session, (audience,), (ReportKind.THEMES,)):
        if differ_by_few(session, here, issue_queries.looked_at(issue.report, quarter.first_month)):
            raise TooFewBuyers(
                f"It differs from '{issue.title}', which is published, by the buyers of fewer than"
                f" {FEWEST_ACCOUNTS} companies: they could be known by the difference."
            )


def review(session: Session, actor: Actor, report: Report) -> None:
    """It was read over and holds."""
    report.state = ReportState.REVIEWED
    report.reviewed_by_name, report.reviewed_at = actor.name, clock.now()
    audit.record(session, actor, "report.reviewed", report)


def back_to_draft(session: Session, subject: str) -> None:
    """What was written has changed: it is to be read over again."""
    kind, _, name = subject.partition(":")
    reports = session.scalars(
        select(Report).where(
            Report.kind == kind,
            Report.subject == name.partition(":")[0],
            Report.state.in_((ReportState.IN_REVIEW, ReportState.REVIEWED)),
        )
    )
    for report in reports:
        report.state = ReportState.DRAFT


def publish(session: Session, actor: Actor, report: Report) -> Job:
    """Let the worker print and freeze it. Raises NotReviewed."""
    if report.state not in (ReportState.REVIEWED, ReportState.PUBLISHED):
        raise NotReviewed("Somebody has to read it over before it is published.")
    why = Why.ANEW if report.state is ReportState.PUBLISHED else Why.PUBLISHED
    return enqueue(session, ISSUE, actor, report_id=report.id, why=why.value)


def keep(
    session: Session,
    actor: Actor,
    report: Report,
    made: Made,
    *,
    html_key: str,
    pdf_key: str,
    pdf_sha256: str,
    why: Why,
) -> Issue:
    """Freeze what was printed; it takes the place of the version before."""
    before = issue_queries.issues_of(session, report)
    data = plain(made.json)
    for issue in before:
        issue.is_served = False
    issue = Issue(
        report=report,
        number=before[0].number + 1 if before else 1,
        title=made.title[:400],
        data=data,
        reason_list_version=made.reason_list_version,
        formulas=formulas_version(),
        html_key=html_key,
        pdf_key=pdf_key,
        pdf_sha256=pdf_sha256,
        quoted_deals=sorted(made.quoted_deals),
        why=why,
        changes=_changes(why, before[0].data, data) if before else [],
        issued_by_name=actor.name,
    )
    session.add(issue)
    report.state = ReportState.PUBLISHED
    audit.record(session, actor, "report.published", report, version=issue.number)
    session.flush()
    return issue


def take_back(session: Session, deal_id: int) -> None:
    """A buyer of the deal changed what may be printed: versions with their words are served no
    longer and lose them, and the worker issues those that were served anew."""
    keys = []
    for issue in issue_queries.issues_quoting(session, deal_id):
        if issue.is_served:
            enqueue(session, ISSUE, SYSTEM, report_id=issue.report_id, why=Why.WITHDRAWN.value)
        keys += [issue.html_key, issue.pdf_key]
        issue.is_served = False
        issue.html_key = issue.pdf_key = ""
        issue.data = _without_words(issue)
    if keys:
        mail.send_without(session, keys)
        enqueue(session, FORGET, SYSTEM, keys=keys)


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as JSON keeps it: days as text."""
    kept: dict[str, Any] = json.loads(json.dumps(data, default=str))
    return kept


@cache
def formulas_version() -> str:
    """Of everything that counts: the same figures come from the same code."""
    digest = sha256()
    for path in sorted([*_COUNTING.glob("*.py"), *_COUNTING.glob("stats/*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _changes(why: Why, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    first = ["A buyer took words back or changed them; they are not in this version."]
    return (first if why is Why.WITHDRAWN else []) + differences(before, after)


def _without_words(issue: Issue) -> dict[str, Any]:
    """The figures alone. In a deal's summary the reasons themselves tell what one buyer said."""
    gone = _WORDS if issue.report.kind is ReportKind.DEAL else ("quotes",)
    return {key: value for key, value in issue.data.items() if key not in gone}
