"""What was found of the periods that bodies gave."""

from __future__ import annotations

from collections.abc import Sequence

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


def evidence_of_periods(consultation_id: int) -> Sequence[PeriodEvidence]:
    """All of it, the oldest first."""
    return session.scalars(
        select(PeriodEvidence).where(PeriodEvidence.consultation_id == consultation_id).order_by(PeriodEvidence.id)
    ).all()
