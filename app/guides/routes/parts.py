"""The parts of a draft, each on a page: the guide's own words, a section, a question.

A part is saved with what it was when its page was opened. Where somebody else changed it since,
nothing is overwritten: both are shown, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import flash, jsonify, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.deals.models import Deal
from app.deals.queries import distinct_values
from app.guides import drafting, drafts, forms, queries
from app.guides.drafting import Content, NotThere
from app.guides.forms import HeadForm, QuestionForm, SectionForm
from app.guides.linting import lint
from app.guides.models import GuideDraft
from app.guides.routes.blueprint import CONFLICT, INVALID, blueprint
from app.market.queries import active_competitors

PartForm = TypeVar("PartForm", HeadForm, SectionForm, QuestionForm)
Save = Callable[[dict[str, Any], str], None]


@blueprint.route("/guides/<slug>/draft/about", methods=["GET", "POST"])
@guarded("guides.edit")
def head(slug: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    form = forms.head_form(row.content.get("languages", []))

    def save(values: dict[str, Any], seen: str) -> None:
        drafts.save_head(session, viewer().actor, row, values, seen)

    return _part("guides/head.html", row, form, lambda: row.content, save)


@blueprint.route("/guides/<slug>/draft/sections/<section_id>", methods=["GET", "POST"])
@guarded("guides.edit")
def section(slug: str, section_id: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    form = forms.section_form(row.content.get("languages", []))

    def save(values: dict[str, Any], seen: str) -> None:
        drafts.save_section(session, viewer().actor, row, section_id, values, seen)

    def node() -> Content:
        return _part_or_removed(
            row, lambda content: drafting.find_section(content, section_id), section_id
        )

    return _part("guides/section.html", row, form, node, save)


@blueprint.route("/guides/<slug>/draft/questions/<question_id>", methods=["GET", "POST"])
@guarded("guides.edit")
def question(slug: str, question_id: str) -> Any:
    session = current_session()
    row = queries.get_draft(session, slug)
    form = forms.question_form(row.content.get("languages", []))

    def save(values: dict[str, Any], seen: str) -> None:
        drafts.save_question(session, viewer().actor, row, question_id, values, seen)

    def node() -> Content:
        return _part_or_removed(
            row, lambda content: drafting.find_question(content, question_id)[1], question_id
        )

    when = node()["when"]
    competitors = [each.name for each in active_competitors(session)]
    form.offer(
        dict.fromkeys([*competitors, *when["competitor_met"]]),
        dict.fromkeys([*distinct_values(session, Deal.product), *when["product"]]),
    )
    return _part("guides/question.html", row, form, node, save, **_around(row, question_id))


def _part(
    template: str,
    row: GuideDraft,
    form: PartForm,
    node: Callable[[], Content],
    save: Save,
    **context: Any,
) -> Any:
    """Show the part, or save it; the page's script saves while one types and takes JSON."""
    clash: drafts.Clash | None = None
    if request.method == "POST":
        _use_wording(form)
        if form.validate():
            try:
                save(form.values(node()), request.form.get("seen", ""))
            except drafts.Clash as refusal:
                clash = refusal
            else:
                return _saved(row, drafting.digest(node()))
        elif _wants_json():
            return jsonify({"errors": form.errors}), INVALID
    else:
        form.show(node())
    if clash is not None and _wants_json():
        return jsonify({"by": clash.by}), CONFLICT
    return _show(template, row, form, node(), clash, context)


def _show(
    template: str,
    row: GuideDraft,
    form: PartForm,
    shown: Content,
    clash: drafts.Clash | None,
    context: Mapping[str, Any],
) -> Any:
    languages = row.content.get("languages", [])
    if form.errors or clash is not None:
        discard_changes()
    page = render_template(
        template,
        draft=row,
        form=form,
        node=shown,
        seen=drafting.digest(shown),
        clash=clash,
        languages=languages,
        words={language: forms.words_fields(form, language) for language in languages},
        **context,
    )
    return (page, INVALID) if form.errors or clash is not None else page


def _saved(row: GuideDraft, seen: str) -> Any:
    if _wants_json():
        return jsonify({"seen": seen})
    flash("Saved.")
    onwards = request.form.get("then", "")
    if onwards and any(each["id"] == onwards for _, each in drafting.questions_of(row.content)):
        return redirect(url_for("guides.question", slug=row.slug, question_id=onwards))
    return redirect(request.full_path.rstrip("?"))


def _use_wording(form: PartForm) -> None:
    """A wording that the linter offered, taken without a script."""
    for name, wording in request.form.items():
        field = form._fields.get(name.removeprefix("use_"))
        if name.startswith("use_") and field is not None:
            field.data = wording


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def _part_or_removed(row: GuideDraft, find: Callable[[Content], Content], node_id: str) -> Content:
    """The part; to be saved also where it was taken out meanwhile, for saving brings it back."""
    try:
        return find(row.content)
    except NotThere as gone:
        for removed in drafts.removed_from(row):
            if removed.id == node_id and request.method == "POST":
                return removed.content
        raise NotFound from gone


def _around(row: GuideDraft, question_id: str) -> dict[str, Any]:
    """The neighbours of the question, and what the linter says of it."""
    order = [each for _, each in drafting.questions_of(row.content)]
    index = next((i for i, each in enumerate(order) if each["id"] == question_id), None)
    if index is None:
        return {"before": None, "after": None, "home": None, "findings": {}, "order": order}
    home, shown = drafting.find_question(row.content, question_id)
    said = {row.content["language"]: shown["say"]} | {
        language: words["say"]
        for language, words in shown.get("in", {}).items()
        if words.get("say")
    }
    return {
        "before": order[index - 1] if index else None,
        "after": order[index + 1] if index + 1 < len(order) else None,
        "home": home,
        "order": order,
        "findings": {
            language: lint(text, shown["kind"], language) for language, text in said.items() if text
        },
    }
