"""Who may do what with submissions, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from participation.accounts.models import Viewer
from participation.bodies.models import PublicBody
from participation.consultations.models import Consultation, Phase, TextVersion
from participation.foundation import clock
from participation.foundation.access import ALLOWED, Verdict, first_refusal, refused
from participation.foundation.language import _
from participation.foundation.mail import is_address
from participation.texts.uptake import Verdict as Uptaken

from .models import (
    AnswerConfirmation,
    Channel,
    Delivery,
    DeliveryState,
    DocumentFormat,
    Enclosure,
    PointUptake,
    PrivateLink,
    Submission,
)

# What a mail with the documents brings, and how large it may be altogether; mail servers refuse more.
TO_SEND = (DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.XLSX)
LARGEST_MAIL = 15 * 1024 * 1024
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


def is_as_frozen(signed_since: Sequence[str]) -> Verdict:
    """Whether nobody has signed who would be left out: `signed_since` are the names of organisations."""
    if signed_since:
        return refused(
            _(
                "Since the submission was frozen, these organisations have co-signed or changed their stance: "
                "%(names)s. Discard this submission and compile it anew with them.",
                names="; ".join(signed_since),
            )
        )
    return ALLOWED


def may_record_answers(viewer: Viewer, submission: Submission) -> Verdict:
    leads = may_lead_submissions(viewer)
    waits = ALLOWED if submission.is_sent else refused(_("Answers are recorded once the submission has been sent."))
    return first_refusal(leads, waits)


def documents_for_sending(submission: Submission) -> Verdict:
    """Whether what a mail brings with it is ready and can travel in a mail."""
    made = {document.format: document.file.size for document in submission.documents}
    if not set(TO_SEND) <= made.keys():
        return refused(_("The documents are still being made. Send them in a minute, or send the link only."))
    if sum(made[one] for one in TO_SEND) > LARGEST_MAIL:
        return refused(_("The documents are too large for a mail. Send the link only."))
    return ALLOWED


def way_for_delivery(
    submission: Submission, channel: Channel, enclosed: Enclosure, to_email: str, handed_over_on: date | None
) -> Verdict:
    """Whether a letter can go this way."""
    if channel == Channel.EMAIL:
        if not is_address(to_email):
            return refused(_("Give the address of one mailbox, such as info@town.example."))
        return documents_for_sending(submission) if enclosed is Enclosure.DOCUMENTS else ALLOWED
    if handed_over_on is None or handed_over_on > clock.today():
        return refused(_("Say on which day it was handed over."))
    if submission.frozen_at is not None and handed_over_on < clock.local(submission.frozen_at).date():
        return refused(_("The submission was frozen after this day, so it cannot have been sent then."))
    return ALLOWED


def may_follow_delivery(viewer: Viewer, submission: Submission) -> Verdict:
    """See what became of the letters, and record what is heard of them."""
    leads = may_lead_submissions(viewer)
    waits = ALLOWED if submission.is_sent else refused(_("The submission has not been sent yet."))
    return first_refusal(leads, waits)


def may_deliver_again(viewer: Viewer, delivery: Delivery) -> Verdict:
    verdict = may_follow_delivery(viewer, delivery.submission)
    if verdict and not delivery.state.needs_help:
        return refused(_("Only a letter that could not be sent or came back is sent again."))
    return verdict


def may_acknowledge_delivery(viewer: Viewer, delivery: Delivery) -> Verdict:
    verdict = may_follow_delivery(viewer, delivery.submission)
    if verdict and delivery.acknowledged_at is not None:
        return refused(_("The receipt of this letter has been confirmed already."))
    return verdict


def may_return_delivery(viewer: Viewer, delivery: Delivery) -> Verdict:
    """Record that a mail came back although the mail server had taken it."""
    verdict = may_follow_delivery(viewer, delivery.submission)
    if verdict and (not delivery.is_mail or delivery.state in (DeliveryState.ACKNOWLEDGED, DeliveryState.RETURNED)):
        return refused(_("Only a mail whose receipt is not confirmed can come back."))
    return verdict


def may_add_erratum(viewer: Viewer, submission: Submission) -> Verdict:
    leads = may_lead_submissions(viewer)
    if leads and not submission.is_sent:
        return refused(_("The submission has not been sent yet: discard it and compile it anew."))
    return leads


def may_issue_link(viewer: Viewer, submission: Submission) -> Verdict:
    return may_follow_delivery(viewer, submission)


def may_revoke_link(viewer: Viewer, link: PrivateLink) -> Verdict:
    verdict = may_follow_delivery(viewer, link.submission)
    if verdict and not link.is_live:
        return refused(_("This private address has been revoked already."))
    return verdict


def may_answer_by_link(link: PrivateLink) -> Verdict:
    """Whoever holds the private address of a body may confirm receipt and answer for it."""
    if not link.is_live:
        return refused(_("This private address has been revoked."))
    if not link.submission.is_sent or link.body not in link.submission.addressees:
        return refused(_("At this private address nothing can be answered."))
    return ALLOWED


def may_reopen_answers(viewer: Viewer, confirmation: AnswerConfirmation) -> Verdict:
    leads = may_lead_submissions(viewer)
    if leads and not confirmation.stands:
        return refused(_("The body may correct these answers already."))
    return leads


def may_remind_body(viewer: Viewer, submission: Submission, body: PublicBody, late: Sequence[PublicBody]) -> Verdict:
    """`late` are the bodies that owe answers since the day for them has passed."""
    verdict = may_follow_delivery(viewer, submission)
    if verdict and body not in late:
        return refused(_("This body owes no answer whose day has passed."))
    return verdict


def may_find_uptake(actor: Viewer, submission: Submission, adopted: TextVersion) -> Verdict:
    """Keep what was found of the points in the adopted text; the worker does it."""
    leads = may_lead_submissions(actor)
    if not leads:
        return leads
    if not adopted.is_adopted or adopted.consultation_id != submission.consultation_id:
        return refused(_("Points are compared with the adopted text of their own draft."))
    if not submission.is_sent:
        return refused(_("Points are compared once the submission has been sent."))
    return ALLOWED


def may_review_uptake(viewer: Viewer, submission: Submission) -> Verdict:
    """Confirm or correct what was found of the points in the adopted text."""
    leads = may_lead_submissions(viewer)
    if not leads:
        return leads
    if not submission.is_sent:
        return refused(_("Points are compared once the submission has been sent."))
    if submission.consultation.adopted_text is None:
        return refused(_("The adopted text is not published here yet, so there is nothing to compare with."))
    return ALLOWED


def reason_for_verdict(uptake: PointUptake, verdict: Uptaken, reason: str) -> Verdict:
    """Whether it says why, where it says something else than the program found or somebody said before."""
    if reason.strip() or (verdict == uptake.verdict and uptake.confirmation is None):
        return ALLOWED
    if uptake.confirmation is None:
        return refused(_("Say why it is something else than what was found."))
    return refused(_("Say why what was said before is corrected."))
