"""What each role sees first on a working day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.actions import queries as decided
from app.actions import words as decision_words
from app.actions.models import UNFINISHED
from app.actions.reminding import goals_missed, today_of
from app.analytics.decided import Overview, overview
from app.analytics.figures import SubjectFigure, subject_figures
from app.analytics.queries import Subject, last_closing_until
from app.analytics.showing import count_words
from app.analytics.window import Window, quarter_words
from app.core import clock
from app.core.access import Viewer
from app.core.edge import settings
from app.core.formats import zone
from app.core.periods import Quarter
from app.deals.access import title_for
from app.home import queries
from app.identity.models import Role
from app.identity.queries import workspace
from app.interviews.models import Interview, State
from app.interviews.queries import promises_to_keep
from app.invitations.queries import Show, list_invitations
from app.invitations.words import NEEDS, STEPS
from app.programmes.asking_queries import contacts_to_find, open_objections, views_to_write
from app.programmes.models import INTERVIEW_WITHIN
from app.programmes.queue_queries import queue as queue_of_programmes
from app.reports.audiences import audiences_of
from app.reports.issue_queries import served_issues
from app.reports.models import ReportKind
from app.reports.queries import WrittenParts, quarter_subject, written_parts
from app.tagging.models import Direction
from app.tagging.queries import count_waiting, waiting_to_be_tagged

MOST_AHEAD = 8
MOST_IN_QUEUE = 8
MOST_THEMES = 5
MOST_LETTERS = 5
MOST_DECISIONS = 5


@dataclass(frozen=True)
class Section:
    """One part of the page: its template, and what that takes."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class OwnInterviews:
    """An interviewer's interviews by what they ask of them."""

    today: Sequence[Interview]
    to_finish: Sequence[Interview]
    ahead: Sequence[Interview]

    def __bool__(self) -> bool:
        return bool(self.today or self.to_finish or self.ahead)


Maker = Callable[[Session, Viewer], Mapping[str, Any] | None]


def sections_for(session: Session, viewer: Viewer) -> list[Section]:
    """The sections of this person's role, the queue too for whoever tags; none that is empty."""
    names = list(SECTIONS[Role(viewer.role)])
    if viewer.may("tagging.tag") and "queue" not in names:
        names.append("queue")
    made = ((name, _MAKERS[name](session, viewer)) for name in names)
    return [Section(f"home/day/{name}.html", context) for name, context in made if context]


