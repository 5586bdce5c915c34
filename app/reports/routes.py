"""The reports on a page, their written parts, and their PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)

from app.analytics import choices
from app.analytics.few import FEWEST_ACCOUNTS
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.queries import closing_dates, last_closing_until
from app.analytics.window import quarter_words
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
from app.interviews.confidence import Audience
from app.reports import issue_queries, operations, queries
from app.reports import jobs as jobs  # registers the job
from app.reports.audiences import audiences_of, chosen_audience
from app.reports.deal import deal_summary
from app.reports.forms import written_form
from app.reports.issuing import back_to_draft
from app.reports.life import asked_filters, life_of, query_of
from app.reports.models import FileForm, ReportKind
from app.reports.printing import quarter_context, themes_context, themes_title
from app.reports.quarter import quarter_report
from app.reports.themes import TooFewBuyers, refuse_few, themes_report
from app.reports.wording import words
from app.tagging.double_coding.queries import is_blind_on_deal

blueprint = Blueprint("reports", __name__, template_folder="templates")

INVALID = 422
_MOST_QUARTERS = 40
_MIME = {
    FileForm.PDF: "application/pdf",
    FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileForm.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@blueprint.get("/reports")
@guarded("reports.view")
def index() -> Any:
    """Every quarter in which a deal was decided, the latest first."""
    return render_template(
        "reports/index.html",
        quarters=_quarters(),
        quarter_words=quarter_words,
        published=issue_queries.served_issues(
            current_session(),
            audiences_of(viewer()),
            (ReportKind.QUARTER, ReportKind.THEMES),
        ),
        words=words,
    )


@blueprint.get("/reports/quarters/<token>")
@guarded("reports.view")
def quarter(token: str) -> Any:
    return _quarter_page("reports/quarter.html", token)


@blueprint.get("/reports/quarters/<token>/present")
@guarded("reports.view")
def present(token: str) -> Any:
    """The same, a part at a time in large letters, for a room that looks at one screen."""
    return _quarter_page("reports/present.html", token)


def _quarter_page(template: str, token: str) -> str:
    wanted = _quarter(token)
    audience = chosen_audience(viewer(), ReportKind.QUARTER, request.args.get("audience"))
    report = quarter_report(current_session(), wanted, audience)
    return render_template(
        template,
        **quarter_context(report),
        title=report.written.headline or quarter_words(wanted),
        token=wanted.token,
        audience=audience,
        audiences=audiences_of(viewer()),
        life=life_of(ReportKind.QUARTER, wanted.token, audience),
        may_decide=viewer().may("actions.decide"),
        paper=None,
    )


@blueprint.post("/reports/quarters/<token>/pdf")
@guarded("reports.view")
def quarter_pdf(token: str) -> Any:
    return _print(ReportKind.QUARTER, _quarter(token).token)


@blueprint.route("/reports/quarters/<token>/write", methods=["GET", "POST"])
@guarded("reports.write")
def write_quarter(token: str) -> Any:
    wanted = _quarter(token)
    back = url_for("reports.quarter", token=wanted.token)
    return _write(
        ReportKind.QUARTER, queries.quarter_subject(wanted.token), quarter_words(wanted), back
    )


@blueprint.get("/reports/themes/<token>")
@guarded("reports.view")
def themes(token: str) -> Any:
    """Why deals were lost or left undecided, theme by theme; filters narrow it."""
    wanted, filters = _quarter(token), asked_filters()
    audience = chosen_audience(viewer(), ReportKind.THEMES, request.args.get("audience"))
    narrowed = _narrowed(wanted, filters, audience)
    try:
        report = themes_report(current_session(), wanted, audience, filters)
    except TooFewBuyers:
        return render_template("reports/themes_kept_back.html", **narrowed, fewest=FEWEST_ACCOUNTS)
    return render_template(
        "reports/themes.html",
        **themes_context(report),
        **narrowed,
        title=themes_title(report),
        token=wanted.token,
        audience=audience,
        audiences=audiences_of(viewer()),
        products=queries.products(current_session()),
        may_decide=viewer().may("actions.decide"),
        life=life_of(ReportKind.THEMES, wanted.token, audience, report.filters),
        paper=None,
    )


@blueprint.post("/reports/themes/<token>/pdf")
@guarded("reports.view")
def themes_pdf(token: str) -> Any:
    wanted, filters = _quarter(token), asked_filters()
    try:
        refuse_few(current_session(), wanted, filters)
    except TooFewBuyers:
        raise NotFound from None
    return _print(ReportKind.THEMES, wanted.token, filters=filters)


def _narrowed(quarter: Quarter, filters: Filters, audience: Audience) -> dict[str, Any]:
    """The filters in force with the page without each of them, and where they are set."""

    def page(left: Filters) -> str:
        query = {"audience": audience.value, **query_of(left)}
        return url_for("reports.themes", token=quarter.token, **query)

    return {
        "in_force": [
            (one.words, page(filters.without_pair(one.pair)))
            for one in choices.in_force(current_session(), filters)
        ],
        "without_filters": page(EVERYTHING),
        "narrow_address": url_for(
            "analytics.narrow", page=request.path, audience=audience.value, **query_of(filters)
        ),
    }


@blueprint.route("/reports/themes/<token>/write", methods=["GET", "POST"])
@guarded("reports.write")
def write_themes(token: str) -> Any:
    wanted, filters = _quarter(token), asked_filters()
    back = url_for("reports.themes", token=wanted.token, **query_of(filters))
    name = f"Why we lose, {quarter_words(wanted).lower()}"
    return _write(ReportKind.THEMES, queries.themes_subject(wanted.token, filters), name, back)


@blueprint.get("/reports/deals/<public_id>")
@guarded("reports.view")
def deal(public_id: str) -> Any:
    found = get_deal(current_session(), viewer(), public_id)
    if is_blind_on_deal(current_session(), viewer(), found):
        flash("You tag an interview of it a second time: the summary opens once both are done.")
        return redirect(url_for("deals.deal", public_id=public_id))
    audience = chosen_audience(viewer(), ReportKind.DEAL, request.args.get("audience"))
    summary = deal_summary(current_session(), found, audience)
    return render_template(
        "reports/deal.html",
        summary=summary,
        title=summary.written.headline or summary.title,
        deal_title=title_for(viewer(), found),
        words=words,
        audience=audience,
        audiences=audiences_of(viewer()),
        life=life_of(ReportKind.DEAL, found.public_id, audience),
        paper=None,
    )


@blueprint.post("/reports/deals/<public_id>/pdf")
@guarded("reports.view")
def deal_pdf(public_id: str) -> Any:
    return _print(
        ReportKind.DEAL, queries.deal_told(current_session(), viewer(), public_id).public_id
    )


@blueprint.route("/reports/deals/<public_id>/write", methods=["GET", "POST"])
@guarded("reports.write")
def write_deal(public_id: str) -> Any:
    found = queries.deal_told(current_session(), viewer(), public_id)
    back = url_for("reports.deal", public_id=public_id)
    return _write(ReportKind.DEAL, queries.deal_subject(found), title_for(viewer(), found), back)


@blueprint.get("/reports/files/<public_id>")
@guarded("reports.view")
def file(public_id: str) -> Any:
    """How far the PDF is, and then where to get it."""
    job = _own_job(public_id)
    return render_template("reports/file.html", job=job, back=_address_of(job))


@blueprint.get("/reports/files/<public_id>/download")
@guarded("reports.view")
def download(public_id: str) -> Any:
    """The file, to whoever asked for it and still sees what it is about."""
    job = _own_job(public_id)
    if job.state is not JobState.DONE:
        raise NotFound
    storage: Storage = current_app.extensions["because_storage"]
    if "file" not in job.result or not storage.has(job.result["file"]):
        raise NotFound
    form = FileForm(job.payload.get("form", FileForm.PDF.value))
    name = f"because-{job.payload['kind']}-{job.payload['subject'][:8]}.{form.value}"
    blocks: Iterator[bytes] = storage.open_range(job.result["file"])
    return Response(
        stream_with_context(blocks),
        mimetype=_MIME[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.post("/reports/files/<public_id>/again")
@guarded("reports.view")
def print_again(public_id: str) -> Any:
    """The same report as it stands now."""
    asked = dict(_own_job(public_id).payload)
    filters = Filters.parse((key, value) for key, value in asked.pop("filters", ()))
    kind = ReportKind(asked.pop("kind"))
    form = FileForm(asked.get("form", FileForm.PDF.value))
    return _print(kind, asked["subject"], asked["audience"], filters=filters, form=form)


def _print(
    kind: ReportKind,
    subject: str,
    audience: str | None = None,
    *,
    filters: Filters = EVERYTHING,
    form: FileForm | None = None,
) -> Any:
    """Let the worker make the file that is asked for."""
    try:
        form = form or FileForm(request.form.get("form", FileForm.PDF.value))
    except ValueError:
        abort(400)
    readers = chosen_audience(viewer(), kind, audience or request.form.get("audience"))
    job = enqueue(
        current_session(),
        "reports.pdf",
        viewer().actor,
        kind=kind.value,
        subject=subject,
        audience=readers.value,
        filters=[list(pair) for pair in filters.pairs],
        form=form.value,
    )
    return redirect(url_for("reports.file", public_id=job.public_id))


def _write(kind: ReportKind, subject: str, name: str, back: str) -> Any:
    written = queries.written_parts(current_session(), subject)
    comments = {f"comment_{section}": words for section, words in written.comments.items()}
    form = written_form(kind, headline=written.headline, to_do=written.to_do, **comments)
    if form.validate_on_submit():
        operations.write_parts(
            current_session(),
            viewer().actor,
            subject,
            headline=form.headline.data or "",
            to_do=form.to_do.data or "",
            comments=form.comments,
        )
        back_to_draft(current_session(), subject)
        flash("Kept.")
        return redirect(back)
    page = render_template("reports/write.html", form=form, name=name, back=back)
    return (page, INVALID) if form.errors else page


def _own_job(public_id: str) -> Job:
    """Raises NotFound for somebody else's, and where its deal may no longer be seen."""
    job = get_own_job(current_session(), public_id, viewer().user_id)
    if job is None or job.name != "reports.pdf":
        raise NotFound
    chosen_audience(viewer(), ReportKind(job.payload["kind"]), job.payload["audience"])
    if job.payload["kind"] == "deal":
        queries.deal_told(current_session(), viewer(), job.payload["subject"])
    return job


