"""Reading competitors, differentiators and their standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from app.core.access import NotFound
from app.market.models import Competitor, Differentiator, Life, Standing, name_key

Entry = TypeVar("Entry", Competitor, Differentiator)

_DRAFTS_FIRST = {Life.DRAFT: 0, Life.ACTIVE: 1, Life.RETIRED: 2}


def competitors(session: Session) -> Sequence[Competitor]:
    """All of them: drafts first, then the active, then the retired, each by name."""
    return _entries(session, Competitor)


def differentiators(session: Session) -> Sequence[Differentiator]:
    """All of them: drafts first, then the active, then the retired, each by name."""
    return _entries(session, Differentiator)


def active_competitors(session: Session) -> Sequence[Competitor]:
    return [row for row in competitors(session) if row.life is Life.ACTIVE]


def active_differentiators(session: Session) -> Sequence[Differentiator]:
    return [row for row in differentiators(session) if row.life is Life.ACTIVE]


def get_competitor(session: Session, public_id: str) -> Competitor:
    return _get(session, Competitor, public_id)


def get_differentiator(session: Session, public_id: str) -> Differentiator:
    return _get(session, Differentiator, public_id)


def find_competitor(session: Session, name: str) -> Competitor | None:
    """The competitor of this name or alias."""
    return by_name(competitors(session)).get(name_key(name))


def find_competitors(session: Session, names: Sequence[str]) -> list[Competitor]:
    """Those of these names or aliases, each once; unknown names are left out."""
    known = by_name(competitors(session))
    rows = [known[name_key(name)] for name in names if name_key(name) in known]
    return list(dict.fromkeys(rows))


def find_differentiator(session: Session, name: str) -> Differentiator | None:
    """The differentiator of this name or alias."""
    return by_name(differentiators(session)).get(name_key(name))


def by_name(rows: Sequence[Entry]) -> dict[str, Entry]:
    """The rows by the key of their name and of each alias; a name goes before an alias."""
    index = {name_key(alias): row for row in rows for alias in row.aliases}
    return index | {row.name_key: row for row in rows}


def standing_history(session: Session, differentiator: Differentiator) -> Sequence[Standing]:
    """Every standing ever set, the latest first."""
    return session.scalars(
        select(Standing)
        .where(Standing.differentiator_id == differentiator.id)
        .order_by(Standing.set_on.desc(), Standing.id.desc())
        .options(joinedload(Standing.competitor))
    ).all()


def standings_against(session: Session, competitor: Competitor) -> Sequence[Standing]:
    return session.scalars(select(Standing).where(Standing.competitor_id == competitor.id)).all()


def present_standings(session: Session) -> dict[tuple[int, int], Standing]:
    """The standing in force by (differentiator's id, competitor's id)."""
    latest = (
        select(
            Standing.differentiator_id,
            Standing.competitor_id,
            func.max(Standing.set_on).label("set_on"),
        )
        .group_by(Standing.differentiator_id, Standing.competitor_id)
        .subquery()
    )
    rows = session.scalars(
        select(Standing).join(
            latest,
            (Standing.differentiator_id == latest.c.differentiator_id)
            & (Standing.competitor_id == latest.c.competitor_id)
            & (Standing.set_on == latest.c.set_on),
        )
    )
    return {(row.differentiator_id, row.competitor_id): row for row in rows}


def latest_standing(
    session: Session, differentiator: Differentiator, competitor: Competitor
) -> Standing | None:
    return session.scalar(
        select(Standing)
        .where(
            Standing.differentiator_id == differentiator.id,
            Standing.competitor_id == competitor.id,
        )
        .order_by(Standing.set_on.desc(), Standing.id.desc())
        .limit(1)
    )


def _entries(session: Session, kind: type[Entry]) -> Sequence[Entry]:
    order = case(_DRAFTS_FIRST, value=kind.life)
    return session.scalars(select(kind).order_by(order, kind.name_key)).all()


def _get(session: Session, kind: type[Entry], public_id: str) -> Entry:
    row = session.scalar(select(kind).where(kind.public_id == public_id))
    if row is None:
        raise NotFound
    return row
