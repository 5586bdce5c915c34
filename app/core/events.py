"""Named events inside one transaction: a later room reacts to what an earlier room did.

Handlers run in the transaction of the publisher and write rows only; whatever is slow or reaches
outside is a job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import CompoundSelect, Select, literal, select, union_all
from sqlalchemy.orm import Session

E = TypeVar("E")
Handler = Callable[[Session, E], None]
_handlers: dict[type, list[Handler[Any]]] = defaultdict(list)
_conditions: dict[Handler[Any], Select[Any]] = {}
_asked: dict[type, CompoundSelect[int]] = {}


def on(
    event_type: type[E], *, if_any: Select[Any] | None = None
) -> Callable[[Handler[E]], Handler[E]]:
    """Call the decorated handler whenever an event of this type is published; with `if_any`, where
    that SELECT finds a row: its parameters are the event's fields, and it is asked before the
    publisher's own rows are written. Where an event is published often, one statement finds out
    whom it concerns, however many rooms listen."""

    def register(handler: Handler[E]) -> Handler[E]:
        if handler not in _handlers[event_type]:
            _handlers[event_type].append(handler)
            if if_any is not None:
                _conditions[handler] = if_any
                _asked.pop(event_type, None)
        return handler

    return register


def publish(session: Session, event: object) -> None:
    """Tell the handlers of the event's type whom it concerns, in the order of the rooms. They find
    the publisher's rows in the database; where it concerns nobody, those need not be there yet."""
    handlers = _handlers[type(event)]
    with session.no_autoflush:
        concerned = _concerned(session, handlers, event)
    if concerned:
        session.flush()
    for number, handler in enumerate(handlers):
        if number in concerned:
            handler(session, event)


def _concerned(session: Session, handlers: list[Handler[Any]], event: object) -> set[int]:
    """The places of those that have no condition, or whose condition holds now."""
    always = {number for number, each in enumerate(handlers) if each not in _conditions}
    if len(always) == len(handlers):
        return always
    statement = _asked.get(type(event))
    if statement is None:
        statement = _asked[type(event)] = union_all(
            *(
                select(literal(number)).where(_conditions[each].exists())
                for number, each in enumerate(handlers)
                if each in _conditions
            )
        )
    values = {field.name: getattr(event, field.name) for field in fields(event)}  # type: ignore[arg-type]
    return always | set(session.scalars(statement, values))
