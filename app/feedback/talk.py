"""How an interviewer talked: measured from the transcript, for their own eyes. Pure.

English words are counted; of a talk in another language the shares and stretches hold, the words
and questions do not, and are left out.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.guides.linting import Finding, Level, lint


class Kind(enum.StrEnum):
    """What a question asks for, as a guide has it."""

    FACT = "fact"
    THINK = "think"
    FEEL = "feel"
    WOULD_DO = "would_do"


#: An interviewer who talks more than this listens too little.
MOST_TALK = 0.35
#: Nobody should have to wait longer for their turn.
LONGEST_STRETCH_SECONDS = 90
#: How fast people talk where the transcript has no times.
_WORDS_A_SECOND = 2.5
_FEWEST_QUESTIONS = 4
_MOST_FAULTY = 0.25
_MOST_CLOSED = 0.4
_MOST_OF_US = 1.0

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OF_US = re.compile(r"\b(?:we|us|our|ours|the product|the platform|the tool)\b", re.IGNORECASE)
_OF_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_ASKS = re.compile(
    r"(?:(?:and|so|but|okay|ok|well|right|great|now|then|yeah|yes)\W+)*"
    r"(?:tell me|describe|walk me|take me|talk me|explain)\b",
    re.IGNORECASE,
)
#: Mending what the buyer told, instead of asking on.
_FIX = re.compile(
    r"\b(?:we|i)(?:['’](?:ll|ve|re|d)| (?:can|could|will|have|had|would|are|just))?"
    r" (?:now |already |actually |just |also |recently |since )*"
    r"(?:fix(?:ed)?|solved?|released?|launched|shipped|added|changed|improved|built|"
    r"offer|arrange|sort(?:ed)? (?:that|this|it)|look into|get you|send you|show you|"
    r"make sure|have that|do that|support that)\b"
    r"|\b(?:on our roadmap|in (?:the|our) (?:next|new|latest) (?:release|version)|"
    r"actually,? (?:we|it|the product) (?:do|does|can|have|has))\b",
    re.IGNORECASE,
)
_BACKCHANNEL_WORDS = 3

#: What a question asks for, by its words: the first that is found, else a fact.
_KINDS = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (
            Kind.WOULD_DO,
            r"\b(?:if|had (?:we|you|they|it)|suppose|imagine)\b.*\bwould\b"
            r"|\bwould (?:you|they|your)\b(?! mind| walk| tell| say| like to)",
        ),
        (
            Kind.FEEL,
            r"\b(?:feel|felt|worr(?:y|ied)|nervous|reliev|comfortable|anxious|proud|frustrat"
            r"|surpris|disappoint|excit|afraid|fear)",
        ),
        (
            Kind.THINK,
            r"\b(?:think|thought|opinion|view|believe|make of|see (?:us|them|it)|compare[sd]?"
            r"|important|matter(?:ed|s)?|prefer(?:red)?|expect(?:ed)?|impression)\b",
        ),
    )
)


class Side(enum.StrEnum):
    INTERVIEWER = "interviewer"
    BUYER = "buyer"
    OTHER = "other"


@dataclass(frozen=True)
class Turn:
    """What one side said in one go."""

    side: Side
    text: str
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True)
class Asked:
    """A question as it was really asked."""

    text: str
    kind: Kind
    findings: tuple[Finding, ...]

    @property
    def is_closed(self) -> bool:
        return any(finding.rule == "closed" for finding in self.findings)

    @property
    def fault(self) -> Finding | None:
        """The gravest finding that is more than a note, other than that it is closed."""
        return next(
            (f for f in self.findings if f.level is not Level.NOTE and f.rule != "closed"), None
        )


@dataclass(frozen=True)
class Stretch:
    """The longest time the interviewer talked without the buyer."""

    seconds: int
    words: int
    beginning: str


@dataclass(frozen=True)
class Fix:
    """The buyer told of a trouble, and the interviewer began to mend it."""

    told: str
    said: str


@dataclass(frozen=True)
class Talk:
    """How the interviewer talked. `share` is of the words of both sides, 0 to 1."""

    share: float
    longest: Stretch | None
    asked: tuple[Asked, ...] = ()
    of_us: int = 0
    of_you: int = 0
    fixes: tuple[Fix, ...] = ()

    @property
    def by_kind(self) -> dict[Kind, int]:
        """How many questions asked for each kind, all four named."""
        return {kind: sum(question.kind is kind for question in self.asked) for kind in Kind}

    @property
    def closed(self) -> int:
        return sum(question.is_closed for question in self.asked)

    @property
    def faulty(self) -> tuple[Asked, ...]:
        return tuple(question for question in self.asked if question.fault is not None)


@dataclass
class _Run:
    """Turns of the interviewer that nothing but a short sound of the buyer's interrupts."""

    turns: list[Turn] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(count_words(turn.text) for turn in self.turns)

    @property
    def seconds(self) -> int:
        start, end = self.turns[0].start_ms, self.turns[-1].end_ms
        if start is not None and end is not None and end > start:
            return round((end - start) / 1000)
        return round(self.words / _WORDS_A_SECOND)


