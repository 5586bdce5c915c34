"""The kinds of change beside the words: marks, notes to self, the kind of an answer, what they
would have decided, people and competitors that were mentioned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.deals import operations as deals
from app.deals.models import BuyingRole
from app.deals.queries import competitors_met, people_of
from app.interviews import holding, queries
from app.interviews.change_fields import Fields, Refused
from app.interviews.change_kinds import PART as ANSWER
from app.interviews.changes import Result, Sitting, change, part
from app.interviews.models import Counterfactual, Interview, Kind, Mark, MarkKind
from app.market.queries import find_competitors


@change("mark", part="marks")
def put_mark(sitting: Sitting, fields: Fields) -> Result:
    """A mark at `start` to `end` of the words that the page calls `revision`."""
    kind = fields.token("kind", MarkKind)
    name = fields.line("name")
    if kind in (MarkKind.COMPETITOR, MarkKind.DIFFERENTIATOR) and not name:
        raise Refused("Say which name was mentioned.")
    place = holding.Place(
        fields.line("revision"), fields.number("start"), fields.number("end"), fields.text("words")
    )
    made = holding.Marked(
        public_id=fields.id("id"),
        kind=kind,
        place=place,
        name=name,
        seconds=fields.number("seconds"),
    )
    asked = sitting.asked(fields.line("question"))
    holding.mark(sitting.session, sitting.actor, sitting.interview, asked, made)
    return {}


@change("unmark", part="marks")
def take_mark_back(sitting: Sitting, fields: Fields) -> Result:
    holding.take_mark_back(sitting.session, sitting.interview, fields.id("mark"))
    return {}


@change("note", part="notes")
def write_note(sitting: Sitting, fields: Fields) -> Result:
    """The author's own note beside the answer; never quoted."""
    holding.write_note(
        sitting.session,
        sitting.actor,
        sitting.interview,
        sitting.asked(fields.line("question")),
        fields.text("text", most=holding.LONGEST_NOTE),
    )
    return {}


@change("kind", part=ANSWER)
def set_kind(sitting: Sitting, fields: Fields) -> Result:
    asked = sitting.asked(fields.line("question"))
    kind = fields.token("kind", Kind)
    holding.set_kind(sitting.session, sitting.actor, sitting.interview, asked, kind)
    return {}


@change("would", part=ANSWER)
def set_counterfactual(sitting: Sitting, fields: Fields) -> Result:
    """What they would have decided, had it been otherwise."""
    holding.set_counterfactual(
        sitting.session,
        sitting.actor,
        sitting.interview,
        sitting.asked(fields.line("question")),
        fields.optional_token("would", Counterfactual),
    )
    return {}


@change("met", part="met")
def keep_as_met(sitting: Sitting, fields: Fields) -> Result:
    """Competitors whose names were said are kept as met in the deal."""
    names = [name.strip() for name in fields.text("names").split("\n") if name.strip()]
    rows = find_competitors(sitting.session, names)
    holding.keep_as_met(sitting.session, sitting.actor, sitting.interview, rows)
    return {}


@change("person", part="people")
def add_person(sitting: Sitting, fields: Fields) -> Result:
    """Somebody who was mentioned becomes a contact of the deal, in one step."""
    name = fields.line("name", most=200)
    if not name:
        raise Refused("Enter the person's name.")
    person = deals.Person(
        name=name,
        job_title=fields.line("job_title", most=200),
        buying_role=fields.optional_token("buying_role", BuyingRole),
        stakes=fields.line("stakes", most=1000),
        fears=fields.line("fears", most=1000),
    )
    deals.add_person(sitting.session, sitting.actor, sitting.interview.deal, person)
    return {}


@part("marks")
def show_marks(
    session: Session, interview: Interview, questions: Collection[str] | None
) -> Mapping[str, Any]:
    """The marks of each question, in the order of their making; of none where all were taken
    back."""
    shown: dict[str, list[dict[str, Any]]] = {question: [] for question in questions or ()}
    for mark in queries.marks_of(session, interview):
        question = mark.answer.question_id
        if questions is None or question in questions:
            shown.setdefault(question, []).append(_mark(mark))
    return shown


@part("notes")
def show_notes(
    session: Session, interview: Interview, questions: Collection[str] | None
) -> Mapping[str, Any]:
    """Notes beside the answers, each with its author: a page shows its own."""
    shown: dict[str, list[dict[str, Any]]] = {question: [] for question in questions or ()}
    for note in queries.all_notes_of(session, interview):
        question = note.answer.question_id
        if questions is None or question in questions:
            own = {"author": note.author_id, "text": note.text}
            shown.setdefault(question, []).append(own)
    return shown


@part("people")
def show_people(
    session: Session, interview: Interview, _questions: Collection[str] | None
) -> Mapping[str, Any]:
    return {"": [row.contact.name for row in people_of(session, interview.deal)]}


@part("met")
def show_met(
    session: Session, interview: Interview, _questions: Collection[str] | None
) -> Mapping[str, Any]:
    return {"": [row.name for row in competitors_met(session, interview.deal)]}


def _mark(mark: Mark) -> dict[str, Any]:
    named = mark.competitor or mark.differentiator
    words = ""
    if mark.start is not None and mark.end is not None:
        words = mark.answer.text[mark.start : mark.end]
    return {
        "id": mark.public_id,
        "kind": mark.kind.value,
        "name": named.name if named is not None else "",
        "words": words[:120],
        "seconds": mark.seconds,
    }
