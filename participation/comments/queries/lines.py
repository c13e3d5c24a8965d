"""Light lines: what a page shows of a comment, with its replies and who supports it.

The database itself leaves out what the viewer must not read: the words of hidden
comments and names that are not public never reach the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, exists, func, or_, select

from participation.accounts.models import User, Viewer
from participation.consultations.models import Provision, TextVersion
from participation.foundation.database import session
from participation.foundation.language import ngettext
from participation.organisations.models import Organisation
from participation.positions.models import Omission, comments_of_points
from participation.submissions.models import SubmissionPoint
from participation.texts.anchoring import AnchorState

from ..models import EDITABLE_FOR, Comment, CommentKind, CommentState, FurtherChange, Support, WordingAction
from ..rules import may_read_hidden_comment
from .speakers import public_name, spoken_organisation
from .standing import Standing

_ALTERED = (AnchorState.CHANGED, AnchorState.ORPHANED)


@dataclass(slots=True)
class Supporter:
    organisation_id: int
    name: str
    slug: str


@dataclass(slots=True)
class Line:
    """One comment on a page. `html` is empty when it is hidden from the viewer."""

    id: int
    parent_id: int | None
    author_id: int
    organisation_id: int | None
    organisation: str
    organisation_slug: str
    person: str
    kind: CommentKind
    language: str
    wording_action: WordingAction | None
    html: str
    wording_html: str
    wording_formula: str
    state: CommentState
    hidden_because: str
    posted_at: datetime
    edited_at: datetime | None
    provision_key: str
    provision_path: str
    version: int  # the number of the text version that it was written about
    fate: AnchorState  # what became of its words in the newest version
    is_gone: bool  # neither its words nor their provision are in the newest version
    was: str  # the provision as it read, where that has changed
    quote: str  # the passage that it is about; empty for the whole provision
    quote_now: str  # the same passage in the newest version, where the comment is older
    changes: int  # so many changes it proposes, of its provision and others
    is_carried: bool  # a position or a submission took it up or left it out
    is_weighed: bool  # a position has said why it leaves it out, or did
    replies: list[Line] = field(default_factory=list)
    supporters: list[Supporter] = field(default_factory=list)

    @property
    def action_label(self) -> Any:
        """What the proposal does, in words; empty for other comments."""
        if self.changes > 1:
            return ngettext("%(num)s change", "%(num)s changes", self.changes)
        return self.wording_action.label if self.wording_action else ""

    @property
    def is_hidden(self) -> bool:
        return self.state == CommentState.HIDDEN

    @property
    def is_taken_up(self) -> bool:
        return bool(self.supporters or self.replies)

    @property
    def editable_until(self) -> datetime:
        return self.posted_at + EDITABLE_FOR

    @property
    def anchor(self) -> str:
        return f"comment-{self.id}"

    @property
    def is_elsewhere(self) -> bool:
        """Something became of its words since it was written."""
        return self.fate is not AnchorState.PLACED

    def is_supported_by(self, organisation_id: int) -> bool:
        return any(supporter.organisation_id == organisation_id for supporter in self.supporters)


def lines_as_read_by(viewer: Viewer) -> Select[Any]:
    """For statements: the columns of a line, of every comment."""
    reads_hidden = bool(may_read_hidden_comment(viewer))

    def shown(column: Any) -> Any:
        return column if reads_hidden else case((Comment.state == CommentState.VISIBLE, column), else_="")

    standing = Standing()
    statement = (
        select(
            Comment.id,
            Comment.parent_id,
            Comment.author_id,
            Comment.organisation_id,
            spoken_organisation().label("organisation"),
            Organisation.slug.label("organisation_slug"),
            public_name().label("person"),
            Comment.kind,
            Comment.language,
            Comment.wording_action,
            shown(Comment.html).label("html"),
            shown(Comment.wording_html).label("wording_html"),
            shown(Comment.wording_formula).label("wording_formula"),
            Comment.state,
            Comment.hidden_because,
            Comment.posted_at,
            Comment.edited_at,
            func.coalesce(standing.provision.key, Provision.key).label("provision_key"),
            func.coalesce(standing.provision.path, Provision.path).label("provision_path"),
            standing.place.state.label("fate"),
            standing.is_gone.label("is_gone"),
            case((standing.place.state.in_(_ALTERED), Provision.text), else_="").label("was"),
            Comment.quote_exact,
            func.coalesce(standing.place.quote_exact, "").label("quote_now"),
            TextVersion.number.label("version"),
            _further().label("further"),
            or_(
                exists().where(comments_of_points.c.comment_id == Comment.id),
                exists().where(Omission.comment_id == Comment.id),
                exists().where(SubmissionPoint.comment_id == Comment.id),
            ).label("is_carried"),
            exists().where(Omission.comment_id == Comment.id).label("is_weighed"),
        )
        .join(User, User.id == Comment.author_id)
        .join(TextVersion, TextVersion.id == Comment.version_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
    )
    return standing.join(statement)


def _further() -> Any:
    return select(func.count()).where(FurtherChange.comment_id == Comment.id).scalar_subquery()


def threaded(rows: Sequence[Any]) -> list[Line]:
    """Rows of those columns as lines, each reply below its comment; every reply's comment must be among them."""
    found = {row.id: _line(row) for row in rows}
    for line in found.values():
        if line.parent_id is not None:
            found[line.parent_id].replies.append(line)
    tops = [line for line in found.values() if line.parent_id is None]
    if tops:
        _add_supporters({line.id: line for line in tops})
    return tops


def _line(row: Any) -> Line:
    return Line(
        id=row.id,
        parent_id=row.parent_id,
        author_id=row.author_id,
        organisation_id=row.organisation_id,
        organisation=row.organisation or "",
        organisation_slug=row.organisation_slug or "",
        person=row.person,
        kind=CommentKind(row.kind),
        language=row.language,
        wording_action=WordingAction(row.wording_action) if row.wording_action else None,
        html=row.html,
        wording_html=row.wording_html,
        wording_formula=row.wording_formula,
        state=CommentState(row.state),
        hidden_because=row.hidden_because,
        posted_at=row.posted_at,
        edited_at=row.edited_at,
        provision_key=row.provision_key or "",
        provision_path=row.provision_path or "",
        version=row.version,
        fate=AnchorState(row.fate) if row.fate else AnchorState.PLACED,
        is_gone=bool(row.is_gone),
        was=row.was or "",
        quote=row.quote_exact,
        quote_now=row.quote_now,
        changes=1 + row.further if row.wording_action else 0,
        # Where a hidden comment went is not said, for that would give away its words.
        is_carried=row.is_carried and row.state == CommentState.VISIBLE,
        is_weighed=row.is_weighed and row.state == CommentState.VISIBLE,
    )


def _add_supporters(tops: dict[int, Line]) -> None:
    rows = session.execute(
        select(Support.comment_id, Organisation.id, spoken_organisation().label("name"), Organisation.slug)
        .join(Organisation, Organisation.id == Support.organisation_id)
        .where(Support.comment_id.in_(tops))
        .order_by(Support.given_at, Support.id)
    )
    for row in rows:
        tops[row.comment_id].supporters.append(Supporter(row.id, row.name, row.slug))
