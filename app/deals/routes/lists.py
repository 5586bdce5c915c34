"""The list of deals, on a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Response, render_template, request, stream_with_context

from app.core import clock
from app.core.access import Viewer, guarded, viewer
from app.core.db import Database
from app.core.edge import current_session, database
from app.core.formats import minor_digits
from app.core.spreadsheets import csv_lines
from app.deals import addresses, listing, queries
from app.deals.access import is_told_descriptions, sees_identity, title_for
from app.deals.models import Deal
from app.deals.routes.blueprint import blueprint
from app.deals.words import OUTCOME_WORDS
from app.identity.queries import workspace
from app.market import queries as market

_COLUMNS = (
    "Deal",
    "Account",
    "Outcome",
    "Won by",
    "Amount",
    "Currency",
    "Closed on",
    "Seller",
    "Product",
    "CRM id",
)


@dataclass(frozen=True)
class DealRow:
    """A deal as this viewer may see it in a list."""

    deal: Deal
    title: str
    account: str

    @classmethod
    def of(cls, who: Viewer, deal: Deal) -> DealRow:
        named = deal.account.name if deal.account and sees_identity(who, deal) else ""
        return cls(deal, title_for(who, deal), named)


@blueprint.get("/deals")
@guarded("deals.view")
def deals() -> Any:
    session, who = current_session(), viewer()
    company = workspace(session)
    wanted = addresses.read_filter(request.args, company.fiscal_year_first_month)
    sort = _sort_for(who)
    page = listing.list_deals(
        session,
        who,
        wanted,
        sort=sort,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    choices = queries.filter_choices(session)
    return render_template(
        "deals/list.html",
        rows=[DealRow.of(who, deal) for deal in page.deals],
        page_of_deals=page,
        found=_found(page.count),
        sort=sort,
        sorts_by_name=not is_told_descriptions(who),
        choices=choices,
        periods=addresses.period_choices(
            choices.first_closed_on,
            choices.last_closed_on,
            clock.now().date(),
            company.fiscal_year_first_month,
        ),
        sellers=queries.sellers(session) if who.may("deals.see_all") else [],
        competitors=market.active_competitors(session),
        outcome_words=OUTCOME_WORDS,
        is_filtered=wanted != listing.DealFilter(),
    )


@blueprint.get("/deals/export.csv")
@guarded("deals.view")
def export() -> Response:
    """The list as the address narrows it, whole, sent while it is read."""
    who, sort = viewer(), _sort_for(viewer())
    first_month = workspace(current_session()).fiscal_year_first_month
    wanted = addresses.read_filter(request.args, first_month)
    return Response(
        stream_with_context(_csv(database(), who, wanted, sort)),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="deals.csv"'},
    )


def _csv(db: Database, who: Viewer, wanted: listing.DealFilter, sort: str) -> Iterator[str]:
    # In a session of its own: the request's is closed before the last line is sent.
    with db.reading() as session:
        yield from csv_lines(_COLUMNS, _cells(who, listing.all_deals(session, who, wanted, sort)))


def _sort_for(who: Viewer) -> str:
    sort = addresses.read_sort(request.args)
    return listing.without_names(sort) if is_told_descriptions(who) else sort


def _cells(who: Viewer, deals: Iterable[Deal]) -> Iterator[list[object]]:
    for deal in deals:
        row = DealRow.of(who, deal)
        amount = deal.amount_minor
        yield [
            row.title,
            row.account,
            OUTCOME_WORDS[deal.outcome],
            deal.won_by.name if deal.won_by else "",
            "" if amount is None else Decimal(amount).scaleb(-minor_digits(deal.currency)),
            deal.currency,
            deal.closed_on.isoformat() if deal.closed_on else "",
            deal.seller.name if deal.seller else "",
            deal.product,
            deal.external_id if sees_identity(who, deal) else "",
        ]


def _found(count: int) -> str:
    if count > listing.COUNT_NO_FURTHER_THAN:
        return f"More than {listing.COUNT_NO_FURTHER_THAN:,} deals"
    return f"{count:,} {'deal' if count == 1 else 'deals'}"
