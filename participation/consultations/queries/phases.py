"""Phases in SQL: the same answer as `Consultation.phase_on`, for whole lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, case

from ..models import Consultation, ConsultationState, Phase


def phase_on(day: date) -> ColumnElement[str]:
    """The value of the phase of each consultation on that day."""
    c = Consultation
    return case(
        (c.state == ConsultationState.PREPARING, Phase.PREPARING.value),
        (c.concluded_on <= day, Phase.CONCLUDED.value),
        (c.answered_on <= day, Phase.ANSWERED.value),
        (c.submitted_on <= day, Phase.SUBMITTED.value),
        (c.opens_on > day, Phase.ANNOUNCED.value),
        (c.internal_deadline_on >= day, Phase.OPEN.value),
        (and_(c.cosigning_from_on.is_not(None), c.cosigning_from_on <= day), Phase.COSIGNING.value),
        else_=Phase.POSITIONS.value,
    )
