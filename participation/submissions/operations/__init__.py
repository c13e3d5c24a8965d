"""Changing submissions: compile, freeze, produce the documents, send, record the answers."""

from .answers import GivenAnswer, record_answers
from .compiling import SubmissionContent, compile_submission, discard_submission, edit_submission
from .documents import MadeDocument, produce_documents
from .freezing import freeze_submission
from .sending import send_submission

__all__ = [
    "GivenAnswer",
    "MadeDocument",
    "SubmissionContent",
    "compile_submission",
    "discard_submission",
    "edit_submission",
    "freeze_submission",
    "produce_documents",
    "record_answers",
    "send_submission",
]
