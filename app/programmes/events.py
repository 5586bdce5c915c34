"""What programmes tell later rooms, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SelectionApproved:
    """This contact is to be asked now. Comes once more for the same interview where another
    contact took the place of one who could not be reached."""

    selection_id: int
    interview_id: int
