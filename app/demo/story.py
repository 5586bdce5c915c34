"""The believable company of the demo: what it sells, to whom, against whom; and how often which
reason is behind which outcome. All of it is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.deals.models import BuyingRole, Outcome
from app.identity.models import Role
from app.market.models import StandingValue, Uniqueness
from app.market.stages import Stage
from app.tagging.models import Direction

COMPANY = "Tidewater"
PRODUCT = "Tidewater Customs"
CURRENCY = "EUR"
TIME_ZONE = "Europe/Amsterdam"
RATES = {"GBP": 1.16, "SEK": 0.091}


@dataclass(frozen=True)
class Colleague:
    role: Role
    name: str
    email: str
    #: Besides what the role does.
    is_tagger: bool = False


COLLEAGUES = (
    Colleague(Role.INTERVIEWER, "Jonas Weber", "jonas@tidewater.example"),
    Colleague(Role.PROGRAMME_MANAGER, "Miriam Holt", "miriam@tidewater.example"),
    Colleague(Role.PRODUCT, "Priya Raman", "priya@tidewater.example", is_tagger=True),
    Colleague(Role.LEADERSHIP, "Sofia Lindqvist", "sofia@tidewater.example"),
    Colleague(Role.ADMINISTRATOR, "Ada Okafor", "ada@tidewater.example"),
)
SELLERS = ("Jonas Weber", "Elif Yıldız", "Marek Dvořák", "Chloé Martin", "Tomás Herrera")

RIVALS = {"Fenwick": ["Fenwick Trade"], "Tollgate": [], "Portbridge": ["Port Bridge"]}


@dataclass(frozen=True)
class Strength:
    """A differentiator, and the reason whose quotes speak of it."""

    name: str
    claim: str
    uniqueness: Uniqueness
    reason: str
    against_fenwick: StandingValue
    stage: Stage | None = None


STRENGTHS = (
    Strength(
        "Customs filed for you",
        "We file the declarations ourselves and answer for them.",
        Uniqueness.UNIQUE,
        "features",
        StandingValue.AHEAD,
        Stage.UNIQUE,
    ),
    Strength(
        "Fastest start",
        "A first site is live sooner than with anybody else.",
        Uniqueness.COMPARATIVE,
        "time_to_start",
        StandingValue.AHEAD,
        Stage.UNIQUE,
    ),
    Strength(
        "One price by volume",
        "A year's price that does not swing with the month.",
        Uniqueness.COMPARATIVE,
        "way_of_charging",
        StandingValue.LEVEL,
        Stage.CONTESTED,
    ),
    Strength(
        "People in the port",
        "Brokers of ours stand in eleven ports.",
        Uniqueness.UNIQUE,
        "nearness",
        StandingValue.UNKNOWN,
    ),
)

SEGMENTS = (("Enterprise", 0.25), ("Mid-market", 0.45), ("Small", 0.30))
REGIONS = (
    ("Nordics", 0.22),
    ("DACH", 0.28),
    ("Benelux", 0.22),
    ("UK and Ireland", 0.18),
    ("Iberia", 0.10),
)
INDUSTRIES = ("Logistics", "Freight forwarding", "Machinery", "Food", "Retail", "Chemicals")
PRODUCTS = (("Customs Desk", 0.6), ("Customs Hub", 0.3), ("Border Watch", 0.1))
LEAD_SOURCES = ("Referral", "Trade fair", "Website", "Partner", "Outbound")
#: What the CRM knows of the way of selling: how often it is so, by outcome.
SELLING = {
    "Business case made": {Outcome.WON: 0.64, Outcome.LOST: 0.40, Outcome.NO_DECISION: 0.22},
    "Executive met": {Outcome.WON: 0.58, Outcome.LOST: 0.44, Outcome.NO_DECISION: 0.26},
    "Trial": {Outcome.WON: 0.42, Outcome.LOST: 0.40, Outcome.NO_DECISION: 0.36},
    "Warm introduction": {Outcome.WON: 0.31, Outcome.LOST: 0.27, Outcome.NO_DECISION: 0.28},
}
STATED_REASONS = ("Price", "Price", "Went quiet", "Missing feature", "Timing", "")

#: How deals end: a win rate of some 38 %, and of what is not won some 41 % goes to nobody.
OUTCOMES = ((Outcome.WON, 0.38), (Outcome.LOST, 0.36), (Outcome.NO_DECISION, 0.26))
#: How many of the closed deals are heard: 100 a quarter give some 28.
HEARD = {Outcome.WON: 0.36, Outcome.LOST: 0.25, Outcome.NO_DECISION: 0.20}
DEALS_A_QUARTER = 100
HEARD_SHARE = 0.28


@dataclass(frozen=True)
class Likelihood:
    """How often a reason is behind an outcome, and how often it then decides."""

    reason: str
    direction: Direction
    share: float
    decides: float
    #: Weighed without ever deciding: a deal that was won although it was said, or the other way.
    weighs: bool = False


_AGAINST, _FOR = Direction.AGAINST, Direction.FOR
BEHIND: Mapping[Outcome, tuple[Likelihood, ...]] = {
    Outcome.LOST: (
        Likelihood("security", _AGAINST, 0.44, 0.6),
        Likelihood("return_shown", _AGAINST, 0.34, 0.5),
        Likelihood("price", _AGAINST, 0.30, 0.3),
        Likelihood("time_to_start", _AGAINST, 0.20, 0.3),
        Likelihood("features", _AGAINST, 0.16, 0.4),
        Likelihood("responsiveness", _AGAINST, 0.15, 0.3),
        Likelihood("integration", _AGAINST, 0.14, 0.4),
        Likelihood("way_of_charging", _AGAINST, 0.12, 0.2),
        Likelihood("references", _AGAINST, 0.08, 0.2),
        Likelihood("current_supplier", _AGAINST, 0.08, 0.6),
        Likelihood("personal_risk", _AGAINST, 0.07, 0.3),
        Likelihood("understanding", _AGAINST, 0.06, 0.2),
        Likelihood("showing_it", _AGAINST, 0.06, 0.2),
        Likelihood("supplier_future", _AGAINST, 0.05, 0.2),
        Likelihood("support", _AGAINST, 0.05, 0.1),
        Likelihood("nearness", _AGAINST, 0.04, 0.1),
        Likelihood("ease_of_use", _AGAINST, 0.04, 0.1),
        Likelihood("features", _FOR, 0.22, 0.0, weighs=True),
        Likelihood("understanding", _FOR, 0.10, 0.0, weighs=True),
    ),
    Outcome.NO_DECISION: (
        Likelihood("sponsor", _AGAINST, 0.60, 0.6),
        Likelihood("return_shown", _AGAINST, 0.42, 0.5),
        Likelihood("good_enough", _AGAINST, 0.36, 0.5),
        Likelihood("priorities", _AGAINST, 0.26, 0.5),
        Likelihood("timing", _AGAINST, 0.20, 0.3),
        Likelihood("budget", _AGAINST, 0.16, 0.5),
        Likelihood("switching_effort", _AGAINST, 0.15, 0.3),
        Likelihood("build_it", _AGAINST, 0.10, 0.5),
        Likelihood("rollout_risk", _AGAINST, 0.10, 0.2),
        Likelihood("security", _AGAINST, 0.10, 0.3),
        Likelihood("features", _FOR, 0.18, 0.0, weighs=True),
    ),
    Outcome.WON: (
        Likelihood("features", _FOR, 0.46, 0.8),
        Likelihood("understanding", _FOR, 0.32, 0.4),
        Likelihood("return_shown", _FOR, 0.28, 0.5),
        Likelihood("references", _FOR, 0.22, 0.3),
        Likelihood("timing", _FOR, 0.20, 0.3),
        Likelihood("responsiveness", _FOR, 0.20, 0.3),
        Likelihood("good_enough", _FOR, 0.18, 0.3),
        Likelihood("ease_of_use", _FOR, 0.16, 0.2),
        Likelihood("sponsor", _FOR, 0.14, 0.3),
        Likelihood("way_of_charging", _FOR, 0.14, 0.2),
        Likelihood("support", _FOR, 0.12, 0.2),
        Likelihood("nearness", _FOR, 0.10, 0.2),
        Likelihood("time_to_start", _FOR, 0.08, 0.2),
        Likelihood("integration", _FOR, 0.08, 0.3),
        Likelihood("showing_it", _FOR, 0.08, 0.2),
        Likelihood("rollout_risk", _FOR, 0.06, 0.2),
        Likelihood("personal_risk", _FOR, 0.05, 0.1),
        Likelihood("price", _AGAINST, 0.24, 0.0, weighs=True),
        Likelihood("security", _AGAINST, 0.12, 0.0, weighs=True),
        Likelihood("return_shown", _AGAINST, 0.12, 0.0, weighs=True),
        Likelihood("time_to_start", _AGAINST, 0.12, 0.0, weighs=True),
        Likelihood("way_of_charging", _AGAINST, 0.10, 0.0, weighs=True),
        Likelihood("integration", _AGAINST, 0.10, 0.0, weighs=True),
        Likelihood("features", _AGAINST, 0.08, 0.0, weighs=True),
        Likelihood("responsiveness", _AGAINST, 0.08, 0.0, weighs=True),
        Likelihood("references", _AGAINST, 0.06, 0.0, weighs=True),
    ),
}

ROLES = (
    (BuyingRole.DECISION_MAKER, "Head of operations"),
    (BuyingRole.EVALUATOR, "Customs manager"),
    (BuyingRole.ECONOMIC_BUYER, "Finance director"),
    (BuyingRole.CHAMPION, "Head of logistics"),
    (BuyingRole.USER, "Customs clerk"),
    (BuyingRole.EVALUATOR, "IT manager"),
    (BuyingRole.BLOCKER, "Head of purchasing"),
)


@dataclass(frozen=True)
class Line:
    """Something a buyer says: the sentence that is tagged, and what is said around it."""

    question: str
    kind: str
    say: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Names:
    """Names of buyers, and the parts of companies' names."""

    first_names: Sequence[str]
    last_names: Sequence[str]
    account_first: Sequence[str]
    account_last: Sequence[str]


def load_names() -> Names:
    return Names(**_content("names.yaml"))


def load_lines() -> dict[tuple[str, Direction], list[Line]]:
    """The lines by reason and direction."""
    return {
        (reason, Direction(direction)): [Line(**line) for line in lines]
        for reason, directions in _content("words.yaml").items()
        for direction, lines in directions.items()
    }


def _content(name: str) -> dict[str, Any]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
