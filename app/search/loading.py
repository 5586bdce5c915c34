"""What is shown of the documents that were found; whoever found them made sure that the viewer may
read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.deals.models import Contact, Deal
from app.interviews.models import Answer, Interview, Note
from app.search.models import Kind, SearchDocument
from app.tagging.models import Verbatim
from app.transcripts.models import Segment, Transcript


@dataclass(frozen=True)
class Hit:
    """What was found; `interview` where words of it were, `deal` of whatever has one."""

    document: SearchDocument
    interview: Interview | None
    deal: Deal | None


def hits(session: Session, kind: Kind, ids: Sequence[int]) -> list[Hit]:
    """In the order of their ids."""
    if not ids:
        return []
    found = {row[0].id: _hit(row) for row in session.execute(_SHOWN[kind], {"ids": ids})}
    return [found[row_id] for row_id in ids if row_id in found]


def _hit(row: Row[*tuple[Any, ...]]) -> Hit:
    of = row[1] if len(row) > 1 else None
    if isinstance(of, Interview):
        return Hit(row[0], of, of.deal)
    return Hit(row[0], None, of)


def _with_interview(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    deal = joinedload(Interview.deal)
    return statement.options(
        joinedload(Interview.contact), deal.joinedload(Deal.seller), deal.joinedload(Deal.account)
    )


# Built once, for every page of results asks one of them.
_WANTED = SearchDocument.id.in_(bindparam("ids", expanding=True))
_WORDS = select(SearchDocument, Interview).where(_WANTED)
_SHOWN: dict[Kind, Select[*tuple[Any, ...]]] = {
    Kind.QUOTE: _with_interview(
        _WORDS.join(SearchDocument.verbatim)
        .join(Verbatim.interview)
        .options(contains_eager(SearchDocument.verbatim).joinedload(Verbatim.answer))
    ),
    Kind.ANSWER: _with_interview(
        _WORDS.join(SearchDocument.answer)
        .join(Answer.interview)
        .options(contains_eager(SearchDocument.answer))
    ),
    Kind.SEGMENT: _with_interview(
        _WORDS.join(SearchDocument.segment)
        .join(Transcript, Segment.transcript_id == Transcript.id)
        .join(Transcript.interview)
        .options(contains_eager(SearchDocument.segment).joinedload(Segment.speaker))
    ),
    Kind.NOTE: _with_interview(
        _WORDS.join(SearchDocument.note)
        .join(Note.answer)
        .join(Answer.interview)
        .options(contains_eager(SearchDocument.note).contains_eager(Note.answer))
    ),
    Kind.DEAL: select(SearchDocument, Deal)
    .where(_WANTED)
    .join(SearchDocument.deal)
    .options(joinedload(Deal.seller), joinedload(Deal.account)),
    Kind.PERSON: select(SearchDocument)
    .where(_WANTED)
    .join(SearchDocument.contact)
    .options(contains_eager(SearchDocument.contact).joinedload(Contact.account)),
}
