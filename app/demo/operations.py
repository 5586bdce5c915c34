"""Writing the demo: the company and its people once, then deals in batches, each its own
transaction, so that a million tags need no more memory than a thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.core.formats import zone
from app.deals.models import (
    Account,
    Contact,
    Deal,
    DealCompetitor,
    DealContact,
    DealFact,
)
from app.demo import story
from app.demo.ahead import GUIDE_FOR, at_hour, plan_interviews
from app.demo.asked import add_letters
from app.demo.booked import book
from app.demo.company import Cast, add_company, cast_of
from app.demo.decisions import add_decisions
from app.demo.finishing import finish_of, had_it_been_otherwise, promise_of
from app.demo.generator import DrawnAnswer, DrawnDeal, DrawnInterview, Size, draw
from app.demo.programmes import add_programmes
from app.demo.published import publish_reports
from app.demo.tagged_twice import add_second_tags
from app.demo.thanked import give_thanks
from app.demo.transcribed import add_transcript
from app.identity.models import User
from app.interviews.models import (
    Answer,
    AnswerRevision,
    Interview,
    Scope,
    State,
)
from app.market.models import name_key
from app.search import indexing as search
from app.tagging import evidence
from app.tagging.models import FinishReason, Tag, Verbatim, Weight

BATCH = 250

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """How much was made."""

    deals: int
    interviews: int
    tags: int


def load_demo(
    db: Database,
    size: Size,
    *,
    seed: int,
    until: date,
    progress: Progress = lambda done, total: None,
) -> Loaded:
    """Fill an empty database with the demo company. Raises ValueError where there are users."""
    with db.writing() as session:
        if session.scalar(select(User.id).limit(1)) is not None:
            raise ValueError("there are users already; the demo needs a workspace of its own")
        add_company(session, until)
    with db.reading() as session:
        cast = cast_of(session)
    loaded = Loaded(0, 0, 0)
    deals = draw(size, seed=seed, until=until)
    while batch := list(islice(deals, BATCH)):
        with db.writing() as session:
            interviews, tags = _add_deals(session, cast, batch)
        loaded = Loaded(
            loaded.deals + len(batch), loaded.interviews + interviews, loaded.tags + tags
        )
        progress(loaded.deals, size.deals)
    with db.writing() as session:
        interviewer_id = cast.interviewers["Jonas Weber"]
        book(session, plan_interviews(session, interviewer_id, cast.guides, until))
        add_programmes(session, until, at_hour(until, 9))
        add_decisions(session, until)
        add_letters(session, until)
        give_thanks(session, "Miriam Holt", at_hour(until, 9))
        add_second_tags(session, story.TIME_ZONE)
        add_transcript(session)
        if size.interviews and size.tags_per_interview is None:
            publish_reports(session, until)
    _count_agreement(db)
    search.rebuild(db, lambda _done: None)
    return loaded


def _count_agreement(db: Database) -> None:
    # Brings numpy, which the command line does not need otherwise.
    from app.tagging.double_coding import figures

    with db.writing() as session:
        figures.keep(session, figures.count(figures.coded_interviews(session)))


def _add_deals(session: Session, cast: Cast, batch: Sequence[DrawnDeal]) -> tuple[int, int]:
    """Write the deals with their interviews; returns how many interviews and tags."""
    _add_accounts(session, cast, batch)
    deals = [_deal(cast, drawn) for drawn in batch]
    session.add_all(deals)
    session.flush()
    interviews: list[Interview] = []
    tags: list[Tag] = []
    for deal, drawn in zip(deals, batch, strict=True):
        session.add_all(
            DealFact(deal_id=deal.id, name=name, text_value=value)
            for name, value in drawn.selling.items()
        )
        session.add_all(
            DealCompetitor(deal_id=deal.id, competitor_id=cast.competitors[rival])
            for rival in drawn.rivals
        )
        for position, one in enumerate(drawn.interviews):
            interview = _interview(cast, deal, drawn, one, position)
            interviews.append(interview)
            session.add(
                DealContact(deal=deal, contact=interview.contact, buying_role=one.buying_role)
            )
            for answer in one.answers:
                tags += _answer(session, cast, interview, answer, one)
    session.add_all([*interviews, *tags])
    session.flush()
    for interview, one in zip(interviews, _interviews_of(batch), strict=True):
        promised = finish_of(interview.deal.outcome, one.answers).promised
        if promised:
            session.add(promise_of(interview, one, promised))
        if not one.is_tagged:
            _tap(session, cast, interview, one)
    session.flush()
    evidence.refresh_interviews(session, [interview.id for interview in interviews])
    return len(interviews), len(tags)


def _interviews_of(batch: Iterable[DrawnDeal]) -> Iterable[DrawnInterview]:
    return (one for drawn in batch for one in drawn.interviews)


def _deal(cast: Cast, drawn: DrawnDeal) -> Deal:
    name = f"{drawn.account}, {drawn.product}"
    return Deal(
        external_id=f"DEMO-{drawn.number + 1:05}",
        name=name,
        name_key=name_key(name),
        account_id=cast.accounts[drawn.account],
        product=drawn.product,
        amount_minor=drawn.amount * 100,
        currency=story.CURRENCY,
        outcome=drawn.outcome,
        stage=drawn.outcome.value.replace("_", " ").capitalize(),
        opened_on=drawn.opened_on,
        closed_on=drawn.closed_on,
        seller_id=cast.sellers[drawn.seller],
        lead_source=drawn.lead_source,
        stated_reason=drawn.stated_reason,
        won_by_id=cast.competitors[drawn.won_by] if drawn.won_by else None,
        is_anonymous=any(one.scope is not Scope.NAME for one in drawn.interviews),
    )


def _add_accounts(session: Session, cast: Cast, batch: Sequence[DrawnDeal]) -> None:
    new = {drawn.account: drawn for drawn in batch if drawn.account not in cast.accounts}
    accounts = [
        Account(
            name=name,
            name_key=name_key(name),
            segment=drawn.segment,
            industry=drawn.industry,
            region=drawn.region,
        )
        for name, drawn in new.items()
    ]
    session.add_all(accounts)
    session.flush()
    cast.accounts.update((account.name, account.id) for account in accounts)


def _interview(
    cast: Cast, deal: Deal, drawn: DrawnDeal, one: DrawnInterview, position: int
) -> Interview:
    interviewer = "Jonas Weber" if drawn.number % 3 else "Miriam Holt"
    contact = Contact(
        account_id=deal.account_id, name=one.contact, email=one.email, job_title=one.job_title
    )
    finish = finish_of(drawn.outcome, one.answers)
    return Interview(
        external_id=f"DEMO-{drawn.number + 1:05}-{position + 1}",
        deal=deal,
        contact=contact,
        buying_role=one.buying_role,
        interviewer_id=cast.interviewers[interviewer],
        relation=one.relation,
        state=State.TAGGED if one.is_tagged else State.HELD,
        channel=one.channel,
        scheduled_at=at_hour(one.held_on, 10),
        started_at=at_hour(one.held_on, 10),
        time_zone=story.TIME_ZONE,
        held_on=one.held_on,
        guide_version_id=cast.guides[GUIDE_FOR[drawn.outcome]].id,
        scope=one.scope,
        seller_may_read=True,
        consent_at=at_hour(one.held_on, 10),
        why=finish.why,
        surprised=finish.surprised,
        follow_up=finish.follow_up,
        fears=finish.fears,
        near_losses=finish.near_losses,
        reference=finish.reference,
    )


def _answer(
    session: Session, cast: Cast, interview: Interview, drawn: DrawnAnswer, one: DrawnInterview
) -> list[Tag]:
    """The answer, its revision, and its tags where a tagger has been there."""
    question, position = cast.questions[drawn.question]
    answer = Answer(
        interview=interview,
        question_id=drawn.question,
        question=question,
        kind=drawn.kind,
        taken=drawn.taken,
        position=position,
        revision=1,
        text=drawn.text,
    )
    session.add(AnswerRevision(answer=answer, number=1, text=drawn.text, author_name=""))
    if not one.is_tagged:
        return []
    made = []
    for drawn_tag in drawn.tags:
        verbatim = Verbatim(
            interview=interview,
            answer=answer,
            revision=1,
            start=drawn_tag.start,
            end=drawn_tag.end,
            text=drawn.text[drawn_tag.start : drawn_tag.end],
            created_by_name="Miriam Holt",
        )
        tag = Tag(
            verbatim=verbatim,
            reason_id=cast.reasons[drawn_tag.reason],
            direction=drawn_tag.direction,
            weight=drawn_tag.weight,
            layer=drawn_tag.layer,
            evidence=drawn.kind,
            differentiator_id=cast.differentiators.get(drawn_tag.reason),
            competitor_id=cast.competitors[drawn_tag.competitor] if drawn_tag.competitor else None,
            counterfactual=had_it_been_otherwise(interview.deal.outcome, drawn_tag),
            created_by_name="Miriam Holt",
        )
        made.append(tag)
    return made


def _tap(session: Session, cast: Cast, interview: Interview, one: DrawnInterview) -> None:
    """What the interviewer tapped at the finish, while the words wait for a tagger."""
    tags = [tag for answer in one.answers for tag in answer.tags]
    heaviest = sorted(tags, key=lambda tag: list(Weight).index(tag.weight))
    by_reason = {tag.reason: tag for tag in reversed(heaviest[:3])}
    session.add_all(
        FinishReason(
            interview_id=interview.id,
            reason_id=cast.reasons[tag.reason],
            direction=tag.direction,
            is_decisive=tag.weight is Weight.DECISIVE,
            counterfactual=had_it_been_otherwise(interview.deal.outcome, tag),
            position=position,
        )
        for position, tag in enumerate(reversed(by_reason.values()))
    )


def today() -> date:
    """The demo's last day where none is given."""
    return clock.now().astimezone(zone(story.TIME_ZONE)).date()
