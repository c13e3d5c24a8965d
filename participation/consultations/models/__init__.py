"""Consultations, their text versions, and provisions."""

from .consultations import (
    Attachment,
    Audience,
    Consultation,
    ConsultationState,
    Deadline,
    DeadlineChange,
    Phase,
    folded,
)
from .dates import Dates, LegalPeriod, legal_period
from .drafts import Provision, TextVersion, VersionState
from .imports import DraftImport, ImportState

__all__ = [
    "Attachment",
    "Audience",
    "Consultation",
    "ConsultationState",
    "Dates",
    "Deadline",
    "DeadlineChange",
    "DraftImport",
    "ImportState",
    "LegalPeriod",
    "Phase",
    "Provision",
    "TextVersion",
    "VersionState",
    "folded",
    "legal_period",
]
