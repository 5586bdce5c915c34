"""Named events inside one transaction: a later room reacts to what an earlier room did.

Handlers run in the transaction of the publisher and write rows only; whatever is slow or reaches
outside is a job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

E = TypeVar("E")
_handlers: dict[type, list[Callable[[Session, Any], None]]] = defaultdict(list)


def on(
    event_type: type[E],
) -> Callable[[Callable[[Session, E], None]], Callable[[Session, E], None]]:
    """Call the decorated handler whenever an event of this type is published."""

    def register(handler: Callable[[Session, E], None]) -> Callable[[Session, E], None]:
        if handler not in _handlers[event_type]:
            _handlers[event_type].append(handler)
        return handler

    return register


def publish(session: Session, event: object) -> None:
    """Tell every handler of the event's type, in the order of the rooms."""
    session.flush()
    for handler in _handlers[type(event)]:
        handler(session, event)
