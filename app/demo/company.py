"""The demo's company: its people, what it sells and against whom, once; and their rows by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.events import publish
from app.deals.models import ExchangeRate, Seller
from app.demo import story
from app.guides.models import GuideVersion
from app.guides.operations import SHIPPED, load_shipped
from app.guides.queries import newest_versions
from app.identity.events import WorkspaceMade
from app.identity.models import Role, User, Workspace
from app.market.models import Competitor, Differentiator, Standing, name_key
from app.tagging.models import Reason


@dataclass
class Cast:
    """The rows that deals point to, by name."""

    interviewers: dict[str, int]
    sellers: dict[str, int]
    competitors: dict[str, int]
    reasons: dict[str, int]
    differentiators: dict[str, int]
    guides: dict[str, GuideVersion]
    questions: dict[str, tuple[str, int]]
    accounts: dict[str, int] = field(default_factory=dict)


def add_company(session: Session, until: date) -> None:
    workspace = Workspace(
        company=story.COMPANY,
        product=story.PRODUCT,
        currency=story.CURRENCY,
        time_zone=story.TIME_ZONE,
        steps_done=["company", "market", "deals", "colleagues", "interview"],
    )
    session.add(workspace)
    session.flush()
    # The starting competitors and the starter list of reasons come with every workspace.
    publish(session, WorkspaceMade(workspace.id))
    colleagues = [
        User(email=one.email, name=one.name, role=one.role, is_tagger=one.is_tagger)
        for one in story.COLLEAGUES
    ]
    session.add_all(colleagues)
    session.add_all(
        Competitor(name=name, name_key=name_key(name), aliases=aliases)
        for name, aliases in story.RIVALS.items()
    )
    session.flush()
    load_shipped(session, SHIPPED)
    by_name = {user.name: user for user in colleagues}
    session.add_all(
        Seller(name=name, name_key=name_key(name), user=by_name.get(name), team="Sales")
        for name in story.SELLERS
    )
    session.add_all(
        ExchangeRate(currency=code, valid_from=date(until.year - 12, 1, 1), rate=rate)
        for code, rate in story.RATES.items()
    )
    _add_strengths(session, until)


def _add_strengths(session: Session, until: date) -> None:
    fenwick = session.scalars(select(Competitor).where(Competitor.name == "Fenwick")).one()
    for strength in story.STRENGTHS:
        differentiator = Differentiator(
            name=strength.name,
            name_key=name_key(strength.name),
            claim=strength.claim,
            uniqueness=strength.uniqueness,
            owner_name="Priya Raman",
        )
        session.add(
            Standing(
                differentiator=differentiator,
                competitor=fenwick,
                value=strength.against_fenwick,
                stage=strength.stage,
                set_on=until - timedelta(days=300),
                set_by_name="Priya Raman",
            )
        )


def cast_of(session: Session) -> Cast:
    guides = list(newest_versions(session))
    reasons = {key: row_id for row_id, key in session.execute(select(Reason.id, Reason.key))}
    strengths = {
        name: row_id
        for row_id, name in session.execute(select(Differentiator.id, Differentiator.name))
    }
    return Cast(
        interviewers={
            user.name: user.id
            for user in session.scalars(select(User))
            if user.role in (Role.INTERVIEWER, Role.PROGRAMME_MANAGER)
        },
        sellers={name: row_id for row_id, name in session.execute(select(Seller.id, Seller.name))},
        competitors={
            name: row_id for row_id, name in session.execute(select(Competitor.id, Competitor.name))
        },
        reasons=reasons,
        differentiators={one.reason: strengths[one.name] for one in story.STRENGTHS},
        guides={version.slug: version for version in guides},
        questions={
            question["id"]: (question["say"], position)
            for version in guides
            for position, question in enumerate(
                question
                for section in version.content["sections"]
                for question in section["questions"]
            )
        },
    )
