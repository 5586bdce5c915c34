"""What a page shows of what was found: the words, whose they are, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for
from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.deals.access import title_for
from app.interviews.confidence import is_exact, sight_of
from app.interviews.models import Interview
from app.interviews.words import BUYING_ROLES
from app.recordings.queries import Moment, moments_of, moments_of_segments
from app.search import queries
from app.search.asking import Asked, Term
from app.search.filters import Conditions, conditions
from app.search.loading import Hit
from app.search.marking import Excerpt, excerpt, marked
from app.search.models import Kind
from app.search.queries import Page

#: How many of each kind stand on the page that shows all kinds.
FEW = 4


@dataclass(frozen=True)
class Found:
    """One line of the page. `heading` leads to `address`; `words` are the buyer's exact ones only
    where `is_exact` is true, and None for a deal or a person; `moment` is where a recording holds
    them."""

    kind: Kind
    heading: str
    address: str
    about: str
    words: Excerpt | None = None
    is_exact: bool = False
    moment: Moment | None = None


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: Kind
    found: Sequence[Found]
    after: int | None


@dataclass(frozen=True)
class Results:
    asked: Asked
    groups: Sequence[Group]
    problems: Sequence[str]

    @property
    def is_heard(self) -> bool:
        """Whether a recording holds any of it."""
        return any(found.moment for group in self.groups for found in group.found)

    @property
    def is_empty(self) -> bool:
        return not any(group.found for group in self.groups)


def results(
    session: Session, viewer: Viewer, asked: Asked, kind: Kind | None, after: int | None
) -> Results:
    """Some of every kind, or a page of one."""
    narrowed = conditions(session, asked.filters)
    kinds = [kind] if kind is not None else queries.kinds_for(asked)
    size = queries.PAGE_SIZE if kind is not None else FEW
    groups = [_group(session, viewer, asked, narrowed, each, after, size) for each in kinds]
    return Results(asked, groups, narrowed.problems)


def _group(
    session: Session,
    viewer: Viewer,
    asked: Asked,
    narrowed: Conditions,
    kind: Kind,
    after: int | None,
    size: int,
) -> Group:
    page: Page = queries.find(session, viewer, asked, narrowed, kind, after=after, size=size)
    moments = _moments(session, viewer, page.hits)
    found = [
        replace(_found(viewer, hit, asked.wanted), moment=moments.get(hit.document.id))
        for hit in page.hits
    ]
    return Group(kind, found, page.after)


def _found(viewer: Viewer, hit: Hit, terms: Sequence[Term]) -> Found:
    return _SHOWN[hit.document.kind](viewer, hit, terms)


def _moments(session: Session, viewer: Viewer, hits: Sequence[Hit]) -> dict[int, Moment]:
    """Where a recording holds the words, by the document's id."""
    quotes = {hit.document.id: hit.document.verbatim for hit in hits if hit.document.verbatim}
    spoken = {
        hit.document.id: (hit.document.segment, hit.interview)
        for hit in hits
        if hit.document.segment and hit.interview
    }
    of_quotes = moments_of(session, viewer, quotes.values())
    of_segments = moments_of_segments(session, viewer, spoken.values())
    found = {key: of_quotes.get(quote.id) for key, quote in quotes.items()}
    found |= {key: of_segments.get(segment.id) for key, (segment, _) in spoken.items()}
    return {key: moment for key, moment in found.items() if moment is not None}


def _quote(viewer: Viewer, hit: Hit, terms: Sequence[Term]) -> Found:
    quote, interview = hit.document.verbatim, hit.interview
    assert quote is not None
    assert interview is not None
    address = url_for(
        "interviews.page", public_id=interview.public_id, _anchor=f"a{quote.answer_id}"
    )
    sight = sight_of(viewer, interview, quote.scope)
    return Found(
        Kind.QUOTE,
        _who(interview, named=sight.name),
        address,
        title_for(viewer, interview.deal),
        marked(quote.text, terms),
        is_exact(quote.answer),
    )


def _answer(viewer: Viewer, hit: Hit, terms: Sequence[Term]) -> Found:
    answer, interview = hit.document.answer, hit.interview
    assert answer is not None
    assert interview is not None
    address = url_for("interviews.page", public_id=interview.public_id, _anchor=f"a{answer.id}")
    who = _who(interview, named=sight_of(viewer, interview).name)
    return Found(
        Kind.ANSWER,
        answer.question or "Without a question",
        address,
        f"{who} · {title_for(viewer, interview.deal)}",
        excerpt(answer.text, terms),
        is_exact(answer),
    )


def _segment(viewer: Viewer, hit: Hit, terms: Sequence[Term]) -> Found:
    segment, interview = hit.document.segment, hit.interview
    assert segment is not None
    assert interview is not None
    named = sight_of(viewer, interview).name
    speaker = segment.speaker.label if named else "Somebody in the conversation"
    if viewer.may("interviews.hold"):
        address = url_for(
            "transcripts.page",
            public_id=interview.public_id,
            _anchor=f"s{segment.position}",
        )
    else:
        address = url_for("interviews.page", public_id=interview.public_id)
    about = title_for(viewer, interview.deal)
    return Found(Kind.SEGMENT, speaker, address, about, excerpt(segment.text, terms), is_exact=True)


def _note(viewer: Viewer, hit: Hit, terms: Sequence[Term]) -> Found:
    note, interview = hit.document.note, hit.interview
    assert note is not None
    assert interview is not None
    return Found(
        Kind.NOTE,
        note.answer.question or "Note to self",
        url_for("interviews.page", public_id=interview.public_id, _anchor=f"a{note.answer_id}"),
        title_for(viewer, interview.deal),
        excerpt(note.text, terms),
    )


def _deal(viewer: Viewer, hit: Hit, _terms: Sequence[Term]) -> Found:
    deal = hit.deal
    assert deal is not None
    about = [deal.account.name if deal.account else "", deal.product]
    address = url_for("deals.deal", public_id=deal.public_id)
    title = title_for(viewer, deal)
    return Found(Kind.DEAL, title, address, " · ".join(part for part in about if part))


def _person(_viewer: Viewer, hit: Hit, _terms: Sequence[Term]) -> Found:
    contact = hit.document.contact
    assert contact is not None
    account = contact.account
    address = url_for("deals.account", public_id=account.public_id) if account else ""
    about = [contact.job_title, account.name if account else ""]
    return Found(Kind.PERSON, contact.name, address, " · ".join(part for part in about if part))


def _who(interview: Interview, *, named: bool) -> str:
    contact = interview.contact
    if named and contact is not None:
        return contact.name
    return BUYING_ROLES[interview.buying_role] if interview.buying_role else "A buyer"


_SHOWN = {
    Kind.QUOTE: _quote,
    Kind.ANSWER: _answer,
    Kind.SEGMENT: _segment,
    Kind.NOTE: _note,
    Kind.DEAL: _deal,
    Kind.PERSON: _person,
}
