"""What the finish offers: the answers as sentences, those that were marked, competitors named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.deals import queries as deals
from app.interviews import queries as interviews
from app.interviews.confidence import is_exact, sight_of
from app.interviews.models import Answer, Interview, Mark, MarkKind
from app.market import queries as market
from app.market.mentions import mentioned
from app.market.models import Competitor
from app.tagging.sentences import Sentence, sentences


@dataclass(frozen=True)
class Said:
    """An answer with its sentences, each with the value that stands for it in the form."""

    answer: Answer
    is_exact: bool
    choices: list[tuple[str, Sentence]]


@dataclass(frozen=True)
class Heard:
    """What was said and marked, for whoever may read it."""

    answers: list[Answer]
    marks: Sequence[Mark]

    @property
    def words(self) -> str:
        return "\n".join(answer.text for answer in self.answers)

    @property
    def said(self) -> list[Said]:
        return [
            Said(
                answer,
                is_exact(answer),
                [
                    (sentence_value(answer, each.start, each.end), each)
                    for each in sentences(answer.text)
                ],
            )
            for answer in self.answers
        ]

    @property
    def marked_strong(self) -> list[Said]:
        """The sentences that were marked while they were said."""
        strong = [mark for mark in self.marks if mark.kind is MarkKind.STRONG]
        found = []
        for said in self.said:
            marks = [mark for mark in strong if mark.answer_id == said.answer.id]
            choices = [
                (value, sentence) for value, sentence in said.choices if _is_marked(sentence, marks)
            ]
            if choices:
                found.append(Said(said.answer, said.is_exact, choices))
        return found

    @property
    def come_back_to(self) -> list[Answer]:
        """Answers that the interviewer wanted to come back to, each once."""
        marks = [mark for mark in self.marks if mark.kind is MarkKind.COME_BACK]
        return list({mark.answer_id: mark.answer for mark in marks}.values())

    @property
    def marked_competitors(self) -> list[Competitor]:
        return list({m.competitor.id: m.competitor for m in self.marks if m.competitor}.values())


def heard(session: Session, viewer: Viewer, interview: Interview) -> Heard:
    if not sight_of(viewer, interview).words:
        return Heard([], [])
    answers = [row for row in interviews.answers_of(session, interview) if row.text.strip()]
    return Heard(answers, interviews.marks_of(session, interview))


def named_and_not_met(session: Session, interview: Interview, heard: Heard) -> list[Competitor]:
    """Competitors that were marked or said, and are not known as met yet."""
    rivals = {str(row.id): row for row in market.active_competitors(session)}
    spellings = {key: [row.name, *row.aliases] for key, row in rivals.items()}
    said = [rivals[key] for key in mentioned(heard.words, spellings)]
    met = {row.id for row in deals.competitors_met(session, interview.deal)}
    named = {row.id: row for row in [*heard.marked_competitors, *said]}
    return [row for key, row in named.items() if key not in met]


def sentence_value(answer: Answer, start: int, end: int) -> str:
    return f"{answer.public_id}~{answer.revision}~{start}~{end}"


def _is_marked(sentence: Sentence, marks: Iterable[Mark]) -> bool:
    """Whether a mark lies in the sentence, or at its end where one had just typed."""
    return any(
        mark.start <= sentence.end and mark.end >= sentence.start
        for mark in marks
        if mark.start is not None and mark.end is not None
    )
