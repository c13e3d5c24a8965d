"""What was found of the periods that bodies gave."""

from __future__ import annotations

from sqlalchemy import select

from participation.foundation.database import session

from ..models import PeriodEvidence


def latest_evidence(consultation_id: int) -> PeriodEvidence | None:
    return session.scalar(
        select(PeriodEvidence)
        .where(PeriodEvidence.consultation_id == consultation_id)
        .order_by(PeriodEvidence.id.desc())
        .limit(1)
    )
