"""Writing the parts of a report that a person writes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.jobs import enqueue
from app.reports import queries
from app.reports.models import ReportText

FORGET = "reports.forget"


def write_parts(
    session: Session,
    actor: Actor,
    subject: str,
    *,
    headline: str,
    to_do: str,
    comments: Mapping[str, str],
) -> ReportText:
    """Keep the headline, what to do and the comments; the figures beside them are never
    written."""
    text = session.scalar(select(ReportText).where(ReportText.subject == subject))
    if text is None:
        text = ReportText(subject=subject, headline="", to_do="", comments={})
        session.add(text)
    said = {section: words for section, words in comments.items() if words}
    changed = audit.changes(text, headline=headline, to_do=to_do, comments=said)
    if changed:
        text.written_by_name = actor.name
        text.written_at = clock.now()
        audit.record(session, actor, "report.written", text, report=subject, fields=[*changed])
    return text


def outdate_files(session: Session, deal_id: int) -> None:
    """Stop serving the files that quote this deal, for what they print no longer holds; their
    bytes are deleted after the commit."""
    keys = []
    for job in queries.files_quoting(session, deal_id):
        keys.append(job.result["file"])
        job.result = {"outdated": True}
    if keys:
        enqueue(session, FORGET, SYSTEM, keys=keys)
