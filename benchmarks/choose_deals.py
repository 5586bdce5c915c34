"""How long a programme takes to choose of many closed deals, everybody or by lot.

    python -m benchmarks.choose_deals [--deals 10000]

Fills an SQLite file with so many deals closed in the last 90 days, each of its own company and with
two people. Prints the seconds, and those of the processor, of one run that asks everybody and of
one that draws lots.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import create_app
from app.core import clock, migrations
from app.core.db import Database
from app.deals.models import DECIDED, Account, BuyingRole, Contact, Deal, DealContact
from app.identity.models import Workspace
from app.market.models import name_key
from app.programmes import running
from app.programmes.models import Programme
from config import load_settings

_NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
_EVERYBODY, _FEW = 500_000, 20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--deals", type=int, default=10_000)
    given = options.parse_args()
    for words, per_week in (("everybody", _EVERYBODY), ("by lot", _FEW)):
        with tempfile.TemporaryDirectory() as folder:
            create_app(load_settings({"BECAUSE_INSTANCE": folder}))
            db = Database(f"sqlite:///{Path(folder) / 'because.db'}")
            migrations.upgrade(db)
            _fill(db, given.deals, per_week)
            with clock.frozen(_NOW):
                began, worked = time.perf_counter(), time.process_time()
                with db.writing() as session:
                    chosen = running.run_all(session)
                seconds, work = time.perf_counter() - began, time.process_time() - worked
            print(
                f"{words:10} {chosen:6} of {given.deals} chosen in {seconds:.2f} s,"
                f" {work:.2f} s of processor"
            )


def _fill(db: Database, count: int, per_week: int) -> None:
    with db.writing() as session:
        session.add(Workspace(company="Halden", currency="EUR", time_zone="Europe/Berlin"))
        session.add(Programme(name="Everybody", rule={"join": "all", "of": []}, per_week=per_week))
        for number in range(count):
            account = Account(name=f"Account {number}", name_key=f"account {number}")
            deal = Deal(
                external_id=f"D{number}",
                name=f"Deal {number}",
                name_key=name_key(f"Deal {number}"),
                account=account,
                outcome=DECIDED[number % 3],
                closed_on=(_NOW - timedelta(days=1 + number % 85)).date(),
                amount_minor=84_000_00,
                currency="EUR",
            )
            for role in (BuyingRole.EVALUATOR, BuyingRole.DECISION_MAKER):
                contact = Contact(
                    account=account, name="Buyer", email=f"{role.value}{number}@example.com"
                )
                session.add(DealContact(deal=deal, contact=contact, buying_role=role))


if __name__ == "__main__":
    main()
