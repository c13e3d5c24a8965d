"""Recording that a submission went to the bodies, from when on it is public."""

from __future__ import annotations

from datetime import date

from participation.accounts.models import User
from participation.foundation import audit
from participation.foundation.access import demand, first_refusal
from participation.foundation.database import session
from participation.ledger.models import Kind
from participation.ledger.operations import append_record
from participation.ledger.queries import last_records
from participation.positions.models import position_thread
from participation.texts.markdown import one_line

from ..events import submission_sent
from ..models import Channel, Submission, SubmissionState
from ..queries import lock, signed_since_freezing, withdrawals_since_freezing
from ..rules import day_for_sending, is_as_frozen, may_lead_submissions, may_send_submission


def send_submission(
    actor: User,
    submission: Submission,
    *,
    sent_on: date,
    channel: Channel,
    register_number: str = "",
    answer_due_on: date | None = None,
) -> None:
    """Publish the submission for good: its positions count as delivered and nothing in it changes any more.

    Recording the same once more changes nothing.
    """
    lock(submission)
    facts = (sent_on, channel, one_line(register_number), answer_due_on)
    if submission.is_sent and facts == _facts(submission):
        demand(may_lead_submissions(actor))
        return
    demand(
        first_refusal(
            may_send_submission(actor, submission),
            day_for_sending(submission, sent_on, answer_due_on, withdrawals_since_freezing(submission)),
            is_as_frozen(signed_since_freezing(submission)),
        )
    )
    submission.state = SubmissionState.SENT
    submission.sent_on, submission.channel, submission.register_number, submission.answer_due_on = facts
    session.flush()
    audit.record(actor, "submission.sent", submission, on=sent_on.isoformat(), channel=channel)
    submission_sent.send(submission, on=sent_on)
    _record(submission)


def _record(submission: Submission) -> None:
    """What went out: the text, each document, and the end of signing under each position."""
    session.refresh(submission, ["documents", "positions"])
    closings = last_records([position_thread(position.id) for position in submission.positions], Kind.CLOSED)
    append_record(
        Kind.SUBMITTED,
        submission.thread,
        {
            "text_sha256": submission.sha256,
            "files": {document.file.name: document.file.sha256 for document in submission.documents},
            "closed": closings,
        },
    )


def _facts(submission: Submission) -> tuple[date | None, Channel | None, str, date | None]:
    session.refresh(submission)
    return submission.sent_on, submission.channel, submission.register_number, submission.answer_due_on
