"""What stands behind a number: its deals and quotes, each as far as the viewer may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.analytics.behind_queries import count_deals_naming, deals_naming, tags_behind
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import narrow
from app.analytics.queries import Subject
from app.core.access import Viewer
from app.core.periods import Period
from app.deals.access import describe, sees_identity, title_for
from app.deals.models import Deal, Outcome
from app.interviews.confidence import Sight, is_exact, sight_of
from app.interviews.models import Interview, Kind
from app.recordings.queries import Moment, moments_of
from app.tagging.double_coding.queries import blind
from app.tagging.models import Direction, Tag, Weight


@dataclass(frozen=True)
class ShownQuote:
    """A quote that this viewer may read; the interview's address only where they may open it."""

    text: str
    is_exact: bool
    who: str
    interview_id: str | None
    evidence: Kind | None
    direction: Direction
    weight: Weight
    #: Where it is heard, where a recording holds it and the viewer may hear it.
    moment: Moment | None


@dataclass(frozen=True)
class ShownDeal:
    """A deal by its title, or by its description."""

    public_id: str
    title: str
    deal: Deal


@dataclass(frozen=True)
class Evidence:
    """The deals and quotes behind a number, and how many of each are not shown."""

    deals: tuple[ShownDeal, ...]
    other_deals: int
    quotes: tuple[ShownQuote, ...]
    other_quotes: int


def evidence_behind(
    session: Session,
    viewer: Viewer,
    subject: Subject,
    subject_id: int,
    period: Period,
    direction: Direction,
    outcomes: Sequence[Outcome],
    filters: Filters = EVERYTHING,
) -> Evidence:
    """Everything said of the subject this way in deals of these outcomes."""
    narrowed = narrow(session, filters)
    naming = deals_naming(
        session,
        viewer,
        subject,
        subject_id,
        period,
        direction=direction,
        outcomes=outcomes,
        narrowed=narrowed,
    )
    every = count_deals_naming(session, subject, subject_id, period, direction, outcomes, narrowed)
    tags = [
        tag
        for tag in tags_behind(
            session, subject, [subject_id], period, blind(viewer), narrowed=narrowed
        )
        if tag.direction is direction and tag.verbatim.interview.deal.outcome in outcomes
    ]
    quotes, hidden = shown_quotes(session, viewer, tags, {deal.id for deal in naming})
    return Evidence(
        deals=tuple(ShownDeal(deal.public_id, title_for(viewer, deal), deal) for deal in naming),
        other_deals=every - len(naming),
        quotes=tuple(quotes.values()),
        other_quotes=hidden,
    )


def shown_quotes(
    session: Session, viewer: Viewer, tags: Sequence[Tag], visible: set[int]
) -> tuple[dict[int, ShownQuote], int]:
    """The quotes of these tags that the viewer may read, by the quote's id, and how many more
    there are. `visible` are the deals that the viewer may open."""
    moments = moments_of(session, viewer, {tag.verbatim_id: tag.verbatim for tag in tags}.values())
    shown: dict[int, ShownQuote] = {}
    hidden: set[int] = set()
    for tag in tags:
        verbatim = tag.verbatim
        sight = sight_of(viewer, verbatim.interview, verbatim.scope)
        if sight.words:
            shown.setdefault(verbatim.id, _quote(viewer, tag, sight, visible, moments))
        else:
            hidden.add(verbatim.id)
    return shown, len(hidden)


def _quote(
    viewer: Viewer, tag: Tag, sight: Sight, visible: set[int], moments: Mapping[int, Moment]
) -> ShownQuote:
    interview = tag.verbatim.interview
    opens = interview.deal_id in visible
    named = opens and sight.account and sees_identity(viewer, interview.deal)
    return ShownQuote(
        text=tag.verbatim.text.strip(),
        is_exact=is_exact(tag.verbatim.answer),
        who=_who(interview, by_name=named and sight.name, by_account=named),
        interview_id=interview.public_id if opens else None,
        evidence=tag.evidence,
        direction=tag.direction,
        weight=tag.weight,
        moment=moments.get(tag.verbatim_id) if named else None,
    )


def _who(interview: Interview, *, by_name: bool, by_account: bool) -> str:
    contact = interview.contact
    parts = [contact.name] if contact and by_name else []
    if contact and contact.job_title:
        parts.append(contact.job_title)
    if interview.buying_role:
        parts.append(interview.buying_role.value.replace("_", " "))
    account = interview.deal.account
    where = account.name if account and by_account else describe(interview.deal)
    return ", ".join([*(parts or ["A buyer"]), where])
