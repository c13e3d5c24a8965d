"""The wordings that comments propose, with who proposes them as the public may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.comments.models import Comment, CommentState, FurtherChange, WordingAction
from participation.comments.queries.clashes import Voice
from participation.comments.queries.speakers import public_name, spoken_organisation
from participation.consultations.models import Consultation, Provision
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import PositionText, comments_of_points, provisions_of_points
from .demands import Account, Demand, demands_on

# So many proposals for one provision are weighed against each other, the earliest ones.
MOST = 40


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a point, those of the draft or those that were frozen; `point_id` is its row's."""

    point_id: int
    action: WordingAction
    existing: str
    demanded: str

    @property
    def outcome(self) -> str:
        """What is made of the existing wording; nothing as long as the point does not say what it demands."""
        if self.action is WordingAction.DELETE:
            return ""
        return (self.demanded or self.existing) if self.action is not WordingAction.MOVE else self.existing


def proposals_in(comments: Collection[int]) -> list[Demand]:
    """All that these comments propose, those that are hidden left out. One statement."""
    if not comments:
        return []
    rows = session.execute(_proposals(Comment.id.in_(comments)))
    return [_demand(row) for row in rows]


def proposals_on(consultation: Consultation, keys: Collection[str]) -> dict[str, list[Demand]]:
    """All that is proposed for these provisions in any version, by their keys. One statement."""
    chosen = Comment.consultation_id == consultation.id
    rows = session.execute(_proposals(chosen, Provision.key.in_(keys)))
    found: defaultdict[str, list[Demand]] = defaultdict(list)
    for row in rows:
        found[row.key].append(_demand(row))
    return {key: demands[:MOST] for key, demands in found.items()}


def demands_of_points(points: Collection[int]) -> dict[int, list[Demand]]:
    """What the comments of these points propose for the points' provisions, by the number of the point's row.

    One statement; none without points.
    """
    if not points:
        return {}
    its, same = provisions_of_points, aliased(Provision)
    is_here = exists().where(
        its.c.point_id == comments_of_points.c.point_id, its.c.provision_id == same.id, same.key == Provision.key
    )
    taken_up = select(comments_of_points.c.comment_id).where(comments_of_points.c.point_id.in_(points))
    rows = session.execute(
        _proposals(Comment.id.in_(taken_up))
        .add_columns(comments_of_points.c.point_id)
        .join(comments_of_points, comments_of_points.c.comment_id == Comment.id)
        .where(comments_of_points.c.point_id.in_(points), is_here)
    )
    found: defaultdict[int, list[Demand]] = defaultdict(list)
    for row in rows:
        found[row.point_id].append(_demand(row))
    return {point: demands[:MOST] for point, demands in found.items()}


def accounts_of(said: Sequence[Said]) -> dict[int, Account]:
    """Who asked for what in these points, by the number of the point's row; nothing where one comment says it all."""
    demands = demands_of_points([point.point_id for point in said])
    accounts = {
        point.point_id: demands_on(point.existing, demands[point.point_id]).account(point.outcome)
        for point in said
        if point.point_id in demands
    }
    return {number: account for number, account in accounts.items() if not account.is_plain}


def accounts_in(text: PositionText) -> dict[int, Account]:
    """The same for the points of a text, as it was frozen or as it stands; no statement if nobody proposed words."""
    return accounts_of(
        [
            Said(one.row.id, one.action, one.existing, one.demanded)
            for one in text.points
            if one.row is not None and any(comment.wording_action for comment in one.row.comments)
        ]
    )


def _demand(row: Any) -> Demand:
    voice = Voice(row.comment_id, row.organisation or row.person)
    return Demand(voice, row.key, WordingAction(row.action), row.text, row.wording)


def _proposals(chosen: Any, on: Any = None) -> Select[Any]:
    """The changes of visible comments, in the order in which they were posted and then written."""
    first = select(
        Comment.id.label("comment_id"),
        Comment.provision_id.label("provision_id"),
        Comment.wording_action.label("action"),
        Comment.wording.label("wording"),
        literal(0).label("number"),
    ).where(chosen, Comment.wording_action.is_not(None))
    further = (
        select(
            FurtherChange.comment_id,
            FurtherChange.provision_id,
            FurtherChange.action,
            FurtherChange.wording,
            FurtherChange.number + 1,
        )
        .join(Comment, Comment.id == FurtherChange.comment_id)
        .where(chosen)
    )
    if on is not None:
        first = first.join(Provision, Provision.id == Comment.provision_id).where(on)
        further = further.join(Provision, Provision.id == FurtherChange.provision_id).where(on)
    change = union_all(first, further).subquery()
    return (
        select(
            change.c.comment_id,
            change.c.action,
            change.c.wording,
            Provision.key,
            Provision.text,
            func.coalesce(spoken_organisation(), "").label("organisation"),
            public_name().label("person"),
        )
        .join(Comment, Comment.id == change.c.comment_id)
        .join(Provision, Provision.id == change.c.provision_id)
        .join(User, User.id == Comment.author_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(Comment.state == CommentState.VISIBLE)
        .order_by(Comment.posted_at, Comment.id, change.c.number)
    )
