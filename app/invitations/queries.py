"""Reading wordings, and how far each invitation is."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import NotFound, Viewer
from app.deals.access import may_see
from app.deals.models import Contact, Deal
from app.interviews.models import Interview
from app.invitations import wording as shipped_wording
from app.invitations.models import BookingAddress, Invitation, Letter, LetterWording
from app.invitations.wording import About, Step, Wording
from app.mail.models import Mail, MailState

PAGE = 50


class Show(enum.StrEnum):
    """The views of the list."""

    TO_DO = "to_do"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True)
class Page:
    invitations: Sequence[Invitation]
    #: What `before` takes for the page that follows; None on the last.
    next_before: int | None


def changed_wording(
    session: Session, about: About, language: str, step: Step
) -> LetterWording | None:
    """What somebody wrote in place of what is shipped."""
    return session.scalar(
        select(LetterWording).where(
            LetterWording.about == about,
            LetterWording.language == language,
            LetterWording.step == step,
        )
    )


def changed_wordings(session: Session, language: str) -> Mapping[tuple[About, Step], LetterWording]:
    """All that somebody changed of this language."""
    rows = session.scalars(select(LetterWording).where(LetterWording.language == language))
    return {(row.about, row.step): row for row in rows}


def wording_for(session: Session, about: About, language: str, step: Step) -> Wording:
    """What is written: somebody's words, else those that are shipped."""
    row = changed_wording(session, about, language, step)
    if row is not None:
        return Wording(row.subject, row.text)
    return shipped_wording.shipped(about, language, step)


def booking_address(session: Session, user_id: int) -> BookingAddress | None:
    """Where buyers pick a time with this user, if not here."""
    return session.get(BookingAddress, user_id)


def invitation_of(session: Session, interview: Interview) -> Invitation | None:
    return session.scalar(
        select(Invitation)
        .where(Invitation.interview_id == interview.id)
        .options(joinedload(Invitation.asked_by))
    )


