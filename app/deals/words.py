"""The plain words that stand on pages for the tokens of deals."""

from __future__ import annotations

from app.deals.models import BuyingRole, Outcome

OUTCOME_WORDS = {
    Outcome.WON: "Won",
    Outcome.LOST: "Lost",
    Outcome.NO_DECISION: "No decision",
    Outcome.RENEWED: "Renewed",
    Outcome.CHURNED: "Churned",
    Outcome.OPEN: "Open",
    Outcome.INVALID: "Not counted (a duplicate or a test)",
}
BUYING_ROLE_WORDS = {
    BuyingRole.EVALUATOR: "Evaluator",
    BuyingRole.DECISION_MAKER: "Decision maker",
    BuyingRole.ECONOMIC_BUYER: "Economic buyer",
    BuyingRole.USER: "User",
    BuyingRole.CHAMPION: "Champion",
    BuyingRole.BLOCKER: "Blocker",
}
FIELD_WORDS = {
    "account": "Account",
    "amount_minor": "Amount",
    "buying_role": "Part in the decision",
    "closed_on": "Closed on",
    "competitors": "Competitors met",
    "currency": "Currency",
    "lead_source": "Source of the lead",
    "name": "Name",
    "opened_on": "First contact",
    "outcome": "Outcome",
    "product": "Product",
    "replaced": "What it replaced",
    "seller": "Seller",
    "stakes": "What they gain or lose",
    "fears": "What they fear",
    "stated_reason": "Reason the seller gave",
    "won_by": "Won by",
}
ACTION_WORDS = {
    "deal.added": "added this deal",
    "deal.changed": "changed",
    "deal.person_added": "added",
    "deal.person_changed": "changed the part of",
    "deal.person_removed": "took out",
}
