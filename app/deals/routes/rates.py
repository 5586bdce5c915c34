"""Exchange rates, by which amounts are counted in the workspace's currency."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core import clock
from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.deals import operations, queries
from app.deals.forms import RateForm
from app.deals.routes.blueprint import INVALID, blueprint
from app.identity.queries import workspace


@blueprint.route("/exchange-rates", methods=["GET", "POST"])
@guarded("deals.edit")
def rates() -> Any:
    session = current_session()
    own = workspace(session).currency
    form = RateForm()
    if request.method == "GET":
        form.valid_from.data = clock.now().date().replace(month=1, day=1)
    elif form.validate():
        assert form.valid_from.data is not None
        assert form.rate.data is not None
        if form.currency.data == own:
            form.currency.errors = [f"{own} is the workspace's own currency."]
        else:
            operations.set_exchange_rate(
                session,
                viewer().actor,
                currency=form.currency.data,
                valid_from=form.valid_from.data,
                rate=float(form.rate.data),
            )
            flash(f"The rate for {form.currency.data} is set.")
            return redirect(url_for("deals.rates"))
    rates = queries.exchange_rates(session)
    known = {rate.currency for rate in rates} | {own}
    missing = [code for code in queries.currencies_of_deals(session) if code not in known]
    if request.method == "GET" and missing:
        form.currency.data = missing[0]
    page = render_template(
        "deals/rates.html", form=form, rates=rates, missing=missing, own_currency=own
    )
    return (page, INVALID) if form.errors else page


@blueprint.post("/exchange-rates/<int:rate_id>/remove")
@guarded("deals.edit")
def remove_rate(rate_id: int) -> Any:
    session = current_session()
    rate = queries.get_exchange_rate(session, rate_id)
    operations.remove_exchange_rate(session, viewer().actor, rate)
    flash(f"The rate for {rate.currency} is removed.")
    return redirect(url_for("deals.rates"))
