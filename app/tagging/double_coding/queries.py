"""Reading second codings. The caller has loaded the interview with the right to read its words,
or names the viewer here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, union
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import NotFound, Viewer
from app.deals.access import may_see
from app.deals.models import Deal
from app.interviews.models import Answer, Interview
from app.tagging.double_coding.models import (
    AgreementFigure,
    CodedPassage,
    SecondCoding,
    SecondTag,
)
from app.tagging.models import Tag, TagChange, Verbatim


def coding_of(session: Session, interview: Interview) -> SecondCoding | None:
    """The interview's second coding, if it is tagged by two."""
    return session.scalar(select(SecondCoding).where(SecondCoding.interview_id == interview.id))


def known_to(session: Session, viewer: Viewer, codings: Sequence[SecondCoding]) -> set[int]:
    """Ids of the interviews of which this person is no second pair of eyes: they gave a tag or
    changed one, or gave the second tagging back and could read the first tags since."""
    ids = [row.interview_id for row in codings]
    given_back = [row.interview_id for row in codings if viewer.user_id in row.given_back_by]
    gave = (
        select(Verbatim.interview_id)
        .join(Tag, Tag.verbatim_id == Verbatim.id)
        .where(Verbatim.interview_id.in_(ids), Tag.created_by_name == viewer.name)
    )
    changed = select(TagChange.interview_id).where(
        TagChange.interview_id.in_(ids), TagChange.author_id == viewer.user_id
    )
    may_have_read = (
        select(Verbatim.interview_id)
        .join(Tag, Tag.verbatim_id == Verbatim.id)
        .where(Verbatim.interview_id.in_(given_back))
    )
    return set(session.scalars(union(gave, changed, may_have_read)))


def is_tagged_by_anybody(session: Session, interview: Interview) -> bool:
    tagged = exists().where(Tag.verbatim_id == Verbatim.id, Verbatim.interview_id == interview.id)
    return bool(session.scalar(select(tagged)))


def is_reading_blind(session: Session, viewer: Viewer, interviews: Sequence[Interview]) -> bool:
    """Whether this person must not see what others gave to one of them."""
    ids = [row.id for row in interviews]
    return session.scalar(blind(viewer).where(SecondCoding.interview_id.in_(ids))) is not None


def is_blind_on_deal(session: Session, viewer: Viewer, deal: Deal) -> bool:
    """Whether this person must not see what others gave to an interview of the deal."""
    of_deal = select(Interview.id).where(Interview.deal_id == deal.id)
    return session.scalar(blind(viewer).where(SecondCoding.interview_id.in_(of_deal))) is not None


def blind(viewer: Viewer) -> Select[int]:
    """Ids of the interviews that this person tags a second time, until both are done: what others
    gave is kept from them wherever it is shown."""
    return _under_way().where(SecondCoding.coder_id == viewer.user_id)


def tagged_twice_now() -> Select[int]:
    """Ids of the interviews that somebody tags a second time, until both are done. What is printed
    for everybody leaves their quotes out."""
    return _under_way().where(SecondCoding.coder_id.is_not(None))


def _under_way() -> Select[int]:
    return select(SecondCoding.interview_id).where(SecondCoding.compared_at.is_(None))


def second_tags(session: Session, coding: SecondCoding) -> Sequence[SecondTag]:
    """Those that stand, in reading order."""
    return session.scalars(
        select(SecondTag)
        .join(SecondTag.answer)
        .where(SecondTag.coding_id == coding.id, SecondTag.removed_at.is_(None))
        .options(contains_eager(SecondTag.answer), joinedload(SecondTag.reason))
        .order_by(Answer.position, SecondTag.start, SecondTag.end, SecondTag.id)
    ).all()


def second_tag(session: Session, coding: SecondCoding, public_id: str) -> SecondTag:
    """Also one that was taken away. Raises NotFound."""
    found = session.scalar(
        select(SecondTag)
        .where(SecondTag.coding_id == coding.id, SecondTag.public_id == public_id)
        .options(joinedload(SecondTag.answer), joinedload(SecondTag.reason))
    )
    if found is None:
        raise NotFound
    return found


