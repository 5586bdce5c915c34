"""The matrix of deals by reasons, on a page and as CSV."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, request, url_for

from app.core import clock
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.formats import zone
from app.core.periods import Period, Quarter
from app.core.spreadsheets import csv_lines
from app.identity.queries import workspace
from app.tagging.matrix import COLUMNS, Matrix, last_closing_heard, matrix
from app.tagging.routes.blueprint import blueprint


@dataclass(frozen=True)
class Shown:
    """The quarter that is looked at; `newest` is the last in which a buyer's deal closed."""

    quarter: Quarter
    newest: Quarter


@blueprint.get("/reasons/by-deal")
@guarded("analytics.view")
def reasons_by_deal() -> str:
    shown = _shown()
    address = "tagging.reasons_by_deal"
    has_later = shown.quarter < shown.newest
    return render_template(
        "tagging/matrix.html",
        matrix=_matrix(shown),
        quarter=shown.quarter,
        earlier=url_for(address, to=shown.quarter.shifted(-1).token),
        later=url_for(address, to=shown.quarter.shifted(1).token) if has_later else None,
        file=url_for("tagging.reasons_by_deal_csv", to=shown.quarter.token),
    )


@blueprint.get("/reasons/by-deal.csv")
@guarded("analytics.view")
def reasons_by_deal_csv() -> Response:
    shown = _shown()
    found = _matrix(shown)
    header = [*COLUMNS, *(reason.name for reason in found.reasons)]
    name = f"reasons-by-deal-{shown.quarter.token}.csv"
    return Response(
        "".join(csv_lines(header, found.table())),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _matrix(shown: Shown) -> Matrix:
    period = Period.of_quarters(shown.quarter, shown.quarter)
    return matrix(current_session(), viewer(), period)


def _shown() -> Shown:
    """From ?to=2026Q3. Raises NotFound for what is no quarter."""
    session = current_session()
    house = workspace(session)
    today = clock.now().astimezone(zone(house.time_zone)).date()
    newest = Quarter.containing(last_closing_heard(session) or today, house.fiscal_year_first_month)
    try:
        asked = request.args.get("to") or newest.token
        return Shown(Quarter.parse(asked, house.fiscal_year_first_month), newest)
    except ValueError:
        raise NotFound from None
