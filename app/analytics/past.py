"""Figures of reasons with the list as it stood in an earlier version: read from the tags
themselves, because the evidence follows today's list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.queries import INFLUENCED, NamedInDeal, Voice
from app.core.periods import Period
from app.deals.models import DECIDED, BuyingRole, Deal
from app.interviews.models import HEARD, Interview
from app.tagging.codebook.as_it_stood import AsItStood, as_it_stood, moved_since
from app.tagging.codebook.models import ListVersion
from app.tagging.codebook.queries import standing_in
from app.tagging.evidence import Evidence, rebuilt
from app.tagging.models import Reason, Tag, Weight


class PastReasons:
    """The rows behind the figures of one period, as the list stood in a version."""

    def __init__(self, session: Session, period: Period, version: ListVersion) -> None:
        self.moved: AsItStood = as_it_stood(session, version)
        self._speakers = _speakers(session, period)
        self._evidence = [
            row
            for row in rebuilt(session, list(self._speakers), self.moved)
            if row.reason_id is not None
        ]
        self._names = _names(session, version)
        self._now = _reasons_of_moved(session, version)

    def named_in_deals(self) -> list[NamedInDeal]:
        grouped: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
        for row in self._evidence:
            grouped[row.reason_id, row.deal_id, row.direction].append(row)
        return [_named(rows) for rows in grouped.values()]

    def voices(self) -> list[Voice]:
        return list(dict.fromkeys(self._all_voices()))

    def _all_voices(self) -> Iterator[Voice]:
        for row in self._evidence:
            if row.weight in INFLUENCED and row.reason_id is not None:
                account_id, role = self._speakers[row.interview_id]
                yield Voice(row.reason_id, row.direction, row.outcome, account_id, role)

    def ids_now(self, ids: Iterable[int]) -> list[int]:
        """The reasons under which the quotes of these are found today."""
        return sorted({*ids, *self._now})

    def names_of(self, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Public id and name of each reason, as it was called."""
        return {reason_id: self._names[reason_id] for reason_id in ids}


def _named(rows: list[Evidence]) -> NamedInDeal:
    first = rows[0]
    assert first.reason_id is not None
    assert first.closed_on is not None
    return NamedInDeal(
        subject_id=first.reason_id,
        deal_id=first.deal_id,
        direction=first.direction,
        outcome=first.outcome,
        closed_on=first.closed_on,
        naming=len({row.interview_id for row in rows}),
        influencing=len({row.interview_id for row in rows if row.weight in INFLUENCED}),
        is_decisive=any(row.weight is Weight.DECISIVE for row in rows),
        is_provisional=any(row.is_provisional for row in rows),
    )


def _speakers(session: Session, period: Period) -> dict[int, tuple[int | None, BuyingRole | None]]:
    """Account and buying role behind each interview that counts in the period."""
    rows = session.execute(
        select(Interview.id, Deal.account_id, Interview.buying_role)
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            Deal.closed_on.between(period.first_day, period.last_day),
        )
    )
    return {interview_id: (account_id, role) for interview_id, account_id, role in rows}


def _names(session: Session, version: ListVersion) -> dict[int, tuple[str, str]]:
    """A draft of then has today's name: the list did not hold it yet."""
    rows = session.execute(select(Reason.id, Reason.public_id, Reason.name))
    names = {row_id: (public_id, name) for row_id, public_id, name in rows}
    for revision in standing_in(session, version):
        names[revision.reason_id] = (revision.reason.public_id, revision.name)
    return names


def _reasons_of_moved(session: Session, version: ListVersion) -> list[int]:
    """Under which reasons the tags stand today that were moved since."""
    rows = session.scalars(select(Tag.reason_id).where(Tag.id.in_(moved_since(version))).distinct())
    return [reason_id for reason_id in rows if reason_id is not None]
