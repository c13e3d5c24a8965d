"""Freezing: the moment from which a submission always says the same."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation import audit, clock, outbox
from participation.foundation.access import demand
from participation.foundation.database import Conflict, session
from participation.foundation.language import _
from participation.positions.models import SIGNING

from ..models import (
    Contents,
    SaidPoint,
    Signatory,
    Submission,
    SubmissionPoint,
    SubmissionState,
    canonical_bytes,
    contents_from,
    fingerprint,
    preview_fingerprint,
)
from ..models.documents import MADE_WHEN_FROZEN, PRODUCE_DOCUMENT, work_key
from ..queries import contents_now, lock
from ..rules import may_freeze_submission, may_lead_submissions


def freeze_submission(actor: User, submission: Submission, *, sha256_seen: str, address: str) -> None:
    """Copy everything the submission says, and have its documents made. Irreversible.

    `address` is that of its permanent page. `sha256_seen` is the preview_fingerprint of what
    the actor read; Conflict when it would say something else now. Freezing the same
    words again changes nothing.
    """
    lock(submission)
    if submission.canonical is not None and preview_fingerprint(contents_from(submission.canonical)) == sha256_seen:
        demand(may_lead_submissions(actor))
        return
    demand(may_freeze_submission(actor, submission))
    contents = contents_now(submission, address)
    if preview_fingerprint(contents) != sha256_seen:
        raise Conflict(
            _(
                "What the submission says has changed since you read the preview: a signature was added or "
                "withdrawn, or a text was edited. Please read the preview again before you freeze it."
            )
        )
    canonical = canonical_bytes(contents)
    sha256 = fingerprint(canonical)
    submission.points = [_point(point) for point in contents.points]
    submission.signatories = _signatories(submission, contents)
    submission.general_html = contents.general_html
    submission.canonical, submission.sha256 = canonical, sha256
    submission.state, submission.frozen_at = SubmissionState.FROZEN, clock.now()
    session.flush()
    audit.record(actor, "submission.frozen", submission, sha256=sha256)
    # A job a format: one that fails or is killed does not hold up the others.
    for document_format in MADE_WHEN_FROZEN:
        outbox.queue(
            PRODUCE_DOCUMENT,
            key=work_key(submission.id, document_format),
            payload={"submission_id": submission.id, "format": document_format.value, "actor_id": actor.id},
        )


def _point(point: SaidPoint) -> SubmissionPoint:
    return SubmissionPoint(
        number=point.number,
        point_id=point.point_id,
        comment_id=point.comment or None,
        action=point.action or None,
        article=point.article,
        existing=point.existing,
        demanded=point.demanded,
        difference_html=point.difference_html,
        reasons=point.reasons,
        reasons_html=point.reasons_html,
        supported_by=point.supported_by,
    )


def _signatories(submission: Submission, contents: Contents) -> list[Signatory]:
    positions = {position.slug: position.id for position in submission.positions}
    return [
        Signatory(
            position_id=positions[signature.position],
            organisation_id=signature.organisation_id,
            name=signature.name,
            seat=signature.seat,
            area=signature.area,
            person=signature.person,
            statement=signature.statement,
            seq=None if signature.seq < 0 else signature.seq,
        )
        for signature in contents.signatures
        if signature.stance in SIGNING
    ]
