"""What transcripts tells later rooms, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TranscriptKept:
    """An interview has a transcript, or another one."""

    interview_id: int
