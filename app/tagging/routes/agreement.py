"""How far two people agree, and settling where they do not."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.deals.access import title_for
from app.interviews import words as interview_words
from app.interviews.confidence import sight_of
from app.market.models import Life
from app.tagging import queries
from app.tagging.agreement.standing import ENOUGH_INTERVIEWS, Standing
from app.tagging.double_coding import queries as second_queries
from app.tagging.double_coding import settling
from app.tagging.double_coding.forms import SettleForm
from app.tagging.double_coding.models import CodedPassage, SecondCoding
from app.tagging.double_coding.showing import (
    STANDINGS,
    agreement,
    compared_interviews,
    shown_passages,
)
from app.tagging.models import Direction
from app.tagging.operations import CannotTag
from app.tagging.routes.blueprint import INVALID, blueprint


@blueprint.get("/tagging/agreement")
@guarded("tagging.tag")
def agreement_page() -> str:
    session = current_session()
    who = viewer()
    return render_template(
        "tagging/agreement.html",
        agreement=agreement(session),
        enough=ENOUGH_INTERVIEWS,
        compared=[
            (row, title_for(who, row.coding.interview.deal))
            for row in compared_interviews(session, who)
        ],
        standings=STANDINGS,
        standing=Standing,
    )


@blueprint.get("/tagging/agreement/<coding_id>")
@guarded("tagging.tag")
def compared(coding_id: str) -> str:
    """The two side by side."""
    return _comparison(_coding(coding_id))


@blueprint.post("/tagging/agreement/<coding_id>/third")
@guarded("tagging.tag")
def ask_a_third(coding_id: str) -> Any:
    coding = _coding(coding_id)
    wanted = "wanted" in request.form
    settling.ask_a_third(current_session(), viewer().actor, coding, wanted=wanted)
    flash("A third person settles it." if wanted else "Anybody who tags may settle it.")
    return _back(coding)


@blueprint.post("/tagging/agreement/<coding_id>/passages/<passage_id>/settle")
@guarded("tagging.tag")
def settle(coding_id: str, passage_id: str) -> Any:
    session = current_session()
    coding = _coding(coding_id)
    passage = second_queries.passage_of(session, coding, passage_id)
    form = _form(coding)
    if form.validate():
        try:
            followed = settling.settle(
                session, viewer(), passage, _decided(form, passage), form.why.text.strip()
            )
        except CannotTag as refusal:
            discard_changes()
            form.decided.errors = [str(refusal)]
        except LookupError as refusal:
            form.reason.errors = [str(refusal)]
        else:
            _tell(followed, "Settled, and counted so.")
            return _back(coding, passage)
    return _comparison(coding, refused=(passage.id, form)), INVALID


@blueprint.post("/tagging/agreement/<coding_id>/passages/<passage_id>/open-again")
@guarded("tagging.tag")
def open_again(coding_id: str, passage_id: str) -> Any:
    session = current_session()
    coding = _coding(coding_id)
    passage = second_queries.passage_of(session, coding, passage_id)
    try:
        followed = settling.open_again(session, viewer(), passage)
    except CannotTag as refusal:
        discard_changes()
        flash(str(refusal), "error")
    else:
        _tell(followed, "Open again: it counts as the first person gave it.")
    return _back(coding, passage)


def _coding(coding_id: str) -> SecondCoding:
    """One laid side by side, of an interview whose words this person may read."""
    coding = second_queries.compared_coding(current_session(), viewer(), coding_id)
    if not sight_of(viewer(), coding.interview).words:
        raise NotFound
    return coding


def _comparison(coding: SecondCoding, refused: tuple[int, SettleForm] | None = None) -> str:
    """`refused` is the form of one passage that could not be taken."""
    session = current_session()
    passages = shown_passages(session, coding)
    forms = {shown.passage.id: _form(coding) for shown in passages if shown.is_open}
    if refused is not None:
        forms[refused[0]] = refused[1]
    return render_template(
        "tagging/compared.html",
        coding=coding,
        interview=coding.interview,
        title=title_for(viewer(), coding.interview.deal),
        sight=sight_of(viewer(), coding.interview),
        words=interview_words,
        passages=passages,
        forms_of=forms,
        may_settle=settling.may_settle(viewer(), coding),
        usable=queries.usable_reasons(session),
    )


def _form(coding: SecondCoding) -> SettleForm:
    form = SettleForm()
    form.offer(coding.first_name or "the first person", coding.coder_name or "the second person")
    return form


def _decided(form: SettleForm, passage: CodedPassage) -> list[settling.Given]:
    """Raises LookupError for an unknown reason."""
    sides = settling.given(passage.first), settling.given(passage.second)
    chosen = form.settled(*sides)
    if chosen is not None:
        return chosen
    reason = queries.reason_by_name(current_session(), form.reason.text)
    if reason is None or reason.life is Life.RETIRED:
        raise LookupError("No reason is called so. Choose one from the list.")
    return [(reason.key, Direction(form.direction.data))]


def _tell(followed: bool, message: str) -> None:
    if followed:
        flash(message)
    else:
        flash(
            "Kept. The answer was changed since, so its tags stay as they are: change them by hand."
        )


def _back(coding: SecondCoding, passage: CodedPassage | None = None) -> Any:
    anchor = f"passage-{passage.public_id}" if passage else None
    address = url_for("tagging.compared", coding_id=coding.public_id, _anchor=anchor)
    return redirect(address, 303)
