"""Tagging an interview a second time, without seeing what the first person gave."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.deals.access import title_for
from app.interviews import queries as interviews
from app.interviews import words as interview_words
from app.interviews.confidence import sight_of
from app.interviews.models import Answer, Interview
from app.market.models import Life
from app.tagging import queries
from app.tagging.double_coding import operations
from app.tagging.double_coding import queries as second_queries
from app.tagging.double_coding.forms import SecondTagForm
from app.tagging.double_coding.models import SecondCoding, SecondTag
from app.tagging.double_coding.showing import answers_for_second
from app.tagging.finishing import usual_direction
from app.tagging.models import Direction, Reason
from app.tagging.operations import CannotTag
from app.tagging.routes.blueprint import INVALID, blueprint
from app.tagging.routes.showing import back_to_page, interview_to_tag, is_script, readable_interview


@blueprint.post("/interviews/<public_id>/second/pick")
@guarded("tagging.tag")
def pick_for_second(public_id: str) -> Any:
    """Have a second person tag it, beside those that the lot chose."""
    interview = interview_to_tag(public_id)
    try:
        operations.pick(current_session(), viewer().actor, interview, by_lot=False)
    except CannotTag as refusal:
        discard_changes()
        flash(str(refusal), "error")
    else:
        flash("Two people tag it now, each by themselves. Nothing is suggested to either.")
    return back_to_page(public_id)


@blueprint.get("/interviews/<public_id>/second")
@guarded("tagging.tag")
def tag_second(public_id: str) -> str:
    session = current_session()
    interview, coding = _to_tag(public_id)
    is_mine = coding.is_open and coding.coder_id == viewer().user_id
    return render_template(
        "tagging/second/page.html",
        interview=interview,
        coding=coding,
        is_mine=is_mine,
        knows_it=bool(second_queries.known_to(session, viewer(), [coding])),
        title=title_for(viewer(), interview.deal),
        sight=sight_of(viewer(), interview),
        words=interview_words,
        **(_margin(interview, coding) if is_mine else {}),
    )


@blueprint.post("/interviews/<public_id>/second/take")
@guarded("tagging.tag")
def take_second(public_id: str) -> Any:
    _interview, coding = _to_tag(public_id)
    try:
        operations.take(current_session(), viewer(), coding)
    except CannotTag as refusal:
        discard_changes()
        flash(str(refusal), "error")
    return _back(public_id)


@blueprint.post("/interviews/<public_id>/second/leave")
@guarded("tagging.tag")
def leave_second(public_id: str) -> Any:
    _interview, coding = _mine(public_id)
    operations.leave(current_session(), viewer().actor, coding)
    flash("Somebody else can take it now.")
    return redirect(url_for("tagging.queue"), 303)


@blueprint.post("/interviews/<public_id>/second/finish")
@guarded("tagging.tag")
def finish_second(public_id: str) -> Any:
    _interview, coding = _mine(public_id)
    operations.finish(current_session(), viewer().actor, coding)
    if coding.compared_at is None:
        flash("Done. The two are laid side by side once the first person is done too.")
        return _back(public_id)
    flash("Done, and laid side by side.")
    return redirect(url_for("tagging.compared", coding_id=coding.public_id), 303)


@blueprint.post("/interviews/<public_id>/second/again")
@guarded("tagging.tag")
def take_up_second_again(public_id: str) -> Any:
    _interview, coding = _mine(public_id)
    try:
        operations.take_up_again(current_session(), viewer().actor, coding)
    except CannotTag as refusal:
        discard_changes()
        flash(str(refusal), "error")
    return _back(public_id)


@blueprint.route("/interviews/<public_id>/second/answers/<answer_id>/tag", methods=["GET", "POST"])
@guarded("tagging.tag")
def new_second_tag(public_id: str, answer_id: str) -> Any:
    session = current_session()
    interview, coding = _mine(public_id)
    answer = queries.answer_of_interview(session, interview, answer_id)
    form = SecondTagForm()
    form.offer_sentences(answer.text)
    if not form.is_submitted():
        form.process(request.args)
        form.offer_sentences(answer.text)
        form.revision.data = answer.revision
        form.direction.data = usual_direction(interview.deal.outcome).value
    elif form.validate():
        try:
            tag = _give(coding, answer, form)
        except CannotTag as refusal:
            discard_changes()
            form.sentences.errors = [str(refusal)]
        except LookupError as refusal:
            form.reason.errors = [str(refusal)]
        else:
            back = _address("tagging.remove_second_tag", tag)
            return _answered(interview, coding, [answer], f"Tagged: {tag.reason.name}.", back)
    page = render_template(
        "tagging/second/_form.html" if is_script() else "tagging/second/form.html",
        form=form,
        interview=interview,
        answer=answer,
        quoted=_quoted(form, answer),
        usable=_usable(),
    )
    return (page, INVALID) if form.errors else page


@blueprint.post("/interviews/<public_id>/second/tags/<tag_id>/remove")
@guarded("tagging.tag")
def remove_second_tag(public_id: str, tag_id: str) -> Any:
    interview, coding = _mine(public_id)
    tag = second_queries.second_tag(current_session(), coding, tag_id)
    operations.remove(current_session(), viewer().actor, tag)
    back = _address("tagging.put_second_tag_back", tag)
    return _answered(interview, coding, [tag.answer], f"Removed: {tag.reason.name}.", back)


@blueprint.post("/interviews/<public_id>/second/tags/<tag_id>/put-back")
@guarded("tagging.tag")
def put_second_tag_back(public_id: str, tag_id: str) -> Any:
    interview, coding = _mine(public_id)
    tag = second_queries.second_tag(current_session(), coding, tag_id)
    operations.put_back(current_session(), viewer().actor, tag)
    return _answered(interview, coding, [tag.answer], f"Put back: {tag.reason.name}.")


def _to_tag(public_id: str) -> tuple[Interview, SecondCoding]:
    """An interview that two people tag. Raises NotFound."""
    interview = readable_interview(public_id)
    coding = second_queries.coding_of(current_session(), interview)
    if coding is None:
        raise NotFound
    return interview, coding


def _mine(public_id: str) -> tuple[Interview, SecondCoding]:
    """One that this person tags a second time, not yet laid side by side. Raises NotFound."""
    interview, coding = _to_tag(public_id)
    if coding.coder_id != viewer().user_id or coding.compared_at is not None:
        raise NotFound
    return interview, coding


def _give(coding: SecondCoding, answer: Answer, form: SecondTagForm) -> SecondTag:
    """Raises CannotTag, LookupError for an unknown reason."""
    if form.span is None:
        raise CannotTag("Pick at least one sentence.")
    if form.revision.data not in (None, answer.revision):
        raise CannotTag("The answer was changed meanwhile. Select the words again.")
    reason = queries.reason_by_name(current_session(), form.reason.text)
    if reason is None or reason.life is Life.RETIRED:
        raise LookupError(
            "No reason of the list is called so. A new one is proposed once both have tagged."
        )
    return operations.give(
        current_session(),
        viewer().actor,
        coding,
        answer,
        form.span,
        reason,
        Direction(form.direction.data),
    )


def _usable() -> list[Reason]:
    return [row for row in queries.usable_reasons(current_session()) if not row.is_draft]


def _quoted(form: SecondTagForm, answer: Answer) -> str:
    if form.start.data is None or form.end.data is None:
        return ""
    return answer.text[max(form.start.data, 0) : max(form.end.data, 0)]


def _margin(interview: Interview, coding: SecondCoding) -> dict[str, Any]:
    session = current_session()
    tags = second_queries.second_tags(session, coding)
    return {
        "answers": answers_for_second(interviews.answers_of(session, interview), tags),
        "tags": len(tags),
        "lost": [tag for tag in tags if tag.has_lost_place],
    }


def _answered(
    interview: Interview,
    coding: SecondCoding,
    answers: Collection[Answer],
    message: str,
    undo: str = "",
) -> Any:
    """The answers as they stand now, for the page or as a page."""
    if not is_script():
        flash(message)
        return _back(interview.public_id)
    current_session().flush()
    context = _margin(interview, coding)
    concerned = {answer.id for answer in answers}
    return render_template(
        "tagging/second/_saved.html",
        interview=interview,
        concerned=[each for each in context["answers"] if each.answer.id in concerned],
        tags=context["tags"],
        message=message,
        undo=undo,
    )


def _address(endpoint: str, tag: SecondTag) -> str:
    current_session().flush()
    return url_for(endpoint, public_id=tag.coding.interview.public_id, tag_id=tag.public_id)


def _back(public_id: str) -> Any:
    return redirect(url_for("tagging.tag_second", public_id=public_id), 303)
