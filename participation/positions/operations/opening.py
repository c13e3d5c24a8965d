"""Opening a position for co-signing: the moment from which its text never changes."""

from __future__ import annotations

from datetime import date

from participation.accounts.models import User
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand, first_refusal
from participation.foundation.database import Conflict, session
from participation.foundation.language import _

from .. import emails
from ..events import position_opened
from ..models import Position, PositionState, PositionVersion, canonical_bytes, fingerprint, parts_that_differ
from ..queries import hold, points_of, representatives
from ..rules import day_for_cosigning, may_open_position


def open_position(actor: User, position: Position, *, until: date, sha256_seen: str) -> PositionVersion:
    """Freeze the text and ask the member organisations for their signatures until the end of a day.

    Irreversible. `sha256_seen` is the fingerprint of the text that the actor read; Conflict
    when the text has changed since. Pressing the button twice opens it once.
    """
    hold(position)
    _read_anew(position)
    standing = position.frozen
    if standing is not None and standing.opened_by_id == actor.id and standing.sha256 == sha256_seen:
        return standing
    demand(first_refusal(may_open_position(actor, position), day_for_cosigning(position, until)))
    number = len(position.versions) + 1
    canonical = canonical_bytes(position, number)
    if fingerprint(canonical) != sha256_seen:
        raise Conflict(
            _("The text has changed since you read it. Please read it again before you open it for co-signing."),
            stored=parts_that_differ(None, canonical),
        )
    version = PositionVersion(
        number=number,
        canonical=canonical,
        sha256=sha256_seen,
        opened_at=clock.now(),
        opened_by_id=actor.id,
        cosigning_until=clock.end_of(until),
    )
    position.versions.append(version)
    position.state = PositionState.OPENED
    session.flush()
    audit.record(actor, "position.opened", position, version=number, sha256=version.sha256, until=until.isoformat())
    position_opened.send(position)
    for person in representatives():
        mail.send(emails.position_opened(person, version))
    return version


def _read_anew(position: Position) -> None:
    """Somebody may have saved a point between our reading and our lock."""
    points_of(position)
    session.expire(position, ["versions", "points", "title", "summary", "general", "general_html", "addressees"])
