"""Making a PDF, which the worker does: the web process never loads the renderer."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from app.analytics.filters import Filters
from app.core.access import NotFound
from app.core.glyphs import CannotPrint
from app.core.jobs import JobContext, JobRefused, job
from app.core.spreadsheets import workbook
from app.core.storage import Storage
from app.interviews.confidence import Audience
from app.reports import issue_queries, issuing, mailing, printing
from app.reports.issuing import ISSUE
from app.reports.kinds import Made, make
from app.reports.models import FileForm, Report, ReportKind, Why
from app.reports.operations import FORGET
from app.reports.tables import tables_of
from app.reports.themes import TooFewBuyers

_GONE = "This deal is no longer there."


@job("reports.pdf")
def make_pdf(
    context: JobContext,
    *,
    kind: str,
    subject: str,
    audience: str,
    filters: list[list[str]] | None = None,
    form: str = FileForm.PDF.value,
) -> dict[str, Any]:
    """A report's file for an audience; `subject` is a deal's public id or a quarter's name."""
    context.progress(0, message="Reading the figures")
    narrowed = Filters.parse((key, value) for key, value in filters or ())
    with context.db.reading() as session:
        try:
            made = make(session, ReportKind(kind), subject, Audience(audience), narrowed)
        except NotFound:
            raise JobRefused(_GONE) from None
        except TooFewBuyers as refusal:
            raise JobRefused(str(refusal)) from None
        context.progress(0, message="Printing")
        content = _file(made, FileForm(form))
    storage: Storage = context.app.extensions["because_storage"]
    return {
        "file": storage.put("reports", content, form),
        "bytes": len(content),
        "quoted_deals": sorted(made.quoted_deals),
    }


@job(ISSUE)
def issue(context: JobContext, *, report_id: int, why: str) -> dict[str, Any]:
    """Print a report and freeze it as its next version."""
    context.progress(0, message="Reading the figures")
    with context.db.reading() as session:
        report = session.get_one(Report, report_id)
        try:
            made = make(
                session,
                report.kind,
                report.subject,
                report.audience,
                issue_queries.filters_of(report),
            )
        except NotFound:
            raise JobRefused(_GONE) from None
        except TooFewBuyers as refusal:
            raise JobRefused(str(refusal)) from None
        context.progress(0, message="Printing")
        html, content = _printed(made)
    storage: Storage = context.app.extensions["because_storage"]
    html_key = storage.put("reports", html.encode(), "html")
    pdf_key = storage.put("reports", content, "pdf")
    with context.db.writing() as session:
        kept = issuing.keep(
            session,
            context.actor,
            session.get_one(Report, report_id),
            made,
            html_key=html_key,
            pdf_key=pdf_key,
            pdf_sha256=sha256(content).hexdigest(),
            why=Why(why),
        )
        return {"issue": kept.public_id}


@job(FORGET)
def forget(context: JobContext, *, keys: list[str]) -> dict[str, Any]:
    """Delete the bytes of files that are no longer served."""
    storage: Storage = context.app.extensions["because_storage"]
    for key in keys:
        storage.delete(key)
    return {"deleted": len(keys)}


@job("reports.mail", every=timedelta(hours=3))
def mail(context: JobContext) -> dict[str, Any]:
    """Mail the quarter's reports that are due."""
    settings = context.app.extensions["because_settings"]
    with context.db.writing() as session:
        return {"mailed": mailing.mail_scheduled(session, settings)}


def _file(made: Made, form: FileForm) -> bytes:
    if form is FileForm.XLSX:
        with workbook(tables_of(made.data)) as file:
            return file.read()
    if form is FileForm.PPTX:
        from app.reports.slides import deck_of

        return deck_of(made.data)
    return _printed(made)[1]


def _printed(made: Made) -> tuple[str, bytes]:
    """The document with its styles, and its PDF."""
    try:
        return printing.print_whole(made.compose)
    except CannotPrint as problem:
        raise JobRefused(str(problem)) from None
