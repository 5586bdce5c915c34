"""What buyers said, read as one value an interview, against a plain count over the rows of
evidence: on deals drawn at random, before and after random changes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.filters import EVERYTHING, Filters
from app.analytics.heard import OPINIONS, read_heard
from app.analytics.narrowing import narrow
from app.analytics.queries import INFLUENCED, Subject
from app.analytics.said import Said, deals_saying, said
from app.analytics.window import Window
from app.core import events
from app.core.periods import Quarter
from app.deals.events import DealsChanged
from app.deals.models import DECIDED, BuyingRole, Deal, Outcome
from app.interviews.events import InterviewMoved
from app.interviews.models import HEARD, Interview, Kind, State
from app.tagging import evidence
from app.tagging.models import Direction, Layer, Tag, TagEvidence, Weight
from tests.factories import Factory

YEAR = Window.year_to(Quarter(2026, 3))
FILTERS = (
    EVERYTHING,
    Filters.parse([("evidence", "fact")]),
    Filters.parse([("role", "user"), ("outcome", "lost")]),
)


class Company:
    """Deals, interviews and tags drawn at random, and changed at random."""

    def __init__(self, make: Factory, seed: int) -> None:
        self.make, self.session, self.rng = make, make.session, random.Random(seed)
        self.reasons = [make.reason() for _ in range(4)]
        self.strengths = [make.differentiator() for _ in range(2)]
        self.accounts = [make.account(segment=name) for name in ("Small", "Small", "Large", "")]
        self.deals = [self.deal() for _ in range(14)]
        self.interviews = [self.interview() for _ in range(24)]

    def day(self) -> date:
        return date(2025, 8, 1) + timedelta(days=self.rng.randrange(450))

    def deal(self) -> Deal:
        return self.make.deal(
            self.rng.choice(list(Outcome)),
            closed_on=self.day(),
            account=self.rng.choice(self.accounts),
        )

    def interview(self) -> Interview:
        interview = self.make.interview(
            self.rng.choice(self.deals),
            state=self.rng.choice((State.HELD, State.TAGGED, State.PLANNED)),
            buying_role=self.rng.choice((None, *BuyingRole)),
        )
        self.make.finish_reason(interview, self.rng.choice(self.reasons))
        for _ in range(self.rng.randrange(5)):
            self.tag(interview)
        evidence.refresh_interviews(self.session, [interview.id])
        return interview

    def tag(self, interview: Interview) -> Tag:
        return self.make.tag(
            self.make.verbatim(self.make.answer(interview)),
            self.rng.choice(self.reasons),
            direction=self.rng.choice(list(Direction)),
            weight=self.rng.choice(list(Weight)),
            layer=self.rng.choice(list(Layer)),
            evidence=self.rng.choice(list(Kind)),
            differentiator=self.rng.choice((None, *self.strengths)),
        )

    def change(self) -> None:
        changes: Sequence[Callable[[], None]] = (
            self._tag_once_more,
            self._take_a_tag_away,
            self._end_a_deal_otherwise,
            self._move_an_interview,
            self._call_an_account_otherwise,
            self._delete_an_interview,
        )
        self.rng.choice(changes)()

    def _tag_once_more(self) -> None:
        interview = self.rng.choice(self.interviews)
        self.tag(interview)
        evidence.refresh_interviews(self.session, [interview.id])

    def _take_a_tag_away(self) -> None:
        tag = self.rng.choice(self.session.scalars(select(Tag)).all())
        interview_id = tag.verbatim.interview_id
        self.session.delete(tag)
        evidence.refresh_interviews(self.session, [interview_id])

    def _end_a_deal_otherwise(self) -> None:
        deal = self.rng.choice(self.deals)
        deal.outcome, deal.closed_on = self.rng.choice(list(Outcome)), self.day()
        events.publish(self.session, DealsChanged([deal.id]))

    def _move_an_interview(self) -> None:
        interview = self.rng.choice(self.interviews)
        interview.state = self.rng.choice((State.HELD, State.TAGGED, State.CANCELLED))
        events.publish(self.session, InterviewMoved(interview.id))

    def _call_an_account_otherwise(self) -> None:
        self.rng.choice(self.accounts).segment = self.rng.choice(("Small", "Large"))
        self.session.flush()

    def _delete_an_interview(self) -> None:
        interview = self.interviews.pop(self.rng.randrange(len(self.interviews)))
        self.session.delete(interview)
        self.session.flush()
        self.session.expire_all()


def counted(session: Session, subject: Subject, filters: Filters) -> list[Said]:
    """The same by rows: evidence, interviews and deals as objects, one by one."""
    period, latest = YEAR.period, YEAR.latest_period
    interviews = [
        one
        for one in session.scalars(select(Interview))
        if one.state in HEARD
        and one.deal.outcome in (filters.outcomes or DECIDED)
        and one.deal.closed_on
        and period.first_day <= one.deal.closed_on <= period.last_day
        and (not filters.roles or one.buying_role in filters.roles)
    ]
    sizes: dict[int, int] = defaultdict(int)
    for one in interviews:
        sizes[one.deal_id] += 1
    places = {one.id for one in interviews}
    by_deal: dict[tuple[int, Direction, int], list[TagEvidence]] = defaultdict(list)
    for row in session.scalars(select(TagEvidence).execution_options(populate_existing=True)):
        subject_id = getattr(row, f"{subject.value}_id")
        speaks = row.evidence is Kind.FACT or not filters.facts_only
        if subject_id is not None and row.interview_id in places and speaks:
            by_deal[subject_id, row.direction, row.deal_id].append(row)
    found: dict[tuple[int, Direction, Outcome, str], list[Said]] = defaultdict(list)
    for (subject_id, direction, deal_id), rows in by_deal.items():
        deal = session.get_one(Deal, deal_id)
        assert deal.account is not None
        weighty = [row for row in rows if row.weight in INFLUENCED]
        share = len({row.interview_id for row in weighty}) / sizes[deal_id]
        is_fact = any(row.evidence is Kind.FACT for row in rows)
        one_deal = Said(
            subject_id=subject_id,
            direction=direction,
            outcome=deal.outcome,
            segment=deal.account.segment,
            named=share,
            influenced=int(share > 0),
            citing=int(share >= 0.5),
            deals=1,
            latest_deals=int(bool(deal.closed_on and deal.closed_on >= latest.first_day)),
            decisive=int(any(row.weight is Weight.DECISIVE for row in rows)),
            first=int(any(row.layer is Layer.SURFACE for row in weighty)),
            behind=int(any(row.layer is Layer.PROBED for row in weighty)),
            facts=int(is_fact),
            opinions_only=int(not is_fact and any(row.evidence in OPINIONS for row in rows)),
            expected=int(any(row.weight is Weight.TABLE_STAKES for row in rows)),
            interviews=len({row.interview_id for row in rows}),
            is_provisional=any(row.is_provisional for row in rows),
        )
        found[one_deal[:4]].append(one_deal)
    return [added(rows) for rows in found.values()]


def added(rows: list[Said]) -> Said:
    sums = [sum(values) for values in zip(*(row[4:-1] for row in rows), strict=True)]
    return Said._make((*rows[0][:4], *sums, any(row.is_provisional for row in rows)))


def rounded(rows: Sequence[Said]) -> list[Said]:
    return sorted(row._replace(named=round(row.named, 9)) for row in rows)


@pytest.mark.parametrize("seed", range(4))
def test_figures_equal_a_count_by_rows_whatever_was_changed_a_moment_ago(
    make: Factory, session: Session, seed: int
) -> None:
    company = Company(make, seed)
    for _ in range(8):
        for filters in FILTERS:
            narrowed = narrow(session, filters)
            heard = read_heard(session, YEAR.period, YEAR.latest_period, narrowed)
            for subject in (Subject.REASON, Subject.DIFFERENTIATOR):
                assert rounded(said(heard, subject)[0]) == rounded(
                    counted(session, subject, filters)
                )
        company.change()


def test_a_changed_tag_is_seen_at_once(make: Factory, session: Session) -> None:
    interview, price, trust = make.interview(state="tagged"), make.reason(), make.reason()
    tag = make.tag(make.verbatim(make.answer(interview)), price)
    evidence.refresh_interviews(session, [interview.id])
    for reason in (price, trust, price):
        tag.reason = reason
        evidence.refresh_interviews(session, [interview.id])
        rows, _ = said(read_heard(session, YEAR.period, YEAR.latest_period), Subject.REASON)
        assert [row.subject_id for row in rows] == [reason.id]


def test_reasons_counted_as_one_are_one_mention_of_an_interview(
    make: Factory, session: Session
) -> None:
    interview, price, budget = make.interview(state="tagged"), make.reason(), make.reason()
    for reason in (price, budget):
        make.tag(make.verbatim(make.answer(interview)), reason)
    evidence.refresh_interviews(session, [interview.id])
    heard = read_heard(session, YEAR.period, YEAR.latest_period)
    (row,), _ = said(heard, Subject.REASON, {budget.id: price.id, price.id: price.id})
    assert (row.subject_id, row.deals, row.interviews, row.named) == (price.id, 1, 1, 1.0)


def test_only_won_and_lost_deals_that_it_weighed_in_say_it(make: Factory, session: Session) -> None:
    price, deals = make.reason(), {}
    for outcome, weight in (
        ("lost", Weight.DECISIVE),
        ("won", Weight.CONTRIBUTING),
        ("no_decision", Weight.DECISIVE),
        ("lost", Weight.MENTIONED),
    ):
        interview = make.interview(make.deal(outcome), state="tagged")
        make.tag(make.verbatim(make.answer(interview)), price, weight=weight)
        evidence.refresh_interviews(session, [interview.id])
        deals[outcome, weight] = interview.deal_id
    heard = read_heard(session, YEAR.period, YEAR.latest_period)
    assert deals_saying(heard, [price.id]) == {
        (price.id, Direction.AGAINST): {
            deals["lost", Weight.DECISIVE],
            deals["won", Weight.CONTRIBUTING],
        }
    }
