"""Deleting the bytes of recordings that were taken away."""

from __future__ import annotations

from typing import Any

from app.core.jobs import JobContext, job
from app.core.storage import Storage
from app.recordings.operations import FORGET


@job(FORGET)
def forget(context: JobContext, keys: list[str]) -> dict[str, Any]:
    storage: Storage = context.app.extensions["because_storage"]
    for key in keys:
        storage.delete(key)
    return {"deleted": len(keys)}
