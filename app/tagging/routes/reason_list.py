"""The reason list: everybody reads it, the programme manager keeps it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.market.models import Life
from app.market.operations import NameTaken
from app.tagging import queries, reasons
from app.tagging.codebook_files import shipped_codebook, shipped_ids
from app.tagging.forms import NEW_CATEGORY, ReasonForm
from app.tagging.models import Reason
from app.tagging.routes.blueprint import INVALID, blueprint


@blueprint.get("/reasons")
@guarded("signed_in")
def reason_list() -> str:
    session = current_session()
    with_retired = request.args.get("retired") == "shown"
    may_edit = viewer().may("codebook.edit")
    here = queries.loaded_packs(session)
    to_add = [name for name in shipped_ids() if may_edit and name not in here]
    return render_template(
        "tagging/reason_list.html",
        categories=queries.reason_list(session, with_retired=with_retired),
        drafts=queries.draft_reasons(session),
        all_categories=queries.categories(session),
        packs=[shipped_codebook(name) for name in to_add],
        with_retired=with_retired,
        may_edit=may_edit,
    )


@blueprint.route("/reasons/new", methods=["GET", "POST"])
@guarded("codebook.edit")
def new_reason() -> Any:
    form = _reason_form()
    if form.validate_on_submit():
        try:
            category = _chosen_category(form)
            reasons.add_reason(current_session(), viewer().actor, category, form.reason_text)
        except NameTaken as refusal:
            _refuse_name(form, refusal)
        else:
            return _back(f"‘{form.name.text}’ is in the list.")
    return _form_page(form, None)


@blueprint.route("/reasons/<public_id>", methods=["GET", "POST"])
@guarded("codebook.edit")
def edit_reason(public_id: str) -> Any:
    """Change a reason; a draft is accepted by it."""
    reason = _reason(public_id)
    form = _reason_form()
    if not form.is_submitted():
        form.show(reason, reason.parent)
    elif form.validate():
        try:
            category = _chosen_category(form)
            reasons.edit_reason(
                current_session(), viewer().actor, reason, category, form.reason_text
            )
        except NameTaken as refusal:
            _refuse_name(form, refusal)
        else:
            return _back(f"‘{reason.name}’ is kept.")
    return _form_page(form, reason)


@blueprint.post("/reasons/<public_id>/accept")
@guarded("codebook.edit")
def accept_draft(public_id: str) -> Any:
    draft = _draft(public_id)
    category = _category(request.form.get("category", ""))
    if category is None:
        return _back("Choose the category it belongs to.", wrong=True)
    reasons.accept_draft(current_session(), viewer().actor, draft, category)
    return _back(f"‘{draft.name}’ is in the list.")


@blueprint.post("/reasons/<public_id>/merge")
@guarded("codebook.edit")
def merge_draft(public_id: str) -> Any:
    draft = _draft(public_id)
    name = request.form.get("into", "")
    into = queries.reason_by_name(current_session(), name) if name else None
    if into is None or into is draft:
        return _back("Choose the reason that it is the same as.", wrong=True)
    reasons.merge_reason(current_session(), viewer().actor, draft, into)
    return _back(f"‘{draft.name}’ is now part of ‘{into.name}’.")


@blueprint.route("/reasons/<public_id>/retire", methods=["GET", "POST"])
@guarded("codebook.edit")
def retire_reason(public_id: str) -> Any:
    """Asks first; the answer is a POST."""
    reason = _reason(public_id)
    if request.method == "GET":
        used = queries.times_used(current_session(), reason)
        return render_template("tagging/retire_reason.html", reason=reason, used=used)
    reasons.retire_reason(current_session(), viewer().actor, reason)
    return _back(f"‘{reason.name}’ is offered no more.")


@blueprint.post("/reasons/<public_id>/bring-back")
@guarded("codebook.edit")
def bring_back_reason(public_id: str) -> Any:
    reason = _reason(public_id)
    reasons.bring_back_reason(current_session(), viewer().actor, reason)
    return _back(f"‘{reason.name}’ is offered again.")


@blueprint.post("/reasons/lists/<name>")
@guarded("codebook.edit")
def add_pack(name: str) -> Any:
    """Add a list that comes with the product."""
    if name not in shipped_ids():
        raise NotFound
    codebook = shipped_codebook(name)
    reasons.load_reason_list(current_session(), viewer().actor, codebook)
    return _back(f"{codebook.title}: {len(codebook.reasons)} reasons are in the list.")


def _reason(public_id: str) -> Reason:
    """A reason, not a category. Raises NotFound."""
    reason = queries.reason_by_public_id(current_session(), public_id)
    if reason.parent_id is None and reason.life is Life.ACTIVE:
        raise NotFound
    return reason


def _draft(public_id: str) -> Reason:
    reason = _reason(public_id)
    if reason.life is not Life.DRAFT:
        raise NotFound
    return reason


def _reason_form() -> ReasonForm:
    form = ReasonForm()
    form.offer_categories(queries.categories(current_session()))
    return form


def _chosen_category(form: ReasonForm) -> Reason:
    if form.category.data == NEW_CATEGORY:
        return reasons.add_category(current_session(), viewer().actor, form.new_category.text)
    category = _category(form.category.data)
    if category is None:
        raise NotFound
    return category


def _category(public_id: str) -> Reason | None:
    rows = queries.categories(current_session())
    return next((row for row in rows if row.public_id == public_id), None)


def _refuse_name(form: ReasonForm, refusal: NameTaken) -> None:
    discard_changes()
    form.name.errors = [str(refusal)]


def _form_page(form: ReasonForm, reason: Reason | None) -> Any:
    page = render_template("tagging/reason_form.html", form=form, reason=reason)
    return (page, INVALID) if form.errors else page


def _back(message: str, *, wrong: bool = False) -> Any:
    flash(message, "error" if wrong else "success")
    return redirect(url_for("tagging.reason_list"), 303)
