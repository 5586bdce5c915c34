"""The box, what it found, and searches that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    stream_with_context,
    url_for,
)

from app.core.access import Viewer, guarded, viewer
from app.core.db import Database
from app.core.edge import current_session, database
from app.core.spreadsheets import Sheet, csv_lines, workbook
from app.search import exporting, operations, queries
from app.search.asking import EXAMPLES, FILTERS, Asked, read
from app.search.forms import SaveForm
from app.search.models import Kind
from app.search.showing import results
from app.search.words import KINDS

blueprint = Blueprint("search", __name__, template_folder="templates", url_prefix="/search")

_MOST_DIGITS = 9


@blueprint.get("")
@guarded("signed_in")
def page() -> str:
    session, who = current_session(), viewer()
    typed = request.args.get("q", "").strip()
    asked, after = read(typed), _after()
    tabs = queries.kinds_for(asked)
    kind = tabs[0] if len(tabs) == 1 else _kind()
    saved = queries.saved_searches(session, who)
    return render_template(
        "search/page.html",
        typed=typed,
        asked=asked,
        kind=kind,
        kinds=KINDS,
        tabs=tabs,
        results=results(session, who, asked, kind, after) if asked else None,
        saved=saved,
        is_saved=any(each.asked == typed for each in saved),
        filters=FILTERS,
        examples=EXAMPLES,
        form=SaveForm(q=typed),
    )


@blueprint.get("/quotes.csv")
@guarded("signed_in")
def as_csv() -> Response:
    """Every quote that the search finds, sent while it is read."""
    return Response(
        stream_with_context(_csv(database(), viewer(), read(request.args.get("q", "")))),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="quotes.csv"'},
    )


@blueprint.get("/quotes.xlsx")
@guarded("signed_in")
def as_xlsx() -> Response:
    asked = read(request.args.get("q", ""))
    file = workbook(
        [Sheet("Quotes", exporting.COLUMNS, exporting.rows(current_session(), viewer(), asked))]
    )
    return send_file(
        file,
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_attachment=True,
        download_name="quotes.xlsx",
    )


@blueprint.post("/saved")
@guarded("signed_in")
def save() -> Any:
    form = SaveForm()
    typed = form.q.text
    if form.validate() and read(typed):
        operations.save(current_session(), viewer(), typed)
        flash("The search is kept. It stands at the side.")
    else:
        flash("There is nothing to keep: type some words first.", "error")
    return redirect(url_for("search.page", q=typed), 303)


@blueprint.post("/saved/<public_id>/<any(subscribe, leave, forget):what>")
@guarded("signed_in")
def change_saved(public_id: str, what: str) -> Any:
    session, who = current_session(), viewer()
    saved = queries.saved_search(session, who, public_id)
    if what == "forget":
        operations.forget(session, who, saved)
        flash("The search is forgotten.")
        return redirect(url_for("search.page"), 303)
    operations.subscribe(session, who, saved, is_wanted=what == "subscribe")
    flash(
        "You will get a mail when it finds more, once a day at most."
        if what == "subscribe"
        else "No more mails about it."
    )
    return redirect(url_for("search.page", q=saved.asked), 303)


def _csv(db: Database, who: Viewer, asked: Asked) -> Iterator[str]:
    # In a session of its own: the request's is closed before the last line is sent.
    with db.reading() as session:
        yield from csv_lines(exporting.COLUMNS, exporting.rows(session, who, asked))


def _kind() -> Kind | None:
    given = request.args.get("in", "")
    return Kind(given) if given in list(Kind) else None


def _after() -> int | None:
    given = request.args.get("after", "")
    return int(given) if given.isdecimal() and len(given) <= _MOST_DIGITS else None
