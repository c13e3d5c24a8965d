"""Submissions, what they said, their documents and the answers to them."""

from .contents import (
    Contents,
    SaidPoint,
    SaidPosition,
    Signature,
    canonical_bytes,
    contents_from,
    fingerprint,
)
from .letters import letter_of, our_reference, place_and_date
from .submissions import (
    Answer,
    Channel,
    DocumentFormat,
    Outcome,
    Signatory,
    Submission,
    SubmissionDocument,
    SubmissionPoint,
    SubmissionState,
    addressees_of_submissions,
    comments_of_submissions,
    copies_of_submissions,
    positions_of_submissions,
)

__all__ = [
    "Answer",
    "Channel",
    "Contents",
    "DocumentFormat",
    "Outcome",
    "SaidPoint",
    "SaidPosition",
    "Signatory",
    "Signature",
    "Submission",
    "SubmissionDocument",
    "SubmissionPoint",
    "SubmissionState",
    "addressees_of_submissions",
    "canonical_bytes",
    "comments_of_submissions",
    "contents_from",
    "copies_of_submissions",
    "fingerprint",
    "letter_of",
    "our_reference",
    "place_and_date",
    "positions_of_submissions",
]
