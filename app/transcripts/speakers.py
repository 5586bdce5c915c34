"""Who is who: a person matches each label to one of ours, to a contact, or to somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.deals.models import Contact
from app.identity.models import User
from app.interviews.models import Interview
from app.transcripts import queries
from app.transcripts.models import Part, RememberedSpeaker, Speaker, Transcript
from app.transcripts.naming import label_key, likely


class CannotIdentify(ValueError):
    """The match is refused; the message is for the person who made it."""


@dataclass(frozen=True)
class Identity:
    """Who a speaker is."""

    part: Part
    contact: Contact | None = None
    user: User | None = None


@dataclass(frozen=True)
class Suggestion:
    """Who a label probably is, and how we come to think so."""

    key: str
    why: str


def identify(
    session: Session,
    actor: Actor,
    interview: Interview,
    transcript: Transcript,
    identities: Mapping[int, Identity],
) -> None:
    """Keep who each speaker is, by the speaker's id, and remember it for the next transcript."""
    for speaker in queries.speakers_of(session, transcript):
        identity = identities[speaker.id]
        if identity.part is not Part.BUYER:
            _refuse_if_answered(session, speaker)
        speaker.part = identity.part
        speaker.contact = identity.contact
        speaker.user = identity.user
        speaker.confirmed_by_name = actor.name
        _remember(session, interview, speaker)
    audit.record(session, actor, "transcript.speakers_named", transcript)
    session.flush()


def _refuse_if_answered(session: Session, speaker: Speaker) -> None:
    """Words that stand in an answer are a buyer's: they cannot become somebody else's unseen."""
    question = queries.question_answered_by(session, speaker)
    if question is not None:
        raise CannotIdentify(
            f"Words of {speaker.label or 'this speaker'} already stand in the answer to"
            f" '{question}'. Take them back there first."
        )


def _remember(session: Session, interview: Interview, speaker: Speaker) -> None:
    if not speaker.label or (speaker.contact is None and speaker.user is None):
        return
    account_id = interview.deal.account_id if speaker.contact is not None else None
    if speaker.contact is not None and account_id is None:
        return
    key = label_key(speaker.label)
    known = queries.remembered(session, key, account_id)
    if known is None:
        known = RememberedSpeaker(label_key=key, account_id=account_id)
        session.add(known)
    known.contact_id = speaker.contact.id if speaker.contact else None
    known.user_id = speaker.user.id if speaker.user else None


def contact_key(contact: Contact) -> str:
    return f"contact:{contact.public_id}"


def user_key(user_id: int) -> str:
    return f"user:{user_id}"


def suggest(
    session: Session,
    interview: Interview,
    speakers: Sequence[Speaker],
    contacts: Sequence[Contact],
    users: Sequence[User],
) -> dict[int, Suggestion]:
    """Who each speaker probably is, by the speaker's id: as last time, else by the name."""
    names = {contact_key(contact): contact.name for contact in contacts}
    names |= {user_key(user.id): user.name for user in users}
    by_contact = {contact.id: contact_key(contact) for contact in contacts}
    known = queries.remembered_labels(
        session, [label_key(each.label) for each in speakers], interview.deal.account_id
    )
    found: dict[int, Suggestion] = {}
    for speaker in speakers:
        row = known.get(label_key(speaker.label))
        key = _key_of(row, by_contact) if row is not None else None
        if key in names:
            found[speaker.id] = Suggestion(key or "", "as last time")
        elif key := likely(speaker.label, names):
            found[speaker.id] = Suggestion(key, "by the name")
    return found


def _key_of(row: RememberedSpeaker, by_contact: Mapping[int, str]) -> str | None:
    if row.user_id is not None:
        return user_key(row.user_id)
    return by_contact.get(row.contact_id or 0)
