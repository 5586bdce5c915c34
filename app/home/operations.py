"""Going through the first steps."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.home import queries
from app.home.steps import Step
from app.identity.models import Workspace
from app.identity.operations import ensure_workspace


def finish_step(session: Session, step: Step) -> None:
    """Note that the step is done; what was done in it has its own audit."""
    workspace = ensure_workspace(session)
    workspace.steps_done = _with(workspace.steps_done, [step])


def skip_step(session: Session, actor: Actor, step: Step) -> None:
    """Put one step aside; it can be done later all the same."""
    _skip(session, actor, ensure_workspace(session), [step])


def skip_open_steps(session: Session, actor: Actor) -> None:
    """Put all that is left aside."""
    workspace = ensure_workspace(session)
    _skip(session, actor, workspace, queries.progress_of(session, workspace).open)


def _skip(session: Session, actor: Actor, workspace: Workspace, steps: list[Step]) -> None:
    workspace.steps_skipped = _with(workspace.steps_skipped, steps)
    audit.record(session, actor, "workspace.steps_skipped", workspace, steps=[*steps])


def _with(kept: list[str], steps: Iterable[Step]) -> list[str]:
    return [*kept, *(step.value for step in steps if step not in kept)]
