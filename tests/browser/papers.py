"""`bin/reports`: the three reports of docs, as PDF and as pictures, from the demo of one day; no
browser is needed."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock, migrations
from app.core.commandline import application
from app.deals.models import Deal, Outcome
from app.demo import story
from app.demo.generator import Size
from app.demo.operations import load_demo
from app.interviews.confidence import Audience
from app.interviews.models import Answer, Interview, Scope, Taken
from app.reports.kinds import make
from app.reports.models import ReportKind
from app.reports.printing import print_report
from app.tagging.models import TagEvidence
from tests.browser.pictures import lay_out

#: The same day every time: the same reports, whenever they are made.
_UNTIL = date(2026, 11, 20)
_QUARTER = "2026Q3"
_DEALS = 5 * story.DEALS_A_QUARTER
#: Dots per inch of a picture whose text can be read.
_READABLE = 84


def most_telling_deal(session: Session) -> str:
    """The lost deal of which a buyer said most, in words of their own."""
    own_words = select(Answer.interview_id).where(
        Answer.taken.in_((Taken.TRANSCRIPT, Taken.WRITTEN))
    )
    return session.scalars(
        select(Deal.public_id)
        .join(TagEvidence, TagEvidence.deal_id == Deal.id)
        .join(Interview, Interview.id == TagEvidence.interview_id)
        .where(
            Deal.outcome == Outcome.LOST,
            Interview.id.in_(own_words),
            Interview.scope != Scope.COUNT,
        )
        .group_by(Deal.id, Deal.public_id)
        .order_by(func.count().desc(), Deal.id)
        .limit(1)
    ).one()


def print_all(session: Session, docs: Path) -> None:
    """Each as PDF, and its first pages side by side as a picture."""
    reports = {
        "quarter": (ReportKind.QUARTER, _QUARTER, Audience.LEADERSHIP),
        "why-we-lose": (ReportKind.THEMES, _QUARTER, Audience.PRODUCT),
        "deal-summary": (ReportKind.DEAL, most_telling_deal(session), Audience.SELLERS),
    }
    (docs / "reports").mkdir(parents=True, exist_ok=True)
    for name, (kind, subject, audience) in reports.items():
        pdf = docs / "reports" / f"{name}.pdf"
        pdf.write_bytes(print_report(make(session, kind, subject, audience).compose))
        pages = [(pdf, 1), (pdf, 2)]
        lay_out(pages, docs / "pictures" / f"report-{name}.png", dots=_READABLE)


def main() -> None:
    docs = Path(sys.argv[1])
    noon = datetime(_UNTIL.year, _UNTIL.month, _UNTIL.day, 12, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as instance:
        os.environ["BECAUSE_INSTANCE"] = instance
        with clock.frozen(noon), application() as (_, db):
            migrations.upgrade(db)
            size = Size(_DEALS, round(_DEALS * story.HEARD_SHARE))
            load_demo(db, size, seed=1, until=_UNTIL)
            with db.reading() as session:
                print_all(session, docs)


if __name__ == "__main__":
    main()
