"""How fast one worker writes and sends invitations, and what 20 kills on the way do to them.

    python -m benchmarks.send_invitations [--invitations 10000] [--kills 20]

Approves so many interviews, and lets a worker write their letters and hand them to a local mail
server, killed again and again. Prints seconds, letters a second, and the counts that must come
out: none twice, none lost, at most one doubtful mail a kill.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import create_app
from app.core import clock, migrations
from app.core.access import Actor
from app.core.db import Database
from app.deals.models import Contact, Deal, Outcome
from app.identity.models import Role, User, Workspace
from app.interviews.models import Interview, State
from app.invitations import operations
from app.invitations.models import Invitation, Letter
from app.invitations.wording import Step
from app.mail.models import Mail, MailState
from config import ROOT, load_settings
from tests.mail.postbox import Postbox, open_postbox

#: A Monday morning in Berlin: letters go out in the buyer's hours only.
_NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
_OUTCOMES = (Outcome.WON, Outcome.LOST, Outcome.NO_DECISION)
_WORKER = f"""
from datetime import datetime
from app import create_app
from app.core import clock
from app.core.access import SYSTEM
from app.core.jobs import JobContext, enqueue
from app.invitations import jobs, operations
from app.mail import jobs as mail
from config import load_settings
app = create_app(load_settings())
db = app.extensions["because_database"]
with clock.frozen(datetime.fromisoformat("{_NOW.isoformat()}")), app.app_context():
    with db.writing() as session:
        job = enqueue(session, operations.WRITE, SYSTEM)
    context = JobContext(app, db, job.id, SYSTEM)
    jobs.write(context)
    mail.deliver(context)
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--invitations", type=int, default=10_000)
    options.add_argument("--kills", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_postbox() as postbox:
        environment = {
            "BECAUSE_INSTANCE": folder,
            "SMTP_URL": postbox.url,
            "MAIL_FROM": "Halden <interviews@halden.example>",
            "LOG_LEVEL": "error",
        }
        db = Database(f"sqlite:///{Path(folder) / 'because.db'}")
        migrations.upgrade(db)
        _approve(environment, given.invitations)
        began = time.monotonic()
        _work_with_kills(environment, given.kills)
        seconds = time.monotonic() - began
        print(f"written and sent in {seconds:.0f} s, {given.invitations / seconds:.0f} a second")
        _print_counts(db, postbox)


def _approve(environment: dict[str, str], count: int) -> None:
    app = create_app(load_settings(environment))
    db: Database = app.extensions["because_database"]
    with clock.frozen(_NOW), app.app_context():
        with db.writing() as session:
            session.add(Workspace(company="Halden", product="Flow", time_zone="Europe/Berlin"))
            user = User(email="ada@halden.example", name="Ada Ling", role=Role.INTERVIEWER)
            session.add(user)
            session.flush()
            _add_interviews(session, user.id, count)
        began = time.monotonic()
        for start in range(0, count, 500):
            with db.writing() as session:
                planned = session.scalars(
                    select(Interview).order_by(Interview.id).offset(start).limit(500)
                ).all()
                for interview in planned:
                    operations.invite(session, Actor(None, "Because"), interview)
        print(f"approved  {count} in {time.monotonic() - began:.0f} s")
    db.engine.dispose()


def _add_interviews(session: Session, user_id: int, count: int) -> None:
    for number in range(count):
        contact = Contact(
            name=f"Buyer {number}",
            email=f"buyer{number}@example.com",
            language=("en", "de", "fr", "es")[number % 4],
            time_zone="Europe/Berlin",
        )
        name = f"Deal {number}"
        deal = Deal(name=name, name_key=name.lower(), outcome=_OUTCOMES[number % 3])
        session.add(
            Interview(
                deal=deal,
                contact=contact,
                interviewer_id=user_id,
                state=State.PLANNED,
                time_zone="Europe/Berlin",
            )
        )


def _work_with_kills(environment: dict[str, str], kills: int) -> None:
    chance = random.Random(1)
    for _ in range(kills):
        worker = _start(environment)
        time.sleep(chance.uniform(2, 8))
        worker.kill()
        worker.wait()
    _start(environment).wait()


def _start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _WORKER], cwd=ROOT, env={**os.environ, **environment}
    )


def _print_counts(db: Database, postbox: Postbox) -> None:
    arrived = Counter(to for _, to in postbox.envelopes)
    with db.reading() as session:
        letters = session.scalar(select(func.count()).select_from(Letter)) or 0
        unwritten = session.scalar(
            select(func.count())
            .select_from(Invitation)
            .where(Invitation.next_step == Step.INVITATION)
        )
        states = dict(session.execute(select(Mail.state, func.count()).group_by(Mail.state)).all())
        unsure = set(
            session.scalars(select(Mail.to_address).where(Mail.state == MailState.SENDING))
        )
        lost = [
            address
            for address in session.scalars(select(Mail.to_address))
            if address not in arrived and address not in unsure
        ]
    print(f"letters   {letters} written, {unwritten} not written")
    print(f"arrived   {len(arrived)}, twice {sum(n > 1 for n in arrived.values())}")
    print(f"states    {', '.join(f'{state.value} {number}' for state, number in states.items())}")
    print(f"lost      {len(lost)}; claimed and left by a kill {len(unsure)}")


if __name__ == "__main__":
    main()
