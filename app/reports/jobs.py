"""Making a PDF, which the worker does: the web process never loads the renderer."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.core.glyphs import CannotPrint
from app.core.jobs import JobContext, JobRefused, job
from app.core.periods import Quarter
from app.core.storage import Storage
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.reports import printing, queries
from app.reports.deal import deal_summary
from app.reports.operations import FORGET
from app.reports.quarter import quarter_report


@job("reports.pdf")
def make_pdf(context: JobContext, *, kind: str, subject: str, audience: str) -> dict[str, Any]:
    """Print the deal or the quarter for an audience; `subject` is its public id or its name."""
    context.progress(0, message="Reading the figures")
    with context.db.reading() as session:
        compose, quoted = _composed(session, kind, subject, Audience(audience))
        context.progress(0, message="Printing")
        try:
            content = printing.print_report(compose)
        except CannotPrint as problem:
            raise JobRefused(str(problem)) from None
    storage: Storage = context.app.extensions["because_storage"]
    return {
        "file": storage.put("reports", content, "pdf"),
        "bytes": len(content),
        "quoted_deals": sorted(quoted),
    }


@job(FORGET)
def forget(context: JobContext, *, keys: list[str]) -> dict[str, Any]:
    """Delete the bytes of files that are no longer served."""
    storage: Storage = context.app.extensions["because_storage"]
    for key in keys:
        storage.delete(key)
    return {"deleted": len(keys)}


def _composed(
    session: Session, kind: str, subject: str, audience: Audience
) -> tuple[printing.Compose, set[int]]:
    """What is to be printed, and the deals that it quotes."""
    house = workspace(session)
    if kind == "quarter":
        quarter = Quarter.parse(subject, house.fiscal_year_first_month)
        report = quarter_report(session, quarter, audience)
        return printing.quarter_html(report), {quote.deal_id for quote in report.quotes.shown}
    deal = queries.deal_by_public_id(session, subject)
    if deal is None:
        raise JobRefused("This deal is no longer there.")
    return printing.deal_html(deal_summary(session, deal, audience), house.company), {deal.id}
