"""Reading the codebook, quotes and tags; words only where the viewer may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, load_only

from app.core.access import NotFound, Viewer
from app.deals.access import may_see
from app.deals.models import Deal
from app.interviews.models import Answer, Interview, State
from app.market.models import Competitor, Differentiator, Life, name_key
from app.tagging.codebook.tree import walk
from app.tagging.models import FinishReason, Reason, Tag, TagEvidence, Verbatim

# Built once, for every tag that is given asks them.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_IS_REASON = (
    or_(Reason.parent_id.is_not(None), Reason.life == Life.DRAFT),
    Reason.merged_into_id.is_(None),
)
_CALLED = (
    select(Reason)
    .where(*_IS_REASON, Reason.name == bindparam("name"), Reason.life != Life.RETIRED)
    .order_by(Reason.id)
    .limit(1)
    .options(load_only(Reason.key, Reason.name, Reason.life))
)
_NAMES = select(Reason.id, Reason.parent_id, Reason.key, Reason.name, Reason.aliases).order_by(
    Reason.position, Reason.id
)
_QUOTE_AT = select(Verbatim).where(
    Verbatim.answer_id == bindparam("answer_id"),
    Verbatim.revision == bindparam("revision"),
    Verbatim.start == bindparam("start"),
    Verbatim.end == bindparam("end"),
)
_QUOTES_OF_ANSWERS = (
    select(Verbatim)
    .where(Verbatim.answer_id.in_(_IDS))
    .order_by(Verbatim.answer_id, Verbatim.start, Verbatim.end)
)
_STANDING = select(Tag).where(Tag.verbatim_id.in_(_IDS), Tag.removed_at.is_(None)).order_by(Tag.id)
_TAGS_OF_QUOTES = _STANDING.options(
    joinedload(Tag.reason),
    joinedload(Tag.competitor),
    joinedload(Tag.differentiator),
    joinedload(Tag.first).joinedload(Tag.reason),
)
_NAME_OF_REASON = load_only(Reason.key, Reason.name)
_TAGS_BY_NAME = _STANDING.options(
    joinedload(Tag.reason).options(_NAME_OF_REASON),
    joinedload(Tag.competitor).load_only(Competitor.name),
    joinedload(Tag.differentiator).load_only(Differentiator.name),
    joinedload(Tag.first).joinedload(Tag.reason).options(_NAME_OF_REASON),
)


@dataclass
class Category:
    """A category with its reasons in their order, narrower ones after the one they stand under."""

    category: Reason
    reasons: list[Reason] = field(default_factory=list)
    #: How deep each reason stands, by its id: 1 for those right under the category.
    depths: dict[int, int] = field(default_factory=dict)


def reason_list(session: Session, *, with_retired: bool = False) -> list[Category]:
    """The codebook as categories; drafts that nobody has placed yet stand in none."""
    categories: list[Category] = []
    for row, depth in walk(all_reasons(session), _id):
        if depth == 0:
            categories.append(Category(row))
        elif with_retired or row.life is not Life.RETIRED:
            categories[-1].reasons.append(row)
            categories[-1].depths[row.id] = depth
    return [category for category in categories if category.reasons]


def _id(reason: Reason) -> int:
    return reason.id


def draft_reasons(session: Session) -> Sequence[Reason]:
    """Reasons that an import or a tagger proposed, waiting for a decision."""
    return session.scalars(
        select(Reason).where(Reason.life == Life.DRAFT).order_by(Reason.name)
    ).all()


def usable_reasons(session: Session) -> Sequence[Reason]:
    """What a quote can be tagged with: reasons and drafts, not categories or retired ones."""
    usable = [row for row, depth in walk(all_reasons(session), _id) if depth or row.is_draft]
    usable.sort(key=lambda row: row.is_draft)
    return [row for row in usable if row.life is not Life.RETIRED]


def placed_reasons(session: Session) -> list[tuple[Reason, int]]:
    """Categories and the reasons in use, each with its depth: where a reason can stand."""
    return [
        (row, depth) for row, depth in walk(all_reasons(session), _id) if row.life is Life.ACTIVE
    ]


def reason_by_public_id(session: Session, public_id: str) -> Reason:
    reason = session.scalar(select(Reason).where(Reason.public_id == public_id))
    if reason is None:
        raise NotFound
    return reason


def reason_by_key(session: Session, key: str) -> Reason | None:
    return session.scalar(select(Reason).where(Reason.key == key))


def reasons_by_name(session: Session) -> dict[str, Reason]:
    """Reasons, not categories, by the key of their name and of each alias; a name goes before an
    alias, what is in use before what is retired. One that was merged is found as the other."""
    rows = session.scalars(
        select(Reason).where(*_IS_REASON).order_by(Reason.life == Life.RETIRED, Reason.id)
    ).all()
    index: dict[str, Reason] = {}
    for row in rows:
        index.setdefault(name_key(row.name), row)
    for row in rows:
        for other in (row.key, *row.aliases):
            index.setdefault(name_key(other), row)
    return index


def reason_by_name(session: Session, name: str) -> Reason | None:
    """The reason of this name, alias or key, whatever its case; not a category."""
    called = session.scalar(_CALLED, {"name": name})
    return called or reasons_by_name(session).get(name_key(name))


def all_reasons(session: Session) -> Sequence[Reason]:
    """Reasons and categories, also those retired."""
    return session.scalars(select(Reason).order_by(Reason.position, Reason.id)).all()


class NamesOfReason(NamedTuple):
    """How a reason or a category can be called."""

    id: int
    parent_id: int | None
    key: str
    name: str
    aliases: list[str]


def names_of_reasons(session: Session) -> list[NamesOfReason]:
    """Of all reasons and categories, also those retired."""
    return [NamesOfReason._make(row) for row in session.execute(_NAMES)]


def categories(session: Session) -> Sequence[Reason]:
    """Where a reason can be put, also the categories that have none yet."""
    return session.scalars(
        select(Reason)
        .where(Reason.parent_id.is_(None), Reason.life == Life.ACTIVE)
        .order_by(Reason.position, Reason.id)
    ).all()


def loaded_packs(session: Session) -> set[str]:
    """The names of the shipped lists of which something is here."""
    return set(session.scalars(select(Reason.pack).where(Reason.pack != "").distinct()))


def times_used(session: Session, reason: Reason) -> int:
    """In how many interviews the reason was tagged or tapped."""
    tagged = interviews_tagged(session, Tag.reason_id == reason.id)
    tapped = session.scalars(
        select(FinishReason.interview_id).where(FinishReason.reason_id == reason.id)
    )
    return len({*tagged, *tapped})


def interviews_tagged(session: Session, condition: ColumnElement[bool]) -> list[int]:
    """Ids of the interviews with a tag of which this is true, also one taken away."""
    return list(
        session.scalars(
            select(Verbatim.interview_id)
            .join(Tag, Tag.verbatim_id == Verbatim.id)
            .where(condition)
            .distinct()
        )
    )


def waiting_to_be_tagged(session: Session, viewer: Viewer, most: int = 50) -> Sequence[Interview]:
    """The tagger's queue: interviews held and not yet tagged in full, oldest first."""
    if not viewer.may("tagging.tag"):
        return []
    return session.scalars(
        select(Interview)
        .join(Interview.deal)
        .where(Interview.state == State.HELD, may_see(viewer))
        .options(
            contains_eager(Interview.deal).options(
                joinedload(Deal.account), joinedload(Deal.seller)
            ),
            joinedload(Interview.contact),
            joinedload(Interview.interviewer),
        )
        .order_by(Interview.held_on, Interview.id)
        .limit(most)
    ).all()


