"""What a submission, its delivery and the answers to it must look like."""

from .deliveries import (
    AcknowledgeForm,
    DeliverAgainForm,
    DeliverForm,
    ErratumForm,
    IssueForm,
    ReminderForm,
    ReopenForm,
    ReturnForm,
    RevokeForm,
    WayForm,
)
from .replies import ConfirmForm, ReceiptForm, RepliesForm
from .submissions import (
    LONGEST_TITLE,
    AnswersForm,
    FreezeForm,
    PressedForm,
    SubmissionForm,
)
from .uptake import ConfirmUptakeForm, CorrectUptakeForm

__all__ = [
    "LONGEST_TITLE",
    "AcknowledgeForm",
    "AnswersForm",
    "ConfirmForm",
    "ConfirmUptakeForm",
    "CorrectUptakeForm",
    "DeliverAgainForm",
    "DeliverForm",
    "ErratumForm",
    "FreezeForm",
    "IssueForm",
    "PressedForm",
    "ReceiptForm",
    "ReminderForm",
    "ReopenForm",
    "RepliesForm",
    "ReturnForm",
    "RevokeForm",
    "SubmissionForm",
    "WayForm",
]
