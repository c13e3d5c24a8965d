"""What stands beside the text on the reading page: how many comments a provision has, the first two, and the passages
that they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.consultations.models import Provision, TextVersion
from participation.foundation.database import session
from participation.organisations.models import Organisation
from participation.texts.anchoring import AnchorState

from ..models import Comment, CommentKind, CommentPlace, CommentState, FurtherChange, Support, WordingAction
from .passages import QuotedPassage
from .speakers import public_name, spoken_organisation

EXCERPTS = 2
# The provision that a further change was written on, of whichever version.
_written = aliased(Provision)


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

    `wordings` of the `count` comments propose other words; `own` of them begin here, the others at another provision
    that they change as well. `passages` are of those that are about some words only.
    """

    count: int = 0
    wordings: int = 0
    own: int = 0
    excerpts: list[Excerpt] = field(default_factory=list)
    passages: list[QuotedPassage] = field(default_factory=list)


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
        return sum(entry.own for entry in self.entries.values())


def comments_beside(version: TextVersion) -> Beside:
    """Counts of visible comments by provision, the first two of each and the passages of all, in one statement.

    Those on earlier versions stand where they were carried to; what they were on and is gone is left out.
    """
    entries: dict[int | None, Entry] = {}
    # Taken apart in one go: a name looked up in each of a thousand rows is a tenth of the page's time.
    for stands_at, count, wordings, own, start, end, *excerpt in session.execute(
        _first_two_and_quoting(_standing(version))
    ):
        entry = entries.get(stands_at)
        if entry is None:
            entry = entries[stands_at] = Entry(count, wordings, own)
        found = Excerpt(*excerpt)
        if len(entry.excerpts) < EXCERPTS:
            entry.excerpts.append(found)
        if start < end:
            entry.passages.append(QuotedPassage(found.id, start, end, found.speaker))
    return Beside(entries)


@dataclass(frozen=True, slots=True)
class Gone:
    """A provision that the text has no more, with its last words and how many comments were made on them."""

    key: str
    path: str
    text: str
    count: int


def comments_gone(version: TextVersion) -> dict[int | None, list[Gone]]:
    """What comments were made on and is no longer in the text, by the provision after which it stood; None: before
    everything."""
    rows: Any = session.execute(
        select(CommentPlace.after_id, Provision.key, Provision.path, Provision.text, func.count(), Provision.position)
        .join(Comment, Comment.id == CommentPlace.comment_id)
        .join(Provision, Provision.id == Comment.provision_id)
        .where(
            CommentPlace.version_id == version.id,
            CommentPlace.state == AnchorState.ORPHANED,
            CommentPlace.provision_id.is_(None),
            Comment.state == CommentState.VISIBLE,
        )
        .group_by(CommentPlace.after_id, Provision.id)
        .order_by(Provision.position, Provision.id)
    )
    found: dict[int | None, list[Gone]] = {}
    for after_id, *gone, _position in rows:
        found.setdefault(after_id, []).append(Gone(*gone))
    return found


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
    """The ids of the comments and of the provisions that they stand beside in this version.

    The passage is that of a carried comment and null for another, which has it in a column that no index holds.
    """
    tops = (Comment.parent_id.is_(None), Comment.state == CommentState.VISIBLE)
    columns = (Comment.id, Comment.posted_at, Comment.kind)
    here, elsewhere = literal(1).label("own"), literal(0).label("own")
    nowhere, none = cast(null(), Integer), literal(0)
    own = select(
        *columns,
        Comment.provision_id.label("stands_at"),
        nowhere.label("quote_start"),
        nowhere.label("quote_end"),
        here,
    ).where(Comment.version_id == version.id, *tops)
    further = (
        select(
            *columns, Provision.id.label("stands_at"), none.label("quote_start"), none.label("quote_end"), elsewhere
        )
        .join(FurtherChange, FurtherChange.comment_id == Comment.id)
        .join(_written, _written.id == FurtherChange.provision_id)
        .join(Provision, and_(Provision.key == _written.key, Provision.version_id == version.id))
        # A provision that the proposal changes and adds to is one place.
        .where(Provision.id != func.coalesce(Comment.provision_id, 0), *tops)
        .distinct()
    )
    if version.number == 1:
        return union_all(own, further).subquery()
    carried = (
        select(
            *columns,
            CommentPlace.provision_id.label("stands_at"),
            CommentPlace.quote_start,
            CommentPlace.quote_end,
            here,
        )
        .join(CommentPlace, CommentPlace.comment_id == Comment.id)
        .where(CommentPlace.version_id == version.id, has_a_place(), *tops)
    )
    return union_all(own, carried, further).subquery()


def has_a_place() -> Any:
    """Whether a place is one that can be pointed at: that of a provision, or the whole draft."""
    return or_(CommentPlace.provision_id.is_not(None), CommentPlace.state != AnchorState.ORPHANED)


def _first_two_and_quoting(standing: Any) -> Any:
    same_place = {"partition_by": standing.c.stands_at}
    numbered = select(
        standing.c.id,
        standing.c.stands_at,
        standing.c.quote_start,
        standing.c.quote_end,
        func.count().over(**same_place).label("number"),
        func.sum(case((standing.c.kind == CommentKind.WORDING, 1), else_=0)).over(**same_place).label("wordings"),
        func.sum(standing.c.own).over(**same_place).label("own"),
        func.row_number().over(**same_place, order_by=(standing.c.posted_at, standing.c.id)).label("place"),
    ).subquery()
    start = func.coalesce(numbered.c.quote_start, Comment.quote_start)
    end = func.coalesce(numbered.c.quote_end, Comment.quote_end)
    return (
        select(
            numbered.c.stands_at,
            numbered.c.number,
            numbered.c.wordings,
            numbered.c.own,
            start,
            end,
            *excerpt_columns(),
        )
        .join(numbered, numbered.c.id == Comment.id)
        .join(User, User.id == Comment.author_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(or_(numbered.c.place <= EXCERPTS, start < end))
        .order_by(numbered.c.stands_at, numbered.c.place)
    )
