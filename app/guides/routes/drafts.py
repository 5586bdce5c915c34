"""A draft as a whole: begun from a version, from nothing or from YAML; looked over; discarded."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.forms import with_line_feeds
from app.core.marked_yaml import Problem, UnreadableFileError
from app.guides import drafts, queries
from app.guides.forms import ImportForm, NewGuideForm
from app.guides.reading import read_guide
from app.guides.routes.blueprint import INVALID, blueprint


@blueprint.route("/guides/new", methods=["GET", "POST"])
@guarded("guides.edit")
def new() -> Any:
    session = current_session()
    form = NewGuideForm()
    versions = [*queries.newest_versions(session), *queries.archived_versions(session)]
    form.offer(versions)
    if form.validate_on_submit():
        start = next((each for each in versions if each.slug == form.start.data), None)
        draft = drafts.begin_new(session, viewer().actor, form.title.text, start)
        return redirect(url_for("guides.draft", slug=draft.slug))
    page = render_template("guides/new.html", form=form)
    return (page, INVALID) if form.errors else page


@blueprint.route("/guides/import", methods=["GET", "POST"])
@guarded("guides.edit")
def import_yaml() -> Any:
    form = ImportForm()
    problems: tuple[Problem, ...] = ()
    under_way = False
    if form.validate_on_submit():
        name, text = _yaml(form)
        if not form.errors:
            try:
                guide = read_guide(text, name)
                if guide.id in drafts.RESERVED:
                    form.text.errors = [f"'{guide.id}' is the name of a page; choose another id."]
                else:
                    draft = drafts.bring_in(
                        current_session(), viewer().actor, guide, text, replace=form.replace.data
                    )
                    flash(f"{guide.title} is read, as a draft. Look it over, then publish it.")
                    return redirect(url_for("guides.draft", slug=draft.slug))
            except UnreadableFileError as mistakes:
                problems = mistakes.problems
            except drafts.DraftUnderWay as refusal:
                under_way = True
                form.text.errors = [str(refusal)]
        form.text.data = text
    page = render_template("guides/import.html", form=form, problems=problems, under_way=under_way)
    return (page, INVALID) if form.errors or problems else page


@blueprint.post("/guides/<slug>/draft/begin")
@guarded("guides.edit")
def begin(slug: str) -> Any:
    session = current_session()
    drafts.begin(session, viewer().actor, queries.versions_of(session, slug)[0])
    return redirect(url_for("guides.draft", slug=slug))


@blueprint.post("/guides/<slug>/draft/take-shipped")
@guarded("guides.edit")
def take_shipped(slug: str) -> Any:
    session = current_session()
    text = queries.find_shipped_text(session, slug)
    if text is None:
        raise NotFound
    try:
        drafts.begin_from_shipped(session, viewer().actor, text)
    except drafts.DraftUnderWay as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("guides.draft", slug=slug))


@blueprint.post("/guides/<slug>/draft/discard")
@guarded("guides.edit")
def discard(slug: str) -> Any:
    session = current_session()
    drafts.discard(session, viewer().actor, queries.get_draft(session, slug))
    flash("The draft is discarded.")
    if queries.newest_version(session, slug) is None:
        return redirect(url_for("guides.index"))
    return redirect(url_for("guides.guide", slug=slug))


def _yaml(form: ImportForm) -> tuple[str, str]:
    """The file's name and text, or what was pasted. A file is kept to the byte."""
    upload = request.files.get(form.file.name)
    if upload is None or not upload.filename:
        text = with_line_feeds(form.text.text) or ""
        if not text.strip():
            form.text.errors = ["Choose a file, or paste its text."]
        return "pasted", text
    try:
        return upload.filename, upload.read().decode("utf-8")
    except UnicodeDecodeError:
        form.file.errors = ["The file is not UTF-8; save it as UTF-8."]
        return upload.filename, form.text.text
