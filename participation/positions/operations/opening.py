"""Opening a position for co-signing: the moment from which its text never changes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from participation.accounts.models import User
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand, first_refusal
from participation.foundation.database import Conflict, session
from participation.foundation.language import _
from participation.ledger.models import Kind
from participation.ledger.operations import append_record

from .. import emails
from ..events import position_opened
from ..models import (
    Cosignature,
    CosignatureState,
    Omission,
    Point,
    Position,
    PositionState,
    PositionVersion,
    ProposedDecisionState,
    canonical_bytes,
    fingerprint,
    opened_facts,
    parts_that_differ,
    position_thread,
    says_something_else,
)
from ..queries import (
    hold,
    live_cosignatures,
    people_with_mandates,
    points_of,
    waiting_decisions,
    weighed_by_author,
)
from ..rules import day_for_cosigning, is_another_text, may_open_position


def open_position(actor: User, position: Position, *, until: date, sha256_seen: str) -> PositionVersion:
    """Freeze the text and ask the member organisations for their signatures until the end of a day.

    Irreversible. `sha256_seen` is the fingerprint of the text that the actor read; Conflict
    when the text has changed since. Pressing the button twice opens it once.
    """
    hold(position)
    _read_anew(position)
    standing, is_next = position.frozen, position.is_revised
    if standing is not None and not is_next and standing.opened_by_id == actor.id and standing.sha256 == sha256_seen:
        return standing
    demand(first_refusal(may_open_position(actor, position), day_for_cosigning(position, until)))
    number = len(position.versions) + 1
    canonical = canonical_bytes(position, number)
    if fingerprint(canonical) != sha256_seen:
        raise Conflict(
            _("The text has changed since you read it. Please read it again before you open it for co-signing."),
            stored=parts_that_differ(None, canonical),
        )
    demand(is_another_text(standing is None or says_something_else(standing.canonical, canonical)))
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
    _number_points_of_omissions(position)
    position_opened.send(position)
    lapsed = _lapse(standing, version) if standing is not None else []
    again = {cosignature.organisation_id: cosignature for cosignature in lapsed}
    for person, organisation_id in people_with_mandates():
        if organisation_id in again:
            mail.send(emails.position_opened_again(person, version, again[organisation_id]))
        else:
            mail.send(emails.position_opened(person, version))
    _tell_authors(version)
    append_record(Kind.VERSION_OPENED, position_thread(position.id), opened_facts(version))
    return version


def _lapse(before: PositionVersion, version: PositionVersion) -> list[Cosignature]:
    """What organisations decided about the version before stands no more: nothing carries over by silence.

    The record that the new version was opened says so in the ledger, for all of them at once.
    """
    for proposed in waiting_decisions(version=before):
        proposed.end(ProposedDecisionState.LAPSED)
        mail.send(emails.proposed_decision_ended(proposed))
    decisions = live_cosignatures(before.id)
    for cosignature in decisions:
        cosignature.state, cosignature.withdrawn_at = CosignatureState.LAPSED, version.opened_at
    audit.record(None, "cosignatures.lapsed", before, number=len(decisions), because_of=version.id)
    return decisions


def _read_anew(position: Position) -> None:
    """Somebody may have saved a point between our reading and our lock."""
    points_of(position)
    session.expire(position, ["versions", "points", "title", "summary", "general", "general_html", "addressees"])


def _number_points_of_omissions(position: Position) -> None:
    """Write down which points of the text that was just frozen say what was left out."""
    number = select(Point.number).where(Point.id == Omission.point_id).scalar_subquery()
    session.execute(
        update(Omission)
        .where(Omission.position_id == position.id, Omission.ended_at.is_(None))
        .values(point_number=number)
        .execution_options(synchronize_session=False)
    )


def _tell_authors(version: PositionVersion) -> None:
    """One mail to each author for all the comments that the version took up or left out."""
    for author, weighed in weighed_by_author(version.position).items():
        mail.send(emails.comments_weighed(author, version, weighed))
