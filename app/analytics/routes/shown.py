"""What a page of figures looks at: the time and the filters of its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from app.analytics import choices, queries, showing
from app.analytics.few import FEWEST_ACCOUNTS, is_kept_back
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.window import Window, quarter_words
from app.core import clock
from app.core.access import NotFound, viewer
from app.core.edge import current_session
from app.core.formats import zone
from app.core.periods import Quarter
from app.identity.queries import workspace

SPANS = {"year": "Last four quarters", "quarter": "This quarter alone", "all": "All time"}


@dataclass(frozen=True)
class Shown:
    """What the page looks at, and how its address says so."""

    window: Window
    span: str
    newest: Quarter
    filters: Filters = EVERYTHING

    @property
    def query(self) -> dict[str, Any]:
        """Kept from page to page."""
        return {**self.time, **self.filters.query}

    @property
    def time(self) -> dict[str, str]:
        return {"to": self.window.latest.token, "span": self.span}

    @property
    def earlier(self) -> dict[str, str]:
        return {"to": self.window.latest.shifted(-1).token, "span": self.span}

    @property
    def later(self) -> dict[str, str] | None:
        if self.window.latest >= self.newest:
            return None
        return {"to": self.window.latest.shifted(1).token, "span": self.span}


def read_shown() -> Shown:
    """From ?to=2026Q3&span=year|quarter|all and the filters. Raises NotFound for what is none."""
    session = current_session()
    house = workspace(session)
    today: date = clock.now().astimezone(zone(house.time_zone)).date()
    first_month = house.fiscal_year_first_month
    newest = Quarter.containing(queries.last_closing_until(session, today) or today, first_month)
    span = request.args.get("span", "year")
    if span not in SPANS:
        raise NotFound
    try:
        to = Quarter.parse(request.args.get("to") or newest.token, first_month)
        filters = Filters.parse(request.args.items(multi=True))
    except ValueError:
        raise NotFound from None
    choices.refuse_what_is_not_theirs(session, viewer(), filters)
    return Shown(_window(session, to, span), span, newest, filters)


def page(
    template: str, shown: Shown, *, page_of: str = "", about: str | None = None, **context: Any
) -> str:
    """The template with what every page of figures shows: the time, the filters in force, and how
    shares are written. `page_of` names the page whose tables are had as files, and `about` the
    row that they are of, where the page is of one."""
    return render_template(
        template,
        shown=shown,
        spans=[(words, _here(shown, span=span), None) for span, words in SPANS.items()],
        span_words=SPANS[shown.span],
        earlier=_here(shown, **shown.earlier),
        later=_here(shown, **shown.later) if shown.later else None,
        in_force=[
            (one.words, _elsewise(shown, shown.filters.without_pair(one.pair)))
            for one in choices.in_force(current_session(), shown.filters)
        ],
        without_filters=_elsewise(shown, EVERYTHING),
        narrow_address=url_for(
            "analytics.narrow", page=request.path, **_own_arguments(), **shown.query
        ),
        files=[
            (
                words,
                url_for(
                    "analytics.as_file",
                    page=page_of,
                    kind=kind,
                    about=about,
                    **_own_arguments(),
                    **shown.query,
                ),
            )
            for kind, words in (("xlsx", "For Excel"), ("csv", "As CSV"))
            if page_of
        ],
        quarter_words=quarter_words,
        shown_share=showing.shown_share,
        outcome_words=showing.OUTCOME_WORDS,
        category_words=partial(
            showing.category_words, outcome_words=showing.OUTCOME_WORDS.__getitem__
        ),
        **context,
    )


def kept_back_page(title: str, shown: Shown) -> str | None:
    """The page that says so where so few buyers are left that they could be known; else None."""
    if not is_kept_back(current_session(), viewer(), shown.window, shown.filters):
        return None
    return page("analytics/kept_back.html", shown, heading=title, fewest=FEWEST_ACCOUNTS)


def _here(shown: Shown, **changes: str) -> str:
    """This page with other values of its address."""
    return url_for(
        request.endpoint or "",
        **{**(request.view_args or {}), **_own_arguments(), **shown.query, **changes},
    )


def _elsewise(shown: Shown, filters: Filters) -> str:
    """This page, narrowed otherwise."""
    return url_for(
        request.endpoint or "",
        **{**(request.view_args or {}), **_own_arguments(), **shown.time, **filters.query},
    )


def _own_arguments() -> dict[str, Any]:
    """What the address says that is neither time nor filter."""
    kept = set(Filters.parse(request.args.items(multi=True)).query) | {"to", "span"}
    return {key: values for key, values in request.args.lists() if key not in kept}


def _window(session: Session, to: Quarter, span: str) -> Window:
    if span == "quarter":
        return Window.only(to)
    if span == "year":
        return Window.year_to(to)
    days = queries.closing_dates(session)
    first = Quarter.containing(days[0], to.first_month) if days else to
    return Window.all_time(min(first, to), to)
