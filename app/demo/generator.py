"""Drawing the demo's deals and interviews: a seed, a last day and two numbers give the same
company every time."""

from __future__ import annotations

import math
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from app.deals.models import BuyingRole, Outcome
from app.demo import story
from app.demo.story import Line
from app.interviews.models import Channel, Kind, Relation, Scope, Taken
from app.tagging.models import Direction, Layer, Weight

T = TypeVar("T")
_DAYS_A_QUARTER = 91
_NAMES = story.load_names()
_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", " ": "."})
_MOST_QUARTERS = 40
_WAIT_FOR_TAGGING = timedelta(days=12)


@dataclass(frozen=True)
class DrawnTag:
    """A tagged span of an answer."""

    reason: str
    direction: Direction
    weight: Weight
    layer: Layer
    start: int
    end: int
    competitor: str | None


@dataclass(frozen=True)
class DrawnAnswer:
    question: str
    kind: Kind
    taken: Taken
    text: str
    tags: tuple[DrawnTag, ...]


@dataclass(frozen=True)
class DrawnInterview:
    contact: str
    job_title: str
    email: str
    buying_role: BuyingRole
    held_on: date
    scope: Scope
    relation: Relation
    channel: Channel
    answers: tuple[DrawnAnswer, ...]
    is_tagged: bool


@dataclass(frozen=True)
class DrawnDeal:
    number: int
    account: str
    segment: str
    region: str
    industry: str
    product: str
    amount: int
    outcome: Outcome
    opened_on: date
    closed_on: date
    seller: str
    lead_source: str
    stated_reason: str
    rivals: tuple[str, ...]
    won_by: str | None
    #: What the CRM knows of the way of selling, each yes or no.
    selling: dict[str, str]
    interviews: tuple[DrawnInterview, ...] = field(default=())


@dataclass(frozen=True)
class Size:
    """How many deals and interviews, and how many tags an interview has: None for as many as
    were said."""

    deals: int
    interviews: int
    tags_per_interview: int | None = None


