"""From a CRM's stage and its won and closed marks to one of our outcomes; never a guess."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.deals.reading.values import Unreadable, read_boolean

OUTCOMES = ("won", "lost", "no_decision", "renewed", "churned", "invalid", "open")
BLANK_STAGE = "(blank)"

_STAGES = {
    "won": "won|win|closed won|closedwon|deal won|signed|gewonnen|geschlossen und gewonnen|"
    "abgeschlossen und gewonnen|gagné|gagnée|fermée gagnée|ganado|cerrada ganada",
    "lost": "lost|loss|closed lost|closedlost|deal lost|closed lost to competitor|"
    "lost to competitor|verloren|geschlossen und verloren|abgeschlossen und verloren|perdu|"
    "perdue|fermée perdue|perdido|cerrada perdida",
    "no_decision": "no decision|nodecision|closed no decision|closed lost no decision|"
    "lost no decision|lost to no decision|no decision made|keine entscheidung",
    "renewed": "renewed|closed renewed|renewal won|closed won renewal|verlängert",
    "churned": "churned|churn|closed churned|renewal lost|gekündigt",
    "invalid": "invalid|duplicate|closed duplicate|test|closed test|closed invalid|ungültig",
    "open": "open|prospecting|qualification|qualified|needs analysis|value proposition|"
    "id decision makers|identify decision makers|perception analysis|proposal price quote|"
    "proposal|quote|negotiation|negotiation review|engaging|discovery|demo|evaluation|in progress|"
    "pipeline|appointment scheduled|appointmentscheduled|qualified to buy|qualifiedtobuy|"
    "presentation scheduled|presentationscheduled|decision maker bought in|"
    "decisionmakerboughtin|contract sent|contractsent|offen|verhandlung|angebot|qualifizierung",
}
_KNOWN = {stage: outcome for outcome, stages in _STAGES.items() for stage in stages.split("|")}


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, or the reason why there is none; `ask` when a person can settle the stage."""

    outcome: str | None
    why: str = ""
    ask: bool = False


def plain_stage(stage: str) -> str:
    """Reduce a stage to its words: '6 - Closed/Won (Sales Pipeline)' is 'closed won'."""
    words = stage.strip().casefold()
    if words == BLANK_STAGE:
        return ""
    words = re.sub(r"\([^()]*pipeline\)$", "", words)
    words = re.sub(r"^\d+\s*[.):–-]\s*", "", words)
    return " ".join(re.findall(r"[^\W_]+", words)) or words


def decide_outcome(
    stage: str, is_won: str, is_closed: str, overrides: Mapping[str, str]
) -> Decision:
    """Decide by a person's answer, then by known stages and the CRM's own marks together."""
    plain = plain_stage(stage)
    if plain in overrides:
        return Decision(overrides[plain])
    try:
        won, closed = read_boolean(is_won), read_boolean(is_closed)
    except Unreadable:
        return Decision(None, "The mark for won or closed is neither yes nor no.")
    known = _KNOWN.get(plain)
    if known is not None:
        return _checked(known, won, closed)
    if won:
        return Decision("won")
    if closed is False:
        return Decision("open")
    if plain:
        return Decision(None, "The stage is not known: say which outcome it means.", ask=True)
    if closed and won is False:
        return Decision("lost")
    return Decision(
        None,
        "The stage is blank: nothing says whether the deal was won, lost or is open. "
        f"--outcome '{BLANK_STAGE}=open' takes such deals as open.",
    )


def _checked(known: str, won: bool | None, closed: bool | None) -> Decision:
    contradicted = (
        (won is True and known not in ("won", "renewed"))
        or (won is False and known == "won")
        or (closed is True and known == "open")
        or (closed is False and known in ("won", "lost", "no_decision"))
    )
    if contradicted:
        return Decision(None, f"The stage says {known}, but the CRM's mark says otherwise.")
    return Decision(known)
