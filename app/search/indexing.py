"""Keeping the documents as the things are. Each function may be called again without harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Insert, Select, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.db import Base, Database
from app.deals.models import Account, Contact, Deal, DealContact
from app.interviews.models import Answer, Note
from app.search.models import Kind, SearchDocument
from app.search.queries import kind_word
from app.search.stems import searchable
from app.tagging.models import Verbatim
from app.transcripts.models import Segment, Transcript

BATCH = 2000
_TABLE = Base.metadata.tables[SearchDocument.__tablename__]


@dataclass(frozen=True)
class Source:
    """Where the things of one kind are, and what of them is searched: their id, then texts."""

    kind: Kind
    document: InstrumentedAttribute[int | None]
    thing: InstrumentedAttribute[int]
    texts: Select[int, str]


QUOTES = Source(
    Kind.QUOTE, SearchDocument.verbatim_id, Verbatim.id, select(Verbatim.id, Verbatim.text)
)
ANSWERS = Source(
    Kind.ANSWER,
    SearchDocument.answer_id,
    Answer.id,
    select(Answer.id, Answer.text).where(Answer.text != ""),
)
SEGMENTS = Source(
    Kind.SEGMENT, SearchDocument.segment_id, Segment.id, select(Segment.id, Segment.text)
)
NOTES = Source(
    Kind.NOTE, SearchDocument.note_id, Note.id, select(Note.id, Note.text).where(Note.text != "")
)
DEALS = Source(
    Kind.DEAL,
    SearchDocument.deal_id,
    Deal.id,
    select(
        Deal.id,
        Deal.name
        + " \n"
        + func.coalesce(Account.name, "")
        + " \n"
        + Deal.product
        + " \n"
        + Deal.stated_reason,
    ).outerjoin(Deal.account),
)
PEOPLE = Source(
    Kind.PERSON,
    SearchDocument.contact_id,
    Contact.id,
    select(
        Contact.id,
        Contact.name + " \n" + Contact.job_title + " \n" + func.coalesce(Account.name, ""),
    ).outerjoin(Contact.account),
)
SOURCES = (QUOTES, ANSWERS, SEGMENTS, NOTES, DEALS, PEOPLE)


def index_interview(session: Session, interview_id: int) -> None:
    """All that was said and noted in it."""
    of_it = Answer.interview_id == interview_id
    _index(session, ANSWERS, select(Answer.id).where(of_it))
    _index(session, NOTES, select(Note.id).join(Note.answer).where(of_it))
    _index(session, QUOTES, select(Verbatim.id).where(Verbatim.interview_id == interview_id))
    _index(
        session,
        SEGMENTS,
        select(Segment.id)
        .join(Transcript, Segment.transcript_id == Transcript.id)
        .where(Transcript.interview_id == interview_id),
    )


def index_answers(session: Session, ids: Iterable[int]) -> None:
    _index(session, ANSWERS, select(Answer.id).where(Answer.id.in_(list(ids))))


def index_quotes(session: Session, quotes: Iterable[Verbatim]) -> None:
    _keep(session, QUOTES, {quote.id: quote.text for quote in quotes})


def index_deals(session: Session, ids: Iterable[int]) -> None:
    """The deals, and whoever took part in them."""
    wanted = list(ids)
    _index(session, DEALS, select(Deal.id).where(Deal.id.in_(wanted)))
    _index(session, PEOPLE, select(DealContact.contact_id).where(DealContact.deal_id.in_(wanted)))


def index_account(session: Session, account_id: int) -> None:
    """Its deals and people are found by its name too."""
    _index(session, DEALS, select(Deal.id).where(Deal.account_id == account_id))
    _index(session, PEOPLE, select(Contact.id).where(Contact.account_id == account_id))


def rebuild(db: Database, progress: Callable[[int], None]) -> int:
    """Every document anew, in short transactions; returns of how many things."""
    done = 0
    for source in SOURCES:
        after = 0
        while True:
            with db.writing() as session:
                ids = _next_ids(session, source, after)
                if not ids:
                    break
                _index_ids(session, source, ids)
            done += len(ids)
            after = ids[-1]
            progress(done)
    return done


def _next_ids(session: Session, source: Source, after: int) -> Sequence[int]:
    return session.scalars(
        select(source.thing).where(source.thing > after).order_by(source.thing).limit(BATCH)
    ).all()


def _index(session: Session, source: Source, ids: Select[int]) -> None:
    session.flush()
    _index_ids(session, source, session.scalars(ids).all())


def _index_ids(session: Session, source: Source, ids: Sequence[int]) -> None:
    """Documents as the things say now; of those that say nothing, none."""
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        rows = session.execute(source.texts.where(source.thing.in_(some)))
        texts = {row[0]: row[1] for row in rows}
        silent = [thing for thing in some if thing not in texts]
        if silent:
            session.execute(delete(SearchDocument).where(source.document.in_(silent)))
        _keep(session, source, texts)


def _keep(session: Session, source: Source, texts: Mapping[int, str]) -> None:
    """A document of each text; one that says the same already is left as it is."""
    if not texts:
        return
    documents = [
        {
            "kind": source.kind,
            source.document.key: thing,
            "words": f"{kind_word(source.kind)} {searchable(text)}",
        }
        for thing, text in texts.items()
    ]
    assert session.bind is not None
    session.execute(_writing(source.document.key, session.bind.dialect.name), documents)


@cache
def _writing(document: str, dialect: str) -> Insert:
    new = sqlite.insert(_TABLE) if dialect == "sqlite" else postgresql.insert(_TABLE)
    return new.on_conflict_do_update(
        index_elements=[document],
        set_={"words": new.excluded.words},
        where=_TABLE.c.words != new.excluded.words,
    )
