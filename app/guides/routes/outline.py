"""A draft's outline: what stands in which order; adding, moving, taking out, putting back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.guides import checking, drafting, drafts, queries
from app.guides.drafting import Content, NotThere
from app.guides.forms import NewQuestionForm, SectionForm
from app.guides.languages import missing_texts
from app.guides.models import GuideDraft
from app.guides.routes.blueprint import INVALID, blueprint
from app.guides.words import KIND_WORDS

_STEPS = {"up": -1, "down": 1}


@blueprint.get("/guides/<slug>/draft")
@guarded("guides.edit")
def draft(slug: str) -> str:
    return _page(queries.get_draft(current_session(), slug))


@blueprint.post("/guides/<slug>/draft/sections")
@guarded("guides.edit")
def add_section(slug: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    form = SectionForm(prefix="section-")
    if not form.validate():
        return _page(row, section_form=form), INVALID
    minutes = int(form.minutes.text)
    section_id = drafts.add_section(session, viewer().actor, row, form.title.text, minutes)
    return redirect(url_for("guides.draft", slug=slug, _anchor=f"section-{section_id}"))


@blueprint.post("/guides/<slug>/draft/sections/<section_id>/questions")
@guarded("guides.edit")
def add_question(slug: str, section_id: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    form = NewQuestionForm(prefix=f"{section_id}-")
    if not form.validate():
        return _page(row, question_form=form, section_id=section_id), INVALID
    question_id = drafts.add_question(
        session, viewer().actor, row, section_id, form.say.text, form.kind.data
    )
    return redirect(url_for("guides.question", slug=slug, question_id=question_id))


@blueprint.post("/guides/<slug>/draft/remove")
@guarded("guides.edit")
def remove(slug: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    is_section = request.form.get("part") == "section"
    drafts.remove(session, viewer().actor, row, request.form.get("id", ""), section=is_section)
    return _changed(row, f"{'The section' if is_section else 'The question'} is taken out.")


@blueprint.post("/guides/<slug>/draft/put-back")
@guarded("guides.edit")
def put_back(slug: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    drafts.put_back(session, viewer().actor, row, request.form.get("id", ""))
    return _changed(row, "It is back where it stood.")


@blueprint.post("/guides/<slug>/draft/move")
@guarded("guides.edit")
def move(slug: str) -> Any:
    """One up or down, to another section, or to a place in one."""
    session = current_session()
    row = queries.get_draft(session, slug)
    try:
        content = _moved(row.content)
    except NotThere as gone:
        raise NotFound from gone
    drafts.rearrange(session, viewer().actor, row, content)
    return _changed(row, _place(content), anchor=f"at-{request.form.get('id', '')}")


def _moved(content: Content) -> Content:
    form = request.form
    node_id, to = form.get("id", ""), form.get("to", "")
    is_section = form.get("part") == "section"
    if to in _STEPS:
        step = drafting.step_section if is_section else drafting.step_question
        return step(content, node_id, _STEPS[to])
    index = form.get("index", 10_000, type=int)
    if is_section:
        return drafting.move_section(content, node_id, index)
    return drafting.move_question(content, node_id, form.get("section", ""), index)


def _place(content: Content) -> str:
    """Where the moved part stands now, in words."""
    node_id = request.form.get("id", "")
    if request.form.get("part") == "section":
        sections = content["sections"]
        place = sections.index(drafting.find_section(content, node_id)) + 1
        return f"Now section {place} of {len(sections)}."
    section, question = drafting.find_question(content, node_id)
    place = section["questions"].index(question) + 1
    return f"Now {place} of {len(section['questions'])} in {section['title']}."


def _changed(row: GuideDraft, said: str, anchor: str | None = None) -> Any:
    """The outline anew for the page's script; else the page again."""
    if request.headers.get("HX-Request"):
        return render_template("guides/_outline.html", said=said, refused_in="", **_context(row))
    flash(said)
    return redirect(url_for("guides.draft", slug=row.slug, _anchor=anchor))


def _page(
    row: GuideDraft,
    section_form: SectionForm | None = None,
    question_form: NewQuestionForm | None = None,
    section_id: str = "",
) -> str:
    newest = queries.newest_version(current_session(), row.slug)
    return render_template(
        "guides/draft.html",
        newest=newest,
        is_behind=newest is not None and newest.number != row.based_on,
        section_form=section_form or SectionForm(prefix="section-", formdata=None),
        refused=question_form,
        refused_in=section_id,
        said="",
        **_context(row),
    )


def _context(row: GuideDraft) -> dict[str, Any]:
    content = row.content
    guide, faults = checking.guide_or_faults(content)
    forms = {
        section["id"]: NewQuestionForm(prefix=f"{section['id']}-", formdata=None)
        for section in content["sections"]
    }
    findings: dict[str, list[checking.Linted]] = {}
    for found in checking.linted(content):
        findings.setdefault(found.question_id, []).append(found)
    return {
        "draft": row,
        "content": content,
        "removed": drafts.removed_from(row),
        "faults": faults,
        "faulty": {fault.question_id or fault.section_id for fault in faults},
        "findings": findings,
        "minutes": sum(section["minutes"] for section in content["sections"]),
        "needed": checking.minutes_needed(content),
        "new_question": forms,
        "kind_words": KIND_WORDS,
        "missing": {language: len(missing_texts(guide, language)) for language in guide.languages}
        if guide is not None
        else {},
    }
