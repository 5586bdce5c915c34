"""The tokens of the database as the words of a report."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import flask_babel
from flask_babel import lazy_gettext as _

from app.deals.models import BuyingRole, Outcome
from app.interviews.confidence import Audience
from app.interviews.models import Channel, Counterfactual, Kind, Reference, Relation
from app.market.models import Uniqueness
from app.tagging.models import Direction, Layer, Weight

_WORDS: dict[type[StrEnum], dict[Any, Any]] = {
    Outcome: {
        Outcome.WON: _("won"),
        Outcome.LOST: _("lost"),
        Outcome.NO_DECISION: _("no decision"),
        Outcome.RENEWED: _("renewed"),
        Outcome.CHURNED: _("churned"),
        Outcome.INVALID: _("not counted"),
        Outcome.OPEN: _("open"),
    },
    BuyingRole: {
        BuyingRole.EVALUATOR: _("evaluator"),
        BuyingRole.DECISION_MAKER: _("decision maker"),
        BuyingRole.ECONOMIC_BUYER: _("economic buyer"),
        BuyingRole.USER: _("user"),
        BuyingRole.CHAMPION: _("champion"),
        BuyingRole.BLOCKER: _("blocker"),
    },
    Weight: {
        Weight.DECISIVE: _("decisive"),
        Weight.CONTRIBUTING: _("contributing"),
        Weight.MENTIONED: _("mentioned"),
        Weight.TABLE_STAKES: _("expected of everybody"),
    },
    Direction: {
        Direction.FOR: _("for us"),
        Direction.AGAINST: _("against us"),
        Direction.NEUTRAL: _("neither for nor against us"),
    },
    Kind: {
        Kind.FACT: _("fact"),
        Kind.THINK: _("think"),
        Kind.FEEL: _("feel"),
        Kind.WOULD_DO: _("would do"),
    },
    Layer: {
        Layer.SURFACE: _("first answer"),
        Layer.PROBED: _("what was behind it"),
    },
    Counterfactual: {
        Counterfactual.US: _("us"),
        Counterfactual.THEM: _("somebody else"),
        Counterfactual.NOTHING: _("nothing"),
        Counterfactual.UNKNOWN: _("they do not know"),
    },
    Reference: {
        Reference.YES: _("yes"),
        Reference.MAYBE_LATER: _("maybe later"),
        Reference.NO: _("no"),
        Reference.NOT_ASKED: _("not asked"),
    },
    Channel: {
        Channel.VIDEO: _("by video"),
        Channel.PHONE: _("by phone"),
        Channel.IN_PERSON: _("in person"),
        Channel.WRITTEN: _("in writing"),
    },
    Relation: {
        Relation.OWNER: _("the deal's own seller"),
        Relation.OTHER_SELLER: _("another seller"),
        Relation.OUTSIDE_SALES: _("a colleague outside sales"),
        Relation.OUTSIDE_PARTY: _("an outside party"),
    },
    Uniqueness: {
        Uniqueness.UNIQUE: _("nobody else has it"),
        Uniqueness.COMPARATIVE: _("ours is better"),
    },
    Audience: {
        Audience.SELLERS: _("sellers"),
        Audience.PRODUCT: _("the product team"),
        Audience.LEADERSHIP: _("leadership"),
    },
}


def words(token: StrEnum | None) -> str:
    """The token in plain words; nothing for None."""
    return "" if token is None else str(_WORDS[type(token)][token])


def gettext(message: str, **values: object) -> str:
    """A sentence of a report, in the reader's language."""
    return str(flask_babel.gettext(message, **values))
