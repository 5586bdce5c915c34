"""Reading programmes, whom they chose, and what speaks against asking somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core import clock
from app.core.access import NotFound, Viewer
from app.core.models import Job, JobState
from app.deals.access import may_see
from app.deals.models import DECIDED, Contact, Deal
from app.identity.models import User
from app.interviews.models import Interview, State
from app.interviews.moves import AHEAD
from app.programmes.models import (
    WAITING,
    ContactStanding,
    OptOut,
    Programme,
    ProgrammeInterviewer,
    Selection,
    SelectionState,
    Sharing,
)


def programmes(session: Session) -> Sequence[Programme]:
    """All programmes, those that run first; a deal belongs to the first that catches it."""
    return session.scalars(
        select(Programme).order_by(Programme.is_active.desc(), Programme.id)
    ).all()


def get_programme(session: Session, public_id: str) -> Programme:
    programme = session.scalar(select(Programme).where(Programme.public_id == public_id))
    if programme is None:
        raise NotFound
    return programme


def interviewers_by_programme(session: Session) -> dict[int, list[User]]:
    """Who may hold the interviews of each programme, of those who may still sign in."""
    found: dict[int, list[User]] = {}
    rows = session.execute(
        select(ProgrammeInterviewer.programme_id, User)
        .join(ProgrammeInterviewer.user)
        .where(User.is_active)
        .order_by(User.name, User.id)
    )
    for programme_id, user in rows:
        found.setdefault(programme_id, []).append(user)
    return found


def interviewers_of(session: Session, interview: Interview) -> Sequence[User]:
    """Who may hold this interview: of one that a programme planned, the programme's interviewers
    but for the deal's owner where they may not; else whoever it was given to. Whoever has it now
    comes first, and is the only one where they take turns, unless they left."""
    selection = selection_of(session, interview)
    holder = interview.interviewer
    given = [holder] if holder is not None and holder.is_active else []
    if selection is None or (given and selection.programme.sharing is Sharing.IN_TURN):
        return given
    able = able_interviewers(session, selection.programme, interview.deal)
    return list(dict.fromkeys([*given, *able]))


def able_interviewers(session: Session, programme: Programme, deal: Deal) -> Sequence[User]:
    """The programme's interviewers who may hold an interview about this deal."""
    users = session.scalars(
        select(User)
        .join(ProgrammeInterviewer, ProgrammeInterviewer.user_id == User.id)
        .where(ProgrammeInterviewer.programme_id == programme.id, User.is_active)
        .order_by(User.name, User.id)
    ).all()
    owner_id = deal.seller.user_id if deal.seller is not None else None
    if programme.owner_may_interview:
        return users
    return [user for user in users if user.id != owner_id]


def ahead_of_each(session: Session, users: Iterable[User]) -> dict[int, int]:
    """How many interviews each of them has ahead."""
    rows = session.execute(
        select(User.id, func.count())
        .join(Interview, Interview.interviewer_id == User.id)
        .where(User.id.in_([user.id for user in users]), Interview.state.in_(AHEAD))
        .group_by(User.id)
    )
    return {row[0]: row[1] for row in rows}


def selection_of(session: Session, interview: Interview) -> Selection | None:
    """The choice that led to this interview; None for one planned by hand."""
    return session.scalar(
        select(Selection)
        .where(Selection.interview_id == interview.id)
        .options(joinedload(Selection.programme))
    )


def selection_of_deal(session: Session, deal: Deal) -> Selection | None:
    return session.scalar(
        select(Selection)
        .where(Selection.deal_id == deal.id)
        .options(
            joinedload(Selection.programme),
            joinedload(Selection.contact),
            joinedload(Selection.interview),
        )
    )


