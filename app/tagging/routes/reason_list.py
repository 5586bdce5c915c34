"""The reason list: everybody reads it, the programme manager keeps it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms import Field

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.market.models import Life
from app.market.operations import NameTaken
from app.tagging import queries, reasons
from app.tagging.codebook import queries as list_versions
from app.tagging.codebook.forms import (
    NEW_CATEGORY,
    CategoryForm,
    ChangeReasonForm,
    ReasonForm,
    WhyForm,
)
from app.tagging.codebook.loading import load_reason_list
from app.tagging.codebook.showing import CHANGES
from app.tagging.codebook.split_queries import open_splits
from app.tagging.codebook_files import shipped_codebook, shipped_ids
from app.tagging.models import Reason
from app.tagging.reasons import WrongPlace
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
        version=list_versions.latest_version(session),
        splits=open_splits(session) if viewer().may("tagging.tag") else [],
        with_retired=with_retired,
        may_edit=may_edit,
    )


@blueprint.route("/reasons/new", methods=["GET", "POST"])
@guarded("codebook.edit")
def new_reason() -> Any:
    form = ReasonForm()
    _offer_places(form)
    if form.validate_on_submit():
        try:
            parent = _chosen_place(form)
            reasons.add_reason(current_session(), viewer().actor, parent, form.reason_text)
        except NameTaken as refusal:
            _refuse(form.name, refusal)
        else:
            return _back(f"‘{form.name.text}’ is in the list.")
    return _form_page(form, None)


@blueprint.route("/reasons/<public_id>", methods=["GET", "POST"])
@guarded("codebook.edit")
def edit_reason(public_id: str) -> Any:
    """Change a reason; a draft is accepted by it."""
    reason = _reason(public_id)
    form = ChangeReasonForm()
    _offer_places(form)
    if not form.is_submitted():
        form.show(reason)
    elif form.validate():
        try:
            _keep(form, reason)
        except NameTaken as refusal:
            _refuse(form.name, refusal)
        except WrongPlace as refusal:
            _refuse(form.category, refusal)
        else:
            return _back(f"‘{reason.name}’ is kept.")
    return _form_page(form, reason)


def _keep(form: ChangeReasonForm, reason: Reason) -> None:
    reasons.edit_reason(
        current_session(),
        viewer().actor,
        reason,
        _chosen_place(form),
        form.reason_text,
        why=form.why.text,
    )


@blueprint.route("/reasons/categories/<public_id>", methods=["GET", "POST"])
@guarded("codebook.edit")
def edit_category(public_id: str) -> Any:
    category = _category(public_id)
    if category is None:
        raise NotFound
    form = CategoryForm()
    if not form.is_submitted():
        form.show(category)
    elif form.validate():
        try:
            reasons.edit_category(
                current_session(),
                viewer().actor,
                category,
                form.name.text,
                form.definition.text.strip(),
                why=form.why.text,
            )
        except NameTaken as refusal:
            _refuse(form.name, refusal)
        else:
            return _back(f"‘{category.name}’ is kept.")
    page = render_template("tagging/category_form.html", form=form, category=category)
    return (page, INVALID) if form.errors else page


@blueprint.post("/reasons/<public_id>/move")
@guarded("codebook.edit")
def move_reason(public_id: str) -> Any:
    """One place up or down, among those beside it; a category too."""
    row = queries.reason_by_public_id(current_session(), public_id)
    if row.life is not Life.ACTIVE:
        raise NotFound
    is_up = request.form.get("way") == "up"
    reasons.move_reason(current_session(), viewer().actor, row, up=is_up)
    return redirect(url_for("tagging.reason_list", _anchor=f"reason-{row.key}"), 303)


@blueprint.post("/reasons/<public_id>/accept")
@guarded("codebook.edit")
def accept_draft(public_id: str) -> Any:
    draft = _draft(public_id)
    category = _category(request.form.get("category", ""))
    if category is None:
        return _back("Choose the category it belongs to.", wrong=True)
    reasons.accept_draft(current_session(), viewer().actor, draft, category)
    return _back(f"‘{draft.name}’ is in the list.")


@blueprint.route("/reasons/<public_id>/retire", methods=["GET", "POST"])
@guarded("codebook.edit")
def retire_reason(public_id: str) -> Any:
    """Asks first, and why."""
    reason = _reason(public_id)
    form = WhyForm()
    if not form.validate_on_submit():
        used = queries.times_used(current_session(), reason)
        page = render_template("tagging/retire_reason.html", form=form, reason=reason, used=used)
        return (page, INVALID) if form.errors else page
    reasons.retire_reason(current_session(), viewer().actor, reason, why=form.why.text)
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
    load_reason_list(current_session(), viewer().actor, codebook)
    return _back(f"{codebook.title}: {len(codebook.reasons)} reasons are in the list.")


def _reason(public_id: str) -> Reason:
    """A reason, not a category. Raises NotFound."""
    reason = queries.reason_by_public_id(current_session(), public_id)
    if reason.is_category or reason.merged_into_id is not None:
        raise NotFound
    return reason


def _draft(public_id: str) -> Reason:
    reason = _reason(public_id)
    if reason.life is not Life.DRAFT:
        raise NotFound
    return reason


def _offer_places(form: ReasonForm) -> None:
    form.offer_places(queries.placed_reasons(current_session()))


def _chosen_place(form: ReasonForm) -> Reason:
    if form.category.data == NEW_CATEGORY:
        return reasons.add_category(current_session(), viewer().actor, form.new_category.text)
    return queries.reason_by_public_id(current_session(), form.category.data)


def _category(public_id: str) -> Reason | None:
    rows = queries.categories(current_session())
    return next((row for row in rows if row.public_id == public_id), None)


def _refuse(field: Field, refusal: ValueError) -> None:
    """The message at its field; nothing that was written before it stays."""
    discard_changes()
    field.errors = [str(refusal)]


def _form_page(form: ReasonForm, reason: Reason | None) -> Any:
    history = list_versions.versions_of_reason(current_session(), reason) if reason else ()
    page = render_template(
        "tagging/reason_form.html", form=form, reason=reason, history=history, words=CHANGES
    )
    return (page, INVALID) if form.errors else page


def _back(message: str, *, wrong: bool = False) -> Any:
    flash(message, "error" if wrong else "success")
    return redirect(url_for("tagging.reason_list"), 303)
