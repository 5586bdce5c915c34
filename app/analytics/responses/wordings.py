"""The wordings of invitations side by side, for deals that ended alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.analytics.responses import queries
from app.analytics.responses.roads import Compared, Road, Tally, Used, compare
from app.buyer.languages import LANGUAGES
from app.identity.queries import workspace
from app.invitations.queries import changed_wordings
from app.invitations.wording import ABOUT, About, Step, Wording, fill, shipped
from app.invitations.writing import fingerprint


@dataclass(frozen=True)
class WordingsOf:
    """All wordings of letters about one kind of decision, the newest first."""

    about: About
    used: Sequence[Used]
    compared: Compared | None


def wordings(session: Session, roads: Sequence[Road]) -> list[WordingsOf]:
    """A wording that was used for buyers who chose us is never held against one for those who did
    not: they answer differently whatever is written."""
    groups: dict[About, dict[str, list[Road]]] = defaultdict(lambda: defaultdict(list))
    for road in roads:
        if road.wording:
            groups[ABOUT[road.outcome]][road.wording].append(road)
    sent = queries.subjects_of(session, [one for of in groups.values() for one in of])
    named = _subjects_now(session)
    found = []
    for about in About:
        used = []
        for wording, of in groups[about].items():
            subject, since = sent[wording]
            used.append(Used(wording, subject or named.get(wording, ""), since, Tally.of(of)))
        used.sort(key=lambda one: one.since, reverse=True)
        if used:
            found.append(WordingsOf(about, used, compare(used)))
    return found


def _subjects_now(session: Session) -> dict[str, str]:
    """By wording, for letters that left from somebody's own mail: the subject that we wrote out."""
    house = workspace(session)
    product = house.product or house.company
    now = [words for language in LANGUAGES for words in _invitations(session, language)]
    return {fingerprint(words): fill(words.subject, {"product": product}) for words in now}


def _invitations(session: Session, language: str) -> list[Wording]:
    """As they read now, about each kind of decision."""
    changed = changed_wordings(session, language)
    found = []
    for about in About:
        row = changed.get((about, Step.INVITATION))
        words = Wording(row.subject, row.text) if row else shipped(about, language, Step.INVITATION)
        found.append(words)
    return found
