"""The demo's published reports: the quarter before the latest one, written, read over, and printed
by the worker as soon as it runs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.filters import EVERYTHING
from app.core.periods import Quarter
from app.identity.models import User
from app.interviews.confidence import Audience
from app.reports import issuing, operations
from app.reports.models import ReportKind
from app.reports.queries import quarter_subject

_HEADLINE = "Deals stop where nobody can show the return"
_TO_DO = (
    "Work out the return with the buyer in the second meeting, and send the security answers on the"
    " day they are asked for."
)
_PUBLISHED = ((ReportKind.QUARTER, Audience.LEADERSHIP), (ReportKind.THEMES, Audience.PRODUCT))


def publish_reports(session: Session, until: date) -> None:
    users = {user.name: user for user in session.scalars(select(User))}
    manager, leader = users["Miriam Holt"].actor, users["Sofia Lindqvist"].actor
    quarter = Quarter.containing(until).shifted(-1).token
    operations.write_parts(
        session, manager, quarter_subject(quarter), headline=_HEADLINE, to_do=_TO_DO, comments={}
    )
    for kind, audience in _PUBLISHED:
        report = issuing.ask_for_review(session, manager, kind, quarter, audience, EVERYTHING)
        issuing.review(session, leader, report)
        issuing.publish(session, manager, report)
