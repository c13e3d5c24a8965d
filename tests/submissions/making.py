"""Submissions in each state for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import Factory
from factory import LazyFunction, Sequence

from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.submissions.models import (
    Channel,
    Submission,
    SubmissionState,
    canonical_bytes,
    fingerprint,
)
from participation.submissions.operations import freeze_submission
from participation.submissions.queries import contents_now

SITE = "https://mreza.example/submissions/"


class SubmissionFactory(Factory):
    """A submission that is being compiled; give it a consultation, who compiles it, and what it carries."""

    class Meta:
        model = Submission

    title = Sequence(lambda n: f"Pripombe mreže {n}")
    slug = Sequence(lambda n: f"pripombe-mreze-{n}")
    language = "sl"
    summary = "Prva zahteva\nDruga zahteva"
    form_key = LazyFunction(new_key)


def add_submissions(world: Any) -> None:
    """One submission in each state, of the position that is open for co-signing.

    The position stays open, so that other rooms' tests can still sign it.
    """
    values = {
        "consultation": world.cosigning_consultation,
        "compiled_by": world.people["coordinator"],
        "addressees": [world.body],
        "positions": [world.opened_position],
    }
    world.compiled_submission = SubmissionFactory(slug="sestavljena-oddaja", **values)
    world.frozen_submission = frozen(SubmissionFactory(slug="zamrznjena-oddaja", **values))
    world.sent_submission = sent_quietly(frozen(SubmissionFactory(slug="poslana-oddaja", **values)))


def fingerprint_now(submission: Submission) -> str:
    """The fingerprint of what the preview shows."""
    return fingerprint(canonical_bytes(contents_now(submission, SITE + submission.slug)))


def frozen(submission: Submission) -> Submission:
    freeze_submission(
        submission.compiled_by,
        submission,
        sha256_seen=fingerprint_now(submission),
        address=SITE + submission.slug,
    )
    return submission


def sent_quietly(submission: Submission, day: Any = None) -> Submission:
    """Sent, without telling the rooms that listen to it."""
    submission.state = SubmissionState.SENT
    submission.sent_on = day or clock.today()
    submission.channel = Channel.EMAIL
    submission.answer_due_on = submission.sent_on + timedelta(days=30)
    session.flush()
    return submission
