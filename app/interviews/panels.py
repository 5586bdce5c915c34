"""What interviews add to the pages of earlier rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.panels import Panel, register
from app.deals.models import Deal
from app.deals.queries import people_of
from app.interviews import queries, words
from app.interviews.clarity import Person, nine_things, whom_to_ask
from app.interviews.confidence import sight_of
from app.interviews.loading import load_conversations


def interviews_of_deal(session: Session, viewer: Viewer, deal: Deal) -> Mapping[str, Any]:
    """The deal's interviews, and the way to a new one."""
    interviews = queries.interviews_of_deal(session, viewer, deal)
    return {
        "deal": deal,
        "rows": [(interview, sight_of(viewer, interview)) for interview in interviews],
        "may_add": viewer.may("interviews.hold"),
        "words": words,
        "viewer": viewer,
    }


def do_we_know_why(session: Session, viewer: Viewer, deal: Deal) -> Mapping[str, Any] | None:
    """The nine things, summed over the deal's interviews; nothing before one was begun, and only
    for whoever may hold one: it says what to ask next, and whom."""
    rows = queries.interviews_of_deal(session, viewer, deal)
    begun = [row for row in rows if row.started_at is not None or row.is_heard]
    if not begun:
        return None
    conversations = load_conversations(session, deal, begun)
    topics = nine_things([turn for each in conversations for turn in each.turns])
    heard = {row.contact_id for row in begun if row.is_heard}
    people = [
        Person(row.contact.name, row.buying_role, row.contact_id in heard)
        for row in people_of(session, deal)
    ]
    return {
        "topics": [(each, whom_to_ask(each.topic, people)) for each in topics],
        "clear": sum(each.is_clear for each in topics),
        "words": words,
    }


def register_panels() -> None:
    register(
        Panel(
            slot="deal.interviews",
            name="clarity",
            template="interviews/clarity_panel.html",
            permission="interviews.hold",
            queries=6,
            context=do_we_know_why,
            order=110,
        )
    )
    register(
        Panel(
            slot="deal.interviews",
            name="interviews",
            template="interviews/deal_panel.html",
            permission="interviews.view",
            queries=1,
            context=interviews_of_deal,
        )
    )
