"""A published report by mail: the five lines are the letter, the report is one link away or goes
along as a PDF."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.actions.reminding import today_of
from app.audit import operations as audit
from app.core.access import SYSTEM, Actor
from app.core.periods import Quarter
from app.deals.access import sees_deal
from app.identity.acting import ActingFor
from app.identity.models import Role, User
from app.identity.queries import users, workspace
from app.interviews.confidence import Audience
from app.mail.operations import Letter, domain_of, write
from app.reports import issue_queries
from app.reports.models import Issue, Report, ReportKind, ReportSchedule
from config import Settings

_ROLE_OF = {
    Audience.SELLERS: Role.INTERVIEWER,
    Audience.PRODUCT: Role.PRODUCT,
    Audience.LEADERSHIP: Role.LEADERSHIP,
}


def readers_of(session: Session, report: Report) -> list[User]:
    """Everybody for whom it is and who may see what it is about; whoever runs the programme has
    it already."""
    role = _ROLE_OF[report.audience]
    readers = [user for user in users(session) if user.is_active and user.role is role]
    if report.kind is not ReportKind.DEAL:
        return readers
    zone = workspace(session).time_zone
    return [
        user for user in readers if sees_deal(session, ActingFor.of(user, zone), report.subject)
    ]


def mail_issue(
    session: Session, settings: Settings, actor: Actor, issue: Issue, *, as_pdf: bool = False
) -> int:
    """Write to everybody for whom it is; returns to how many."""
    readers = readers_of(session, issue.report)
    for reader in readers:
        letter = Letter(
            to_address=reader.email,
            to_name=reader.name,
            subject=issue.title,
            text=letter_text(issue, settings.public_url, as_pdf=as_pdf),
            file_key=issue.pdf_key if as_pdf else "",
            file_name=file_name(issue),
            about="report",
        )
        write(session, letter, domain=domain_of(settings.mail_from))
    audit.record(session, actor, "report.mailed", issue.report, readers=len(readers), as_pdf=as_pdf)
    return len(readers)


def file_name(issue: Issue) -> str:
    """'because-quarter-2026Q3-v1.pdf'."""
    return f"because-{issue.report.kind.value}-{issue.report.subject[:8]}-v{issue.number}.pdf"


def letter_text(issue: Issue, public_url: str, *, as_pdf: bool = False) -> str:
    """The five lines, what to decide, and where the report is."""
    lines = [f"{number}. {line}" for number, line in enumerate(issue.data.get("lines", ()), 1)]
    to_do = str(issue.data.get("to_do", "")).strip()
    parts = [
        issue.title,
        "\n".join(lines),
        f"What to decide:\n{to_do}" if to_do else "",
        f"The whole report: {public_url}/reports/versions/{issue.public_id}",
        "It is attached, unless a newer version has taken its place meanwhile." if as_pdf else "",
    ]
    return "\n\n".join(part for part in parts if part)


def set_schedule(
    session: Session,
    actor: Actor,
    audience: Audience,
    days_after: int | None,
    *,
    as_pdf: bool = False,
) -> None:
    """Mail the quarter's report so many days after each quarter's end, with a link or as PDF; None
    for never. What has ended before is not mailed any more."""
    row = next((one for one in issue_queries.schedules(session) if one.audience is audience), None)
    before = (row.days_after, row.as_pdf) if row else (None, as_pdf)
    if before == (days_after, as_pdf):
        return
    if row is not None and days_after is None:
        session.delete(row)
    elif row is not None and days_after is not None:
        row.days_after, row.as_pdf, row.set_by_name = days_after, as_pdf, actor.name
    elif days_after is not None:
        session.add(
            ReportSchedule(
                audience=audience,
                days_after=days_after,
                as_pdf=as_pdf,
                mailed=_last_ended(session, today_of(session)).shifted(-1).token,
                set_by_name=actor.name,
            )
        )
    audit.record(
        session,
        actor,
        "report.schedule_set",
        audience=audience.value,
        days_after=[before[0], days_after],
        as_pdf=as_pdf,
    )


def mail_scheduled(session: Session, settings: Settings) -> int:
    """Mail what is due and published; what is not published yet waits for that."""
    today = today_of(session)
    quarter = _last_ended(session, today)
    mailed = 0
    for row in issue_queries.schedules(session):
        if row.mailed >= quarter.token:
            continue
        if today < quarter.last_day + timedelta(days=row.days_after):
            continue
        issue = issue_queries.served_quarter(session, quarter.token, row.audience)
        if issue is not None:
            mail_issue(session, settings, SYSTEM, issue, as_pdf=row.as_pdf)
            row.mailed = quarter.token
            mailed += 1
    return mailed


def _last_ended(session: Session, today: date) -> Quarter:
    first_month = workspace(session).fiscal_year_first_month
    return Quarter.containing(today, first_month).shifted(-1)
