"""Who may do what with submissions, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from participation.accounts.models import Viewer
from participation.consultations.models import Consultation, Phase
from participation.foundation import clock
from participation.foundation.access import ALLOWED, Verdict, first_refusal, refused
from participation.foundation.language import _

from .models import Submission

PHASES_FOR_COMPILING = (Phase.OPEN, Phase.POSITIONS, Phase.COSIGNING, Phase.SUBMITTED, Phase.ANSWERED)


def may_lead_submissions(viewer: Viewer) -> Verdict:
    """What compiling, freezing, sending and recording answers have in common."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to work on submissions."), sign_in_helps=True)
    if not viewer.leads_consultations:
        return refused(_("Submissions are compiled and sent by the office and by council representatives."))
    return ALLOWED


def may_see_submission(viewer: Viewer, submission: Submission) -> Verdict:
    """The public reads what was sent; before that, only those who work on it."""
    if submission.is_sent or viewer.leads_consultations:
        return ALLOWED
    return refused(
        _("This submission has not been sent yet. It will be published when it is."),
        sign_in_helps=not viewer.is_authenticated,
    )


def may_compile_submission(viewer: Viewer, consultation: Consultation) -> Verdict:
    leads = may_lead_submissions(viewer)
    if not leads:
        return leads
    if consultation.phase not in PHASES_FOR_COMPILING:
        return refused(_("Submissions are compiled from the day a consultation opens until it is concluded."))
    return ALLOWED


def may_edit_submission(viewer: Viewer, submission: Submission) -> Verdict:
    leads = may_lead_submissions(viewer)
    if leads and not submission.is_compiled:
        return refused(_("The submission was frozen, and nobody can change it any more."))
    return leads


def may_discard_submission(viewer: Viewer, submission: Submission) -> Verdict:
    leads = may_lead_submissions(viewer)
    if leads and submission.is_sent:
        return refused(_("The submission has been sent, so it stays published."))
    return leads


def may_freeze_submission(viewer: Viewer, submission: Submission) -> Verdict:
    verdict = may_edit_submission(viewer, submission)
    if not verdict:
        return verdict
    if not submission.positions and not submission.comments_to_carry:
        return refused(_("Choose at least one position or comment before you freeze the submission."))
    if not submission.addressees:
        return refused(_("Choose at least one addressee before you freeze the submission."))
    return ALLOWED


def may_produce_documents(viewer: Viewer, submission: Submission) -> Verdict:
    """The worker makes the files in the name of whoever froze the submission, and may run late."""
    leads = may_lead_submissions(viewer)
    if leads and submission.is_compiled:
        return refused(_("Documents are made when the submission is frozen."))
    return leads


def may_download_document(viewer: Viewer, submission: Submission) -> Verdict:
    seen = may_see_submission(viewer, submission)
    if seen and submission.is_compiled:
        return refused(_("Documents are made when the submission is frozen."))
    return seen


def may_send_submission(viewer: Viewer, submission: Submission) -> Verdict:
    leads = may_lead_submissions(viewer)
    if not leads:
        return leads
    if submission.is_compiled:
        return refused(_("Freeze the submission before you record that it was sent."))
    if submission.is_sent:
        return refused(_("The submission has been sent already."))
    return ALLOWED


def day_for_sending(
    submission: Submission, sent_on: date, answer_due_on: date | None, withdrawals: Sequence[tuple[str, date]]
) -> Verdict:
    """Whether the submission can have gone out on this day.

    `withdrawals`: organisations that are among its signatories and have taken their signature
    back since, each with the day. What goes out must not name them.
    """
    if sent_on > clock.today():
        return refused(_("This day is still to come. Record the submission on the day it is sent."))
    if submission.frozen_at is not None and sent_on < clock.local(submission.frozen_at).date():
        return refused(_("The submission was frozen after this day, so it cannot have been sent then."))
    if answer_due_on is not None and answer_due_on < sent_on:
        return refused(_("The answer cannot be expected before the submission is sent."))
    gone = [name for name, day in withdrawals if day <= sent_on]
    if gone:
        return refused(
            _(
                "Since the submission was frozen, these organisations have withdrawn their co-signature: "
                "%(names)s. Discard this submission and compile it anew without them.",
                names="; ".join(gone),
            )
        )
    return ALLOWED


def may_record_answers(viewer: Viewer, submission: Submission) -> Verdict:
    leads = may_lead_submissions(viewer)
    waits = ALLOWED if submission.is_sent else refused(_("Answers are recorded once the submission has been sent."))
    return first_refusal(leads, waits)
