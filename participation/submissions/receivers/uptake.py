"""Comparing what was sent with the adopted text, by the worker, whichever of the two comes first."""

from __future__ import annotations

from participation.accounts.models import Operator
from participation.consultations.events import adopted_text_published
from participation.consultations.models import TextVersion
from participation.foundation import outbox
from participation.foundation.database import pause

from ..events import submission_sent
from ..models import FIND_UPTAKE, Submission, find_key
from ..models.comparing import findings_of
from ..operations import keep_uptake
from ..queries import submission_by_id
from ..queries.uptake import adopted_text_by_id, adopted_text_now, comparison_of_points, sent_submissions_of


@adopted_text_published.connect
def have_sent_points_compared(version: TextVersion, **facts: object) -> None:
    for submission in sent_submissions_of(version.consultation_id):
        _queue(submission, version)


@submission_sent.connect
def have_points_compared(submission: Submission, **facts: object) -> None:
    adopted = adopted_text_now(submission.consultation_id)
    if adopted is not None:
        _queue(submission, adopted)


def _queue(submission: Submission, version: TextVersion) -> None:
    payload = {"submission_id": submission.id, "version_id": version.id}
    outbox.queue(FIND_UPTAKE, find_key(submission.id, version.id), payload)


@outbox.handles(FIND_UPTAKE)
def find_uptake_of(item: outbox.OutboxItem) -> None:
    """A worker that dies half-way leaves nothing behind, and the next one begins anew."""
    submission, version = _both(item)
    if submission is None or version is None:
        return
    comparison = comparison_of_points(submission, version)
    # Comparing takes a while: no lock is held meanwhile.
    pause()
    found = findings_of(comparison)
    submission, version = _both(item)
    if submission is not None and version is not None:
        keep_uptake(Operator(), submission, version, found)


def _both(item: outbox.OutboxItem) -> tuple[Submission | None, TextVersion | None]:
    return submission_by_id(item.payload["submission_id"]), adopted_text_by_id(item.payload["version_id"])
