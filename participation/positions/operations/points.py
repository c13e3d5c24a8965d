"""Writing the points of a position that is being drafted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified

from participation.accounts.models import User
from participation.comments.models import WordingAction
from participation.consultations.models import Provision
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.texts.markdown import normalise, to_html

from ..models import Point, Position, difference_html
from ..queries import Decisions, comments_with_changes, hold, merge_of, point_by_form_key, points_of
from ..rules import may_edit_position
from .omissions import end_omissions_of_taken


@dataclass(frozen=True)
class PointContent:
    """What a point says. An empty `existing` is taken from the provisions, unless something is added."""

    action: WordingAction
    provisions: Sequence[Provision]
    existing: str
    demanded: str
    reasons: str


def add_point(actor: User, position: Position, content: PointContent, *, form_key: str) -> Point:
    """Put a point after the last one; the same form makes one point."""
    hold(position)
    demand(may_edit_position(actor, position))
    earlier = point_by_form_key(form_key)
    if earlier is not None:
        return earlier
    last = max((point.number for point in points_of(position)), default=0)
    point = Point(position_id=position.id, number=last + 1, form_key=form_key)
    _write(point, content)
    kept = keep_first(point, lambda: point_by_form_key(form_key))
    if kept is not point:
        return kept
    session.expire(position, ["points"])
    audit.record(actor, "point.added", point)
    return point


def edit_point(actor: User, point: Point, content: PointContent, *, revision: int) -> None:
    """Raises Conflict when somebody has saved the point since `revision` was read."""
    hold(point.position)
    demand(may_edit_position(actor, point.position))
    session.refresh(point, ["revision"])
    if point.revision != revision:
        session.refresh(point)
        raise Conflict(
            _("Somebody else has changed this point since you opened the page."),
            stored="\n\n".join(part for part in (point.demanded, point.reasons) if part),
            fields={"existing": point.existing, "demanded": point.demanded, "reasons": point.reasons},
            fresh={"revision": point.revision},
        )
    _write(point, content)
    session.flush()
    audit.record(actor, "point.edited", point)


def merge_point(actor: User, point: Point, decisions: Decisions, *, revision: int) -> None:
    """Let the point demand what the chosen comments propose, as decided, and keep who asked for what.

    Comments that propose no words stay with the point. Raises Conflict when somebody has saved the point since
    `revision` was read, and when not all is decided as the proposals read by now.
    """
    hold(point.position)
    demand(may_edit_position(actor, point.position))
    session.refresh(point, ["revision"])
    if point.revision != revision:
        session.refresh(point)
        raise Conflict(
            _("Somebody else has changed this point since you opened the page."),
            stored=point.demanded,
            fresh={"revision": point.revision},
        )
    merge = merge_of(point, decisions)
    if merge.undecided or merge.changes_nothing:
        raise Conflict(
            _("The proposals have changed since you opened the page. Please look at them again."),
            stored=point.demanded,
        )
    offered = {candidate.voice.comment_id for candidate in merge.candidates}
    others = [comment for comment in point.comments if comment.id not in offered]
    point.action = merge.action
    point.existing = merge.existing
    point.demanded = merge.outcome
    point.difference_html = difference_html(merge.action, merge.existing, merge.outcome)
    point.comments = [*others, *comments_with_changes(merge.chosen)]
    # What was decided is a change of the point even where its words stay as they were.
    flag_modified(point, "demanded")
    session.flush()
    end_omissions_of_taken(actor, point.position)
    audit.record(actor, "point.merged", point, comments=merge.chosen, choices=dict(decisions.choices or {}))


def remove_point(actor: User, point: Point) -> None:
    """The points behind it move up by one."""
    position = point.position
    hold(position)
    demand(may_edit_position(actor, position))
    audit.record(actor, "point.removed", point, article=point.article, demanded=point.demanded)
    position.points.remove(point)
    session.flush()
    _number(points_of(position))


def move_point(actor: User, point: Point, steps: int) -> None:
    """Move a point by so many places, towards the beginning when negative; it stops at the ends."""
    hold(point.position)
    demand(may_edit_position(actor, point.position))
    order = points_of(point.position)
    place = order.index(point)
    order.insert(min(max(place + steps, 0), len(order) - 1), order.pop(place))
    _number(order)
    session.expire(point.position, ["points"])
    audit.record(actor, "point.moved", point, steps=steps)


def _number(points: Sequence[Point]) -> None:
    """Number the points anew. Their revision stays: a move must not disturb somebody who writes."""
    for number, point in enumerate(points, start=1):
        if point.number == number:
            continue
        session.execute(update(Point).where(Point.id == point.id).values(number=number))


def _write(point: Point, content: PointContent) -> None:
    is_added = content.action == WordingAction.ADD
    existing = normalise(content.existing)
    if not existing and not is_added:
        existing = normalise("\n".join(provision.text for provision in content.provisions))
    point.action = content.action
    point.provisions = list(content.provisions)
    point.existing = existing
    point.demanded = "" if content.action == WordingAction.DELETE else normalise(content.demanded)
    point.difference_html = difference_html(content.action, existing, point.demanded)
    point.reasons = normalise(content.reasons)
    point.reasons_html = to_html(content.reasons)
