"""An interview as one walks through it: the guide's questions that apply and those of one's own,
with what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.guides.reading import Clarifies, Guide, Placeholder, Question, Situation, applies, fill
from app.interviews.answering import Asked
from app.interviews.models import Answer, Kind

#: Room for questions of one's own between two of the guide.
STEP = 100


@dataclass(frozen=True)
class Turn:
    """One question, and its answer if there is one."""

    question_id: str
    say: str
    kind: Kind | None
    position: int
    must: bool = False
    why: str = ""
    probes: tuple[str, ...] = ()
    clarifies: tuple[Clarifies, ...] = ()
    answer: Answer | None = None

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and bool(self.answer.text.strip())

    @property
    def is_skipped(self) -> bool:
        return self.answer is not None and self.answer.is_skipped

    @property
    def asked(self) -> Asked:
        return Asked(self.question_id, self.say, self.kind, self.position)


@dataclass
class Stretch:
    """A section of the guide, with its questions in the order of asking."""

    title: str
    minutes: int
    turns: list[Turn] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(turn.is_answered for turn in self.turns)

    @property
    def is_done(self) -> bool:
        return all(turn.is_answered or turn.is_skipped for turn in self.turns)


@dataclass(frozen=True)
class Conversation:
    """All stretches of the interview."""

    title: str
    opening: str
    minutes: int
    stretches: Sequence[Stretch]

    @cached_property
    def turns(self) -> list[Turn]:
        return [turn for stretch in self.stretches for turn in stretch.turns]

    @property
    def musts(self) -> int:
        return sum(turn.must for turn in self.turns)

    @property
    def musts_covered(self) -> int:
        return sum(turn.must and turn.is_answered for turn in self.turns)

    @property
    def answered(self) -> int:
        return sum(turn.is_answered for turn in self.turns)

    @property
    def topics(self) -> set[Clarifies]:
        """What the questions can make clear."""
        return {clear for turn in self.turns for clear in turn.clarifies}

    @property
    def clear(self) -> set[Clarifies]:
        """What the answers so far have made clear."""
        return {clear for turn in self.turns if turn.is_answered for clear in turn.clarifies}

    def turn(self, question_id: str) -> Turn | None:
        return next((turn for turn in self.turns if turn.question_id == question_id), None)

    def stretch_of(self, turn: Turn) -> Stretch:
        return next(stretch for stretch in self.stretches if turn in stretch.turns)

    def first_open(self) -> Turn | None:
        """Where to go on: the first question neither answered nor skipped, else the last."""
        waiting = (turn for turn in self.turns if not (turn.is_answered or turn.is_skipped))
        return next(waiting, self.turns[-1] if self.turns else None)

    def before(self, turn: Turn) -> Turn | None:
        index = self.turns.index(turn)
        return self.turns[index - 1] if index else None

    def after(self, turn: Turn) -> Turn | None:
        index = self.turns.index(turn)
        return self.turns[index + 1] if index + 1 < len(self.turns) else None


def converse(
    guide: Guide | None,
    situation: Situation,
    words: Mapping[Placeholder, str],
    answers: Sequence[Answer],
) -> Conversation:
    """Lay the answers beside the questions. A question that was answered stays, whatever is known
    of the deal by now; without a guide there are only the questions that were asked."""
    by_question = {answer.question_id: answer for answer in answers}
    stretches: list[Stretch] = []
    ends: list[int] = []
    position = 0
    for section in guide.sections if guide is not None else ():
        stretch = Stretch(section.title, section.minutes)
        for question in section.questions:
            position += STEP
            answer = by_question.pop(question.id, None)
            if answer is not None or applies(question, situation):
                stretch.turns.append(_guided(question, position, words, answer))
        stretches.append(stretch)
        ends.append(position + STEP)
    _place_own(stretches, ends, list(by_question.values()))
    return Conversation(
        title=guide.title if guide is not None else "Questions",
        opening=fill(guide.opening, words) if guide is not None else "",
        minutes=guide.minutes if guide is not None else 0,
        stretches=[stretch for stretch in stretches if stretch.turns],
    )


def _guided(
    question: Question, position: int, words: Mapping[Placeholder, str], answer: Answer | None
) -> Turn:
    return Turn(
        question_id=question.id,
        say=answer.question if answer is not None else fill(question.say, words),
        kind=Kind(question.kind.value),
        position=position,
        must=question.must,
        why=question.why,
        probes=question.probes,
        clarifies=question.clarifies,
        answer=answer,
    )


def _place_own(stretches: list[Stretch], ends: list[int], answers: Sequence[Answer]) -> None:
    """Questions of one's own stand after the one they followed; without a guide, by themselves."""
    if answers and not stretches:
        stretches.append(Stretch("Questions", 0))
        ends.append(max(answer.position for answer in answers) + 1)
    for answer in answers:
        index = next((i for i, end in enumerate(ends) if answer.position < end), -1)
        turn = Turn(
            question_id=answer.question_id,
            say=answer.question,
            kind=answer.kind,
            position=answer.position,
            answer=answer,
        )
        stretches[index].turns.append(turn)
        stretches[index].turns.sort(key=lambda each: each.position)
