"""A report's way on pages: read over, published, its versions, two compared, and links to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl

from flask import (
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

from app.analytics.few import FEWEST_ACCOUNTS, differ_by_few, knows_who
from app.analytics.filters import Filters
from app.core.access import NotFound, guarded, public, viewer
from app.core.edge import current_session, settings
from app.core.formats import plural, zone
from app.core.links import outside_link
from app.core.storage import Storage
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.reports import issue_queries, issuing, linking, mailing, queries
from app.reports.audiences import audiences_of, chosen_audience
from app.reports.comparing import compared
from app.reports.forms import LinkForm, MailForm, ScheduleForm
from app.reports.life import STATE_WORDS, query_of
from app.reports.models import Issue, Report, ReportKind, Why
from app.reports.routes import INVALID, blueprint
from app.reports.themes import TooFewBuyers
from app.reports.wording import words

_GONE = 410
_WHY_WORDS = {
    Why.PUBLISHED: "Published",
    Why.ANEW: "Published anew",
    Why.WITHDRAWN: "Issued anew: a buyer took words back or changed them",
}


@blueprint.post("/reports/review")
@guarded("reports.write")
def ask_for_review() -> Any:
    """The draft that the form names is to be read over."""
    kind, subject, filters = _named_report()
    audience = chosen_audience(viewer(), kind, request.form.get("audience"))
    try:
        issuing.ask_for_review(current_session(), viewer().actor, kind, subject, audience, filters)
        flash("It waits to be read over.")
    except TooFewBuyers as refusal:
        flash(str(refusal), "error")
    return redirect(_draft(kind, subject, audience.value, filters))


@blueprint.post("/reports/published/<public_id>/reviewed")
@guarded("reports.write")
def review(public_id: str) -> Any:
    report = _report(public_id)
    issuing.review(current_session(), viewer().actor, report)
    flash("Read over. It can be published now.")
    return redirect(_draft_of(report))


@blueprint.post("/reports/published/<public_id>/publish")
@guarded("reports.write")
def publish(public_id: str) -> Any:
    """The worker prints it; the page of its progress leads to it."""
    report = _report(public_id)
    try:
        job = issuing.publish(current_session(), viewer().actor, report)
    except issuing.NotReviewed as refusal:
        flash(str(refusal), "error")
        return redirect(_draft_of(report))
    return redirect(url_for("reports.publishing", public_id=job.public_id))


@blueprint.get("/reports/publishing/<public_id>")
@guarded("reports.write")
def publishing(public_id: str) -> Any:
    """How far it is, and then the version."""
    job = issue_queries.own_job(current_session(), public_id, viewer().user_id, issuing.ISSUE)
    return render_template("reports/publishing.html", job=job)


@blueprint.get("/reports/versions/<public_id>")
@guarded("reports.view")
def version(public_id: str) -> Any:
    """One version of a published report: what it is, what changed, and its file."""
    return _page(_issue(public_id))


@blueprint.get("/reports/versions/<public_id>/pdf")
@guarded("reports.view")
def version_pdf(public_id: str) -> Any:
    return _file(_issue(public_id))


@blueprint.get("/reports/versions/<public_id>/compared/<other_id>")
@guarded("reports.view")
def compare(public_id: str, other_id: str) -> Any:
    """Two published reports of one kind, figure by figure; the earlier one first."""
    pair = [_issue(public_id), _issue(other_id)]
    if pair[0].report.kind is not pair[1].report.kind:
        raise NotFound
    before, after = sorted(pair, key=lambda issue: (issue.report.subject, issue.number))
    kept_back = not knows_who(viewer()) and _differ_by_few(before.report, after.report)
    return render_template(
        "reports/compare.html",
        before=before,
        after=after,
        groups=[] if kept_back else compared(before.data, after.data),
        kept_back_under=FEWEST_ACCOUNTS if kept_back else None,
    )


@blueprint.post("/reports/versions/<public_id>/links")
@guarded("reports.write")
def make_link(public_id: str) -> Any:
    issue = _issue(public_id)
    form = LinkForm()
    if not form.validate() or form.ends_on.data is None:
        return _page(issue, form), INVALID
    ends_at = datetime.combine(
        form.ends_on.data + timedelta(days=1),
        time.min,
        zone(workspace(current_session()).time_zone),
    )
    token = linking.make_link(current_session(), viewer().actor, issue.report, ends_at)
    return _page(issue, new_link=outside_link("reports.by_link", token=token))


@blueprint.post("/reports/versions/<public_id>/links/<link_id>/end")
@guarded("reports.write")
def end_link(public_id: str, link_id: str) -> Any:
    issue = _issue(public_id)
    linking.end_link(current_session(), viewer().actor, issue.report, link_id)
    flash("The link has ended.")
    return redirect(url_for("reports.version", public_id=public_id))


@blueprint.post("/reports/versions/<public_id>/mail")
@guarded("reports.write")
def mail(public_id: str) -> Any:
    """Write its five lines to everybody for whom it is."""
    issue = _issue(public_id)
    if not issue.is_served:
        raise NotFound
    form = MailForm()
    if not form.validate():
        abort(400)
    sent = mailing.mail_issue(
        current_session(), settings(), viewer().actor, issue, as_pdf=form.way.data == "pdf"
    )
    flash(f"Written to {plural(sent, 'reader')}.")
    return redirect(url_for("reports.version", public_id=public_id))


@blueprint.route("/reports/schedule", methods=["GET", "POST"])
@guarded("reports.write")
def schedule() -> Any:
    """When the quarter's report is mailed, by audience."""
    form = ScheduleForm()
    session = current_session()
    if request.method == "GET":
        for row in issue_queries.schedules(session):
            form[row.audience.value].data = row.days_after
            form[f"{row.audience.value}_way"].data = "pdf" if row.as_pdf else "link"
    elif form.validate():
        for audience in Audience:
            mailing.set_schedule(
                session,
                viewer().actor,
                audience,
                form[audience.value].data,
                as_pdf=form[f"{audience.value}_way"].data == "pdf",
            )
        flash("Kept.")
        return redirect(url_for("reports.index"))
    page = render_template("reports/schedule.html", form=form)
    return (page, INVALID) if form.errors else page


