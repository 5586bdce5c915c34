"""The kinds of change that concern an answer itself: a question of one's own, the words, how they
were taken, passing over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.interviews import answering, change_queries, holding
from app.interviews.change_fields import Fields, Refused
from app.interviews.changes import Outdated, Result, Sitting, change, part
from app.interviews.models import AnswerRevision, Interview, Kind, SkipReason, Taken

PART = "answer"
_LONGEST_QUESTION = 500


@change("question", part="questions")
def add_question(sitting: Sitting, fields: Fields) -> Result:
    """A question of one's own, asked after the one at `position`; the page has made its id."""
    question_id = fields.line("question")
    if not answering.is_own_question(question_id):
        raise Refused("This is no question of one's own.")
    say = fields.line("say", most=_LONGEST_QUESTION)
    if not say:
        raise Refused("Write the question.")
    answering.add_question(
        sitting.session,
        sitting.actor,
        sitting.interview,
        say=say,
        kind=fields.token("kind", Kind),
        after=fields.number("position"),
        question_id=question_id,
    )
    sitting.forget_conversation()
    return {}


@change("answer", part=PART)
def write_answer(sitting: Sitting, fields: Fields) -> Result:
    """Words as they are typed, made from revision `base`; `over` are the versions aside that they
    take up. Where another revision stands, they are put aside if they were meant `beside` it."""
    revision_id = fields.id("id")
    asked = sitting.asked(fields.line("question"), revision_id)
    text, over = fields.text("text"), fields.ids("over")
    base, beside = fields.number("base"), fields.number("beside")
    answer = asked.found.answer if asked.found is not None else None
    if answering.is_outdated(sitting.session, answer, text, {base, beside}, over):
        raise Outdated
    saved = answering.record_answer(
        sitting.session,
        sitting.actor,
        sitting.interview,
        asked,
        text=text,
        revision_id=revision_id,
        base=base,
        over=over,
    )
    aside = {"aside": saved.aside} if saved.is_aside else {}
    return {"number": saved.number, **aside}


@change("taken", part=PART)
def change_taken(sitting: Sitting, fields: Fields) -> Result:
    answering.change_taken(
        sitting.session,
        sitting.interview,
        sitting.asked(fields.line("question")),
        fields.token("taken", Taken),
    )
    return {}


@change("skip", part=PART)
def skip(sitting: Sitting, fields: Fields) -> Result:
    """Pass over a question, with the reason if one was given."""
    holding.give_skip_reason(
        sitting.session,
        sitting.interview,
        sitting.asked(fields.line("question")),
        fields.optional_token("reason", SkipReason),
        fields.line("words", most=500),
    )
    return {}


@part("questions")
def show_own_questions(
    session: Session, interview: Interview, questions: Collection[str] | None
) -> Mapping[str, Any]:
    """Questions of one's own, with what a page needs to ask them."""
    return {
        answer.question_id: {
            "say": answer.question,
            "kind": answer.kind.value if answer.kind else "",
            "position": answer.position,
        }
        for answer in change_queries.answers_to(session, interview, questions)
        if answering.is_own_question(answer.question_id)
    }


@part(PART)
def show_answers(
    session: Session, interview: Interview, questions: Collection[str] | None
) -> Mapping[str, Any]:
    """Each answer with the words that stand, and those that wait beside them for a decision."""
    answers = change_queries.answers_to(session, interview, questions)
    authors = change_queries.standing_authors(session, [answer.id for answer in answers])
    asides = change_queries.revisions_aside(session, [answer.id for answer in answers])
    return {
        answer.question_id: {
            "number": answer.revision,
            "text": answer.text,
            "author": authors[answer.id].author_name if answer.id in authors else "",
            "by": authors[answer.id].author_id if answer.id in authors else None,
            "taken": answer.taken.value,
            "skipped": answer.is_skipped,
            "skip_reason": answer.skip_reason.value if answer.skip_reason else "",
            "kind": answer.kind.value if answer.kind else "",
            "would": answer.counterfactual.value if answer.counterfactual else "",
            "aside": [_aside(one, text) for one, text in asides if one.answer_id == answer.id],
        }
        for answer in answers
    }


def _aside(revision: AnswerRevision, changed_from: str | None) -> dict[str, Any]:
    return {
        "id": revision.public_id,
        "number": revision.number,
        "text": revision.text,
        "author": revision.author_name,
        "by": revision.author_id,
        "from": changed_from or "",
    }
