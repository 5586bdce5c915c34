"""How fast one worker sends invitations, and what 20 kills on the way do to them.

    python -m benchmarks.send_mail [--mails 10000] [--kills 20]

Prints seconds, mails a second, and the counts that must come out: none twice, none lost, at most
one doubtful mail a kill.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from app.core import migrations
from app.core.db import Database
from app.core.jobs import job
from app.mail import operations
from app.mail.models import Mail, MailState
from app.mail.operations import DELIVER, Letter
from config import ROOT
from tests.mail.postbox import Postbox, open_postbox

_SENDER = "Halden <interviews@halden.example>"
_WORKER = """
import sys
from app.core.db import Database
from app.mail.sending import deliver_due
from app.mail.transport import read_server
deliver_due(Database(sys.argv[1]), read_server(sys.argv[2]), sys.argv[3])
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mails", type=int, default=10_000)
    options.add_argument("--kills", type=int, default=20)
    given = options.parse_args()
    job(DELIVER)(lambda _context: None)
    with tempfile.TemporaryDirectory() as folder, open_postbox() as postbox:
        db = Database(f"sqlite:///{Path(folder) / 'because.db'}")
        migrations.upgrade(db)
        began = time.monotonic()
        _write(db, given.mails)
        written = time.monotonic()
        _send_with_kills(db, postbox, given.kills)
        ended = time.monotonic()
        print(f"written   {given.mails} in {written - began:.1f} s")
        print(
            f"sent      in {ended - written:.1f} s, {given.mails / (ended - written):.0f} a second"
        )
        _print_counts(db, postbox)


def _write(db: Database, mails: int) -> None:
    for start in range(0, mails, 500):
        with db.writing() as session:
            for number in range(start, min(start + 500, mails)):
                operations.write(
                    session,
                    Letter(
                        f"buyer{number}@example.com",
                        "Twenty minutes about your decision",
                        "Would you tell us how you came to it?\n" * 12,
                    ),
                    domain="example.com",
                )


def _send_with_kills(db: Database, postbox: Postbox, kills: int) -> None:
    chance = random.Random(1)
    for _ in range(kills):
        worker = _start(db, postbox)
        time.sleep(chance.uniform(1, 4))
        worker.kill()
        worker.wait()
    _start(db, postbox).wait()


def _start(db: Database, postbox: Postbox) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _WORKER, db.url, postbox.url, _SENDER], cwd=ROOT)


def _print_counts(db: Database, postbox: Postbox) -> None:
    arrived = Counter(to for _, to in postbox.envelopes)
    with db.reading() as session:
        states = dict(session.execute(select(Mail.state, func.count()).group_by(Mail.state)).all())
        unsure = set(
            session.scalars(select(Mail.to_address).where(Mail.state == MailState.SENDING))
        )
        lost = [
            address
            for address in session.scalars(select(Mail.to_address))
            if address not in arrived and address not in unsure
        ]
    print(f"arrived   {len(arrived)}, twice {sum(n > 1 for n in arrived.values())}")
    print(f"states    {', '.join(f'{state.value} {number}' for state, number in states.items())}")
    print(f"lost      {len(lost)}; claimed and left by a kill {len(unsure)}")


if __name__ == "__main__":
    main()
