"""An interview as one walks through it: the guide's questions that apply and those of one's own,
with what was answered."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.guides.reading import Clarifies, Guide, Placeholder, Question, Situation, applies, fill
from app.interviews.answering import Asked
from app.interviews.models import Answer, Counterfactual, Kind, Note

#: Room for questions of one's own between two of the guide.
STEP = 100
#: In a question's id, between that of the first and the way in which it asks behind it.
BEHIND = "~"


class Depth(enum.StrEnum):
    """In which way a first answer is asked behind."""

    BEHIND = "behind"
    PRICE_SAME = "price_same"
    COMPARED = "compared"


#: The words to say, and the kind they ask for: that of the first question where none is given.
_ASKED_BEHIND: Mapping[Depth, tuple[str, Kind | None]] = {
    Depth.BEHIND: ("What was behind that?", None),
    Depth.PRICE_SAME: (
        "If the price had been the same, what would you have decided?",
        Kind.WOULD_DO,
    ),
    Depth.COMPARED: ("What was it compared with, and who said so?", Kind.FACT),
}


@dataclass(frozen=True)
class Turn:
    """One question, and its answer if there is one."""

    question_id: str
    say: str
    kind: Kind | None
    position: int
    must: bool = False
    why: str = ""
    #: The guide has it in its main language only, and not in the one that is spoken.
    is_untranslated: bool = False
    probes: tuple[str, ...] = ()
    clarifies: tuple[Clarifies, ...] = ()
    answer: Answer | None = None
    #: What was behind the answer: questions that follow this one, with their answers.
    behind: tuple[Turn, ...] = ()
    #: The question whose answer this one asks behind, and the way in which it does.
    follows: Asked | None = None
    depth: Depth | None = None

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and bool(self.answer.text.strip())

    @property
    def would_decide(self) -> Counterfactual | None:
        return self.answer.counterfactual if self.answer is not None else None

    @property
    def is_skipped(self) -> bool:
        return self.answer is not None and self.answer.is_skipped

    @property
    def asked(self) -> Asked:
        return Asked(self.question_id, self.say, self.kind, self.position, self.follows)


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
        """A question, or one that asks behind its answer."""
        asked = (one for turn in self.turns for one in (turn, *turn.behind))
        return next((turn for turn in asked if turn.question_id == question_id), None)

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
    behind = {
        key: by_question.pop(key)
        for key in [key for key in by_question if key.partition(BEHIND)[0] in by_question]
        if BEHIND in key
    }
    stretches: list[Stretch] = []
    ends: list[int] = []
    position = 0
    for section in guide.sections if guide is not None else ():
        stretch = Stretch(section.title, section.minutes)
        for question in section.questions:
            position += STEP
            answer = by_question.pop(question.id, None)
            if answer is not None or applies(question, situation):
                turn = _guided(question, position, words, answer)
                stretch.turns.append(_with_what_was_behind(turn, behind))
        stretches.append(stretch)
        ends.append(position + STEP)
    _place_own(stretches, ends, list(by_question.values()), behind)
    return Conversation(
        title=guide.title if guide is not None else "Your questions",
        opening=fill(guide.opening, words) if guide is not None else "",
        minutes=guide.minutes if guide is not None else 0,
        stretches=[stretch for stretch in stretches if stretch.turns],
    )


@dataclass(frozen=True)
class Thread:
    """A first answer, and what was behind it."""

    first: Answer
    behind: list[Answer]

    @property
    def says_something(self) -> bool:
        return any(
            answer.text or answer.is_skipped or answer.counterfactual
            for answer in (self.first, *self.behind)
        )


def threads(answers: Sequence[Answer]) -> list[Thread]:
    """First answers in the order of asking, each with those that follow it; an answer whose first
    is gone stands by itself."""
    ids = {answer.id for answer in answers}
    behind: dict[int, list[Answer]] = {}
    for answer in answers:
        if answer.follows_id in ids:
            behind.setdefault(answer.follows_id or 0, []).append(answer)
    return [
        Thread(answer, behind.get(answer.id, []))
        for answer in answers
        if answer.follows_id not in ids
    ]


def by_answer(notes: Sequence[Note]) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = {}
    for note in notes:
        found.setdefault(note.answer_id, []).append(note)
    return found


def _guided(
    question: Question, position: int, words: Mapping[Placeholder, str], answer: Answer | None
) -> Turn:
    return Turn(
        question_id=question.id,
        say=answer.question if answer is not None else fill(question.say, words),
        kind=answer.kind if answer is not None else Kind(question.kind.value),
        position=position,
        must=question.must,
        why=question.why,
        is_untranslated="say" in question.fallbacks,
        probes=question.probes,
        clarifies=question.clarifies,
        answer=answer,
    )


def _with_what_was_behind(turn: Turn, answers: Mapping[str, Answer]) -> Turn:
    """The question with those that ask behind its answer, each once."""
    following = []
    for number, (depth, (say, kind)) in enumerate(_ASKED_BEHIND.items(), 1):
        key = f"{turn.question_id}{BEHIND}{depth}"
        answer = answers.get(key)
        following.append(
            Turn(
                question_id=key,
                say=answer.question if answer is not None else say,
                kind=answer.kind if answer is not None else kind or turn.kind,
                position=turn.position + number,
                answer=answer,
                follows=turn.asked,
                depth=depth,
            )
        )
    return replace(turn, behind=tuple(following))


def _place_own(
    stretches: list[Stretch],
    ends: list[int],
    answers: Sequence[Answer],
    behind: Mapping[str, Answer],
) -> None:
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
        stretches[index].turns.append(_with_what_was_behind(turn, behind))
        stretches[index].turns.sort(key=lambda each: each.position)


#: A question between two others, without a word: what a page makes one's own questions from.
BLANK = Conversation(
    title="",
    opening="",
    minutes=0,
    stretches=[
        Stretch(
            "Questions",
            0,
            [
                _with_what_was_behind(Turn(name, "", Kind.FACT, 0), {})
                for name in ("before", "own-blank", "after")
            ],
        )
    ],
)
