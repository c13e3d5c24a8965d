"""What a phase means for who reads, in a sentence."""

from __future__ import annotations

from typing import Any

from participation.foundation.language import _

from .consultations import Audience, Consultation, Phase


def meaning_of(consultation: Consultation, may_comment: bool) -> Any:
    """`may_comment`: the reader may post a comment today."""
    phase = consultation.phase
    if phase is Phase.OPEN:
        return _open(consultation, may_comment)
    return {
        Phase.PREPARING: _("Only those who lead consultations see it. It is corrected before it is published."),
        Phase.ANNOUNCED: _("You can read the draft already. Comments are not open yet."),
        Phase.POSITIONS: _("Comments are closed. From them the network now drafts its joint positions."),
        Phase.COSIGNING: _("Comments are closed. Member organisations now decide which joint positions they sign."),
        Phase.SUBMITTED: _("The network has sent what it demands. Now the body is to answer."),
        Phase.ANSWERED: _("The body has answered. You can read what became of each point."),
        Phase.CONCLUDED: _("The consultation is over. What was said stays here to be read."),
    }[phase]


def _open(consultation: Consultation, may_comment: bool) -> Any:
    if may_comment:
        return _("You can comment on each provision and propose another wording.")
    if consultation.audience == Audience.REGISTERED:
        return _("Everybody can read what is said. Anybody who registers can comment.")
    return _("Everybody can read what is said. Member organisations of the network comment.")
