"""The decision records read and tagged, as a person would who says yes where the machine is sure.

The way is the product's own: a reason list with seed words is loaded, the worker suggests, and
what is accepted becomes a tag. Which way a statement speaks, and whether it weighed, is kept as
its authors gave it. A reason that the decision itself gives ('because it is lean') decided.

    python -m tests.realdata.decisions_tagged INSTANCE DATA    fills an empty instance
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import create_app
from app.core.access import SYSTEM, Actor
from app.core.db import Database
from app.core.jobs import enqueue
from app.deals.models import Outcome
from app.interviews.models import Interview, State
from app.interviews.operations import move
from app.interviews.reading import read_lines
from app.tagging import giving
from app.tagging.codebook.loading import load_reason_list
from app.tagging.codebook_files import shipped_codebook
from app.tagging.giving import Decided, TagValues
from app.tagging.importing import Result, import_interviews
from app.tagging.models import Direction, Reason, Tag, Verbatim, Weight
from app.tagging.operations import quote_words
from app.tagging.suggestions import queries
from app.tagging.suggestions.models import Decision, Suggestion
from config import load_settings
from tests.realdata.decisions_to_jsonl import decisions_to_jsonl
from tests.worker import work

LIST = "technology_choices"
READER = Actor(None, "Reader")


def import_and_tag(app: Flask, db: Database, data: Path, file: Path) -> Result:
    """Import the records, let the worker suggest, and say yes where it is sure."""
    decisions_to_jsonl(data / "decisions", file)
    with file.open("rb") as lines:
        result = import_interviews(db, SYSTEM, read_lines(lines))
    with db.writing() as session:
        load_reason_list(session, SYSTEM, shipped_codebook(LIST))
    for job in ("tagging.learn", "tagging.suggest"):
        with db.writing() as session:
            enqueue(session, job, SYSTEM)
        work(app, db)
    with db.reading() as session:
        interviews = session.scalars(select(Interview.id).order_by(Interview.id)).all()
    for interview_id in interviews:
        with db.writing() as session:
            _read(session, session.get_one(Interview, interview_id))
    return result


def _read(session: Session, interview: Interview) -> None:
    """Decide what is suggested: yes to a statement, and to what the decision says; no to the rest
    of the record, which tells of the question and of what came after."""
    tags = _statements(session, interview)
    for suggestion in queries.suggestions_of(session, interview):
        if not suggestion.is_sure or suggestion.decision is not Decision.OPEN:
            continue
        about = [tag for tag in tags if _lies_in(tag.verbatim, suggestion)]
        for tag in about:
            _say_reason(session, tag, suggestion.reason)
        if not about and _is_why(suggestion):
            _say_it_decided(session, interview, suggestion)
    if tags:
        move(session, READER, interview, State.TAGGED)


def _statements(session: Session, interview: Interview) -> Sequence[Tag]:
    return session.scalars(
        select(Tag)
        .join(Tag.verbatim)
        .where(Verbatim.interview_id == interview.id, Tag.reason_id.is_(None))
        .options(joinedload(Tag.verbatim), joinedload(Tag.competitor))
        .order_by(Verbatim.start)
    ).all()


def _lies_in(quote: Verbatim, suggestion: Suggestion) -> bool:
    return (
        quote.answer_id == suggestion.answer_id
        and suggestion.start <= quote.start
        and quote.end <= suggestion.end
    )


def _say_reason(session: Session, tag: Tag, reason: Reason) -> None:
    """Its first reason goes to the tag that the authors' leaning made, a second one beside it."""
    values = TagValues(
        reason=reason,
        direction=tag.direction,
        weight=tag.weight,
        evidence=tag.evidence,
        competitor=tag.competitor,
    )
    if tag.reason_id is None:
        giving.change_tag(session, READER, tag, values)
    else:
        giving.give_tag(session, READER, tag.verbatim, values)


def _is_why(suggestion: Suggestion) -> bool:
    """Whether the sentence gives the reason of the decision."""
    words = suggestion.answer.text[suggestion.start : suggestion.end].casefold()
    return words.startswith(("chosen option", "decided", "we decided", "we will")) and (
        "because" in words or "since" in words
    )


def _say_it_decided(session: Session, interview: Interview, suggestion: Suggestion) -> None:
    deal = interview.deal
    if deal.outcome is Outcome.NO_DECISION:
        return
    quote = quote_words(session, READER, suggestion.answer, suggestion.start, suggestion.end)
    values = TagValues(
        reason=suggestion.reason,
        direction=Direction.FOR if deal.outcome is Outcome.WON else Direction.AGAINST,
        weight=Weight.DECISIVE,
        evidence=suggestion.answer.kind,
        competitor=deal.won_by,
    )
    giving.give_tag(session, READER, quote, values, Decided.BOTH)


def main(instance: str, data: str) -> None:
    settings = load_settings({"BECAUSE_INSTANCE": instance})
    app = create_app(settings)
    db: Database = app.extensions["because_database"]
    import_and_tag(app, db, Path(data), Path(instance) / "decisions.jsonl")


if __name__ == "__main__":
    main(*sys.argv[1:])