def get_invitation(session: Session, viewer: Viewer, public_id: str) -> Invitation:
    """With its interview, deal and people. Raises NotFound where the viewer may not see the deal:
    its seller may, for they know whom to ask."""
    found = session.scalar(_visible(viewer).where(Invitation.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def list_invitations(
    session: Session,
    viewer: Viewer,
    show: Show,
    *,
    by_hand: bool,
    now: datetime,
    before: int | None = None,
) -> Page:
    """The latest first; what there is to do, the longest due first. `by_hand`: nothing is sent from
    here, so letters that are due wait for a person."""
    statement = _visible(viewer).where(_shown(show, by_hand=by_hand, now=now)).limit(PAGE + 1)
    if show is Show.TO_DO:
        statement = statement.order_by(Invitation.next_due_at.asc().nulls_first(), Invitation.id)
    else:
        statement = statement.order_by(Invitation.id.desc())
        if before is not None:
            statement = statement.where(Invitation.id < before)
    rows = session.scalars(statement).all()
    is_more = len(rows) > PAGE and show is not Show.TO_DO
    return Page(rows[:PAGE], rows[PAGE - 1].id if is_more else None)


def count_to_do(session: Session, viewer: Viewer, *, by_hand: bool, now: datetime) -> int:
    found = _visible(viewer).where(_shown(Show.TO_DO, by_hand=by_hand, now=now)).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def letters_of(session: Session, invitation: Invitation) -> Sequence[Letter]:
    """Those of the present attempt, the earliest first."""
    return session.scalars(
        select(Letter)
        .where(Letter.invitation_id == invitation.id, Letter.attempt == invitation.attempt)
        .options(joinedload(Letter.mail))
        .order_by(Letter.id)
    ).all()


def all_letters_of(session: Session, invitation: Invitation) -> Sequence[Letter]:
    """Also those to people who could not be reached, the earliest first."""
    return session.scalars(
        select(Letter)
        .where(Letter.invitation_id == invitation.id)
        .options(joinedload(Letter.mail))
        .order_by(Letter.id)
    ).all()


def has_thanked(session: Session, invitation: Invitation) -> bool:
    return (
        session.scalar(
            select(Letter.id).where(
                Letter.invitation_id == invitation.id, Letter.step == Step.THANKS
            )
        )
        is not None
    )


def first_message_id(session: Session, invitation: Invitation) -> str:
    """Of the invitation that reminders belong to; empty where it did not go out from here."""
    return (
        session.scalar(
            select(Mail.message_id)
            .join(Letter, Letter.mail_id == Mail.id)
            .where(Letter.invitation_id == invitation.id, Letter.attempt == invitation.attempt)
            .order_by(Letter.id)
            .limit(1)
        )
        or ""
    )


def take_due(
    session: Session, now: datetime, most: int, *, only_over: bool = False
) -> Sequence[Invitation]:
    """Whose next letter is due, locked so that no other worker writes it too; `only_over`: those of
    whom no letter is left and no answer expected any longer."""
    is_due = Invitation.next_due_at <= now
    ids = session.scalars(
        select(Invitation.id)
        .where(is_due & Invitation.next_step.is_(None) if only_over else is_due)
        .order_by(Invitation.next_due_at, Invitation.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    return session.scalars(
        select(Invitation)
        .where(Invitation.id.in_(ids))
        .options(
            joinedload(Invitation.interview).options(
                joinedload(Interview.deal).joinedload(Deal.account),
                joinedload(Interview.deal).joinedload(Deal.seller),
                joinedload(Interview.contact),
                joinedload(Interview.interviewer),
            ),
            joinedload(Invitation.asked_by),
        )
        .order_by(Invitation.next_due_at, Invitation.id)
    ).all()


def letters_refused_at_the_door(session: Session) -> Sequence[Letter]:
    """Whose mail the server did not take, and of which that was not noted yet."""
    return session.scalars(
        _letters().where(Mail.state == MailState.FAILED, Letter.bounced_at.is_(None))
    ).all()


def letter_of_mail(session: Session, message_ids: Sequence[str]) -> Letter | None:
    """The letter that went out under one of these ids."""
    return session.scalars(
        _letters().where(Mail.message_id.in_(message_ids)).order_by(Letter.id.desc())
    ).first()


def asking(session: Session, address: str) -> Invitation | None:
    """The latest invitation that still asks whoever has this address."""
    return session.scalars(
        select(Invitation)
        .join(Invitation.interview)
        .join(Interview.contact)
        .where(func.lower(Contact.email) == address.lower(), Invitation.ended.is_(None))
        .options(contains_eager(Invitation.interview).contains_eager(Interview.contact))
        .order_by(Invitation.id.desc())
    ).first()


def _letters() -> Select[Letter]:
    return (
        select(Letter)
        .join(Letter.mail)
        .options(
            contains_eager(Letter.mail),
            joinedload(Letter.invitation)
            .joinedload(Invitation.interview)
            .options(joinedload(Interview.contact), joinedload(Interview.deal)),
        )
    )


def _visible(viewer: Viewer) -> Select[Invitation]:
    return (
        select(Invitation)
        .join(Invitation.interview)
        .join(Interview.deal)
        .where(may_see(viewer))
        .options(
            contains_eager(Invitation.interview).options(
                contains_eager(Interview.deal).options(
                    joinedload(Deal.account), joinedload(Deal.seller)
                ),
                joinedload(Interview.contact),
                joinedload(Interview.interviewer),
            ),
            joinedload(Invitation.asked_by),
        )
    )


def _shown(show: Show, *, by_hand: bool, now: datetime) -> ColumnElement[bool]:
    needs = Invitation.needs.is_not(None)
    due = and_(
        Invitation.next_step.is_not(None),
        Invitation.next_due_at <= now,
    )
    to_do = or_(needs, due) if by_hand else needs
    if show is Show.TO_DO:
        return to_do
    if show is Show.RUNNING:
        return Invitation.ended.is_(None)
    return Invitation.ended.is_not(None)
