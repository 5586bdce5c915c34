"""What in the way of selling goes with winning."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analytics import market_showing, market_tables
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, page, read_shown
from app.analytics.selling import what_goes_with_winning
from app.analytics.stats.deal_facts import LOOKS_RULE
from app.core.access import Viewer, guarded
from app.core.edge import current_session
from app.core.spreadsheets import Sheet


@blueprint.get("/deal-facts")
@guarded("analytics.view")
def deal_facts() -> str:
    shown = read_shown()
    found = what_goes_with_winning(current_session(), shown.window, shown.filters)
    return page(
        "analytics/deal_facts.html",
        shown,
        page_of="deal-facts",
        found=found,
        standing=[look for look in found.looks if look.stands],
        others=[look for look in found.looks if not look.stands],
        adjusted_words=market_showing.adjusted_words,
        rule=LOOKS_RULE,
    )


@files.tables_of("deal-facts")
def deal_facts_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return [market_tables.looks_table(what_goes_with_winning(session, shown.window, shown.filters))]
