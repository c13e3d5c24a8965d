"""Writing the next version of a frozen text, from what organisations agree on."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import update

from participation.accounts.models import User
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import Conflict, session
from participation.foundation.language import _

from ..models import Omission, Point, Position, PositionState, PositionVersion, text_of
from ..queries import hold, is_compiled, points_of, points_of_omissions
from ..rules import may_revise_position
from .omissions import end_omissions_of_taken


def draft_next_version(actor: User, position: Position, *, version: PositionVersion, points: Collection[int]) -> None:
    """Begin the next version with these points of the frozen one, by their numbers there.

    The frozen version stays open and signed until the next one is opened. Beginning twice begins
    anew from the frozen text: what was written meanwhile is thrown away. Raises Conflict when another
    version was opened since.
    """
    hold(position)
    demand(may_revise_position(actor, position, is_compiled=is_compiled(position)))
    session.expire(position, ["versions"])
    if position.frozen is not version:
        raise Conflict(_("A newer version of the text was opened meanwhile. Look at what is agreed about that one."))
    text = text_of(position)
    kept = [point for point in text.points if point.number in points]
    said_by = points_of_omissions(position)
    for row in points_of(position):
        session.delete(row)
    session.flush()
    position.points = [
        Point(
            number=number,
            action=point.action,
            existing=point.existing,
            demanded=point.demanded,
            difference_html=point.difference_html,
            reasons=point.reasons,
            reasons_html=point.reasons_html,
            provisions=list(point.row.provisions) if point.row else [],
            comments=list(point.row.comments) if point.row else [],
        )
        for number, point in enumerate(kept, start=1)
    ]
    position.title, position.summary = text.title, "\n".join(text.summary)
    position.general, position.general_html = text.general, text.general_html
    position.state = PositionState.REVISED
    session.flush()
    new = {old.row.id: row for old, row in zip(kept, position.points, strict=True) if old.row}
    _follow_points(said_by, new)
    end_omissions_of_taken(actor, position)
    audit.record(actor, "position.revised", position, version=version.number, points=[point.number for point in kept])


def _follow_points(said_by: Mapping[int, int], new: Mapping[int, Point]) -> None:
    """Points were written anew: let omissions, by their numbers, name the new rows of the points that said it."""
    for omission_id, point_id in said_by.items():
        if point_id in new:
            session.execute(
                update(Omission)
                .where(Omission.id == omission_id)
                .values(point_id=new[point_id].id)
                .execution_options(synchronize_session=False)
            )
