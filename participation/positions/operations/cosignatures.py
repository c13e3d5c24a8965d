"""Signing one exact text for an organisation, and taking the signature back."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation import audit, clock, mail
from participation.foundation.access import Refused, demand, refused
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.organisations.models import Membership, Organisation
from participation.texts.markdown import TooLong, normalise

from .. import emails
from ..models import Cosignature, CosignatureState, PositionVersion, parts_that_differ
from ..queries import (
    cosignature_by_form_key,
    hold,
    live_cosignature_of,
    live_mandate,
    representatives,
    version_by_fingerprint,
)
from ..rules import LONGEST_STATEMENT, may_cosign_position, may_withdraw_cosignature


def cosign_position(
    actor: User,
    version: PositionVersion,
    organisation: Organisation,
    *,
    sha256_seen: str,
    statement: str,
    form_key: str,
) -> Cosignature:
    """Sign the version for an organisation; all checks hold inside the one transaction.

    An organisation that has signed already gets the signature that stands. Raises Conflict
    when another text was seen than the one that is open, TooLong for the statement.
    """
    position = version.position
    hold(position)
    demand(may_cosign_position(actor, position, organisation))
    mandate = _mandate(actor, organisation)
    _demand_same_text(version, sha256_seen)
    standing = live_cosignature_of(version, organisation)
    if standing is not None:
        return standing
    if cosignature_by_form_key(form_key) is not None:
        raise Conflict(
            _("The signature that was given with this page has been withdrawn. Open the page anew to sign again.")
        )
    words = normalise(statement)
    if len(words) > LONGEST_STATEMENT:
        raise TooLong(len(words))
    cosignature = Cosignature(
        version=version,
        organisation=organisation,
        signer=actor,
        membership_id=mandate.id,
        sha256_seen=sha256_seen,
        statement=words,
        signed_at=clock.now(),
        form_key=form_key,
    )
    kept = keep_first(cosignature, lambda: live_cosignature_of(version, organisation))
    if kept is not cosignature:
        return kept
    audit.record(
        actor, "position.cosigned", cosignature, organisation=organisation.id, sha256=sha256_seen, version=version.id
    )
    for person in representatives(organisation):
        mail.send(emails.position_cosigned(person, cosignature))
    return cosignature


def withdraw_cosignature(actor: User, cosignature: Cosignature, because: str = "") -> None:
    """Take the signature back; the row stays, and the organisation may sign again."""
    hold(cosignature.version.position)
    session.refresh(cosignature, ["state"])
    demand(may_withdraw_cosignature(actor, cosignature))
    _mandate(actor, cosignature.organisation)
    cosignature.state = CosignatureState.WITHDRAWN
    cosignature.withdrawn_at = clock.now()
    cosignature.withdrawn_because = normalise(because)
    audit.record(actor, "cosignature.withdrawn", cosignature, because=cosignature.withdrawn_because)
    for person in representatives(cosignature.organisation):
        mail.send(emails.cosignature_withdrawn(person, cosignature, actor))


def _mandate(actor: User, organisation: Organisation) -> Membership:
    """What the rule knew may be a moment old; the mandate must stand now and until we are done."""
    mandate = live_mandate(actor, organisation)
    if mandate is None:
        raise Refused(refused(_("Your mandate to act for this organisation has ended.")))
    return mandate


def _demand_same_text(version: PositionVersion, sha256_seen: str) -> None:
    if sha256_seen == version.sha256:
        return
    seen = version_by_fingerprint(version.position, sha256_seen)
    raise Conflict(
        _("The text that you saw is not the text that is open for co-signing. Please read it again before you sign."),
        stored=parts_that_differ(seen.canonical if seen else None, version.canonical),
    )
