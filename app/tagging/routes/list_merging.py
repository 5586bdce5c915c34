"""Merging a draft, a reason or a category into another, and taking a version back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.tagging import queries
from app.tagging.codebook import merging, taking_back
from app.tagging.codebook import queries as versions
from app.tagging.codebook.forms import MergeForm, WhyForm
from app.tagging.models import Reason
from app.tagging.reasons import WrongPlace
from app.tagging.routes.blueprint import INVALID, blueprint

_MEANS_THE_SAME = "A draft that means the same"


@blueprint.route("/reasons/<public_id>/merge", methods=["GET", "POST"])
@guarded("codebook.edit")
def merge_reason(public_id: str) -> Any:
    session = current_session()
    reason = queries.reason_by_public_id(session, public_id)
    if reason.merged_into_id is not None:
        raise NotFound
    form = MergeForm()
    form.offer(_others(reason))
    if form.validate_on_submit():
        into = queries.reason_by_public_id(session, form.into.data)
        try:
            merging.merge_reason(session, viewer().actor, reason, into, why=form.why.text)
        except WrongPlace as refusal:
            discard_changes()
            form.into.errors = [str(refusal)]
        else:
            return _merged(reason, into)
    used = queries.times_used(session, reason)
    page = render_template("tagging/merge_reason.html", form=form, reason=reason, used=used)
    return (page, INVALID) if form.errors else page


def _others(reason: Reason) -> list[Reason]:
    """A category goes into a category, anything else into a reason."""
    session = current_session()
    rows = queries.categories(session) if reason.is_category else queries.usable_reasons(session)
    return [row for row in rows if row is not reason and not row.is_draft]


@blueprint.post("/reasons/<public_id>/same-as")
@guarded("codebook.edit")
def merge_draft(public_id: str) -> Any:
    """A draft means the same as the reason whose name was typed."""
    session = current_session()
    draft = queries.reason_by_public_id(session, public_id)
    if not draft.is_draft:
        raise NotFound
    name = request.form.get("into", "")
    into = queries.reason_by_name(session, name) if name else None
    if into is None or into is draft:
        flash("Choose the reason that it is the same as.", "error")
        return redirect(url_for("tagging.reason_list"), 303)
    merging.merge_reason(session, viewer().actor, draft, into, why=_MEANS_THE_SAME)
    return _merged(draft, into)


def _merged(reason: Reason, into: Reason) -> Any:
    flash(f"‘{reason.name}’ is now part of ‘{into.name}’.", "success")
    return redirect(url_for("tagging.reason_list"), 303)


@blueprint.route("/reasons/versions/<int:number>/take-back", methods=["GET", "POST"])
@guarded("codebook.edit")
def take_version_back(number: int) -> Any:
    """Asks first, and why; says what stands against it."""
    session = current_session()
    version = versions.version_by_number(session, number)
    hindrance = taking_back.hindrance(session, version)
    form = WhyForm()
    if form.validate_on_submit() and not hindrance:
        taking_back.take_back(session, viewer().actor, version, why=form.why.text)
        flash(f"Version {number} is taken back.", "success")
        return redirect(url_for("tagging.list_versions"), 303)
    page = render_template(
        "tagging/take_back.html", form=form, version=version, hindrance=hindrance
    )
    return (page, INVALID) if form.is_submitted() else page
