"""What the mails about joint positions say."""

from __future__ import annotations

from datetime import datetime

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.days import written_day
from participation.foundation.mail import Message

from .models import Cosignature, PositionVersion


def position_opened(to: User, version: PositionVersion) -> Message:
    """To a representative of a member organisation: a position waits for a decision."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/opened.txt",
        about=f"position-opened-{version.id}",
        values={
            "title": version.position.title,
            "slug": version.position.slug,
            "until": _day(version.cosigning_until, to.language),
        },
    )


def position_cosigned(to: User, cosignature: Cosignature) -> Message:
    """To every representative of the organisation, so that a signature by the wrong person is noticed."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/cosigned.txt",
        about=f"position-cosigned-{cosignature.id}",
        values=_signature_values(cosignature, to.language),
    )


def cosignature_withdrawn(to: User, cosignature: Cosignature, by: User) -> Message:
    """To every representative of the organisation."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/withdrawn.txt",
        about=f"cosignature-withdrawn-{cosignature.id}",
        values=_signature_values(cosignature, to.language)
        | {"withdrawn_by": by.name, "because": cosignature.withdrawn_because},
    )


def _signature_values(cosignature: Cosignature, language: str) -> dict[str, str]:
    position = cosignature.version.position
    return {
        "organisation": cosignature.organisation.name,
        "signer": cosignature.signer.name,
        "title": position.title,
        "slug": position.slug,
        "statement": cosignature.statement,
        "sha256": cosignature.sha256_seen,
        "signed_on": _day(cosignature.signed_at, language),
    }


def _day(moment: datetime, language: str) -> str:
    return written_day(clock.local(moment).date(), language)
