"""What programmes add to the page of a deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Viewer
from app.core.panels import Panel, register
from app.deals.access import sees_identity
from app.deals.models import Deal
from app.deals.words import BUYING_ROLE_WORDS
from app.interviews.models import Interview, State
from app.interviews.moves import AHEAD
from app.interviews.queries import interviews_of_deal
from app.programmes import asking_queries, queries, words
from app.programmes.models import (
    ASK_NO_LATER_THAN,
    INVITE_WITHIN,
    Selection,
    SelectionState,
    SellerView,
    Verdict,
)
from app.tagging.deal_reasons import ReasonGiven, reasons_of_deal
from app.tagging.models import Reason, Weight


@dataclass(frozen=True)
class Freshness:
    """How long ago the decision was made, and whether it is still worth asking about."""

    days: int
    is_fresh: bool
    is_too_old: bool
    is_kept: bool

    @classmethod
    def of(cls, closed_on: date, is_kept: bool) -> Freshness:
        days = (clock.now().date() - closed_on).days
        return cls(
            days,
            is_fresh=days <= INVITE_WITHIN.days,
            is_too_old=days > ASK_NO_LATER_THAN.days,
            is_kept=is_kept,
        )


def asking(session: Session, viewer: Viewer, deal: Deal) -> Mapping[str, Any] | None:
    """Whether the buyer is asked, whom, and what speaks against it; for those who sell and those
    who run the programme."""
    exclusion = asking_queries.exclusion_of(session, deal)
    if not (deal.is_decided or exclusion is not None) or not sees_identity(viewer, deal):
        return None
    selection = queries.selection_of_deal(session, deal)
    objections = asking_queries.objections_of(session, deal)
    owns = asking_queries.may_write_view(viewer, deal)
    known = asking_queries.known_of(session, deal)
    return {
        "deal": deal,
        "selection": selection,
        "objections": objections,
        "may_object": not any(row.verdict is Verdict.OPEN for row in objections),
        "nominations": asking_queries.nominations_of(session, deal),
        "exclusion": exclusion,
        "fresh": Freshness.of(deal.closed_on, known.is_kept) if deal.closed_on else None,
        "may_write_view": owns and not known.has_begun,
        "has_view": known.has_view,
        "may_edit": viewer.may("programmes.edit"),
        "viewer": viewer,
        "words": words,
        "may_name": _may_name(selection),
    }


def _may_name(selection: Selection | None) -> bool:
    """Whether naming somebody still changes whom we ask."""
    return selection is None or selection.state is not SelectionState.APPROVED


def two_views(session: Session, viewer: Viewer, deal: Deal) -> Mapping[str, Any] | None:
    """The seller's view beside what the buyer says; its author sees it alone before."""
    view = asking_queries.view_of(session, viewer, deal)
    if view is None:
        return None
    heard = [row for row in interviews_of_deal(session, viewer, deal) if row.is_heard]
    reasons = reasons_of_deal(session, viewer, heard) if heard else []
    decisive = decisive_reasons(reasons)
    return {
        "deal": deal,
        "view": view,
        "is_sealed": view.sealed_at is not None or asking_queries.has_begun(session, deal),
        "decisive": decisive,
        "heard": heard,
        "agrees": agreement(view, reasons, decisive),
        "roles": [BUYING_ROLE_WORDS[row.buying_role] for row in heard if row.buying_role],
        "role_words": BUYING_ROLE_WORDS,
        "shows_words": sees_identity(viewer, deal),
    }


def decisive_reasons(reasons: Sequence[ReasonGiven]) -> list[Reason]:
    """What the buyers gave as decisive, whichever way it spoke."""
    return [
        each.reason
        for each in reasons
        if any(side.weight is Weight.DECISIVE for side in each.sides.values())
    ]


def agreement(view: SellerView, reasons: Sequence[ReasonGiven], decisive: Sequence[Reason]) -> str:
    """Whether buyer and seller name the same, in a sentence; empty where it cannot be said."""
    if view.reason is None or not reasons:
        return ""
    if view.reason in decisive:
        return "Seller and buyer name the same."
    if any(each.reason is view.reason for each in reasons):
        return "The buyer names it too, but not as what decided."
    return "The buyer does not name what the seller does."


def sealed(_session: Session, _viewer: Viewer, interview: Interview) -> Mapping[str, Any] | None:
    """Whoever is about to hold it is told why they do not see what the seller thinks."""
    return {} if interview.state in AHEAD and interview.state is not State.IN_PROGRESS else None


def register_panels() -> None:
    register(
        Panel(
            slot="interview.day",
            name="sealed",
            template="programmes/sealed_panel.html",
            permission="interviews.hold",
            queries=0,
            context=sealed,
            order=100,
        )
    )
    register(
        Panel(
            slot="deal.actions",
            name="asking",
            template="programmes/asking_panel.html",
            permission="programmes.seller_view",
            queries=5,
            context=asking,
            order=10,
        )
    )
    register(
        Panel(
            slot="deal.reasons",
            name="two-views",
            template="programmes/two_views_panel.html",
            permission="deals.view",
            queries=7,
            context=two_views,
            order=120,
        )
    )
