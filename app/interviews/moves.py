"""The life of an interview: from which state it may go to which."""

from __future__ import annotations

from collections.abc import Mapping

from app.interviews.models import State

LAWFUL: Mapping[State, tuple[State, ...]] = {
    State.PLANNED: (State.SCHEDULED, State.IN_PROGRESS, State.CANCELLED, State.DECLINED),
    State.SCHEDULED: (
        State.PLANNED,
        State.IN_PROGRESS,
        State.CANCELLED,
        State.NO_SHOW,
        State.DECLINED,
    ),
    State.IN_PROGRESS: (State.HELD, State.SCHEDULED, State.CANCELLED),
    State.HELD: (State.IN_PROGRESS, State.TAGGED),
    State.TAGGED: (State.HELD, State.CLOSED),
    State.CLOSED: (State.TAGGED,),
    State.CANCELLED: (State.PLANNED, State.SCHEDULED),
    State.NO_SHOW: (State.PLANNED, State.SCHEDULED),
    State.DECLINED: (State.PLANNED, State.SCHEDULED),
}

NAMES: Mapping[State, str] = {
    State.PLANNED: "planned",
    State.SCHEDULED: "scheduled",
    State.IN_PROGRESS: "in progress",
    State.HELD: "held",
    State.TAGGED: "tagged",
    State.CLOSED: "closed",
    State.CANCELLED: "cancelled",
    State.NO_SHOW: "a no-show",
    State.DECLINED: "declined",
}

#: It will not take place, unless somebody plans it again.
CALLED_OFF = (State.CANCELLED, State.NO_SHOW, State.DECLINED)
#: It is still to take place, or under way.
AHEAD = (State.PLANNED, State.SCHEDULED, State.IN_PROGRESS)


class UnlawfulMove(ValueError):
    """An interview in this state cannot go there; the message is for a person."""

    def __init__(self, was: State, to: State) -> None:
        ways = ", ".join(NAMES[state] for state in LAWFUL[was])
        super().__init__(
            f"This interview is {NAMES[was]}, so it cannot become {NAMES[to]}."
            f" From here it can become: {ways}."
        )


def check_move(was: State, to: State) -> None:
    """Raises UnlawfulMove for a move that is not in the table."""
    if to not in LAWFUL[was]:
        raise UnlawfulMove(was, to)
