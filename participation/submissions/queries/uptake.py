"""What became of points in the adopted text: what is to be compared, what was found, and where it can be read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.comments.models import Comment, FurtherChange
from participation.consultations.models import Consultation, Provision, TextVersion, VersionState
from participation.foundation.database import session
from participation.positions.models import Point, provisions_of_points
from participation.texts.uptake import Adopted, Demand

from ..models import (
    PointUptake,
    Submission,
    SubmissionPoint,
    SubmissionState,
    UptakeConfirmation,
    reason_not_compared,
)
from ..models.comparing import Asked, Comparison


@dataclass(frozen=True, slots=True)
class Stretch:
    """A provision of the adopted text, to be read and to be led to."""

    key: str
    path: str
    text: str


def adopted_text_by_id(version_id: int) -> TextVersion | None:
    found = session.get(TextVersion, version_id)
    return found if found is not None and found.is_adopted else None


def adopted_text_now(consultation_id: int) -> TextVersion | None:
    """Holds the consultation until the transaction ends, so that neither a text that is being published nor a
    submission that is being sent overlooks the other."""
    session.execute(select(Consultation.id).where(Consultation.id == consultation_id).with_for_update())
    return session.scalar(
        select(TextVersion).where(TextVersion.consultation_id == consultation_id, TextVersion.adopted_on.is_not(None))
    )


def sent_submissions_of(consultation_id: int) -> list[Submission]:
    """Those whose points are compared with the adopted text."""
    found = session.scalars(
        select(Submission)
        .where(Submission.consultation_id == consultation_id, Submission.state == SubmissionState.SENT)
        .order_by(Submission.id)
    )
    return list(found)


def uptakes_of(submission: Submission) -> dict[int, PointUptake]:
    """By the numbers of the points' rows, in the order of the points, with all that people said; read anew."""
    found = session.scalars(
        select(PointUptake)
        .join(SubmissionPoint, SubmissionPoint.id == PointUptake.point_id)
        .where(SubmissionPoint.submission_id == submission.id)
        .options(
            joinedload(PointUptake.point),
            selectinload(PointUptake.confirmations).joinedload(UptakeConfirmation.confirmed_by),
        )
        .order_by(SubmissionPoint.number)
        .execution_options(populate_existing=True)
    )
    return {uptake.point_id: uptake for uptake in found}


def comparison_of_points(submission: Submission, adopted: TextVersion) -> Comparison:
    """What of the submission can be compared with the adopted text. Five statements."""
    points = session.scalars(
        select(SubmissionPoint)
        .where(SubmissionPoint.submission_id == submission.id)
        .options(joinedload(SubmissionPoint.point).selectinload(Point.provisions))
        .order_by(SubmissionPoint.number)
    ).all()
    versions = session.scalars(
        select(TextVersion)
        .where(TextVersion.consultation_id == adopted.consultation_id, TextVersion.state == VersionState.PUBLISHED)
        .order_by(TextVersion.number)
    ).all()
    texts = _texts(versions)
    comments = _comments(points)
    asked = [
        one
        for point in points
        if not reason_not_compared(point)
        for one in _asked(point, comments.get(point.comment_id or 0), versions, texts)
    ]
    rows = {
        number: [Adopted(one.key, one.text) for one in texts[number]]
        for number in {adopted.id, *(one.draft_id for one in asked)}
    }
    return Comparison(asked, {number: rows[number] for number in {one.draft_id for one in asked}}, rows[adopted.id])


def _texts(versions: Sequence[TextVersion]) -> dict[int, list[Provision]]:
    """The provisions of each version in reading order."""
    found: dict[int, list[Provision]] = {version.id: [] for version in versions}
    for one in session.scalars(
        select(Provision).where(Provision.version_id.in_(found)).order_by(Provision.version_id, Provision.position)
    ):
        found[one.version_id].append(one)
    return found


def _comments(points: Sequence[SubmissionPoint]) -> dict[int, Comment]:
    numbers = {point.comment_id for point in points if point.comment_id is not None}
    found = session.scalars(
        select(Comment)
        .where(Comment.id.in_(numbers))
        .options(
            joinedload(Comment.provision),
            selectinload(Comment.further_changes).joinedload(FurtherChange.provision),
        )
    )
    return {comment.id: comment for comment in found}


def _asked(
    point: SubmissionPoint,
    comment: Comment | None,
    versions: Sequence[TextVersion],
    texts: dict[int, list[Provision]],
) -> list[Asked]:
    """A point asks for one wording, as it was sent; the comment of an organisation for one of each provision."""
    changes = comment.changes if comment is not None else []
    if len(changes) > 1:
        demands = [
            ([change.provision], str(change.action), change.existing, change.wording)
            for change in changes
            if change.action != "move"
        ]
    else:
        about = point.point.provisions if point.point else [change.provision for change in changes]
        demands = [(about, str(point.action), point.existing, point.demanded)]
    found = []
    for about, action, existing, demanded in demands:
        draft_id = _draft_of(about, versions)
        keys = _followed([one.key for one in about], draft_id, versions, texts)
        found.append(Asked(point.id, draft_id, Demand(action, existing, demanded, keys)))
    return found


def _draft_of(about: Sequence[Provision], versions: Sequence[TextVersion]) -> int:
    """The newest text that the demand is about; else the last one before the adopted text."""
    numbers = {one.version_id for one in about}
    drafts = [version.id for version in versions if not version.is_adopted]
    return ([one for one in drafts if one in numbers] or drafts)[-1]


def _followed(
    keys: Sequence[str], draft_id: int, versions: Sequence[TextVersion], texts: dict[int, list[Provision]]
) -> tuple[str, ...]:
    """The keys, and those of the provisions that have their words in later versions: what was divided, or joined."""
    found = dict.fromkeys(keys)
    later = [version.id for version in versions]
    for number in later[later.index(draft_id) + 1 :]:
        for one in texts[number]:
            if one.key not in found and not found.keys().isdisjoint(one.origins):
                found[one.key] = None
    return tuple(found)


def stretches_of(version: TextVersion, keys: Collection[str]) -> list[Stretch]:
    """The provisions of the adopted text with these keys, in reading order."""
    if not keys:
        return []
    rows = session.execute(
        select(Provision.key, Provision.path, Provision.label, Provision.text)
        .where(Provision.version_id == version.id, Provision.key.in_(keys))
        .order_by(Provision.position)
    )
    return [Stretch(key, path or label, words) for key, path, label, words in rows]


def keys_of_points(submission: Submission) -> dict[int, list[str]]:
    """The keys of the provisions that each point is about, by the numbers of the points' rows. Two statements."""
    of_positions = session.execute(
        select(SubmissionPoint.id, Provision.key)
        .join(provisions_of_points, provisions_of_points.c.point_id == SubmissionPoint.point_id)
        .join(Provision, Provision.id == provisions_of_points.c.provision_id)
        .where(SubmissionPoint.submission_id == submission.id)
        .order_by(Provision.position)
    ).all()
    of_comments = session.execute(
        select(SubmissionPoint.id, Provision.key)
        .join(Comment, Comment.id == SubmissionPoint.comment_id)
        .join(Provision, Provision.id == Comment.provision_id)
        .where(SubmissionPoint.submission_id == submission.id)
    ).all()
    found: dict[int, list[str]] = {}
    for point_id, key in [*of_positions, *of_comments]:
        found.setdefault(point_id, []).append(key)
    return found
