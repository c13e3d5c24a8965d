"""Submissions in each state for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import Factory
from factory import LazyAttribute, LazyFunction, Sequence

from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.submissions.models import Channel, Submission, SubmissionPoint, SubmissionState


class SubmissionFactory(Factory):
    """A submission that is being compiled; give it a consultation and who compiles it."""

    class Meta:
        model = Submission

    title = Sequence(lambda n: f"Pripombe mreže {n}")
    slug = Sequence(lambda n: f"pripombe-mreze-{n}")
    language = "sl"
    summary = "Prva zahteva\nDruga zahteva"
    consultation_id = LazyAttribute(lambda submission: submission.consultation.id)
    form_key = LazyFunction(new_key)


def add_submissions(world: Any) -> None:
    """One submission in each state, of the position that is open for co-signing."""
    values = {
        "consultation": world.cosigning_consultation,
        "compiled_by": world.people["coordinator"],
        "addressees": [world.body],
        "positions": [world.opened_position],
    }
    world.compiled_submission = SubmissionFactory(slug="sestavljena-oddaja", **values)
    world.frozen_submission = freeze_plainly(SubmissionFactory(slug="zamrznjena-oddaja", **values))
    world.sent_submission = send_plainly(freeze_plainly(SubmissionFactory(slug="poslana-oddaja", **values)))


def freeze_plainly(submission: Submission) -> Submission:
    """The rows that freezing leaves, with one point."""
    session.add(
        SubmissionPoint(submission=submission, number=1, article="1. člen", existing="Staro.", demanded="Novo.")
    )
    submission.state = SubmissionState.FROZEN
    submission.frozen_at = clock.now()
    submission.canonical = b"{}"
    submission.sha256 = "b" * 64
    session.flush()
    return submission


def send_plainly(submission: Submission) -> Submission:
    submission.state = SubmissionState.SENT
    submission.sent_on = clock.today()
    submission.channel = Channel.EMAIL
    submission.answer_due_on = clock.today() + timedelta(days=30)
    session.flush()
    return submission
