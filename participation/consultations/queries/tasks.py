"""What waits for those who lead consultations."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import or_, select

from participation.accounts.models import Viewer
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.language import _
from participation.foundation.tasks import SOON, Task

from ..models import Consultation, Phase
from .phases import phase_on


def waiting_for(viewer: Viewer, acting: Any) -> list[Task]:
    """Consultations to finish and publish, to submit before their official deadline, or to conclude."""
    if not viewer.leads_consultations:
        return []
    day = clock.today()
    phase = phase_on(day)
    found = session.scalars(
        select(Consultation)
        .where(
            or_(
                phase.in_([Phase.PREPARING.value, Phase.ANSWERED.value]),
                phase.in_([Phase.POSITIONS.value, Phase.COSIGNING.value])
                & (Consultation.official_deadline_on <= day + SOON),
            )
        )
        .order_by(Consultation.internal_deadline_on, Consultation.id)
    )
    return [_task(consultation, day) for consultation in found]


def _task(consultation: Consultation, day: date) -> Task:
    values = {"slug": consultation.slug}
    if consultation.phase is Phase.PREPARING:
        why = _("The draft is still being prepared. Check its text, describe it and publish it.")
        due_on = consultation.opens_on
        act = _("Finish and publish the consultation")
        return Task(consultation.title, why, "consultations_desk.text", values, due_on, act=act)
    if consultation.phase is Phase.ANSWERED:
        why = _("Every point has been answered. Conclude the consultation when nothing more will come.")
        act = _("Conclude this consultation")
        return Task(consultation.title, why, "consultations_desk.conclude", values, act=act)
    due_on = consultation.official_deadline_on or day
    why = _("The official deadline is near and nothing has been submitted yet.")
    if due_on < day:
        why = _("The official deadline has passed and nothing has been submitted.")
    act = _("Compile and send the submission")
    return Task(consultation.title, why, "consultations.show", values, due_on, act=act)
