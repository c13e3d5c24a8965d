"""Where a comment stands in the newest published version of its text, whichever version it was written on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from participation.consultations.models import Consultation, Provision, TextVersion, VersionState
from participation.foundation.database import session
from participation.texts.anchoring import AnchorState

from ..models import Comment, CommentPlace, FurtherChange


class Standing:
    """For statements about comments: their last place, and the provision that it is in.

    A comment that was never carried has no place; it stands where it was written.
    """

    def __init__(self) -> None:
        self.place = aliased(CommentPlace)
        self.provision = aliased(Provision)
        self._after = aliased(Provision)

    def join(self, statement: Any, comment_id: Any = Comment.id) -> Any:
        """The statement with both, for each of its comments; a reply stands where the comment of that id does."""
        place, earlier = self.place, aliased(CommentPlace)
        newest = select(func.max(earlier.version_id)).where(earlier.comment_id == comment_id).scalar_subquery()
        return (
            statement.outerjoin(place, and_(place.comment_id == comment_id, place.version_id == newest))
            .outerjoin(self.provision, self.provision.id == place.provision_id)
            .outerjoin(self._after, self._after.id == place.after_id)
        )

    @property
    def position(self) -> Any:
        """Where it comes in the newest text; 0 for the whole draft. Joined with the provision it was written on."""
        return case(
            (self.place.comment_id.is_(None), func.coalesce(Provision.position, 0)),
            else_=func.coalesce(self.provision.position, self._after.position, 0),
        )

    @property
    def is_gone(self) -> Any:
        """Its words and their provision are no longer in the text."""
        return and_(self.place.state == AnchorState.ORPHANED, self.place.provision_id.is_(None))


def _stands_at(provision: Provision) -> Any:
    """Comments that stand in this provision of this version, written on it, carried to it or changing it too."""
    carried = select(CommentPlace.comment_id).where(
        CommentPlace.version_id == provision.version_id, CommentPlace.provision_id == provision.id
    )
    return or_(Comment.provision_id == provision.id, Comment.id.in_(carried), changes_also(provision.key))


def changes_also(key: str) -> Any:
    """Proposals that begin elsewhere and change the provision of this key too, in whichever version."""
    return Comment.id.in_(
        select(FurtherChange.comment_id)
        .join(Provision, Provision.id == FurtherChange.provision_id)
        .where(Provision.key == key)
    )


def read_at(provision: Provision) -> Any:
    """Comments on the page of a provision; of one that is gone from the text, without those whose words stand
    elsewhere now."""
    other = aliased(CommentPlace)
    newest = select(func.max(other.version_id)).where(other.comment_id == CommentPlace.comment_id).scalar_subquery()
    found = select(CommentPlace.comment_id).where(
        CommentPlace.version_id == newest, CommentPlace.provision_id.is_not(None)
    )
    return and_(_stands_at(provision), or_(_stands_in_newest(provision), Comment.id.not_in(found)))


def _stands_in_newest(provision: Provision) -> Any:
    """No published version came after the one that the provision is of."""
    later = aliased(TextVersion)
    return ~(
        exists()
        .where(TextVersion.id == provision.version_id, later.consultation_id == TextVersion.consultation_id)
        .where(later.number > TextVersion.number, later.state == VersionState.PUBLISHED)
        .correlate(None)
    )


def provision_of_comment(comment: Comment) -> Provision | None:
    """The provision on whose page a comment is read: the one that it stands in now, or the last that it stood in.

    None for a comment on the whole draft.
    """
    if comment.provision is None:
        return None
    place = session.scalar(
        select(CommentPlace)
        .where(CommentPlace.comment_id == comment.id)
        .order_by(CommentPlace.version_id.desc())
        .limit(1)
    )
    if place is None:
        return comment.provision
    if place.provision_id is not None:
        return session.get(Provision, place.provision_id)
    return last_provision(comment.consultation, comment.provision.key)


def last_provision(consultation: Consultation, key: str) -> Provision | None:
    """The provision of this key in the newest published version that had one."""
    return session.scalar(
        select(Provision)
        .join(TextVersion, TextVersion.id == Provision.version_id)
        .where(
            TextVersion.consultation_id == consultation.id,
            TextVersion.state == VersionState.PUBLISHED,
            Provision.key == key,
        )
        .order_by(TextVersion.number.desc())
        .limit(1)
    )


def heir_of(version: TextVersion, key: str) -> Provision | None:
    """What a provision that is gone was joined with in this version."""
    rows = session.scalars(
        select(Provision).where(Provision.version_id == version.id, cast(Provision.origins, Text) != "[]")
    )
    return next((one for one in rows if key in one.origins), None)