def get_selection(session: Session, viewer: Viewer, public_id: str) -> Selection:
    """With its programme, deal and contact. Raises NotFound where the viewer may not see the
    deal."""
    found = session.scalar(visible_selections(viewer).where(Selection.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def waiting_or_approved_with(session: Session, contact: Contact) -> Sequence[Selection]:
    """Selections of this contact that are still to be asked, or whose interview is not booked."""
    return session.scalars(
        select(Selection)
        .outerjoin(Selection.interview)
        .where(
            Selection.contact_id == contact.id,
            or_(
                Selection.state.in_(WAITING),
                and_(Selection.state == SelectionState.APPROVED, Interview.state == State.PLANNED),
            ),
        )
        .options(contains_eager(Selection.interview))
    ).all()


def contacts_with_address(session: Session, address: str) -> Sequence[Contact]:
    return session.scalars(
        select(Contact).where(func.lower(Contact.email) == normal_address(address))
    ).all()


def interviews_ahead_with(session: Session, contacts: Sequence[Contact]) -> Sequence[Interview]:
    return session.scalars(
        select(Interview).where(
            Interview.contact_id.in_([contact.id for contact in contacts]),
            Interview.state.in_(AHEAD),
        )
    ).all()


def normal_address(address: str) -> str:
    """As addresses are kept and compared."""
    return address.strip().lower()


def is_opted_out(session: Session, address: str) -> bool:
    """Whether this address asked to be left alone."""
    if not address.strip():
        return False
    found = select(OptOut.id).where(OptOut.address == normal_address(address))
    return session.scalar(select(exists(found))) or False


def opt_out_of(session: Session, address: str) -> OptOut | None:
    return session.scalar(select(OptOut).where(OptOut.address == normal_address(address)))


def standing_of(session: Session, contact: Contact) -> ContactStanding | None:
    return session.get(ContactStanding, contact.id)


def refusal_to_ask(session: Session, contact: Contact) -> str | None:
    """Why this contact must not be written to at all, in words for people; None where nothing
    speaks against it. To be asked before every letter: much can change while one waits."""
    if contact.do_not_contact:
        return f"{contact.name} is marked 'do not contact'."
    if is_opted_out(session, contact.email):
        return f"{contact.name} asked not to be written to."
    standing = standing_of(session, contact)
    if standing is None:
        return None
    if standing.left_company_at is not None:
        return f"{contact.name} has left the company."
    if has_bounced(standing, contact):
        return f"Mail to {contact.email} came back."
    return None


def has_bounced(standing: ContactStanding, contact: Contact) -> bool:
    """Whether mail to the address that the contact has now came back."""
    return bool(standing.bounced_address) and standing.bounced_address == normal_address(
        contact.email
    )


def undecided_again(session: Session, deal_ids: Sequence[int]) -> Sequence[Selection]:
    """Selections that wait, of deals that were decided when they were chosen and are not now."""
    return session.scalars(
        select(Selection)
        .join(Selection.deal)
        .where(
            Selection.deal_id.in_(deal_ids),
            Selection.state.in_(WAITING),
            Deal.outcome.not_in(DECIDED),
        )
        .options(joinedload(Selection.interview))
    ).all()


def has_active_programme(session: Session) -> bool:
    return session.scalar(select(exists(select(Programme.id).where(Programme.is_active)))) or False


def is_job_waiting(session: Session, name: str) -> bool:
    """Whether a job of this name is about to run anyway."""
    waiting = select(Job.id).where(
        Job.name == name, Job.state == JobState.QUEUED, Job.due_at <= clock.now()
    )
    return session.scalar(select(exists(waiting))) or False


def visible_selections(viewer: Viewer) -> Select[Selection]:
    """Selections of deals that the viewer may see, with all that a list shows of them."""
    return (
        select(Selection)
        .join(Selection.deal)
        .outerjoin(Deal.account)
        .outerjoin(Deal.seller)
        .outerjoin(Selection.contact)
        .join(Selection.programme)
        .where(may_see(viewer))
        .options(
            contains_eager(Selection.deal).contains_eager(Deal.account),
            contains_eager(Selection.deal).contains_eager(Deal.seller),
            contains_eager(Selection.contact),
            contains_eager(Selection.programme),
            joinedload(Selection.interview),
        )
    )
