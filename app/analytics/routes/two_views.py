"""Seller and buyer: how often they name the same."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analytics import market_showing, market_tables
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, kept_back_page, page, read_shown
from app.analytics.stats.two_sides import AGREES_WORDS, COMPARED_FROM
from app.analytics.two_views import FEWEST_SELLERS, MAIN_RULE, tells_sellers, two_views
from app.core.access import Viewer, guarded, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet


@blueprint.get("/seller-and-buyer")
@guarded("analytics.view")
def seller_and_buyer() -> str:
    shown = read_shown()
    if kept_back := kept_back_page("Seller and buyer", shown):
        return kept_back
    found = two_views(current_session(), viewer(), shown.window, shown.filters)
    return page(
        "analytics/two_views.html",
        shown,
        page_of="seller-and-buyer",
        found=found,
        compared_from=COMPARED_FROM,
        fewest_sellers=FEWEST_SELLERS,
        chart=market_showing.two_sides_chart,
        agrees=market_showing.agreement_words,
        agrees_words=AGREES_WORDS,
        main_rule=MAIN_RULE,
        leaves_sellers_aside=tells_sellers(shown.filters),
    )


@files.tables_of("seller-and-buyer")
def seller_and_buyer_files(session: Session, who: Viewer, shown: Shown) -> list[Sheet]:
    return market_tables.two_views_tables(two_views(session, who, shown.window, shown.filters))
