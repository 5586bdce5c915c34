"""Reasons on which people who tag do not agree: marked, and left out of reports."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tagging.agreement.standing import Standing
from app.tagging.double_coding.models import AgreementFigure
from app.tagging.models import Reason


def struck_reasons(session: Session) -> dict[int, str]:
    """Their names by their ids; none before enough interviews were tagged twice."""
    found = session.execute(
        select(Reason.id, Reason.name)
        .join(AgreementFigure, AgreementFigure.reason_id == Reason.id)
        .where(AgreementFigure.standing == Standing.STRUCK)
        .order_by(Reason.name)
    )
    return {row.id: row.name for row in found}
