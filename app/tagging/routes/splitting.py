"""Splitting a reason, and the queue of its quotes to decide again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.interviews.confidence import is_exact
from app.market.models import Life
from app.tagging import queries
from app.tagging.codebook import split_queries, splitting
from app.tagging.codebook.forms import SplitForm
from app.tagging.codebook.models import Split
from app.tagging.models import Reason
from app.tagging.routes.blueprint import INVALID, blueprint


@blueprint.route("/reasons/<public_id>/split", methods=["GET", "POST"])
@guarded("codebook.edit")
def split_reason(public_id: str) -> Any:
    session = current_session()
    reason = queries.reason_by_public_id(session, public_id)
    if reason.parent_id is None or reason.life is not Life.ACTIVE:
        raise NotFound
    form = SplitForm()
    if form.validate_on_submit():
        try:
            split = splitting.split_reason(
                session,
                viewer().actor,
                reason,
                form.names,
                why=form.why.text,
                retires=form.retires.data,
            )
        except splitting.CannotSplit as refusal:
            discard_changes()
            form.first.errors = [str(refusal)]
        else:
            return _to_queue(split)
    page = render_template(
        "tagging/split_reason.html",
        form=form,
        reason=reason,
        used=queries.times_used(session, reason),
        usable=queries.usable_reasons(session),
    )
    return (page, INVALID) if form.errors else page


@blueprint.get("/reasons/splits/<public_id>")
@guarded("tagging.tag")
def split_queue(public_id: str) -> str:
    """One quote at a time, with how far it is."""
    session = current_session()
    split = split_queries.split_by_public_id(session, public_id)
    after = request.args.get("after", 0, type=int)
    item = split_queries.next_item(session, viewer(), split, after)
    return render_template(
        "tagging/split_queue.html",
        split=split,
        progress=split_queries.progress(session, split),
        item=item,
        exact=is_exact(item.tag.verbatim.answer) if item else False,
        choices=splitting.choices(session, split),
        last=split_queries.last_decided(session, split),
        may_edit=viewer().may("codebook.edit"),
    )


@blueprint.post("/reasons/splits/<public_id>/quotes/<int:item_id>")
@guarded("tagging.tag")
def decide_split(public_id: str, item_id: int) -> Any:
    session = current_session()
    split = split_queries.split_by_public_id(session, public_id)
    item = split_queries.item_of_split(session, viewer(), split, item_id)
    chosen = _chosen(split)
    if not chosen:
        flash("Choose at least one reason.", "error")
        return _to_queue(split, after=item.id - 1)
    splitting.decide(session, viewer().actor, item, chosen)
    return _to_queue(split, after=item.id)


@blueprint.post("/reasons/splits/<public_id>/undo")
@guarded("tagging.tag")
def undo_split_decision(public_id: str) -> Any:
    session = current_session()
    split = split_queries.split_by_public_id(session, public_id)
    item = splitting.undo_last(session, viewer().actor, split)
    return _to_queue(split, after=item.id - 1 if item else 0)


def _chosen(split: Split) -> list[Reason]:
    wanted = {*request.form.getlist("reason"), *request.form.getlist("also")}
    offered = splitting.choices(current_session(), split)
    return [reason for reason in offered if reason.public_id in wanted]


def _to_queue(split: Split, after: int = 0) -> Any:
    address = url_for("tagging.split_queue", public_id=split.public_id, after=after or None)
    return redirect(address, 303)