def interviews(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """Today's interviews, those to be finished, and those ahead; whose work they are is also told
    that there are none."""
    own = sort_out(queries.open_interviews_of(session, viewer), viewer)
    return {"own": own} if own or viewer.role == Role.INTERVIEWER else None


def sort_out(rows: Sequence[Interview], viewer: Viewer) -> OwnInterviews:
    """By the viewer's own day: what was begun, or was to take place before it, waits to be
    finished; whoever is asked in writing needs no help."""
    here = zone(viewer.time_zone)
    today = clock.now().astimezone(here).date()

    def day_of(row: Interview) -> date | None:
        return row.scheduled_at.astimezone(here).date() if row.scheduled_at else None

    to_finish = [
        row
        for row in rows
        if not row.is_being_written
        and (row.state is State.IN_PROGRESS or (day_of(row) or today) < today)
    ]
    rest = [row for row in rows if row not in to_finish]

    def is_today(row: Interview) -> bool:
        return day_of(row) == today and not row.is_being_written

    return OwnInterviews(
        today=[row for row in rest if is_today(row)],
        to_finish=to_finish,
        ahead=[row for row in rest if not is_today(row)][:MOST_AHEAD],
    )


def promises(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """What this person promised a buyer to keep, until it is kept."""
    rows = promises_to_keep(session, viewer)
    if not rows:
        return None
    return {
        "promises": [(row, title_for(viewer, row.interview.deal)) for row in rows],
        "today": clock.now().astimezone(zone(viewer.time_zone)).date(),
    }


def letters(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """Letters to send from one's own mail, and people whose address is missing or wrong."""
    by_hand = not settings().smtp_url
    page = list_invitations(session, viewer, Show.TO_DO, by_hand=by_hand, now=clock.now())
    if not page.invitations:
        return None
    shown = page.invitations[:MOST_LETTERS]
    return {
        "to_do": [(row, title_for(viewer, row.interview.deal)) for row in shown],
        "is_more": len(page.invitations) > MOST_LETTERS,
        "needs": NEEDS,
        "steps": STEPS,
    }


def queue(session: Session, viewer: Viewer) -> Mapping[str, Any]:
    """Interviews held and not yet tagged in full, oldest first."""
    rows = waiting_to_be_tagged(session, viewer, most=MOST_IN_QUEUE)
    return {
        "waiting": [(row, title_for(viewer, row.deal)) for row in rows],
        "count": count_waiting(session, viewer) if len(rows) == MOST_IN_QUEUE else len(rows),
    }


def to_be_asked(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """How many buyers wait to be asked, and the objections to decide about."""
    if not viewer.may("programmes.edit"):
        return None
    rows = queue_of_programmes(session, viewer)
    objections = open_objections(session, viewer)
    if not rows and not objections:
        return None
    leaving = sum(row.leaves_by_itself for row in rows)
    return {
        "count": len(rows),
        "leaving": leaving,
        "to_decide": len(rows) - leaving,
        "objections": [(row, title_for(viewer, row.deal)) for row in objections],
    }


def sellers_tasks(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """What only whoever sold can tell: whom we can write to, and what they think was behind it."""
    since = clock.now().astimezone(zone(viewer.time_zone)).date() - INTERVIEW_WITHIN
    contacts = contacts_to_find(session, viewer)
    views = views_to_write(session, viewer, since)
    if not contacts and not views:
        return None
    return {
        "contacts": [(row, title_for(viewer, row.deal)) for row in contacts],
        "views": [(deal, title_for(viewer, deal)) for deal in views],
    }


def themes(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """The reasons that cost the most deals in the last four quarters."""
    latest = _latest_quarter(session)
    if latest is None:
        return None
    found = subject_figures(session, Window.year_to(latest), Subject.REASON)
    figures: list[SubjectFigure] = found.one_way(Direction.AGAINST)[:MOST_THEMES]
    rows = decided.decisions_about_reasons(session, [figure.subject_id for figure in figures])
    return {
        "figures": figures,
        "words": found.window.words,
        "count_words": count_words,
        "to": latest.token,
        # The latest of each.
        "decisions": {row.reason_id: row for row in reversed(rows)},
        "may_decide": viewer.may("actions.decide"),
    }


def decisions(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """What was decided and is still to be done, those due first, and goals that were missed."""
    today = today_of(session)
    open_ones = decided.list_decisions(session, states=UNFINISHED)
    missed = goals_missed(session, today)
    if not open_ones and not missed:
        return None
    return {
        "decisions": open_ones[:MOST_DECISIONS],
        "more": max(0, len(open_ones) - MOST_DECISIONS),
        "missed": missed,
        "today": today,
        "words": decision_words,
    }


def published(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """The newest report that was published for this person."""
    kinds = (ReportKind.QUARTER, ReportKind.THEMES)
    newest = served_issues(session, audiences_of(viewer), kinds, most=1)
    return {"issue": newest[0]} if newest else None


def report(session: Session, viewer: Viewer) -> Mapping[str, Any] | None:
    """The latest quarter: what a person wrote about it, and its three figures."""
    latest = _latest_quarter(session)
    if latest is None:
        return None
    figures: Overview = overview(session, Window.only(latest))
    written: WrittenParts = written_parts(session, quarter_subject(latest.token))
    return {"quarter": quarter_words(latest), "written": written, "counts": figures.counts}


def _latest_quarter(session: Session) -> Quarter | None:
    company = workspace(session)
    today = clock.now().astimezone(zone(company.time_zone)).date()
    last = last_closing_until(session, today)
    return Quarter.containing(last, company.fiscal_year_first_month) if last else None


_MAKERS: dict[str, Maker] = {
    "promises": promises,
    "interviews": interviews,
    "letters": letters,
    "queue": queue,
    "to_be_asked": to_be_asked,
    "sellers_tasks": sellers_tasks,
    "themes": themes,
    "report": report,
    "decisions": decisions,
    "published": published,
}

#: What each role sees first, in this order.
SECTIONS: dict[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: ("interviews", "promises", "letters", "report", "themes"),
    Role.PROGRAMME_MANAGER: ("interviews", "promises", "letters", "to_be_asked", "queue", "themes"),
    Role.INTERVIEWER: ("interviews", "promises", "letters", "sellers_tasks"),
    Role.PRODUCT: ("promises", "decisions", "themes", "published", "report"),
    Role.LEADERSHIP: ("promises", "decisions", "published", "report", "themes"),
}
