"""What stands in the margin of the reading page: how many comments a provision has, and the first two."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from participation.accounts.models import User
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Comment, CommentKind, CommentState, Support, WordingAction
from .speakers import public_name, spoken_organisation

EXCERPTS = 2


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of a comment in plain words. `person` is empty unless the name is public."""

    id: int
    kind: CommentKind
    wording_action: WordingAction | None
    organisation: str
    person: str
    words: str
    supports: int

    @property
    def anchor(self) -> str:
        return f"comment-{self.id}"


@dataclass(slots=True)
class Entry:
    """One provision's place in the margin. Replies and hidden comments are not counted."""

    count: int = 0
    excerpts: list[Excerpt] = field(default_factory=list)


class Beside:
    """The margin of a whole text version; the key None is the whole draft."""

    def __init__(self, entries: dict[int | None, Entry]) -> None:
        self.entries = entries
        self._empty = Entry()

    def of(self, provision_id: int | None) -> Entry:
        return self.entries.get(provision_id, self._empty)

    @property
    def whole_draft(self) -> Entry:
        return self.of(None)

    @property
    def total(self) -> int:
        return sum(entry.count for entry in self.entries.values())


def comments_beside(version_id: int) -> Beside:
    """Counts of visible comments by provision and the first two of each, in one statement."""
    entries: dict[int | None, Entry] = {}
    for row in session.execute(_first_two(version_id)):
        entry = entries.setdefault(row.provision_id, Entry(row.number))
        entry.excerpts.append(
            Excerpt(
                row.id,
                CommentKind(row.kind),
                WordingAction(row.wording_action) if row.wording_action else None,
                row.organisation or "",
                row.person,
                row.excerpt,
                row.supports,
            )
        )
    return Beside(entries)


def _first_two(version_id: int) -> Any:
    numbered = (
        select(
            Comment.id,
            func.count().over(partition_by=Comment.provision_id).label("number"),
            func.row_number()
            .over(partition_by=Comment.provision_id, order_by=(Comment.posted_at, Comment.id))
            .label("place"),
        )
        .where(
            Comment.version_id == version_id,
            Comment.parent_id.is_(None),
            Comment.state == CommentState.VISIBLE,
        )
        .subquery()
    )
    supports = select(func.count()).where(Support.comment_id == Comment.id).scalar_subquery()
    return (
        select(
            Comment.id,
            Comment.provision_id,
            Comment.kind,
            Comment.wording_action,
            Comment.excerpt,
            numbered.c.number,
            spoken_organisation().label("organisation"),
            public_name().label("person"),
            supports.label("supports"),
        )
        .join(numbered, numbered.c.id == Comment.id)
        .join(User, User.id == Comment.author_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(numbered.c.place <= EXCERPTS)
        .order_by(Comment.provision_id, numbered.c.place)
    )
