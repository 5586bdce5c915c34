"""The reason list as a file, out and in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.core.formats import plural
from app.core.forms import Form
from app.interviews.confidence import sight_of
from app.tagging.codebook.entries import UnreadableList
from app.tagging.codebook.exchanging import bring_in, entries_of
from app.tagging.codebook.files import WRITERS, read_list
from app.tagging.codebook.project_in import bring_project_in
from app.tagging.codebook.project_out import project_of
from app.tagging.codebook.queries import latest_version
from app.tagging.codebook.refi.project import read_project, write_project
from app.tagging.double_coding.queries import blind
from app.tagging.routes.blueprint import INVALID, blueprint


class ListFileForm(Form):
    file = FileField("File", [FileRequired("Choose a file.")])


@blueprint.route("/reasons/files", methods=["GET", "POST"])
@guarded("codebook.edit")
def list_files() -> Any:
    """What goes out, and what comes in as one version that can be taken back."""
    form = ListFileForm()
    problems: Sequence[str] = ()
    if form.validate_on_submit():
        try:
            _take(form.file.data)
        except UnreadableList as refusal:
            discard_changes()
            problems = refusal.problems
            form.file.errors = problems if len(problems) == 1 else ["Choose the mended file."]
        else:
            return _to_latest_version()
    page = render_template(
        "tagging/list_files.html",
        form=form,
        problems=problems,
        takes_projects=viewer().may("interviews.import"),
    )
    return (page, INVALID) if form.errors else page


def _take(upload: FileStorage) -> None:
    """The list, or a whole project. Raises UnreadableList."""
    session, actor, name = current_session(), viewer().actor, upload.filename or ""
    content = upload.stream.read()
    if name.lower().endswith(".qdpx") and viewer().may("interviews.import"):
        brought = bring_project_in(session, actor, read_project(content), name)
        flash(
            f"{plural(brought.interviews, 'interview')}: {plural(brought.tags_added, 'tag')} added,"
            f" {brought.tags_changed} changed,"
            f" {plural(brought.tags_unchanged, 'tag')} as they were."
        )
        if brought.lost:
            words = plural(len(brought.lost), "quote")
            flash(f"{words} left out: the words no longer stand in the answer.", "error")
        return
    loaded = bring_in(session, actor, read_list(content, name), name)
    counts = f"{loaded.added} added, {loaded.changed} changed"
    flash(f"{counts}, {loaded.unchanged} as they were.")


@blueprint.get("/reasons/project.qdpx")
@guarded("interviews.import")
def project_file() -> Response:
    """Interviews, quotes and tags, as far as the viewer may read them and the words may leave."""
    reader = viewer()
    session = current_session()
    kept = set(session.scalars(blind(reader)))
    project = project_of(session, lambda each: each.id not in kept and sight_of(reader, each).words)
    headers = {"Content-Disposition": 'attachment; filename="because.qdpx"'}
    return Response(write_project(project), content_type="application/zip", headers=headers)


@blueprint.get("/reasons/list.<ending>")
@guarded("signed_in")
def list_file(ending: str) -> Response:
    if ending not in WRITERS:
        raise NotFound
    entries = entries_of(current_session())
    if not entries:
        raise NotFound
    written = WRITERS[ending](entries)
    name = f'attachment; filename="reasons.{ending}"'
    headers = {"Content-Disposition": name}
    return Response(written.content, content_type=written.mimetype, headers=headers)


def _to_latest_version() -> Any:
    version = latest_version(current_session())
    if version is None:
        return redirect(url_for("tagging.reason_list"), 303)
    return redirect(url_for("tagging.list_version", number=version.number), 303)
