"""Finding documents, the newest first, among those that this viewer may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    column,
    false,
    func,
    not_,
    or_,
    select,
    table,
    true,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.core.access import NotFound, Viewer
from app.deals.access import is_told_descriptions, may_see
from app.deals.models import Deal, DealContact, Seller
from app.interviews.models import Answer, Interview, Note, Scope, Taken
from app.search import asking, loading
from app.search.asking import Asked, Term
from app.search.filters import Conditions
from app.search.loading import Hit
from app.search.models import Kind, SavedSearch, SearchDocument
from app.tagging.double_coding.queries import blind
from app.tagging.models import Reason, Tag, Verbatim
from app.transcripts.models import Segment, Transcript

PAGE_SIZE = 20
FEW_DOCUMENTS = 400
_FOUND = select(SearchDocument.id)


@dataclass(frozen=True)
class Page:
    """Some of one kind, and the id after which the next page goes on."""

    hits: Sequence[Hit]
    after: int | None


class FoundQuote(NamedTuple):
    """A quote as a file needs it; the last three are its answer's."""

    document_id: int
    id: int
    text: str
    scope: Scope | None
    interview_id: int
    taken: Taken
    revision: int
    confirmed_revision: int | None


def kinds_for(asked: Asked) -> list[Kind]:
    """Where there is something to look for: only quotes have tags, and people no outcome."""
    if asked.asks_for_tags:
        return [Kind.QUOTE]
    return [kind for kind in Kind if kind is not Kind.PERSON or not asked.filters]


