"""Differentiators: what buyers made of what we claim."""

from __future__ import annotations

from app.analytics import market_showing
from app.analytics.claims import claims
from app.analytics.routes.shown import Shown, page
from app.analytics.stats.claims import CLAIM_RULE
from app.analytics.stats.standing import STAGE_RULE
from app.core.edge import current_session
from app.market.stages import STAGE_WORDS


def differentiators_page(shown: Shown) -> str:
    found = claims(current_session(), shown.window, shown.filters)
    return page(
        "analytics/claims.html",
        shown,
        page_of="differentiators",
        found=found,
        advice=market_showing.advice,
        claim_words=market_showing.CLAIM_WORDS,
        adjusted_words=market_showing.adjusted_words,
        movement=market_showing.movement_words,
        stage_words=STAGE_WORDS,
        claim_rule=CLAIM_RULE,
        stage_rule=STAGE_RULE,
    )
