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
from .dates import Dates, LegalPeriod, brought_forward, legal_period
from .drafts import Provision, TextVersion, VersionState
from .evidence import PeriodEvidence, period_evidence_of
from .imports import DraftImport, ImportState
from .timetable import Stage, StageKey, Timetable, timetable_backwards, timetable_now, timetable_of

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
    "PeriodEvidence",
    "Phase",
    "Provision",
    "Stage",
    "StageKey",
    "TextVersion",
    "Timetable",
    "VersionState",
    "brought_forward",
    "folded",
    "legal_period",
    "period_evidence_of",
    "timetable_backwards",
    "timetable_now",
    "timetable_of",
]
