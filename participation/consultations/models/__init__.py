"""Consultations, their text versions, and provisions."""

from .consultations import (
    Attachment,
    Audience,
    Consultation,
    ConsultationState,
    Deadline,
    DeadlineChange,
    Level,
    Phase,
)
from .drafts import Provision, TextVersion, VersionState

__all__ = [
    "Attachment",
    "Audience",
    "Consultation",
    "ConsultationState",
    "Deadline",
    "DeadlineChange",
    "Level",
    "Phase",
    "Provision",
    "TextVersion",
    "VersionState",
]
