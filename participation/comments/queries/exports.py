"""All that was said on a draft, for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, false, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.consultations.models import Consultation, Provision, TextVersion
from participation.foundation.database import session
from participation.organisations.models import Organisation
from participation.texts.anchoring import AnchorState

from ..models import Comment, CommentKind, FurtherChange, Support, WordingAction
from .public import everybody_may_read
from .speakers import public_name, spoken_organisation
from .standing import Standing


@dataclass(frozen=True, slots=True)
class ExportedChange:
    """What a proposal asks for one provision; `after` names the provision after which a moved one is to stand."""

    provision: str
    action: WordingAction
    existing: str
    wording: str
    after: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A comment or a reply to one (`reply_to`, 0 for none); `source` and `wording` are what was typed, `html` is the
    source as a page shows it.

    `provision` is empty for the whole draft, `person` unless the name is public. `provision_now` is where it stands
    in the newest text, `quote_now` the passage as it reads there; `since_then` is None for what was said of it.
    Of an orphan `provision_now` is the provision in which its words stood, empty when that `is_gone` as well. A
    proposal that does more than `wording_action` and `wording` say has all of it in `changes`.
    """

    number: int
    reply_to: int
    version: int
    provision: str
    existing: str
    quote: str
    provision_now: str
    quote_now: str
    since_then: AnchorState | None
    is_gone: bool
    kind: CommentKind
    wording_action: WordingAction | None
    wording: str
    wording_formula: str
    source: str
    html: str
    organisation: str
    municipality: str
    person: str
    supports: int
    posted_at: datetime
    changes: tuple[ExportedChange, ...] = ()


def comments_for_export(consultation: Consultation) -> list[Exported]:
    """What everybody may read, in the order of the newest text, each with its replies below it. Two statements.

    What was said of words that are gone comes where they stood.
    """
    standing = Standing()
    parent: Any = aliased(Comment)
    supports = select(func.count()).where(Support.comment_id == Comment.id).scalar_subquery()
    top = func.coalesce(Comment.parent_id, Comment.id)
    statement = (
        select(
            Comment.id,
            func.coalesce(Comment.parent_id, 0),
            TextVersion.number,
            func.coalesce(Provision.path, ""),
            func.coalesce(Provision.text, ""),
            Comment.quote_exact,
            case(
                (_is_carried(standing), func.coalesce(standing.provision.path, "")),
                else_=func.coalesce(Provision.path, ""),
            ),
            case((_is_carried(standing), standing.place.quote_exact), else_=Comment.quote_exact),
            standing.place.state,
            func.coalesce(standing.is_gone, false()),
            Comment.kind,
            Comment.wording_action,
            Comment.wording,
            Comment.wording_formula,
            Comment.source,
            Comment.html,
            func.coalesce(spoken_organisation(), ""),
            func.coalesce(Organisation.municipality, ""),
            public_name(),
            supports,
            Comment.posted_at,
        )
        .join(User, User.id == Comment.author_id)
        .join(TextVersion, TextVersion.id == Comment.version_id)
        .outerjoin(parent, parent.id == Comment.parent_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(
            Comment.consultation_id == consultation.id,
            everybody_may_read(parent),
        )
        .order_by(
            standing.position,
            # Behind what is said of the words that they stood after.
            case((standing.is_gone, Provision.position), else_=0),
            func.coalesce(parent.posted_at, Comment.posted_at),
            top,
            Comment.parent_id.is_not(None),
            Comment.posted_at,
            Comment.id,
        )
    )
    changes = _changes(consultation)
    said: Any = session.execute(standing.join(statement, top))
    return [Exported(*(*row, tuple(changes.get(row[0], ())))) for row in said]


def _changes(consultation: Consultation) -> dict[int, list[ExportedChange]]:
    """Of each proposal that moves something or changes several provisions, all its changes in their order."""
    after: Any = aliased(Provision)
    several = exists().where(FurtherChange.comment_id == Comment.id)

    def asked(number: Any, action: Any, wording: Any) -> Any:
        return (
            select(
                Comment.id.label("comment_id"),
                number.label("number"),
                Provision.path.label("place"),
                action.label("action"),
                case((action == WordingAction.ADD, ""), else_=Provision.text).label("existing"),
                wording.label("wording"),
                func.coalesce(after.path, "").label("after"),
            )
            .select_from(Comment)
            .where(Comment.consultation_id == consultation.id)
        )

    first = (
        asked(literal(0), Comment.wording_action, Comment.wording)
        .join(Provision, Provision.id == Comment.provision_id)
        .outerjoin(after, after.id == Comment.wording_after_id)
        .where(or_(several, Comment.wording_action == WordingAction.MOVE))
    )
    further = (
        asked(FurtherChange.number, FurtherChange.action, FurtherChange.wording)
        .join(FurtherChange, FurtherChange.comment_id == Comment.id)
        .join(Provision, Provision.id == FurtherChange.provision_id)
        .outerjoin(after, after.id == FurtherChange.after_id)
    )
    both = union_all(first, further).subquery()
    found: dict[int, list[ExportedChange]] = {}
    for comment_id, _number, *change in session.execute(select(both).order_by(both.c.comment_id, both.c.number)):
        found.setdefault(comment_id, []).append(ExportedChange(*change))
    return found


def _is_carried(standing: Standing) -> Any:
    return standing.place.comment_id.is_not(None)
