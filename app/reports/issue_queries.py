"""Reading reports on their way, their published versions, and links to them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.analytics.few import Looked
from app.analytics.filters import Filters
from app.analytics.window import Window
from app.core import clock
from app.core.access import NotFound
from app.core.jobs import get_own_job
from app.core.models import Job
from app.core.periods import Quarter
from app.core.tokens import token_hash
from app.interviews.confidence import Audience
from app.reports.models import Issue, Report, ReportKind, ReportLink, ReportSchedule


def find_report(
    session: Session, kind: ReportKind, subject: str, audience: Audience, filters: Filters
) -> Report | None:
    """The report on its way to being published, or published; None while it is a draft."""
    return session.scalar(
        select(Report).where(
            Report.kind == kind,
            Report.subject == subject,
            Report.audience == audience,
            Report.narrowed == narrowed_text(filters),
        )
    )


def served_issue(session: Session, report: Report) -> Issue | None:
    """The version that is given out; none while a new one is being made."""
    return session.scalar(
        select(Issue)
        .where(Issue.report_id == report.id, Issue.is_served)
        .order_by(Issue.number.desc())
        .limit(1)
    )


def issues_of(session: Session, report: Report) -> Sequence[Issue]:
    """Every version, the latest first."""
    return session.scalars(
        select(Issue).where(Issue.report_id == report.id).order_by(Issue.number.desc())
    ).all()


def issue_by_public_id(session: Session, public_id: str) -> Issue:
    """Raises NotFound. Whether the viewer may read it is the caller's to say."""
    found = session.scalar(
        select(Issue).where(Issue.public_id == public_id).options(joinedload(Issue.report))
    )
    if found is None:
        raise NotFound
    return found


def report_by_public_id(session: Session, public_id: str) -> Report:
    """Raises NotFound. Whether the viewer may read it is the caller's to say."""
    found = session.scalar(select(Report).where(Report.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def own_job(session: Session, public_id: str, user_id: int, name: str) -> Job:
    """Raises NotFound for a job of another name, or of somebody else's."""
    job = get_own_job(session, public_id, user_id)
    if job is None or job.name != name:
        raise NotFound
    return job


def served_issues(
    session: Session,
    audiences: Sequence[Audience],
    kinds: Sequence[ReportKind],
    *,
    most: int | None = None,
) -> Sequence[Issue]:
    """What is published for these audiences, the latest first."""
    return session.scalars(
        select(Issue)
        .join(Issue.report)
        .where(Issue.is_served, Report.audience.in_(audiences), Report.kind.in_(kinds))
        .options(contains_eager(Issue.report))
        .order_by(Issue.issued_at.desc(), Issue.id.desc())
        .limit(most)
    ).all()


def issues_quoting(session: Session, deal_id: int) -> list[Issue]:
    """The served versions, and those before them, that hold words of this deal."""
    kept = session.scalars(
        select(Issue).where(Issue.html_key != "").options(joinedload(Issue.report))
    )
    return [issue for issue in kept if deal_id in issue.quoted_deals]


def narrowed_text(filters: Filters) -> str:
    return urlencode(filters.pairs)


def filters_of(report: Report) -> Filters:
    return Filters.parse(parse_qsl(report.narrowed))


def looked_at(report: Report, first_month: int) -> Looked:
    """The quarters that it looks at, and what it is narrowed to."""
    return Window.year_to(Quarter.parse(report.subject, first_month)), filters_of(report)


def links_of(session: Session, report: Report) -> Sequence[ReportLink]:
    """Those that have not ended."""
    return session.scalars(
        select(ReportLink)
        .where(ReportLink.report_id == report.id, ReportLink.ends_at > clock.now())
        .order_by(ReportLink.id)
    ).all()


def usable_link(session: Session, token: str) -> ReportLink | None:
    return session.scalar(
        select(ReportLink)
        .where(ReportLink.token_hash == token_hash(token), ReportLink.ends_at > clock.now())
        .options(joinedload(ReportLink.report))
    )


def schedules(session: Session) -> Sequence[ReportSchedule]:
    return session.scalars(select(ReportSchedule).order_by(ReportSchedule.id)).all()


def served_quarter(session: Session, quarter: str, audience: Audience) -> Issue | None:
    """The published report of a quarter for an audience."""
    return session.scalar(
        select(Issue)
        .join(Issue.report)
        .where(
            Issue.is_served,
            Report.kind == ReportKind.QUARTER,
            Report.subject == quarter,
            Report.audience == audience,
        )
        .options(contains_eager(Issue.report))
        .order_by(Issue.number.desc())
        .limit(1)
    )
