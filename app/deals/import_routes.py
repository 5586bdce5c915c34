"""The pages of the import: give the files, see what was understood, answer, import, look."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.formats import plural
from app.core.jobs import enqueue, get_own_job
from app.core.storage import Storage
from app.deals.expectation import expect
from app.deals.importing import operations, pages, products, queries, results
from app.deals.importing.forms import FilesForm, MoreFilesForm
from app.deals.importing.opening import Opened, open_deals
from app.deals.importing.options import Options
from app.deals.importing.uploads import files_of, forget_files, keep_files, open_import
from app.deals.models import DealImport, ImportState, StagedState
from app.deals.queries import closed_deals
from app.deals.reading.answers import BadOption
from app.deals.reading.files import FileProblem
from app.deals.words import OUTCOME_WORDS
from app.identity.queries import workspace

blueprint = Blueprint(
    "deals_import", __name__, url_prefix="/deals/import", template_folder="templates"
)
INVALID = 422


@blueprint.route("", methods=["GET", "POST"])
@guarded("deals.import")
def start() -> Any:
    """The files; below them the imports of earlier days."""
    session = current_session()
    form = FilesForm()
    if form.validate_on_submit():
        files = keep_files(_storage(), {kind: form[kind].data for kind in pages.FILE_WORDS})
        options = Options(currency=workspace(session).currency)
        row = operations.add_import(session, viewer().actor, files["deals"]["name"], files, options)
        return redirect(url_for("deals_import.show", public_id=row.public_id))
    page = render_template(
        "deals/import/start.html",
        form=form,
        imports=queries.imports(session),
        spellings=queries.product_spellings(session),
        states=_STATE_WORDS,
    )
    return (page, INVALID) if form.errors else page


@blueprint.get("/<public_id>")
@guarded("deals.import")
def show(public_id: str) -> Any:
    row = queries.get_import(current_session(), public_id)
    job = _running_job(row)
    if job is not None or row.state in queries.UNFINISHED:
        return render_template("deals/import/progress.html", row=row, job=job)
    if row.state is ImportState.DONE:
        return _result(row)
    return _check(row)


@blueprint.post("/<public_id>/files")
@guarded("deals.import")
def change_files(public_id: str) -> Any:
    """Replace a file, or add one; the others stay."""
    row = _asking(public_id)
    form = MoreFilesForm()
    given = keep_files(_storage(), {kind: form[kind].data for kind in pages.FILE_WORDS})
    operations.change_files(row, given)
    return redirect(url_for("deals_import.show", public_id=public_id))


@blueprint.post("/<public_id>")
@guarded("deals.import")
def answer(public_id: str) -> Any:
    """Keep what was chosen and said; then look again, rehearse, or import."""
    session = current_session()
    row = _asking(public_id)
    options = pages.with_answers(Options.from_json(row.answers), request.form)
    try:
        table = open_deals(files_of(_storage(), row)["deals"])
        options = replace(options, columns=pages.chosen_columns(table, request.form))
    except (FileProblem, FileNotFoundError):
        pass  # the page says so, and keeps the answers
    if request.form.get("act") == "forget":
        options = replace(options, outcomes=(), date_format=None, no_amount=())
    operations.change_options(row, options)
    if request.form.get("act") in ("rehearse", "import"):
        job = enqueue(
            session,
            "deals.import",
            viewer().actor,
            import_id=row.id,
            rehearse=request.form["act"] == "rehearse",
        )
        operations.note_job(row, job.public_id)
    return redirect(url_for("deals_import.show", public_id=public_id))


@blueprint.post("/<public_id>/resume")
@guarded("deals.import")
def resume(public_id: str) -> Any:
    """Go on with an import that stopped in the middle."""
    session = current_session()
    row = queries.get_import(session, public_id)
    if row.state in queries.UNFINISHED:
        job = enqueue(session, "deals.import", viewer().actor, import_id=row.id)
        operations.note_job(row, job.public_id)
    return redirect(url_for("deals_import.show", public_id=public_id))


@blueprint.post("/<public_id>/discard")
@guarded("deals.import")
def discard(public_id: str) -> Any:
    """Give up an import that has not begun, and its files."""
    row = _asking(public_id)
    forget_files(_storage(), row)
    operations.discard(current_session(), viewer().actor, row)
    flash("The import is given up. Nothing was changed.")
    return redirect(url_for("deals_import.start"))


@blueprint.get("/<public_id>/refused.csv")
@guarded("deals.import")
def refused(public_id: str) -> Any:
    session = current_session()
    row = queries.get_import(session, public_id)
    content = "".join(results.refused_csv(session, row))
    name = f'attachment; filename="refused-{row.id}.csv"'
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": name})


@blueprint.post("/products/merge")
@guarded("deals.import")
def merge_product() -> Any:
    """A person says that two spellings are one product."""
    spelling, product = request.form.get("spelling", ""), request.form.get("product", "")
    if spelling and product and spelling != product:
        session = current_session()
        count = products.merge_product(session, viewer().actor, spelling, product)
        deals = plural(count, "deal")
        flash(f"{deals} of ‘{spelling}’ now count as ‘{product}’. Imports keep to it.")
    return redirect(_back())


@blueprint.post("/products/part")
@guarded("deals.import")
def part_product() -> Any:
    """Undo that."""
    session = current_session()
    row = queries.get_product_spelling(session, request.form.get("spelling", ""))
    count = products.part_product(session, viewer().actor, row)
    flash(f"{plural(count, 'deal')} count as ‘{row.spelling}’ again.")
    return redirect(_back())


def _check(row: DealImport) -> Any:
    session = current_session()
    options = Options.from_json(row.answers)
    opened: Opened | None = None
    problem = row.message
    try:
        opened = open_import(session, _storage(), row, options)
    except (FileProblem, BadOption) as error:
        problem = str(error)
    return render_template(
        "deals/import/check.html",
        row=row,
        opened=opened,
        problem=problem,
        options=options,
        columns=pages.column_choices(opened) if opened else [],
        questions=pages.questions(opened) if opened else [],
        said=pages.said(options, opened.outcomes if opened else ()),
        files_form=MoreFilesForm(),
        file_words=pages.FILE_WORDS,
        field_words=pages.TOLD_WORDS,
        source_words=pages.SOURCE_WORDS,
        outcome_words=OUTCOME_WORDS,
        rehearsal=row.counts.get("rehearsal"),
    )


def _result(row: DealImport) -> Any:
    session = current_session()
    merged = {each.spelling: each.product for each in queries.product_spellings(session)}
    return render_template(
        "deals/import/result.html",
        row=row,
        counts=results.counts(row.counts),
        refused=results.told(session, row, StagedState.REFUSED, _SHOWN),
        flags=results.told(session, row, StagedState.APPLIED, _SHOWN),
        repeated=results.told(session, row, StagedState.IGNORED, _SHOWN),
        shown=_SHOWN,
        merged=merged,
        expected=expect(closed_deals(session)),
        outcome_words=OUTCOME_WORDS,
        file_words=pages.FILE_WORDS,
        field_words=pages.TOLD_WORDS,
    )


_SHOWN = 20
_STATE_WORDS = {
    ImportState.ASKING: "Waiting for you",
    ImportState.STAGING: "Under way",
    ImportState.APPLYING: "Under way",
    ImportState.DONE: "Done",
    ImportState.FAILED: "Could not be done",
}


def _asking(public_id: str) -> DealImport:
    return queries.get_asking_import(current_session(), public_id)


def _running_job(row: DealImport) -> Any:
    """The job of this import while it is at work, for whoever asked for it."""
    job_id = row.counts.get("job")
    job = get_own_job(current_session(), job_id, viewer().user_id) if job_id else None
    if job is not None and job.is_over:
        if row.state is ImportState.ASKING and job.message and job.state == "failed":
            flash(job.message, "error")
        return None
    return job


def _storage() -> Storage:
    storage: Storage = current_app.extensions["because_storage"]
    return storage


def _back() -> str:
    public_id = request.form.get("import_id", "")
    if public_id:
        return url_for("deals_import.show", public_id=public_id)
    return url_for("deals_import.start")
