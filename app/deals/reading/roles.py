"""The parts people have in a decision, from the words CRMs use for them."""

_ROLES = {
    "evaluator": "evaluator|technical evaluator|technical buyer|evaluating",
    "decision_maker": "decision maker|decisionmaker|final decision maker|entscheider",
    "economic_buyer": "economic buyer|economic decision maker|budget holder|budgetholder|"
    "budget owner",
    "user": "user|end user|business user|anwender",
    "champion": "champion|internal champion|coach",
    "blocker": "blocker|detractor|opponent",
}
_KNOWN = {word: role for role, words in _ROLES.items() for word in words.split("|")}


def read_buying_role(text: str) -> str | None:
    """The buying role that a CRM's word names; None where it names none of ours."""
    return _KNOWN.get(" ".join(text.casefold().replace("_", " ").replace("-", " ").split()))
