"""What the demo's interviewers wrote down when a talk was over: by what decided, so that no draw
is spent on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.deals.models import Outcome
from app.demo.ahead import at_hour
from app.demo.generator import DrawnAnswer, DrawnInterview, DrawnTag
from app.interviews.models import Counterfactual, Interview, Promise, Reference
from app.tagging.models import Direction, Weight

_TO_KEEP = timedelta(days=14)


@dataclass(frozen=True)
class Finish:
    """The interviewer's own sentences; empty where there was nothing to say."""

    why: str = ""
    surprised: str = ""
    follow_up: str = ""
    promised: str = ""
    fears: str = ""
    near_losses: str = ""
    reference: Reference | None = None


@dataclass(frozen=True)
class _Next:
    """What can be done about a reason that decided against us."""

    follow_up: str
    promised: str = ""


def finish_of(outcome: Outcome, answers: Sequence[DrawnAnswer]) -> Finish:
    """What was written after these answers."""
    reason = _decisive(answers)
    why = _IN_A_SENTENCE.get(reason, "")
    if outcome is Outcome.WON:
        against = _first_against(answers)
        return Finish(
            why=why,
            follow_up="Ask after the first month whether it went as they expected.",
            fears=_FEARS.get(against, _FEARS["time_to_start"]),
            near_losses=_NEAR_LOSSES.get(against, ""),
            reference=Reference.MAYBE_LATER if against else Reference.YES,
        )
    following = _NEXT.get(reason, _Next("Ask again in half a year whether it still holds."))
    return Finish(
        why=why,
        surprised=_SURPRISED.get(reason, ""),
        follow_up=following.follow_up,
        promised=following.promised,
    )


def promise_of(interview: Interview, one: DrawnInterview, text: str) -> Promise:
    """Kept in time, where the interview is old enough for its words to be tagged."""
    due_on = one.held_on + _TO_KEEP
    return Promise(
        interview_id=interview.id,
        text=text,
        keeper_id=interview.interviewer_id,
        due_on=due_on,
        kept_at=at_hour(due_on - timedelta(days=2), 15) if one.is_tagged else None,
        kept_by_name="Miriam Holt" if one.is_tagged else "",
    )


def had_it_been_otherwise(outcome: Outcome, tag: DrawnTag) -> Counterfactual | None:
    """What the buyer said of the reason that decided against us; by the sentence, so that no
    draw is spent on it."""
    if tag.weight is not Weight.DECISIVE or tag.direction is not Direction.AGAINST:
        return None
    if outcome not in (Outcome.LOST, Outcome.NO_DECISION):
        return None
    length = tag.end - tag.start
    if tag.reason in _OURS_TO_MEND:
        return Counterfactual.UNKNOWN if length % 2 else Counterfactual.US
    otherwise = Counterfactual.THEM if outcome is Outcome.LOST else Counterfactual.NOTHING
    return otherwise if length % 7 else Counterfactual.US


def _decisive(answers: Sequence[DrawnAnswer]) -> str:
    tags = [tag for answer in answers for tag in answer.tags if tag.weight is Weight.DECISIVE]
    return tags[0].reason if tags else ""


def _first_against(answers: Sequence[DrawnAnswer]) -> str:
    tags = [tag for answer in answers for tag in answer.tags]
    return next((tag.reason for tag in tags if tag.direction is Direction.AGAINST), "")


_IN_A_SENTENCE = {
    "security": "Their security team could not sign off in time, so the other offer went through.",
    "return_shown": "Whether the saving was believed in finance decided it.",
    "price": "On paper it was the price; nobody had put a figure on the gain.",
    "sponsor": "It came down to whether somebody senior wanted it.",
    "good_enough": "The spreadsheets were bearable, until they were not.",
    "features": "It was decided by who files the declarations.",
    "understanding": "They chose who understood a broker's day.",
    "priorities": "Another project took the people.",
    "budget": "New spending was frozen.",
    "references": "Two calls to other brokers settled it.",
    "time_to_start": "How soon the first site could be live decided it.",
    "responsiveness": "They went by who answered, and how fast.",
    "integration": "It was decided by how it connects with what they have.",
    "way_of_charging": "How the price is counted mattered more than how high it is.",
    "current_supplier": "They stayed with whom they knew.",
    "personal_risk": "It turned on who would have to answer for it.",
    "showing_it": "It was decided in the room in which it was shown.",
    "supplier_future": "They asked who will still be there in ten years.",
    "support": "They went by who picks up the phone.",
    "nearness": "It mattered who is in their port and speaks their language.",
    "ease_of_use": "The people who were to work with it decided.",
    "timing": "A date from outside decided.",
    "switching_effort": "The work of moving over was weighed against the work it saves.",
    "build_it": "Their own people said that they could build it.",
    "rollout_risk": "How careful the first weeks could be decided it.",
}

_NEXT = {
    "security": _Next(
        "Send the penetration test report, and say that it is kept ready now.",
        "The answers to the questionnaire that came back half blank",
    ),
    "return_shown": _Next(
        "Work out the saving with their own declarations before the next budget round.",
        "A sheet to work out the saving with their own figures",
    ),
    "price": _Next("Come back a quarter before the three years are over, with a price by volume."),
    "features": _Next(
        "Tell them on the day when what they missed is there.",
        "A note when the filing that they missed is live",
    ),
    "time_to_start": _Next("Show them a first site of their size that was live in four weeks."),
    "responsiveness": _Next("Say who answers them now, and within which time."),
    "integration": _Next("Ask whether the connection they built holds, when it is a year old."),
    "way_of_charging": _Next("Show last year's volumes charged both ways."),
    "references": _Next("Put them in touch with a broker of their size who switched."),
    "current_supplier": _Next("Ask how the renewal went, two months before it is due again."),
    "sponsor": _Next("Find out who owns customs next year, and meet them before spring."),
    "good_enough": _Next("Ask again after their busiest season what the old way cost."),
    "priorities": _Next("Call when the other project is live."),
    "budget": _Next("Call in the week after the new budget is known."),
    "timing": _Next("Call in the month that they named."),
    "switching_effort": _Next("Offer to move one site for them, to see what it takes."),
    "build_it": _Next("Ask in half a year what building it has cost."),
    "rollout_risk": _Next("Offer one site first, with a day to go back."),
}

_SURPRISED = {
    "security": "Nobody on the selling side knew that the questionnaire had come back half blank.",
    "return_shown": "They had the figures themselves, and nobody asked for them.",
    "sponsor": "The person we sold to had left the decision months before.",
    "good_enough": "Their old way costs two people a week, and nobody had added it up.",
}

_FEARS = {
    "time_to_start": "That the first site is not live before their busiest month.",
    "price": "That the price rises with the volume after the first year.",
    "security": "That their auditors ask again for what was still open.",
    "return_shown": "That nobody can show in a year what was saved.",
    "integration": "That the connection to their warehouse has to be built twice.",
    "way_of_charging": "That a busy month costs more than planned.",
}

_NEAR_LOSSES = {
    "price": "The other offer was cheaper on paper until the week of the decision.",
    "security": "Their security team had stopped it for ten days.",
    "return_shown": "Finance had struck it from the list once.",
    "time_to_start": "The other supplier promised an earlier start.",
}

#: Reasons that we could have met: their buyers often say that they would have chosen us.
_OURS_TO_MEND = ("security", "return_shown", "time_to_start", "references", "features")
