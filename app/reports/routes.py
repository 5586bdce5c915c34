"""The reports on a page, their written parts, and their PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)

from app.analytics.queries import closing_dates
from app.analytics.window import latest_quarter, quarter_words
from app.core import clock
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.formats import zone
from app.core.jobs import enqueue, get_own_job
from app.core.models import Job, JobState
from app.core.periods import Quarter
from app.core.storage import Storage
from app.deals.access import get_deal, title_for
from app.identity.queries import workspace
from app.reports import jobs as jobs  # registers the job
from app.reports import operations, queries
from app.reports.audiences import audiences_of, chosen_audience
from app.reports.deal import deal_summary
from app.reports.forms import WrittenForm
from app.reports.printing import quarter_context
from app.reports.quarter import quarter_report
from app.reports.wording import words

blueprint = Blueprint("reports", __name__, template_folder="templates")

INVALID = 422
_MOST_QUARTERS = 40


@blueprint.get("/reports")
@guarded("reports.view")
def index() -> Any:
    """Every quarter in which a deal was decided, the latest first."""
    return render_template("reports/index.html", quarters=_quarters(), quarter_words=quarter_words)


@blueprint.get("/reports/quarters/<token>")
@guarded("reports.view")
def quarter(token: str) -> Any:
    wanted = _quarter(token)
    audience = chosen_audience(viewer(), request.args.get("audience"))
    report = quarter_report(current_session(), wanted, audience)
    return render_template(
        "reports/quarter.html",
        **quarter_context(report),
        title=report.written.headline or quarter_words(wanted),
        token=wanted.token,
        audience=audience,
        audiences=audiences_of(viewer()),
        paper=None,
    )


@blueprint.post("/reports/quarters/<token>/pdf")
@guarded("reports.view")
def quarter_pdf(token: str) -> Any:
    return _print("quarter", _quarter(token).token)


@blueprint.route("/reports/quarters/<token>/write", methods=["GET", "POST"])
@guarded("reports.write")
def write_quarter(token: str) -> Any:
    wanted = _quarter(token)
    back = url_for("reports.quarter", token=wanted.token)
    return _write(queries.quarter_subject(wanted.token), quarter_words(wanted), back)


@blueprint.get("/reports/deals/<public_id>")
@guarded("reports.view")
def deal(public_id: str) -> Any:
    found = get_deal(current_session(), viewer(), public_id)
    audience = chosen_audience(viewer(), request.args.get("audience"))
    summary = deal_summary(current_session(), found, audience)
    return render_template(
        "reports/deal.html",
        summary=summary,
        title=summary.written.headline or summary.title,
        deal_title=title_for(viewer(), found),
        words=words,
        audience=audience,
        audiences=audiences_of(viewer()),
        paper=None,
    )


@blueprint.post("/reports/deals/<public_id>/pdf")
@guarded("reports.view")
def deal_pdf(public_id: str) -> Any:
    return _print("deal", get_deal(current_session(), viewer(), public_id).public_id)


@blueprint.route("/reports/deals/<public_id>/write", methods=["GET", "POST"])
@guarded("reports.write")
def write_deal(public_id: str) -> Any:
    found = get_deal(current_session(), viewer(), public_id)
    back = url_for("reports.deal", public_id=public_id)
    return _write(queries.deal_subject(found), title_for(viewer(), found), back)


@blueprint.get("/reports/files/<public_id>")
@guarded("reports.view")
def file(public_id: str) -> Any:
    """How far the PDF is, and then where to get it."""
    job = _own_job(public_id)
    return render_template("reports/file.html", job=job, back=_address_of(job))


@blueprint.get("/reports/files/<public_id>/download")
@guarded("reports.view")
def download(public_id: str) -> Any:
    """The PDF, to whoever asked for it and still sees what it is about."""
    job = _own_job(public_id)
    if job.state is not JobState.DONE:
        raise NotFound
    storage: Storage = current_app.extensions["because_storage"]
    if "file" not in job.result or not storage.has(job.result["file"]):
        raise NotFound
    name = f"because-{job.payload['kind']}-{job.payload['subject'][:8]}.pdf"
    blocks: Iterator[bytes] = storage.open_range(job.result["file"])
    return Response(
        stream_with_context(blocks),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.post("/reports/files/<public_id>/again")
@guarded("reports.view")
def print_again(public_id: str) -> Any:
    """The same report as it stands now."""
    return _print(**_own_job(public_id).payload)


def _print(kind: str, subject: str, audience: str | None = None) -> Any:
    readers = chosen_audience(viewer(), audience or request.form.get("audience"))
    job = enqueue(
        current_session(),
        "reports.pdf",
        viewer().actor,
        kind=kind,
        subject=subject,
        audience=readers.value,
    )
    return redirect(url_for("reports.file", public_id=job.public_id))


def _write(subject: str, name: str, back: str) -> Any:
    form = WrittenForm(obj=queries.written_parts(current_session(), subject))
    if form.validate_on_submit():
        operations.write_parts(
            current_session(),
            viewer().actor,
            subject,
            headline=form.headline.data or "",
            to_do=form.to_do.data or "",
        )
        flash("Kept.")
        return redirect(back)
    page = render_template("reports/write.html", form=form, name=name, back=back)
    return (page, INVALID) if form.errors else page


def _own_job(public_id: str) -> Job:
    """Raises NotFound for somebody else's, and where its deal may no longer be seen."""
    job = get_own_job(current_session(), public_id, viewer().user_id)
    if job is None or job.name != "reports.pdf":
        raise NotFound
    chosen_audience(viewer(), job.payload["audience"])
    if job.payload["kind"] == "deal":
        get_deal(current_session(), viewer(), job.payload["subject"])
    return job


def _address_of(job: Job) -> str:
    subject, audience = job.payload["subject"], job.payload["audience"]
    if job.payload["kind"] == "deal":
        return url_for("reports.deal", public_id=subject, audience=audience)
    return url_for("reports.quarter", token=subject, audience=audience)


def _quarter(token: str) -> Quarter:
    try:
        return Quarter.parse(token, workspace(current_session()).fiscal_year_first_month)
    except ValueError:
        raise NotFound from None


def _quarters() -> list[Quarter]:
    """From the latest quarter, never one that lies ahead, back to the first."""
    days = closing_dates(current_session())
    if days is None:
        return []
    first_month = workspace(current_session()).fiscal_year_first_month
    latest = latest_quarter(days, _today(), first_month)
    first = Quarter.containing(days[0], first_month)
    quarters = [latest]
    while quarters[-1] > first and len(quarters) < _MOST_QUARTERS:
        quarters.append(quarters[-1].shifted(-1))
    return quarters


def _today() -> date:
    return clock.now().astimezone(zone(workspace(current_session()).time_zone)).date()
