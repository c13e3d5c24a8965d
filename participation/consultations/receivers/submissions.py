"""What happens to a consultation when its submission goes out or is answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from participation.submissions.events import submission_answered, submission_sent


@submission_sent.connect
def note_submission(submission: Any, *, on: date, **_facts: Any) -> None:
    """The first submission decides: later ones do not move the day."""
    consultation = submission.consultation
    if consultation.submitted_on is None:
        consultation.submitted_on = on


@submission_answered.connect
def note_answers(submission: Any, *, on: date, **_facts: Any) -> None:
    """The consultation counts as answered since the day on which the last point got its answer."""
    submission.consultation.answered_on = on
