"""Conversations, put together from what the database knows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.deals.models import Deal
from app.deals.queries import competitors_met
from app.guides.languages import in_language
from app.guides.reading import Placeholder, Situation
from app.guides.versions import guide_of
from app.identity.models import Workspace
from app.identity.queries import workspace
from app.interviews import queries
from app.interviews.conversation import Conversation, converse
from app.interviews.models import Answer, Interview


def load_conversation(session: Session, interview: Interview, language: str = "") -> Conversation:
    """In the interview's language, or in this one, as far as the guide speaks it. Needs the
    interview's deal, people and guide loaded."""
    return _converse(
        interview,
        workspace(session),
        _names_met(session, interview.deal),
        queries.answers_of(session, interview),
        language,
    )


def load_conversations(
    session: Session, deal: Deal, interviews: Sequence[Interview]
) -> list[Conversation]:
    """Of several interviews of one deal, in as many queries as of one."""
    company, met = workspace(session), _names_met(session, deal)
    queries.load_guides(session, interviews)
    answers: dict[int, list[Answer]] = {}
    for answer in queries.answers_of_all(session, interviews):
        answers.setdefault(answer.interview_id, []).append(answer)
    return [_converse(each, company, met, answers.get(each.id, [])) for each in interviews]


def _names_met(session: Session, deal: Deal) -> frozenset[str] | None:
    return frozenset(row.name for row in competitors_met(session, deal)) or None


def _converse(
    interview: Interview,
    company: Workspace,
    met: frozenset[str] | None,
    answers: Sequence[Answer],
    language: str = "",
) -> Conversation:
    deal = interview.deal
    situation = Situation(
        outcome=deal.outcome.value if deal.is_decided else None,
        buying_role=interview.buying_role.value if interview.buying_role else None,
        competitors_met=met,
        product=deal.product or None,
    )
    words = {
        Placeholder.CONTACT: interview.contact.name if interview.contact else "",
        Placeholder.INTERVIEWER: interview.interviewer.name if interview.interviewer else "",
        Placeholder.COMPANY: company.company or "our company",
        Placeholder.PRODUCT: deal.product or company.product or "our product",
        Placeholder.MINUTES: str(interview.minutes),
    }
    guide = guide_of(interview.guide_version) if interview.guide_version else None
    if guide is not None and (language or interview.language):
        guide = in_language(guide, language or interview.language)
    return converse(guide, situation, words, answers)