def draw(size: Size, *, seed: int, until: date) -> Iterator[DrawnDeal]:
    """The deals, oldest first, closed at an even pace until the last day."""
    rng = random.Random(seed)
    lines = story.load_lines()
    heard = _interviews_by_deal(rng, size)
    accounts = _accounts(rng, max(30, size.deals // 3))
    days = _days_of_history(size.deals)
    for number in range(size.deals):
        back = (size.deals - 1 - number) * days // size.deals
        yield _deal(
            rng, number, accounts, until - timedelta(days=back), heard[number], lines, size, until
        )


def _days_of_history(deals: int) -> int:
    """A hundred deals a quarter; a larger company closes more in a day, and is not older."""
    quarters = min(_MOST_QUARTERS, math.ceil(deals / story.DEALS_A_QUARTER))
    return quarters * _DAYS_A_QUARTER


def _interviews_by_deal(rng: random.Random, size: Size) -> list[tuple[Outcome, int]]:
    """Each deal's outcome, and how many of its buyers are heard: as many as asked for in all,
    more often where the deal was won."""
    outcomes = [_weighted(rng, story.OUTCOMES) for _ in range(size.deals)]
    counts = [0] * size.deals
    # Each deal's place in the queue to be heard: the likelier, the earlier.
    order = sorted(
        range(size.deals),
        key=lambda number: -math.log(1 - rng.random()) / story.HEARD[outcomes[number]],
    )
    for turn in range(size.interviews):
        counts[order[turn % size.deals]] += 1
    if size.interviews < size.deals:
        _ask_a_second_buyer(rng, counts)
    return list(zip(outcomes, counts, strict=True))


def _ask_a_second_buyer(rng: random.Random, counts: list[int]) -> None:
    """In about one heard deal of eight a second buyer was asked instead of another deal."""
    heard = [number for number, count in enumerate(counts) if count]
    moved = rng.sample(heard, len(heard) // 8 * 2)
    for giver, taker in zip(moved[::2], moved[1::2], strict=True):
        counts[giver] -= 1
        counts[taker] += 1


@dataclass(frozen=True)
class _Account:
    name: str
    segment: str
    region: str
    industry: str


def _accounts(rng: random.Random, most: int) -> list[_Account]:
    names = [f"{a} {b}" for a in _NAMES.account_first for b in _NAMES.account_last]
    rng.shuffle(names)
    return [
        _Account(
            names[index % len(names)]
            + (f" {index // len(names) + 1}" if index >= len(names) else ""),
            _weighted(rng, story.SEGMENTS),
            _weighted(rng, story.REGIONS),
            rng.choice(story.INDUSTRIES),
        )
        for index in range(most)
    ]


def _deal(
    rng: random.Random,
    number: int,
    accounts: Sequence[_Account],
    closed_on: date,
    drawn: tuple[Outcome, int],
    lines: dict[tuple[str, Direction], list[Line]],
    size: Size,
    until: date,
) -> DrawnDeal:
    outcome, interviews = drawn
    account = rng.choice(accounts)
    rivals = tuple(rng.sample(list(story.RIVALS), _weighted(rng, ((0, 0.3), (1, 0.5), (2, 0.2)))))
    if outcome is Outcome.LOST and not rivals:
        rivals = ("Fenwick",)
    scale = {"Enterprise": 140, "Mid-market": 55, "Small": 18}[account.segment]
    return DrawnDeal(
        number=number,
        account=account.name,
        segment=account.segment,
        region=account.region,
        industry=account.industry,
        product=_weighted(rng, story.PRODUCTS),
        amount=round(scale * rng.lognormvariate(0, 0.45)) * 1000 + 500,
        outcome=outcome,
        opened_on=closed_on - timedelta(days=rng.randint(35, 220)),
        closed_on=closed_on,
        seller=rng.choice(story.SELLERS),
        lead_source=rng.choice(story.LEAD_SOURCES),
        stated_reason="" if outcome is Outcome.WON else rng.choice(story.STATED_REASONS),
        rivals=rivals,
        won_by=rivals[0] if outcome is Outcome.LOST else None,
        selling=_selling(number, outcome),
        interviews=tuple(
            _interview(rng, closed_on, outcome, rivals, account, lines, size, until)
            for _ in range(interviews)
        ),
    )


def _selling(number: int, outcome: Outcome) -> dict[str, str]:
    """By a draw of its own, so that the rest of the company stays as it is."""
    rng = random.Random(f"selling {number}")
    return {
        name: "yes" if rng.random() < share[outcome] else "no"
        for name, share in story.SELLING.items()
    }


def _interview(
    rng: random.Random,
    closed_on: date,
    outcome: Outcome,
    rivals: tuple[str, ...],
    account: _Account,
    lines: dict[tuple[str, Direction], list[Line]],
    size: Size,
    until: date,
) -> DrawnInterview:
    name = f"{rng.choice(_NAMES.first_names)} {rng.choice(_NAMES.last_names)}"
    role, title = rng.choice(story.ROLES)
    held_on = min(closed_on + timedelta(days=rng.randint(6, 35)), until)
    taken = _weighted(
        rng,
        ((Taken.TRANSCRIPT, 0.3), (Taken.WRITTEN, 0.25), (Taken.TYPED, 0.35), (Taken.NOTES, 0.1)),
    )
    behind = _behind(rng, outcome, size.tags_per_interview)
    answers = _answers(
        rng, behind, lines, rivals, taken, may_repeat=size.tags_per_interview is not None
    )
    return DrawnInterview(
        contact=name,
        job_title=title,
        email=_email(name, account.name),
        buying_role=role,
        held_on=held_on,
        scope=_weighted(rng, ((Scope.NAME, 0.25), (Scope.ROLE, 0.6), (Scope.COUNT, 0.15))),
        relation=_weighted(
            rng,
            (
                (Relation.OWNER, 0.3),
                (Relation.OTHER_SELLER, 0.4),
                (Relation.OUTSIDE_SALES, 0.3),
            ),
        ),
        channel=Channel.WRITTEN
        if taken is Taken.WRITTEN
        else rng.choice((Channel.VIDEO, Channel.VIDEO, Channel.PHONE)),
        answers=answers,
        is_tagged=held_on < until - _WAIT_FOR_TAGGING or size.tags_per_interview is not None,
    )


def _behind(
    rng: random.Random, outcome: Outcome, exactly: int | None
) -> list[tuple[story.Likelihood, Weight]]:
    """The reasons of one buyer, with at least one of them and one that decided."""
    choices = story.BEHIND[outcome]
    named = [likely for likely in choices if rng.random() < likely.share]
    if exactly is not None:
        named = [rng.choice(choices) for _ in range(exactly)]
    if not any(likely.decides for likely in named):
        named.insert(0, _weighted(rng, tuple((c, c.share * c.decides) for c in choices)))
    weights = [
        Weight.DECISIVE
        if rng.random() < likely.decides
        else Weight.CONTRIBUTING
        if likely.decides or likely.weighs
        else Weight.MENTIONED
        for likely in named
    ]
    if Weight.DECISIVE not in weights:
        strongest = max(range(len(named)), key=lambda index: named[index].decides)
        weights[strongest] = Weight.DECISIVE
    return list(zip(named, weights, strict=True))


def _answers(
    rng: random.Random,
    behind: Sequence[tuple[story.Likelihood, Weight]],
    lines: dict[tuple[str, Direction], list[Line]],
    rivals: tuple[str, ...],
    taken: Taken,
    *,
    may_repeat: bool,
) -> tuple[DrawnAnswer, ...]:
    """What is said to each question: several reasons can come up in one answer."""
    texts: dict[str, str] = {}
    kinds: dict[str, Kind] = {}
    tags: dict[str, list[DrawnTag]] = {}
    said: set[str] = set()
    rival = rivals[0] if rivals else "Fenwick"
    for likely, weight in behind:
        line = rng.choice(_fitting(lines[likely.reason, likely.direction], likely))
        sentence, before, after = _filled(rng, line, rival)
        if sentence in said and not may_repeat:
            continue
        said.add(sentence)
        kinds[line.question] = Kind(line.kind)
        text = " ".join(part for part in (texts.get(line.question, ""), before) if part)
        start = len(text) + 1 if text else 0
        text = f"{text} {sentence}".strip()
        texts[line.question] = f"{text} {after}".strip()
        tags.setdefault(line.question, []).append(
            DrawnTag(
                reason=likely.reason,
                direction=likely.direction,
                weight=weight,
                layer=Layer.SURFACE
                if likely.reason == "price" or rng.random() < 0.3
                else Layer.PROBED,
                start=start,
                end=start + len(sentence),
                competitor=rival if rival in sentence else _unnamed(likely),
            )
        )
    return tuple(
        DrawnAnswer(question, kinds[question], taken, text, tuple(tags[question]))
        for question, text in texts.items()
    )


def _fitting(lines: Sequence[Line], likely: story.Likelihood) -> Sequence[Line]:
    """What only weighed does not answer what tipped the decision."""
    other = [line for line in lines if line.question != "tipped"]
    return other if likely.weighs and other else lines


def _unnamed(likely: story.Likelihood) -> str | None:
    """Competitors that are not firms: doing nothing, and building it."""
    if likely.direction is Direction.FOR:
        return None
    return {"good_enough": "Doing nothing", "build_it": "Built in-house"}.get(likely.reason)


def _filled(rng: random.Random, line: Line, rival: str) -> tuple[str, str, str]:
    values = {
        "rival": rival,
        "weeks": rng.choice(("three", "four", "five", "six", "seven")),
        "people": rng.choice(("twelve", "twenty", "thirty", "sixty")),
        "months": rng.choice(("January", "March", "May", "September", "October")),
        "percent": rng.choice(("ten", "twelve", "fifteen", "eighteen", "twenty")),
    }
    sentence, before, after = (
        part.format(**values) for part in (line.say, line.before, line.after)
    )
    return sentence, before, after


def _email(name: str, account: str) -> str:
    return f"{_plain(name)}@{_plain(account).replace('.', '')}.example"


def _plain(name: str) -> str:
    """'chiara.sorli' for 'Chiara Sørli'."""
    letters = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN_LETTERS))
    return "".join(
        letter for letter in letters if letter == "." or (letter.isascii() and letter.isalnum())
    )


def _weighted(rng: random.Random, choices: Sequence[tuple[T, float]]) -> T:
    return rng.choices([c for c, _ in choices], [weight for _, weight in choices])[0]
