"""The ledger of what buyers are given, the rule of each programme, and the accounting's file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from app.core import clock
from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.formats import minor_digits
from app.core.refusals import told, told_at
from app.core.spreadsheets import csv_lines
from app.identity.queries import workspace
from app.interviews.queries import get_interview
from app.programmes.queries import get_programme
from app.thanks import operations, queries, words
from app.thanks.forms import RuleForm, SentForm, ThanksForm
from app.thanks.models import Thanks
from app.thanks.operations import CannotThank
from app.thanks.queries import Show

blueprint = Blueprint("thanks", __name__, template_folder="../templates")

_INVALID = 422
_MOST_DIGITS = 15
_HEADER = (
    *("Offered", "Buyer", "Company", "Deal", "Programme", "Kind", "Amount", "Currency", "Cause"),
    *("State", "Why", "Approved by", "Approved", "Sent by", "Sent", "Receipt or order"),
    "Declined",
)


@blueprint.get("/thanks")
@guarded("thanks.edit")
def index() -> Any:
    session, who = current_session(), viewer()
    asked = request.args.get("show", "")
    show = Show(asked) if asked in tuple(Show) else Show.OPEN
    rows, next_before = queries.ledger(session, who, show, before=_before())
    year = clock.now().year
    return render_template(
        "thanks/index.html",
        rows=rows,
        show=show,
        count_open=queries.count_open(session, who),
        next_before=next_before,
        year=year,
        years=queries.years(session),
        sent=queries.sent_in(session, year),
        promised=queries.promised(session),
        words=words,
    )


@blueprint.get("/thanks.csv")
@guarded("thanks.edit")
def export() -> Response:
    """A year for the accounting, or all of it."""
    session, who = current_session(), viewer()
    asked = request.args.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
    rows = queries.all_of_year(session, who, year)
    name = f"thanks-{year}.csv" if year else "thanks.csv"
    response = Response(csv_lines(_HEADER, _cells(rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.route("/thanks/<uuid:public_id>", methods=["GET", "POST"])
@guarded("thanks.edit")
def edit(public_id: object) -> Any:
    row = _row(public_id)
    form = ThanksForm()
    if request.method == "GET":
        form.show(row, workspace(current_session()).currency)
    elif form.validate():
        with told_at(form.kind, CannotThank):
            operations.change(
                current_session(), viewer().actor, row, **form.given(), cause=form.cause.text
            )
            flash("Saved.", "success")
            return redirect(url_for("thanks.index"), 303)
    page = render_template("thanks/edit.html", form=form, interview=row.interview, row=row)
    return (page, _INVALID) if form.errors else page


@blueprint.route("/interviews/<public_id>/thanks", methods=["GET", "POST"])
@guarded("thanks.edit")
def offer(public_id: str) -> Any:
    """Something that no rule offers."""
    session, who = current_session(), viewer()
    interview = get_interview(session, who, public_id)
    row = queries.thanks_for(session, interview)
    if row is not None:
        return redirect(url_for("thanks.edit", public_id=row.public_id), 303)
    form = ThanksForm()
    if request.method == "GET":
        form.show(None, workspace(session).currency)
    elif form.validate():
        with told_at(form.kind, CannotThank):
            operations.offer(session, who.actor, interview, **form.given(), cause=form.cause.text)
            flash("It is in the ledger, to be approved.", "success")
            return redirect(url_for("interviews.page", public_id=public_id), 303)
    page = render_template("thanks/edit.html", form=form, interview=interview, row=None)
    return (page, _INVALID) if form.errors else page


@blueprint.post("/thanks/<uuid:public_id>/approve")
@guarded("thanks.edit")
def approve(public_id: object) -> Any:
    with told("Approved. Send it, and note it as sent.", CannotThank):
        operations.approve(current_session(), viewer().actor, _row(public_id))
    return redirect(url_for("thanks.index"), 303)


@blueprint.route("/thanks/<uuid:public_id>/sent", methods=["GET", "POST"])
@guarded("thanks.edit")
def sent(public_id: object) -> Any:
    row, form = _row(public_id), SentForm()
    if form.validate_on_submit():
        with told_at(form.reference, CannotThank):
            operations.note_sent(current_session(), viewer().actor, row, form.reference.text)
            flash("Noted as sent.", "success")
            return redirect(url_for("thanks.index"), 303)
    page = render_template("thanks/sent.html", form=form, row=row, words=words)
    return (page, _INVALID) if form.errors else page


@blueprint.post("/thanks/<uuid:public_id>/decline")
@guarded("thanks.edit")
def decline(public_id: object) -> Any:
    """They said so on the telephone, or in a mail."""
    row = _row(public_id)
    operations.decline(current_session(), viewer().actor, row)
    flash("Noted: they would rather have nothing.", "success")
    return redirect(url_for("thanks.index"), 303)


@blueprint.route("/programmes/<uuid:public_id>/thanks", methods=["GET", "POST"])
@guarded("thanks.edit")
def rule(public_id: object) -> Any:
    session = current_session()
    programme = get_programme(session, str(public_id))
    form = RuleForm()
    form.offer(queries.industries(session))
    if request.method == "GET":
        form.show(queries.rule_of(session, programme.id), workspace(session).currency)
    elif form.validate():
        operations.set_rule(
            session,
            viewer().actor,
            programme,
            **form.given(),
            causes=form.listed,
            left_out_industries=form.left_out.data or [],
        )
        flash("Saved. It holds for whoever is heard from now on.", "success")
        return redirect(url_for("programmes.programme", public_id=programme.public_id), 303)
    page = render_template("thanks/rule.html", form=form, programme=programme)
    return (page, _INVALID) if form.errors else page


def _cells(rows: Any) -> Iterator[list[object]]:
    for row in rows:
        interview = row.interview
        contact, account = interview.contact, interview.deal.account
        yield [
            row.offered_at.date().isoformat(),
            contact.name if contact is not None else "",
            account.name if account is not None else "",
            interview.deal.name,
            row.programme.name if row.programme is not None else "",
            words.SHORT_KINDS[row.kind],
            _amount(row),
            row.currency,
            row.cause,
            words.STATES[row.state],
            row.why,
            row.approved_by_name,
            row.approved_at.date().isoformat() if row.approved_at else "",
            row.sent_by_name,
            row.sent_at.date().isoformat() if row.sent_at else "",
            row.reference,
            row.declined_at.date().isoformat() if row.declined_at else "",
        ]


def _amount(row: Thanks) -> object:
    """In whole units, as an accounting program reads it."""
    if row.amount_minor is None:
        return ""
    return Decimal(row.amount_minor).scaleb(-minor_digits(row.currency))


def _row(public_id: object) -> Thanks:
    return queries.get_thanks(current_session(), viewer(), str(public_id))


def _before() -> int | None:
    before = request.args.get("before", "")
    is_number = before.isascii() and before.isdecimal() and len(before) <= _MOST_DIGITS
    return int(before) if is_number else None
