"""Where the open consultations are about."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sqlalchemy import Text, cast, func, select

from participation.foundation import clock
from participation.foundation.database import session

from ..models import Consultation, ConsultationState, Phase
from .phases import phase_on


@dataclass
class OpenConsultations:
    """How many name each municipality, by its code, and how many concern the whole region and name none.

    A consultation that names several municipalities counts in each.
    """

    by_municipality: dict[str, int] = field(default_factory=dict)
    whole_region: int = 0


def consultations_by_municipality() -> OpenConsultations:
    """The published consultations that are open today. One statement, a row for each list that is named."""
    # JSON has no equality in PostgreSQL, and each database takes lists apart in its own way.
    named = cast(Consultation.municipalities, Text)
    rows = session.execute(
        select(named, func.count())
        .where(
            Consultation.state == ConsultationState.PUBLISHED,
            phase_on(clock.today()) == Phase.OPEN.value,
        )
        .group_by(named)
    )
    found = OpenConsultations()
    for codes, number in rows:
        listed = set(json.loads(codes))
        for code in listed:
            found.by_municipality[code] = found.by_municipality.get(code, 0) + number
        if not listed:
            found.whole_region += number
    return found