def count_waiting(session: Session, viewer: Viewer) -> int:
    if not viewer.may("tagging.tag"):
        return 0
    return (
        session.scalar(
            select(func.count())
            .select_from(Interview)
            .join(Interview.deal)
            .where(Interview.state == State.HELD, may_see(viewer))
        )
        or 0
    )


def words_by_interview(session: Session, interviews: Sequence[Interview]) -> dict[int, int]:
    """About how many words were said in each: spaces, counted where the text lies."""
    spaces = func.length(Answer.text) - func.length(func.replace(Answer.text, " ", ""))
    rows = session.execute(
        select(Answer.interview_id, func.sum(spaces + 1).label("words"))
        .where(Answer.interview_id.in_([row.id for row in interviews]), Answer.text != "")
        .group_by(Answer.interview_id)
    )
    return {row.interview_id: row.words for row in rows}


def taps_by_interview(
    session: Session, interviews: Sequence[Interview]
) -> dict[int, list[FinishReason]]:
    """What was tapped at the finish of each."""
    rows = session.scalars(
        select(FinishReason)
        .where(FinishReason.interview_id.in_([row.id for row in interviews]))
        .options(joinedload(FinishReason.reason))
        .order_by(FinishReason.position)
    )
    found: dict[int, list[FinishReason]] = {}
    for row in rows:
        found.setdefault(row.interview_id, []).append(row)
    return found