def _address_of(job: Job) -> str:
    subject, audience = job.payload["subject"], job.payload["audience"]
    if job.payload["kind"] == "deal":
        return url_for("reports.deal", public_id=subject, audience=audience)
    if job.payload["kind"] == ReportKind.THEMES:
        filters = Filters.parse((key, value) for key, value in job.payload["filters"])
        return url_for("reports.themes", token=subject, audience=audience, **query_of(filters))
    return url_for("reports.quarter", token=subject, audience=audience)


def _quarter(token: str) -> Quarter:
    try:
        return Quarter.parse(token, workspace(current_session()).fiscal_year_first_month)
    except ValueError:
        raise NotFound from None


def _quarters() -> list[Quarter]:
    """From the latest quarter, never one that lies ahead, back to the first."""
    session, today = current_session(), _today()
    days = closing_dates(session)
    if days is None:
        return []
    first_month = workspace(session).fiscal_year_first_month
    latest = Quarter.containing(last_closing_until(session, today) or today, first_month)
    first = Quarter.containing(days[0], first_month)
    quarters = [latest]
    while quarters[-1] > first and len(quarters) < _MOST_QUARTERS:
        quarters.append(quarters[-1].shifted(-1))
    return quarters


def _today() -> date:
    return clock.now().astimezone(zone(workspace(current_session()).time_zone)).date()
