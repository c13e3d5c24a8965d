"""All that was said on a draft at one look: how much of what by whom, and who says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import case, exists, func, or_, select

from participation.accounts.models import User
from participation.consultations.models import Consultation, Provision
from participation.foundation import region
from participation.foundation.database import session
from participation.organisations.models import Organisation
from participation.texts.grouping import group_alike

from ..models import Comment, CommentKind, CommentState, FurtherChange, WordingAction
from .speakers import public_name, spoken_organisation
from .standing import Standing


class Said(NamedTuple):
    """A visible comment, with the place that it stands at now. Without a `key` it is on the whole draft."""

    id: int
    kind: CommentKind
    wording: str
    changes: str  # of a proposal that does more than `wording` says: all of it, as a page shows it
    source: str
    excerpt: str
    organisation: str
    municipality: str
    person: str
    key: str
    path: str
    position: int

    @property
    def speaker(self) -> str:
        """Empty for a person whose name is not public."""
        return self.organisation or self.person


@dataclass(frozen=True)
class Alike:
    """Comments that say nearly the same; `first` is the earliest of them."""

    first: Said
    others: tuple[Said, ...]


@dataclass(frozen=True)
class Overview:
    """All visible comments without replies, the oldest first."""

    said: Sequence[Said]

    @cached_property
    def by_kind(self) -> dict[CommentKind, int]:
        found = Counter(one.kind for one in self.said)
        return {kind: found[kind] for kind in CommentKind if found[kind]}

    @cached_property
    def by_organisation(self) -> list[tuple[str, int]]:
        """The most talkative first; people who speak for nobody are not among them."""
        return Counter(one.organisation for one in self.said if one.organisation).most_common()

    @cached_property
    def by_area(self) -> list[tuple[str, int]]:
        """(key of the area, number), in the order of the region; comments from elsewhere are left out."""
        area_of = {place.code: place.area for place in region.current().municipalities}
        found = Counter(area_of.get(one.municipality, "") for one in self.said)
        return [(area.key, found[area.key]) for area in region.current().areas if found[area.key]]

    @cached_property
    def by_place(self) -> list[tuple[Said, int]]:
        """(one of its comments, number) for each place of the draft, where most was said first; of places with as
        many in the order of the text."""
        first: dict[str, Said] = {}
        for one in self.said:
            first.setdefault(one.key, one)
        found = Counter(one.key for one in self.said)
        return sorted(
            ((first[key], number) for key, number in found.items()), key=lambda one: (-one[1], one[0].position)
        )

    @cached_property
    def alike(self) -> list[Alike]:
        """Groups of two and more, the largest first."""
        groups = _groups(tuple(f"{one.changes or one.wording} {one.source}".strip() for one in self.said))
        members = [[self.said[place] for place in group] for group in groups if len(group) > 1]
        return [Alike(first, tuple(others)) for first, *others in members]


def overview_of(consultation: Consultation) -> Overview:
    """The visible comments of a consultation, replies left out. One statement."""
    standing = Standing()
    now, written = standing.provision, Provision
    rows: Any = session.execute(
        standing.join(
            select(
                Comment.id,
                Comment.kind,
                Comment.wording,
                case((_says_more(), Comment.wording_html), else_=""),
                Comment.source,
                Comment.excerpt,
                func.coalesce(spoken_organisation(), ""),
                func.coalesce(Organisation.municipality, ""),
                public_name(),
                func.coalesce(now.key, written.key, ""),
                func.coalesce(now.path, written.path, ""),
                func.coalesce(now.position, written.position, -1),
            )
            .join(User, User.id == Comment.author_id)
            .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
            .outerjoin(Provision, Provision.id == Comment.provision_id)
        )
        .where(
            Comment.consultation_id == consultation.id,
            Comment.parent_id.is_(None),
            Comment.state == CommentState.VISIBLE,
        )
        .order_by(Comment.posted_at, Comment.id)
    )
    return Overview([Said(*row) for row in rows])


def _says_more() -> Any:
    several = exists().where(FurtherChange.comment_id == Comment.id)
    return or_(several, Comment.wording_action == WordingAction.MOVE)


@lru_cache(maxsize=16)
def _groups(texts: tuple[str, ...]) -> list[list[int]]:
    """Kept by the process: thousands of comments take seconds, and are read more often than written."""
    return group_alike(texts)
