"""Who took part in what a submission says."""

from __future__ import annotations

from sqlalchemy import select, union

from participation.accounts.models import User
from participation.comments.models import Comment
from participation.foundation.database import session
from participation.organisations.models import Membership, MembershipRole, MembershipState
from participation.positions.models import comments_of_points

from ..models import Signatory, Submission, SubmissionPoint


def people_to_tell(submission: Submission) -> list[User]:
    """Representatives of the signatories now, and authors of the comments that were taken up; each once."""
    signatories = select(Signatory.organisation_id).where(Signatory.submission_id == submission.id)
    representatives = select(Membership.user_id).where(
        Membership.organisation_id.in_(signatories),
        Membership.role == MembershipRole.REPRESENTATIVE,
        Membership.state == MembershipState.LIVE,
    )
    rows = SubmissionPoint.submission_id == submission.id
    authors_by_themselves = (
        select(Comment.author_id).join(SubmissionPoint, SubmissionPoint.comment_id == Comment.id).where(rows)
    )
    authors_through_positions = (
        select(Comment.author_id)
        .join(comments_of_points, comments_of_points.c.comment_id == Comment.id)
        .join(SubmissionPoint, SubmissionPoint.point_id == comments_of_points.c.point_id)
        .where(rows)
    )
    people = union(representatives, authors_by_themselves, authors_through_positions).subquery()
    found = session.scalars(
        select(User).where(User.id.in_(select(people.c[0])), User.active.is_(True)).order_by(User.id)
    )
    return list(found)
