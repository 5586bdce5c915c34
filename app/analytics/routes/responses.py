"""Whom we asked, who talked with us, and whom we did not hear."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence

from flask import request
from sqlalchemy.orm import Session

from app.analytics.narrowing import narrow
from app.analytics.responses import queries, roads, tables
from app.analytics.responses.roads import Days, Road, Tally
from app.analytics.responses.wordings import wordings
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, page, read_shown
from app.core.access import Viewer, guarded, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet
from app.deals.access import title_for


class By(enum.StrEnum):
    """Into what the deals are sorted."""

    OUTCOME = "outcome"
    SEGMENT = "segment"
    REGION = "region"
    SELLER = "seller"
    PROGRAMME = "programme"


_KEYS: Mapping[By, Callable[[Road], str]] = {
    By.OUTCOME: lambda road: road.outcome,
    By.SEGMENT: lambda road: road.segment,
    By.REGION: lambda road: road.region,
    By.SELLER: lambda road: road.seller,
    By.PROGRAMME: lambda road: road.programme,
}


@blueprint.get("/responses")
@guarded("responses.view")
def responses() -> str:
    session, shown = current_session(), read_shown()
    found = _roads(session, viewer(), shown)
    asked = request.args.get("by", "")
    by = By(asked) if asked in tuple(By) else By.OUTCOME
    return page(
        "analytics/responses.html",
        shown,
        page_of="responses",
        all_of=Tally.of(found),
        days=Days.of(found),
        fates=roads.fates(found),
        outcomes=_outcomes(found),
        by=by,
        ways=tuple(By),
        groups=roads.by(found, _KEYS[by]),
        wordings=wordings(session, found),
        unanswered=queries.unanswered(session, viewer(), found),
        title_for=lambda deal: title_for(viewer(), deal),
        fate_words=tables.FATE_WORDS,
        by_words=tables.BY_WORDS,
    )


@files.tables_of("responses")
def response_files(session: Session, who: Viewer, shown: Shown) -> list[Sheet]:
    if not who.may("responses.view"):
        return []
    found = _roads(session, who, shown)
    groups = [(tables.BY_WORDS[by], roads.by(found, _KEYS[by])) for by in By]
    return tables.response_tables(found, groups)


def _roads(session: Session, who: Viewer, shown: Shown) -> list[Road]:
    narrowed = narrow(session, shown.filters)
    return queries.roads(session, who, shown.window.period, narrowed)


def _outcomes(found: Sequence[Road]) -> list[str]:
    return sorted({road.outcome for road in found})
