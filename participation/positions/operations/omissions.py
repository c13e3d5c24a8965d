"""Saying why comments are left out of a position, and telling their authors what became of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from participation.accounts.models import User
from participation.foundation import audit, clock
from participation.foundation.access import demand
from participation.foundation.database import Conflict, session
from participation.foundation.language import _
from participation.texts.markdown import TooLong, normalise

from ..models import Omission, OmissionKind, Position
from ..queries import hold, omissions_of_taken, points_of, standing_omissions, untaken_comments
from ..rules import LONGEST_WHY, may_leave_out_comment


@dataclass(frozen=True)
class Why:
    """Why comments are left out: a kind, the point that says it already (by the number of its row), and words."""

    kind: OmissionKind
    words: str = ""
    point_id: int | None = None


class UnsoundReason(ValueError):
    """The parts of a reason do not fit together; says what in words."""


def leave_out_comments(
    actor: User, position: Position, comments: Collection[int], why: Why, *, seen: int
) -> list[Omission]:
    """Say of these comments why the position leaves them out; gives back what is new.

    What was said before is kept and ends. Numbers of comments that the position does not answer for, or that it has
    taken up by now, are passed over. Raises Conflict when somebody has said something of one of them since `seen`,
    the newest omission that the actor knew; TooLong for the words, and UnsoundReason.
    """
    hold(position)
    session.expire(position, ["versions"])
    demand(may_leave_out_comment(actor, position))
    why = _sound(why, position)
    open_to_it = [comment.id for comment in untaken_comments(position) if comment.id in set(comments)]
    standing = standing_omissions(position, open_to_it)
    _demand_seen(standing.values(), seen)
    changed = [number for number in open_to_it if number not in standing or not _says(standing[number], why)]
    _end(actor, position, [standing[number] for number in changed if number in standing])
    made = [
        Omission(
            position_id=position.id,
            comment_id=number,
            kind=why.kind,
            point_id=why.point_id,
            words=why.words,
            since_version=_written_version(position),
            recorded_by_id=actor.id,
            recorded_at=clock.now(),
        )
        for number in changed
    ]
    session.add_all(made)
    session.flush()
    if made:
        audit.record(actor, "comments.left_out", position, comments=changed, kind=str(why.kind))
    return made


def end_omissions_of_taken(actor: User, position: Position) -> None:
    """What a point takes up is not left out any more; what was said of it is kept."""
    demand(may_leave_out_comment(actor, position))
    _end(actor, position, omissions_of_taken(position))


def _sound(why: Why, position: Position) -> Why:
    words = normalise(why.words)
    if len(words) > LONGEST_WHY:
        raise TooLong(len(words))
    if why.kind == OmissionKind.OTHER and not words:
        raise UnsoundReason(_("Say in words why they are left out."))
    if why.kind != OmissionKind.POINT:
        return Why(why.kind, words)
    if why.point_id not in {point.id for point in points_of(position)}:
        raise UnsoundReason(_("Choose the point that says it already."))
    return Why(why.kind, words, why.point_id)


def _says(omission: Omission, why: Why) -> bool:
    return (omission.kind, omission.words, omission.point_id) == (why.kind, why.words, why.point_id)


def _demand_seen(standing: Collection[Omission], seen: int) -> None:
    newest = max((omission.id for omission in standing), default=0)
    if newest <= seen:
        return
    raise Conflict(
        _(
            "Somebody else has said why some of these comments are left out since you opened the page. If you send "
            "this page once more, your reason replaces theirs."
        ),
        stored="\n\n".join(dict.fromkeys(f"{one.reason}. {one.words}".strip() for one in standing if one.id > seen)),
        fresh={"seen": newest},
    )


def _end(actor: User, position: Position, omissions: Collection[Omission]) -> None:
    number = _written_version(position)
    for omission in omissions:
        omission.ended_at, omission.ended_by_id, omission.until_version = clock.now(), actor.id, number
    session.flush()


def _written_version(position: Position) -> int:
    """The number that the text has once it is opened."""
    return len(position.versions) + 1
