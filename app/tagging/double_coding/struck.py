"""Reasons on which people who tag do not agree: marked, and left out of reports."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tagging.agreement.standing import Standing
from app.tagging.double_coding.models import AgreementFigure


def struck_reasons(session: Session) -> frozenset[int]:
    """Their ids; none before enough interviews were tagged twice."""
    found = session.scalars(
        select(AgreementFigure.reason_id).where(
            AgreementFigure.standing == Standing.STRUCK, AgreementFigure.reason_id.is_not(None)
        )
    )
    return frozenset(reason_id for reason_id in found if reason_id is not None)