@blueprint.get("/read/<token>")
@public("The address is the proof; it was given by who published the report, and ends.")
def by_link(token: str) -> Any:
    """The version that is given out now, for as long as the link lasts."""
    link = issue_queries.usable_link(current_session(), token)
    issue = issue_queries.served_issue(current_session(), link.report) if link else None
    if issue is None:
        return render_template("reports/link_gone.html", is_coming=link is not None), _GONE
    return _file(issue, inline=True)


def _page(issue: Issue, form: LinkForm | None = None, new_link: str = "") -> str:
    session = current_session()
    may_write = viewer().may("reports.write")
    others = [
        other
        for other in issue_queries.served_issues(
            session, audiences_of(viewer()), (issue.report.kind,)
        )
        if other.id != issue.id and issue.report.kind is not ReportKind.DEAL
    ]
    return render_template(
        "reports/version.html",
        issue=issue,
        versions=issue_queries.issues_of(session, issue.report),
        others=others,
        draft=_draft_of(issue.report),
        why_words=_WHY_WORDS,
        state_words=STATE_WORDS,
        words=words,
        form=form or LinkForm(formdata=None),
        links=issue_queries.links_of(session, issue.report) if may_write else [],
        new_link=new_link,
        may_write=may_write,
        mail_form=MailForm(formdata=None),
        readers=len(mailing.readers_of(session, issue.report)) if may_write else 0,
    )


def _file(issue: Issue, *, inline: bool = False) -> Response:
    """Only what is served is given out."""
    storage: Storage = current_app.extensions["because_storage"]
    if not issue.is_served or not issue.pdf_key or not storage.has(issue.pdf_key):
        raise NotFound
    blocks: Iterator[bytes] = storage.open_range(issue.pdf_key)
    way = "inline" if inline else "attachment"
    return Response(
        stream_with_context(blocks),
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'{way}; filename="{mailing.file_name(issue)}"',
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        },
    )


def _issue(public_id: str) -> Issue:
    """Raises NotFound where its audience is not the viewer's, or its deal may not be seen."""
    issue = issue_queries.issue_by_public_id(current_session(), public_id)
    _check_may_read(issue.report)
    return issue


def _differ_by_few(one: Report, other: Report) -> bool:
    if one.kind is not ReportKind.THEMES:
        return False
    first_month = workspace(current_session()).fiscal_year_first_month
    looked = [issue_queries.looked_at(report, first_month) for report in (one, other)]
    return differ_by_few(current_session(), *looked)


def _report(public_id: str) -> Report:
    report = issue_queries.report_by_public_id(current_session(), public_id)
    _check_may_read(report)
    return report


def _check_may_read(report: Report) -> None:
    chosen_audience(viewer(), report.kind, report.audience.value)
    if report.kind is ReportKind.DEAL:
        queries.deal_told(current_session(), viewer(), report.subject)


def _named_report() -> tuple[ReportKind, str, Filters]:
    try:
        kind = ReportKind(request.form.get("kind", ""))
        filters = Filters.parse(parse_qsl(request.form.get("narrowed", "")))
    except ValueError:
        abort(400)
    subject = request.form.get("subject", "")
    if kind is ReportKind.DEAL:
        queries.deal_told(current_session(), viewer(), subject)
    elif not linking.is_quarter(subject):
        abort(400)
    return kind, subject, filters


def _draft_of(report: Report) -> str:
    return _draft(
        report.kind, report.subject, report.audience.value, issue_queries.filters_of(report)
    )


def _draft(kind: ReportKind, subject: str, audience: str, filters: Filters) -> str:
    if kind is ReportKind.DEAL:
        return url_for("reports.deal", public_id=subject, audience=audience)
    if kind is ReportKind.THEMES:
        return url_for("reports.themes", token=subject, audience=audience, **query_of(filters))
    return url_for("reports.quarter", token=subject, audience=audience)
