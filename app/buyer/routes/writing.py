"""Answering in writing: what happens with the words, then one question a page."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, request, url_for

from app.buyer import operations
from app.buyer.course import Course, is_thin
from app.buyer.forms import AllowForm, AnswerForm, LanguageForm
from app.buyer.models import BuyerLink
from app.buyer.placing import is_reply
from app.buyer.routes.blueprint import blueprint, by_link, language_of, page
from app.buyer.ways import first_page, further_pages, may_go_on
from app.core.access import NotFound, public
from app.core.edge import current_session
from app.core.links import local_path
from app.interviews.answering import AnswersClosed, ForeignRevision, Saved
from app.interviews.conversation import Turn
from app.interviews.loading import load_conversation
from app.interviews.models import Channel, Scope

_WHY_PUBLIC = "A buyer has no account; the signed address is theirs alone."
_INVALID = 422


@blueprint.route("/b/<token>", methods=["GET", "POST"])
@public(_WHY_PUBLIC)
@by_link
def welcome(link: BuyerLink) -> Any:
    """Who asks, why, and what happens with the words; afterwards it leads to where they were."""
    if may_go_on(link):
        return redirect(_next(link))
    page_of_its_own = first_page(link)
    if page_of_its_own is not None:
        return redirect(url_for(page_of_its_own, **(request.view_args or {})))
    if link.interview.channel is not Channel.WRITTEN or link.interview.is_heard:
        return redirect(_to(link, "words"))
    form = AllowForm()
    form.ask_about(link.interview.deal.seller)
    if not form.validate_on_submit():
        conversation = load_conversation(current_session(), link.interview, language_of(link))
        shown = page("buyer/welcome.html", link, form=form, opening=conversation.opening)
        return (shown, _INVALID) if form.errors else shown
    operations.consent(
        current_session(),
        link,
        scope=Scope(form.scope.data),
        seller_may_read=form.seller_may_read.data == "yes",
    )
    return redirect(_next(link), 303)


@blueprint.post("/b/<token>/language")
@public(_WHY_PUBLIC)
@by_link
def language(link: BuyerLink) -> Any:
    form = LanguageForm()
    if form.validate():
        operations.speak(link, form.language.data)
    own, back = _to(link, "welcome"), local_path(request.form.get("back"))
    return redirect(back if back and back.startswith(own) else own, 303)


@blueprint.route("/b/<token>/questions/<int:number>", methods=["GET", "POST"])
@public(_WHY_PUBLIC)
@by_link
def question(link: BuyerLink, number: int) -> Any:
    """One question. A script saves as one writes; without it, the buttons do."""
    if not may_go_on(link):
        return redirect(_to(link, "welcome"))
    course = _course(link)
    turn = course.turn(number)
    if turn is None:
        raise NotFound
    if request.method != "POST":
        return _question_page(link, course, turn, number, more="more" in request.args)
    return _answered(link, course, turn, number)


@blueprint.get("/b/<token>/rest/<int:number>")
@public(_WHY_PUBLIC)
@by_link
def rest(link: BuyerLink, number: int) -> Any:
    """Three more, or done?"""
    course = _course(link)
    if not may_go_on(link) or not course.is_rest(number):
        return redirect(_to(link, "welcome"))
    return page("buyer/rest.html", link, number=number, left=course.left_after(number))


@blueprint.post("/b/<token>/done")
@public(_WHY_PUBLIC)
@by_link
def done(link: BuyerLink) -> Any:
    operations.finish(current_session(), link)
    return redirect(_to(link, "thanks"), 303)


@blueprint.get("/b/<token>/thanks")
@public(_WHY_PUBLIC)
@by_link
def thanks(link: BuyerLink) -> Any:
    return page(
        "buyer/thanks.html",
        link,
        wrote=link.done_at is not None,
        further=further_pages(current_session(), link),
    )


def _answered(link: BuyerLink, course: Course, turn: Turn, number: int) -> Any:
    form = AnswerForm()
    then = request.form.get("then", "next")
    if not form.validate():
        return _refused(link, course, turn, number, form)
    try:
        saved = operations.answer(
            current_session(),
            link,
            turn.asked,
            text=form.text.text,
            revision_id=form.revision.text,
            base=form.base.data or 0,
            over=[form.over.text] if form.over.text else [],
        )
    except (AnswersClosed, ForeignRevision):
        raise NotFound from None
    if request.accept_mimetypes.best == "application/json":
        theirs = saved.theirs.text if saved.theirs is not None else None
        return {"number": saved.number, "theirs": theirs}
    if saved.theirs is not None:
        return _question_page(
            link, course, turn, number, typed=form.text.text, clash=saved, over=form.revision.text
        )
    if then == "back" and number > 1:
        return redirect(_to(link, "question", number=number - 1), 303)
    if then == "skip" or not form.text.text.strip():
        operations.skip(current_session(), link, turn.asked)
    elif is_thin(form.text.text) and turn.probes and not form.asked_more.data:
        return redirect(_to(link, "question", number=number, more=1), 303)
    return _onwards(link, course, number)


def _onwards(link: BuyerLink, course: Course, number: int) -> Any:
    if course.is_rest(number):
        return redirect(_to(link, "rest", number=number), 303)
    if number < len(course.turns):
        return redirect(_to(link, "question", number=number + 1), 303)
    operations.finish(current_session(), link)
    return redirect(_to(link, "thanks"), 303)


def _refused(link: BuyerLink, course: Course, turn: Turn, number: int, form: AnswerForm) -> Any:
    message = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if request.accept_mimetypes.best == "application/json":
        return {"refused": message}, _INVALID
    shown = _question_page(link, course, turn, number, typed=form.text.text, error=message)
    return shown, _INVALID


def _question_page(
    link: BuyerLink,
    course: Course,
    turn: Turn,
    number: int,
    *,
    typed: str | None = None,
    clash: Saved | None = None,
    over: str = "",
    error: str = "",
    more: bool = False,
) -> str:
    """`typed` is what was sent and does not stand, `over` its revision where it was set aside;
    `more` asks once for an example."""
    answer = turn.answer
    base = clash.number if clash else answer.revision if answer else 0
    return page(
        "buyer/question.html",
        link,
        turn=turn,
        number=number,
        stage=course.stage(number),
        text=typed if typed is not None else answer.text if answer else "",
        base=base,
        revision=uuid.uuid4(),
        over=over,
        theirs=clash.theirs if clash else None,
        error=error,
        probe=turn.probes[0] if more and turn.probes else "",
    )


def _course(link: BuyerLink) -> Course:
    conversation = load_conversation(current_session(), link.interview, language_of(link))
    return Course.of([turn for turn in conversation.turns if not is_reply(turn.question_id)])


def _next(link: BuyerLink) -> str:
    """Where the buyer was: the question after the last one, also on another device."""
    course = _course(link)
    number = course.next_number
    if number is None:
        return _to(link, "thanks") if link.done_at else _to(link, "question", number=1)
    if number > 1 and course.is_rest(number - 1):
        return _to(link, "rest", number=number - 1)
    return _to(link, "question", number=number)


def _to(_link: BuyerLink, view: str, **values: Any) -> str:
    return url_for(f"buyer.{view}", token=(request.view_args or {})["token"], **values)
