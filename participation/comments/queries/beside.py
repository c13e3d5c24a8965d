"""What stands in the margin of the reading page: how many comments a provision has, and the first two."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.consultations.models import Provision, TextVersion
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Comment, CommentKind, CommentState, Support, WordingAction
from .speakers import public_name, spoken_organisation

EXCERPTS = 2


class Excerpt(NamedTuple):
    """The beginning of a comment in plain words. `person` is empty unless the name is public.

    `wording_html` holds the changes of a proposed wording, as <ins> and <del>.
    """

    id: int
    kind: CommentKind
    wording_action: WordingAction | None
    organisation: str
    person: str
    words: str
    supports: int
    wording_html: str = ""

    @property
    def anchor(self) -> str:
        return f"comment-{self.id}"

    @property
    def speaker(self) -> str:
        """Empty for a person whose name is not public."""
        return self.organisation or self.person

    @property
    def sign(self) -> CommentKind | WordingAction:
        """What is said of the comment in a word: what its wording would do, else its kind."""
        return self.wording_action or self.kind


@dataclass(slots=True)
class Entry:
    """One provision's place in the margin. Replies and hidden comments are not counted.

    `wordings` of the `count` comments propose other words.
    """

    count: int = 0
    wordings: int = 0
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


def comments_beside(version: TextVersion) -> Beside:
    """Counts of visible comments by provision and the first two of each, in one statement.

    Those on earlier versions stand beside what is the same provision now; what they were on and is gone is left out.
    """
    entries: dict[int | None, Entry] = {}
    # Taken apart in one go: a name looked up in each of a thousand rows is a tenth of the page's time.
    for stands_at, count, wordings, *excerpt in session.execute(_first_two(_standing(version))):
        entry = entries.get(stands_at)
        if entry is None:
            entry = entries[stands_at] = Entry(count, wordings)
        entry.excerpts.append(Excerpt(*excerpt))
    return Beside(entries)


def excerpt_columns() -> tuple[Any, ...]:
    """The columns of an Excerpt in its order, for a statement that joins the author and, outer, the organisation."""
    supports = select(func.count()).where(Support.comment_id == Comment.id).scalar_subquery()
    return (
        Comment.id,
        Comment.kind,
        Comment.wording_action,
        func.coalesce(spoken_organisation(), ""),
        public_name(),
        Comment.excerpt,
        supports,
        Comment.wording_excerpt,
    )


def _standing(version: TextVersion) -> Any:
    """The ids of the comments and of the provisions that they stand beside in this version."""
    tops = (Comment.parent_id.is_(None), Comment.state == CommentState.VISIBLE)
    columns = (Comment.id, Comment.posted_at, Comment.kind)
    if version.number == 1:
        return (
            select(*columns, Comment.provision_id.label("stands_at")).where(Comment.version_id == version.id, *tops)
        ).subquery()
    written_about, here = aliased(Provision), aliased(Provision)
    return (
        select(*columns, here.id.label("stands_at"))
        .join(TextVersion, TextVersion.id == Comment.version_id)
        .outerjoin(written_about, written_about.id == Comment.provision_id)
        .outerjoin(here, and_(here.version_id == version.id, here.key == written_about.key))
        .where(
            TextVersion.consultation_id == version.consultation_id,
            TextVersion.number <= version.number,
            or_(Comment.provision_id.is_(None), here.id.is_not(None)),
            *tops,
        )
    ).subquery()


def _first_two(standing: Any) -> Any:
    same_place = {"partition_by": standing.c.stands_at}
    numbered = select(
        standing.c.id,
        standing.c.stands_at,
        func.count().over(**same_place).label("number"),
        func.sum(case((standing.c.kind == CommentKind.WORDING, 1), else_=0)).over(**same_place).label("wordings"),
        func.row_number().over(**same_place, order_by=(standing.c.posted_at, standing.c.id)).label("place"),
    ).subquery()
    return (
        select(numbered.c.stands_at, numbered.c.number, numbered.c.wordings, *excerpt_columns())
        .join(numbered, numbered.c.id == Comment.id)
        .join(User, User.id == Comment.author_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(numbered.c.place <= EXCERPTS)
        .order_by(numbered.c.stands_at, numbered.c.place)
    )