@dataclass(frozen=True)
class Quote:
    """A verbatim with the tags that stand."""

    verbatim: Verbatim
    tags: tuple[Tag, ...]


def quotes_of_interview(session: Session, interview: Interview) -> list[Quote]:
    """Every quote of the interview with its tags, in reading order. The caller has made sure
    that the viewer may read the words."""
    return quotes_of_interviews(session, [interview])


def quotes_of_interviews(session: Session, interviews: Sequence[Interview]) -> list[Quote]:
    """The same for several, one after the other."""
    verbatims = session.scalars(
        select(Verbatim)
        .join(Verbatim.answer)
        .where(Verbatim.interview_id.in_([row.id for row in interviews]))
        .options(contains_eager(Verbatim.answer))
        .order_by(Verbatim.interview_id, Answer.position, Verbatim.start, Verbatim.end)
    ).all()
    return _with_tags(session, verbatims, _TAGS_OF_QUOTES)


def quotes_of_answers(session: Session, answers: Sequence[Answer]) -> list[Quote]:
    """Every quote of these answers, which the session holds already, with its tags and the names
    of what they speak of."""
    verbatims = session.scalars(_QUOTES_OF_ANSWERS, {"ids": [row.id for row in answers]}).all()
    return _with_tags(session, verbatims, _TAGS_BY_NAME)


def _with_tags(
    session: Session, verbatims: Sequence[Verbatim], standing: Select[Tag]
) -> list[Quote]:
    by_quote: dict[int, list[Tag]] = {}
    for tag in session.scalars(standing, {"ids": [row.id for row in verbatims]}):
        by_quote.setdefault(tag.verbatim_id, []).append(tag)
    return [Quote(verbatim, tuple(by_quote.get(verbatim.id, ()))) for verbatim in verbatims]


def quote_at(session: Session, answer: Answer, start: int, end: int) -> Verbatim | None:
    """The quote of this span of the answer as it stands."""
    span = {"answer_id": answer.id, "revision": answer.revision, "start": start, "end": end}
    return session.scalar(_QUOTE_AT, span)


def quote_of_interview(session: Session, interview: Interview, public_id: str) -> Verbatim:
    """A quote of this interview, with its answer. Raises NotFound."""
    quote = session.scalar(
        select(Verbatim)
        .where(Verbatim.public_id == public_id, Verbatim.interview_id == interview.id)
        .options(joinedload(Verbatim.answer))
    )
    if quote is None:
        raise NotFound
    return quote


def answer_of_interview(session: Session, interview: Interview, public_id: str) -> Answer:
    """An answer of this interview. Raises NotFound."""
    answer = session.scalar(
        select(Answer).where(Answer.public_id == public_id, Answer.interview_id == interview.id)
    )
    if answer is None:
        raise NotFound
    return answer


def tag_of_interview(session: Session, interview: Interview, public_id: str) -> Tag:
    """A tag of this interview, also a removed one. Raises NotFound."""
    tag = session.scalar(
        select(Tag)
        .join(Tag.verbatim)
        .where(Tag.public_id == public_id, Verbatim.interview_id == interview.id)
        .options(
            contains_eager(Tag.verbatim).joinedload(Verbatim.answer),
            joinedload(Tag.reason),
            joinedload(Tag.competitor),
            joinedload(Tag.differentiator),
        )
    )
    if tag is None:
        raise NotFound
    return tag


def finish_reasons(session: Session, interview: Interview) -> Sequence[FinishReason]:
    return session.scalars(
        select(FinishReason)
        .where(FinishReason.interview_id == interview.id)
        .options(joinedload(FinishReason.reason))
        .order_by(FinishReason.position)
    ).all()


def strongest(session: Session, interview: Interview) -> Verbatim | None:
    """The sentence that the interviewer picked, if one stood out."""
    return session.scalar(
        select(Verbatim)
        .where(Verbatim.interview_id == interview.id, Verbatim.is_strong.is_(True))
        .options(joinedload(Verbatim.answer))
        .limit(1)
    )


def most_named_reasons(session: Session, interview: Interview, most: int = 20) -> list[int]:
    """Ids of the reasons named in most interviews whose deals ended the same way."""
    return list(
        session.scalars(
            select(TagEvidence.reason_id)
            .where(
                TagEvidence.outcome == interview.deal.outcome, TagEvidence.reason_id.is_not(None)
            )
            .group_by(TagEvidence.reason_id)
            .order_by(func.count(TagEvidence.interview_id.distinct()).desc())
            .limit(most)
        )
    )
