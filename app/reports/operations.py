"""Writing the parts of a report that a person writes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.reports.models import ReportText


def write_parts(
    session: Session, actor: Actor, subject: str, *, headline: str, to_do: str
) -> ReportText:
    """Keep the headline and what to do; the figures beside them are never written."""
    text = session.scalar(select(ReportText).where(ReportText.subject == subject))
    if text is None:
        text = ReportText(subject=subject, headline="", to_do="")
        session.add(text)
    changed = audit.changes(text, headline=headline, to_do=to_do)
    if changed:
        text.written_by_name = actor.name
        text.written_at = clock.now()
        audit.record(session, actor, "report.written", text, report=subject, fields=[*changed])
    return text
