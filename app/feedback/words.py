"""What is said to the interviewer, kindly and in plain words."""

from __future__ import annotations

from app.feedback.talk import Advice, Kind, Talk

KINDS = {
    Kind.FACT: "what happened",
    Kind.THINK: "what they thought",
    Kind.FEEL: "what they felt",
    Kind.WOULD_DO: "what they would do",
}


def headline(advice: Advice) -> str:
    return {
        Advice.NO_FIXING: "Next time, ask on instead of mending",
        Advice.LISTEN: "Next time, leave them more of the time",
        Advice.SHORTER: "Next time, stop sooner and wait",
        Advice.ASK_BETTER: "Next time, leave the answer out of the question",
        Advice.ASK_OPENLY: "Next time, begin with 'how' or 'what'",
        Advice.ABOUT_THEM: "Next time, talk about them",
        Advice.GO_ON: "Go on like this",
    }[advice]


def explanation(advice: Advice, talk: Talk) -> str:
    """Why, with the figure or the words of this very talk."""
    match advice:
        case Advice.NO_FIXING:
            return (
                "They told you of a trouble, and you began to solve it. It is kind, and it ends the"
                f" story. You said: ‘{talk.fixes[0].said}’ Ask instead: ‘What happened then?’"
            )
        case Advice.LISTEN:
            return (
                f"You spoke {talk.share:.0%} of the words. A third is plenty: ask, and count to"
                " three before you speak again."
            )
        case Advice.SHORTER:
            assert talk.longest is not None
            return (
                f"Once you spoke for {in_time(talk.longest.seconds)} on end. One question, one"
                " breath, then silence: what comes after a pause is often the best."
            )
        case Advice.ASK_BETTER:
            asked = talk.faulty[0]
            assert asked.fault is not None
            return f"You asked: ‘{asked.text}’ {asked.fault.why}"
        case Advice.ASK_OPENLY:
            asked = next(question for question in talk.asked if question.is_closed)
            return (
                f"{talk.closed} of your {len(talk.asked)} questions could be answered by yes or no,"
                f" such as: ‘{asked.text}’"
            )
        case Advice.ABOUT_THEM:
            return (
                f"You said 'we', 'our' or 'the product' {talk.of_us} times, and 'you' or 'your'"
                f" {talk.of_you} times. Their story is told in 'you'."
            )
        case Advice.GO_ON:
            return "You asked openly and let them talk. Nothing stands out that would be better."


def in_time(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} seconds"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
