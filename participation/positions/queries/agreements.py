"""What organisations could agree on, from what they decided about the newest version."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from participation.foundation.database import session
from participation.submissions.models import Submission, SubmissionState, positions_of_submissions

from ..models import Cosignature, Position
from ..models.agreement import Voice
from .coverage import area_of


def voices_of(decisions: Sequence[Cosignature]) -> list[Voice]:
    made = []
    for row in decisions:
        area = area_of(row.organisation)
        made.append(Voice(row.organisation_id, row.decision, area.key if area else ""))
    return made


def is_compiled(position: Position) -> bool:
    """A submission that is frozen and not yet sent carries the position."""
    carries = (
        select(positions_of_submissions.c.submission_id)
        .join(Submission, Submission.id == positions_of_submissions.c.submission_id)
        .where(positions_of_submissions.c.position_id == position.id, Submission.state == SubmissionState.FROZEN)
    )
    return bool(session.scalar(select(exists(carries))))
