"""Changing submissions: compile, freeze, produce the documents, send, record the answers."""

from .answers import GivenAnswer, record_answers
from .compiling import SubmissionContent, compile_submission, discard_submission, edit_submission
from .deliveries import Scan, Way, acknowledge_delivery, deliver_again, deliver_submission, return_delivery
from .documents import MadeDocument, produce_documents
from .errata import add_erratum
from .freezing import freeze_submission
from .links import link_for, revoke_link
from .reissuing import issue_link_anew
from .reminders import remind_body
from .replies import DraftAnswer, DraftsDiverged, confirm_answers, confirm_receipt, reopen_answers, save_drafts
from .sending import send_submission
from .uptake import confirm_uptake, correct_uptake, keep_uptake

__all__ = [
    "DraftAnswer",
    "DraftsDiverged",
    "GivenAnswer",
    "MadeDocument",
    "Scan",
    "SubmissionContent",
    "Way",
    "acknowledge_delivery",
    "add_erratum",
    "compile_submission",
    "confirm_answers",
    "confirm_receipt",
    "confirm_uptake",
    "correct_uptake",
    "deliver_again",
    "deliver_submission",
    "discard_submission",
    "edit_submission",
    "freeze_submission",
    "issue_link_anew",
    "keep_uptake",
    "link_for",
    "produce_documents",
    "record_answers",
    "remind_body",
    "reopen_answers",
    "return_delivery",
    "revoke_link",
    "save_drafts",
    "send_submission",
]