def measure(turns: Sequence[Turn], *, language: str = "en") -> Talk | None:
    """None where one side said nothing: there was no conversation to measure."""
    own = sum(count_words(turn.text) for turn in turns if turn.side is Side.INTERVIEWER)
    theirs = sum(count_words(turn.text) for turn in turns if turn.side is Side.BUYER)
    if not own or not theirs:
        return None
    share, longest = own / (own + theirs), _longest(turns)
    if not language.casefold().startswith("en"):
        return Talk(share, longest)
    own_words = "\n".join(turn.text for turn in turns if turn.side is Side.INTERVIEWER)
    return Talk(
        share,
        longest,
        asked=tuple(_asked(turns)),
        of_us=len(_OF_US.findall(own_words)),
        of_you=len(_OF_YOU.findall(own_words)),
        fixes=tuple(_fixes(turns)),
    )


def count_words(text: str) -> int:
    return len(_WORD.findall(text))


def likely_kind(question: str) -> Kind:
    """By its words: nobody labels what is asked in a talk."""
    return next((kind for kind, words in _KINDS if words.search(question)), Kind.FACT)


class Advice(enum.StrEnum):
    """The one thing to do differently next time."""

    LISTEN = "listen"
    SHORTER = "shorter"
    NO_FIXING = "no_fixing"
    ASK_BETTER = "ask_better"
    ASK_OPENLY = "ask_openly"
    ABOUT_THEM = "about_them"
    GO_ON = "go_on"


def advise(talk: Talk) -> Advice:
    """One thing only: the first of these that holds, those first that cost most of what a buyer
    would have said."""
    enough = len(talk.asked) >= _FEWEST_QUESTIONS
    reasons = (
        (Advice.NO_FIXING, len(talk.fixes) > 1),
        (Advice.LISTEN, talk.share > MOST_TALK),
        (
            Advice.SHORTER,
            talk.longest is not None and talk.longest.seconds > LONGEST_STRETCH_SECONDS,
        ),
        (Advice.ASK_BETTER, enough and len(talk.faulty) > _MOST_FAULTY * len(talk.asked)),
        (Advice.ASK_OPENLY, enough and talk.closed > _MOST_CLOSED * len(talk.asked)),
        (Advice.NO_FIXING, bool(talk.fixes)),
        (Advice.ABOUT_THEM, enough and talk.of_us > _MOST_OF_US * talk.of_you),
    )
    return next((advice for advice, holds in reasons if holds), Advice.GO_ON)


def _asked(turns: Iterable[Turn]) -> Iterable[Asked]:
    for turn in turns:
        if turn.side is not Side.INTERVIEWER:
            continue
        for match in _SENTENCE.finditer(turn.text):
            sentence = match[0].strip()
            is_question = sentence.endswith("?") or _ASKS.match(sentence)
            if is_question and count_words(sentence) >= _BACKCHANNEL_WORDS:
                kind = likely_kind(sentence)
                yield Asked(sentence, kind, tuple(lint(sentence, kind.value)))


def _longest(turns: Iterable[Turn]) -> Stretch | None:
    runs: list[_Run] = []
    run: _Run | None = None
    for turn in turns:
        if turn.side is Side.INTERVIEWER:
            if run is None:
                run = _Run()
                runs.append(run)
            run.turns.append(turn)
        elif count_words(turn.text) > _BACKCHANNEL_WORDS:
            run = None
    if not runs:
        return None
    longest = max(runs, key=lambda each: each.seconds)
    beginning = " ".join(longest.turns[0].text.split())
    return Stretch(longest.seconds, longest.words, beginning[:160])


def _fixes(turns: Sequence[Turn]) -> Iterable[Fix]:
    told = ""
    for turn in turns:
        if turn.side is Side.BUYER and count_words(turn.text) > _BACKCHANNEL_WORDS:
            told = turn.text
        elif turn.side is Side.INTERVIEWER and told:
            said = next((m[0] for m in _SENTENCE.finditer(turn.text) if _FIX.search(m[0])), "")
            if said:
                yield Fix(" ".join(told.split()), " ".join(said.split()))
            told = ""