def waiting_for_a_second(session: Session, viewer: Viewer) -> Sequence[SecondCoding]:
    """What this person can tag a second time, or has begun; the oldest first."""
    free_or_own = or_(SecondCoding.coder_id.is_(None), SecondCoding.coder_id == viewer.user_id)
    return _codings(session, viewer, SecondCoding.finished_at.is_(None), free_or_own)


def waiting_for_the_first(session: Session, viewer: Viewer) -> Sequence[SecondCoding]:
    """Those that the second person is done with, and the first is not."""
    return _codings(
        session,
        viewer,
        SecondCoding.finished_at.is_not(None),
        SecondCoding.compared_at.is_(None),
    )


def compared(session: Session, viewer: Viewer) -> Sequence[SecondCoding]:
    """Those laid side by side, the latest first."""
    return _codings(session, viewer, SecondCoding.compared_at.is_not(None))[::-1]


def compared_coding(session: Session, viewer: Viewer, public_id: str) -> SecondCoding:
    """One that was laid side by side. Raises NotFound."""
    found = _codings(
        session, viewer, SecondCoding.public_id == public_id, SecondCoding.compared_at.is_not(None)
    )
    if not found:
        raise NotFound
    return found[0]


def passages_of(session: Session, codings: Sequence[SecondCoding]) -> Sequence[CodedPassage]:
    """In reading order."""
    return session.scalars(
        select(CodedPassage)
        .join(CodedPassage.answer)
        .where(CodedPassage.coding_id.in_([coding.id for coding in codings]))
        .options(contains_eager(CodedPassage.answer))
        .order_by(CodedPassage.coding_id, Answer.position, CodedPassage.start)
    ).all()


def passage_of(session: Session, coding: SecondCoding, public_id: str) -> CodedPassage:
    """Raises NotFound."""
    found = session.scalar(
        select(CodedPassage)
        .where(CodedPassage.coding_id == coding.id, CodedPassage.public_id == public_id)
        .options(joinedload(CodedPassage.answer))
    )
    if found is None:
        raise NotFound
    return found


def figures(session: Session) -> Sequence[AgreementFigure]:
    """As last counted, those of reasons by how often they were given."""
    return session.scalars(
        select(AgreementFigure)
        .options(joinedload(AgreementFigure.reason))
        .order_by(AgreementFigure.given.desc(), AgreementFigure.id)
    ).all()


def count_compared(session: Session) -> int:
    return session.scalars(select(func.count()).where(SecondCoding.compared_at.is_not(None))).one()


def compared_passages(
    session: Session,
) -> tuple[list[int], list[tuple[int, CodedPassage]]]:
    """The ids of all interviews laid side by side, and their passages, each with its interview."""
    ids = session.scalars(
        select(SecondCoding.interview_id)
        .where(SecondCoding.compared_at.is_not(None))
        .order_by(SecondCoding.interview_id)
    ).all()
    rows = session.execute(
        select(SecondCoding.interview_id, CodedPassage)
        .join(CodedPassage.coding)
        .order_by(CodedPassage.id)
    )
    return list(ids), [(interview_id, passage) for interview_id, passage in rows]


def _codings(
    session: Session, viewer: Viewer, *conditions: ColumnElement[bool]
) -> Sequence[SecondCoding]:
    if not viewer.may("tagging.tag"):
        return []
    return session.scalars(
        select(SecondCoding)
        .join(SecondCoding.interview)
        .join(Interview.deal)
        .where(may_see(viewer), *conditions)
        .options(
            contains_eager(SecondCoding.interview).options(
                contains_eager(Interview.deal).options(
                    joinedload(Deal.account), joinedload(Deal.seller)
                ),
                joinedload(Interview.contact),
                joinedload(Interview.interviewer),
            )
        )
        .order_by(SecondCoding.picked_at, SecondCoding.id)
    ).all()
