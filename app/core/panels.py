"""Panels: what a later room adds to an earlier room's page, without the page knowing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.core.edge import current_session


@dataclass(frozen=True)
class Panel:
    """One addition to a page.

    `context` gets the session, the viewer and the page's subject (such as a Deal), and returns
    the template's variables, or None where there is nothing to show. `queries` is its budget.
    """

    slot: str
    name: str
    template: str
    permission: str
    queries: int
    context: Callable[[Session, Viewer, Any], Mapping[str, Any] | None]
    order: int = 100


_panels: dict[tuple[str, str], Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.slot, panel.name] = panel


def registered() -> list[Panel]:
    return sorted(_panels.values(), key=lambda panel: (panel.slot, panel.order, panel.name))


def render_panels(slot: str, subject: Any = None) -> Markup:
    """All panels of the slot that the viewer may see, in order. For templates."""
    from app.core.access import viewer

    who = viewer()
    parts = []
    for panel in registered():
        if panel.slot != slot or not who.may(panel.permission):
            continue
        context = panel.context(current_session(), who, subject)
        if context is not None:
            parts.append(render_template(panel.template, **context))
    return Markup("\n".join(parts))  # noqa: S704 - rendered templates, escaped already
