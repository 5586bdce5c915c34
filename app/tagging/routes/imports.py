"""Interviews already held, brought in by the page."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.forms import Form
from app.interviews.reading import read_lines
from app.tagging.importing import Result, import_into
from app.tagging.routes.blueprint import INVALID, blueprint
from app.tagging.sheets import NotASheet, read_sheet, template

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(Form):
    file = FileField("File", [FileRequired("Choose a file.")])
    dry_run = BooleanField("Only check it, change nothing")


@blueprint.route("/interviews/import", methods=["GET", "POST"])
@guarded("interviews.import")
def import_interviews() -> Any:
    """A sheet as the template has it, or a file of one JSON object a line."""
    form = ImportForm()
    if not form.validate_on_submit():
        return render_template("tagging/import.html", form=form, result=None)
    try:
        result = _take(form)
    except NotASheet as problem:
        form.file.errors = [str(problem)]
        return render_template("tagging/import.html", form=form, result=None), INVALID
    if form.dry_run.data:
        current_session().rollback()
    return render_template("tagging/import.html", form=form, result=result)


def _take(form: ImportForm) -> Result:
    upload = form.file.data
    is_lines = (upload.filename or "").lower().endswith((".jsonl", ".ndjson", ".json"))
    lines = read_lines(upload.stream) if is_lines else read_sheet(upload.stream)
    return import_into(current_session(), viewer().actor, lines)


@blueprint.get("/interviews/import/template.xlsx")
@guarded("interviews.import")
def import_template() -> Response:
    name = 'attachment; filename="interviews.xlsx"'
    return Response(template(), mimetype=_XLSX, headers={"Content-Disposition": name})