def find(
    session: Session,
    viewer: Viewer,
    asked: Asked,
    narrowed: Conditions,
    kind: Kind,
    *,
    after: int | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """A page of one kind. Paged by id, so that no row is met twice and none is missed."""
    if narrowed.problems or not asked:
        return Page([], None)
    matching = _page_of(session, readable(viewer, narrowed, kind), asked, kind, after, size + 1)
    ids = session.scalars(matching).all()
    return Page(loading.hits(session, kind, ids[:size]), ids[size - 1] if len(ids) > size else None)


def find_quotes(
    session: Session,
    viewer: Viewer,
    asked: Asked,
    narrowed: Conditions,
    *,
    after: int | None,
    size: int,
) -> Sequence[FoundQuote]:
    """As many quotes as `find` would show, by the columns that a file needs of them alone."""
    if narrowed.problems or not asked:
        return []
    statement = (
        readable(viewer, narrowed, Kind.QUOTE)
        .join(Verbatim.answer)
        .with_only_columns(
            SearchDocument.id,
            Verbatim.id,
            Verbatim.text,
            Verbatim.scope,
            Verbatim.interview_id,
            Answer.taken,
            Answer.revision,
            Answer.confirmed_revision,
        )
    )
    matching = _page_of(session, statement, asked, Kind.QUOTE, after, size)
    return [FoundQuote._make(row) for row in session.execute(matching)]


def interviews_shown(session: Session, ids: Collection[int]) -> Sequence[Interview]:
    """With their deals and people."""
    deal = joinedload(Interview.deal)
    return session.scalars(
        select(Interview)
        .where(Interview.id.in_(ids))
        .options(
            joinedload(Interview.contact),
            deal.joinedload(Deal.seller),
            deal.joinedload(Deal.account),
        )
    ).all()


def reasons_of(session: Session, verbatim_ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the reasons that each quote was given."""
    found: dict[int, list[str]] = {}
    rows = session.execute(
        select(Tag.verbatim_id, Reason.name)
        .join(Tag.reason)
        .where(Tag.verbatim_id.in_(verbatim_ids), Tag.removed_at.is_(None))
        .order_by(Tag.id)
    )
    for verbatim_id, name in rows:
        found.setdefault(verbatim_id, []).append(name)
    return found


def newest_document(session: Session) -> int:
    return session.scalar(select(func.max(SearchDocument.id))) or 0


def kind_word(kind: Kind) -> str:
    """Stands in every document of the kind, so that the index itself finds the kind."""
    return f"kind0{kind}"


def may_read(
    viewer: Viewer, quote_scope: InstrumentedAttribute[Scope | None] | None = None
) -> ColumnElement[bool]:
    """The condition on Interview, Deal and Seller under which this viewer reads the words: the
    same as `sight_of(...).words` of interviews/confidence.py, which a test holds it to."""
    held_it = func.coalesce(Interview.interviewer_id == viewer.user_id, false())
    sold_it = func.coalesce(Seller.user_id == viewer.user_id, false())
    counted = or_(Interview.scope.is_(None), Interview.scope == Scope.COUNT)
    if quote_scope is not None:
        counted = or_(counted, func.coalesce(quote_scope == Scope.COUNT, false()))
    tags = true() if viewer.may("tagging.tag") else false()
    kept_from_seller = and_(sold_it, func.coalesce(not_(Interview.seller_may_read), false()))
    return or_(
        held_it,
        and_(counted, tags, not_(sold_it)),
        and_(not_(counted), not_(kept_from_seller)),
    )


def readable(viewer: Viewer, narrowed: Conditions, kind: Kind) -> Select[int]:
    """The ids of what this viewer may read of the kind, with the tables that conditions are of.
    What is shown of a few of them is loaded by itself: together, PostgreSQL takes longer to plan
    the statement than to carry it out."""
    if kind is Kind.PERSON:
        return _people(viewer)
    statement = _deals(viewer) if kind is Kind.DEAL else _WORDS[kind](viewer)
    of_kind = narrowed.of_quote if kind is Kind.QUOTE else narrowed.of_others
    return statement.where(may_see(viewer), *narrowed.of_deal, *of_kind)


def saved_searches(session: Session, viewer: Viewer) -> Sequence[SavedSearch]:
    return session.scalars(
        select(SavedSearch)
        .where(SavedSearch.user_id == viewer.user_id)
        .order_by(SavedSearch.created_at, SavedSearch.id)
    ).all()


def saved_search(session: Session, viewer: Viewer, public_id: str) -> SavedSearch:
    """Raises NotFound for somebody else's."""
    found = session.scalar(
        select(SavedSearch).where(
            SavedSearch.public_id == public_id, SavedSearch.user_id == viewer.user_id
        )
    )
    if found is None:
        raise NotFound
    return found


def saved_as(session: Session, viewer: Viewer, asked: str) -> SavedSearch | None:
    return session.scalar(
        select(SavedSearch).where(SavedSearch.user_id == viewer.user_id, SavedSearch.asked == asked)
    )


def _quotes(viewer: Viewer) -> Select[int]:
    found = _FOUND.join(SearchDocument.verbatim).join(Verbatim.interview)
    return _with_deal(found).where(
        Verbatim.has_lost_place.is_(False),
        may_read(viewer, Verbatim.scope),
        Verbatim.interview_id.not_in(blind(viewer)),
    )


def _answers(viewer: Viewer) -> Select[int]:
    found = _FOUND.join(SearchDocument.answer).join(Answer.interview)
    return _with_deal(found).where(may_read(viewer))


def _segments(viewer: Viewer) -> Select[int]:
    found = (
        _FOUND.join(SearchDocument.segment)
        .join(Transcript, Segment.transcript_id == Transcript.id)
        .join(Transcript.interview)
    )
    return _with_deal(found).where(may_read(viewer))


def _own_notes(viewer: Viewer) -> Select[int]:
    found = _FOUND.join(SearchDocument.note).join(Note.answer).join(Answer.interview)
    return _with_deal(found).where(Note.author_id == viewer.user_id)


def _with_deal(statement: Select[int]) -> Select[int]:
    return statement.join(Interview.deal).outerjoin(Deal.seller)


def _deals(viewer: Viewer) -> Select[int]:
    statement = _FOUND.join(SearchDocument.deal).outerjoin(Deal.seller)
    # A deal that is only described is not found by its name: that would tell the name.
    return statement.where(not_(Deal.is_anonymous)) if is_told_descriptions(viewer) else statement


def _people(viewer: Viewer) -> Select[int]:
    """Contacts with a part in a deal that this viewer sees by its name."""
    named = may_see(viewer)
    if is_told_descriptions(viewer):
        named = and_(named, not_(Deal.is_anonymous))
    known = select(DealContact.contact_id).join(DealContact.deal).where(named)
    return _FOUND.where(SearchDocument.contact_id.in_(known))


_WORDS = {
    Kind.QUOTE: _quotes,
    Kind.ANSWER: _answers,
    Kind.SEGMENT: _segments,
    Kind.NOTE: _own_notes,
}


def _page_of(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    asked: Asked,
    kind: Kind,
    after: int | None,
    most: int,
) -> Select[Any]:
    matching = _matching(session, statement, asked, kind)
    if after is not None:
        matching = matching.where(SearchDocument.id < after)
    # Written into the statement: PostgreSQL keeps no plan for a limit that it does not know.
    return matching.limit(bindparam("most", most, Integer, literal_execute=True))


def _matching(
    session: Session, statement: Select[*tuple[Any, ...]], asked: Asked, kind: Kind
) -> Select[Any]:
    """Those with the words, newest first, by the index of whichever database it is."""
    assert session.bind is not None
    narrow = _by_fts5 if session.bind.dialect.name == "sqlite" else _by_tsvector
    of_kind = statement.where(SearchDocument.kind == kind)
    return narrow(session, of_kind, asked, kind).order_by(SearchDocument.id.desc())


def _by_fts5(
    _session: Session, statement: Select[*tuple[Any, ...]], asked: Asked, kind: Kind
) -> Select[Any]:
    if asked.wanted:
        words = " AND ".join((f'"{kind_word(kind)}"', *map(_for_fts5, asked.wanted)))
        statement = statement.where(SearchDocument.id.in_(_found_by_fts5(words)))
    if asked.unwanted:
        words = " OR ".join(map(_for_fts5, asked.unwanted))
        statement = statement.where(SearchDocument.id.not_in(_found_by_fts5(words)))
    return statement


def _found_by_fts5(words: str) -> Select[int]:
    index = table("search_words", column("rowid", Integer), column("search_words"))
    return select(index.c.rowid).where(index.c.search_words.op("MATCH")(words))


def _for_fts5(term: Term) -> str:
    each = (
        f'"{" ".join(one.stems)}"{"*" if one.is_beginning else ""}'
        for one in asking.sequences(term)
    )
    return f"({' OR '.join(each)})"


def _by_tsvector(
    session: Session, statement: Select[*tuple[Any, ...]], asked: Asked, kind: Kind
) -> Select[Any]:
    words = [*map(_for_tsquery, asked.wanted), *(f"!{_for_tsquery(t)}" for t in asked.unwanted)]
    if asked.wanted:
        words.insert(0, kind_word(kind))
    if not words:
        return statement
    # Stems are letters and digits alone. Written into the statement, which is planned for them.
    stems = bindparam("words", " & ".join(words), String, literal_execute=True)
    found = sql("search_documents.search_words @@ to_tsquery('simple', :words)").bindparams(stems)
    if not asked.wanted:
        return statement.where(found)
    # PostgreSQL overrates rare words, and would look for them through all that there is, newest
    # first; asked for them in no order it takes the index of words.
    most = bindparam("most", FEW_DOCUMENTS + 1, Integer, literal_execute=True)
    few = session.scalars(_FOUND.where(SearchDocument.kind == kind, found).limit(most)).all()
    return statement.where(SearchDocument.id.in_(few) if len(few) <= FEW_DOCUMENTS else found)


def _for_tsquery(term: Term) -> str:
    each = (
        "<->".join(one.stems) + (":*" if one.is_beginning else "") for one in asking.sequences(term)
    )
    return f"({' | '.join(each)})"
