"""Who sees what a buyer said, and whether with the buyer's name: DESIGN, 'Who sees what'.

Text is visible by the narrower of the interview's and the quote's scope.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol

from app.core.access import Viewer
from app.interviews.models import Interview, Scope, Taken

_NARROWNESS = {Scope.NAME: 0, Scope.ROLE: 1, Scope.COUNT: 2}
_NEVER_IDENTIFIED_TO = ("product", "leadership")


class Audience(enum.StrEnum):
    """For whom a report is printed."""

    SELLERS = "sellers"
    PRODUCT = "product"
    LEADERSHIP = "leadership"


@dataclass(frozen=True)
class Sight:
    """Whether the words may be read; whether contact, account and deal title stand beside them;
    whether the contact's own name does."""

    words: bool
    account: bool
    name: bool


NOTHING = Sight(words=False, account=False, name=False)


def narrower(interview_scope: Scope | None, quote_scope: Scope | None) -> Scope:
    """The scope that holds; a buyer who was not asked is only counted."""
    scopes = [interview_scope or Scope.COUNT, quote_scope or Scope.NAME]
    return max(scopes, key=_NARROWNESS.__getitem__)


def sight_of(viewer: Viewer, interview: Interview, quote_scope: Scope | None = None) -> Sight:
    """What this viewer, who may see the deal, sees of the words.

    Needs interview.deal.seller loaded.
    """
    scope = narrower(interview.scope, quote_scope)
    held_it = interview.interviewer_id == viewer.user_id
    if held_it:
        return Sight(words=True, account=True, name=True)
    if scope is Scope.COUNT:
        tags = viewer.may("tagging.tag") and not _sold_it(viewer, interview)
        return Sight(words=tags, account=tags, name=False)
    if _sold_it(viewer, interview) and interview.seller_may_read is False:
        return NOTHING
    if scope is Scope.ROLE:
        account = viewer.role not in _NEVER_IDENTIFIED_TO
        return Sight(words=True, account=account, name=account)
    return Sight(words=True, account=True, name=True)


def sight_of_readers(
    audience: Audience, interview: Interview, quote_scope: Scope | None = None
) -> Sight:
    """What a report for this audience may print. A report is handed on: sellers are taken to
    include the one who sold the deal, and a name is printed only where the buyer allowed it."""
    scope = narrower(interview.scope, quote_scope)
    if scope is Scope.COUNT:
        return NOTHING
    if audience is Audience.SELLERS and interview.seller_may_read is False:
        return NOTHING
    named = scope is Scope.NAME
    return Sight(words=True, account=named or audience is Audience.SELLERS, name=named)


class Sourced(Protocol):
    """Of an answer, what says whose words it has."""

    @property
    def taken(self) -> Taken: ...
    @property
    def revision(self) -> int: ...
    @property
    def confirmed_revision(self) -> int | None: ...


def is_exact(answer: Sourced) -> bool:
    """Whether the words are the buyer's own, to be printed in quotation marks: so they came, or
    so the buyer confirmed them as they stand now."""
    was_confirmed = answer.confirmed_revision == answer.revision > 0
    return was_confirmed or answer.taken in (Taken.WRITTEN, Taken.TRANSCRIPT)


def _sold_it(viewer: Viewer, interview: Interview) -> bool:
    seller = interview.deal.seller
    return seller is not None and seller.user_id == viewer.user_id
