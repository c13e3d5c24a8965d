"""What the people of organisations are told by mail, each in their own language."""

from __future__ import annotations

from typing import Any

from participation.accounts.models import User
from participation.foundation import clock, region
from participation.foundation.mail import Message

from .models import Invitation, Membership, Organisation


def _about_decision(fact: str, organisation: Organisation, reader: User) -> Message:
    return Message(
        reader.email,
        reader.language,
        template=f"organisations/emails/{fact}.txt",
        # An application can be asked back several times, and an organisation can come back.
        about=f"organisation-{fact}-{organisation.id}-{_second_of(organisation.decided_at)}",
        values={
            "slug": organisation.slug,
            "organisation": organisation.name,
            "reason": organisation.decision_reason,
        },
    )


def _second_of(moment: Any) -> int:
    return int((moment or clock.now()).timestamp())


def application_received(organisation: Organisation, coordinator: User) -> Message:
    return Message(
        coordinator.email,
        coordinator.language,
        template="organisations/emails/application_received.txt",
        about=f"organisation-applied-{organisation.id}-{_second_of(organisation.applied_at)}",
        values={"slug": organisation.slug, "organisation": organisation.name},
    )


def admitted(organisation: Organisation) -> Message:
    return _about_decision("admitted", organisation, organisation.applicant)


def asked_back(organisation: Organisation) -> Message:
    return _about_decision("asked_back", organisation, organisation.applicant)


def declined(organisation: Organisation) -> Message:
    return _about_decision("declined", organisation, organisation.applicant)


def left(organisation: Organisation, representative: User) -> Message:
    return _about_decision("left", organisation, representative)


def invitation(sent: Invitation, token: str, invited: User | None) -> Message:
    """In the language of the invited person's account, else of the person who invites."""
    language = invited.language if invited is not None else sent.invited_by.language
    return Message(
        sent.email,
        language or region.current().languages[0],
        template="organisations/emails/invitation.txt",
        about=f"invitation-{sent.token_sha256[:32]}",
        values={
            "token": token,
            "organisation": sent.organisation.name,
            "inviter": sent.invited_by.name,
            "role": str(sent.role),
        },
    )


def membership_requested(membership: Membership, representative: User) -> Message:
    return Message(
        representative.email,
        representative.language,
        template="organisations/emails/membership_requested.txt",
        about=f"membership-requested-{membership.id}",
        values={
            "slug": membership.organisation.slug,
            "organisation": membership.organisation.name,
            "person": membership.user.name,
            "email": membership.user.email,
        },
    )


def membership_accepted(membership: Membership) -> Message:
    return _about_membership("membership_accepted", membership)


def membership_declined(membership: Membership) -> Message:
    return _about_membership("membership_declined", membership)


def membership_ended(membership: Membership) -> Message:
    return _about_membership("membership_ended", membership)


def _about_membership(fact: str, membership: Membership) -> Message:
    return Message(
        membership.user.email,
        membership.user.language,
        template=f"organisations/emails/{fact}.txt",
        about=f"{fact.replace('_', '-')}-{membership.id}",
        values={"slug": membership.organisation.slug, "organisation": membership.organisation.name},
    )
