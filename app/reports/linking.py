"""Links by which a published report is read without signing in, until a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor, NotFound
from app.core.periods import Quarter
from app.core.tokens import new_token, token_hash
from app.reports import issue_queries
from app.reports.models import Report, ReportLink


def make_link(session: Session, actor: Actor, report: Report, ends_at: datetime) -> str:
    """The token; it is shown once, and kept as its hash alone."""
    token = new_token()
    session.add(
        ReportLink(
            report=report, token_hash=token_hash(token), ends_at=ends_at, made_by_name=actor.name
        )
    )
    audit.record(session, actor, "report.link_made", report, until=ends_at.date().isoformat())
    session.flush()
    return token


def end_link(session: Session, actor: Actor, report: Report, public_id: str) -> None:
    """Raises NotFound for one that has ended, or is another report's."""
    for link in issue_queries.links_of(session, report):
        if link.public_id == public_id:
            link.ends_at = clock.now()
            audit.record(session, actor, "report.link_ended", report)
            return
    raise NotFound


def is_quarter(text: str) -> bool:
    try:
        Quarter.parse(text)
    except ValueError:
        return False
    return True
