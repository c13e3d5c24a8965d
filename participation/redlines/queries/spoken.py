"""What was visibly said on a draft, with where it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.comments.models import Comment, CommentState, FurtherChange, WordingAction
from participation.comments.queries.public import everybody_may_read
from participation.comments.queries.speakers import public_name, spoken_organisation
from participation.comments.queries.standing import Standing
from participation.consultations.models import Consultation, Provision
from participation.foundation.database import session
from participation.organisations.models import Organisation
from participation.texts.anchoring import AnchorState


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked for one provision, in the text that it was asked of; `after` is where a move leads."""

    key: str
    path: str
    existing: str
    action: WordingAction
    wording: str
    after: str = ""
    after_path: str = ""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a comment stands in the newest text, and with which words of its provision if it quotes any.

    `key` is empty for the whole draft, and where its provision is gone and stood before everything. `state` is None
    for a comment on that very text, `gone` the path of a provision that is there no more. `quoted` are the words as
    they read when it was written.
    """

    key: str
    state: AnchorState | None = None
    gone: str = ""
    exact: str = ""
    start: int = 0
    quoted: str = ""

    @property
    def is_of_other_words(self) -> bool:
        return self.state in (AnchorState.CHANGED, AnchorState.ORPHANED)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A comment or a reply (`reply_to`, else 0) with what Word needs of it."""

    number: int
    reply_to: int
    source: str
    organisation_id: int | None
    speaker: str
    posted_at: datetime
    stands: Standpoint
    wordings: tuple[Wording, ...] = ()


def spoken_on(consultation: Consultation, organisation: str = "") -> list[Spoken]:
    """The visible comments in the order of their posting; with a slug, those of one organisation. Two statements.

    What a moderator has hidden is left out for everybody, with the replies to it.
    """
    parent: Any = aliased(Comment)
    asked = _asked(consultation, parent).where(everybody_may_read(parent))
    if organisation:
        first: Any = aliased(Organisation)
        asked = asked.join(first, first.id == func.coalesce(parent.organisation_id, Comment.organisation_id)).where(
            first.slug == organisation, or_(Comment.parent_id.is_(None), parent.organisation_id == first.id)
        )
    return _found(consultation, asked)


def hidden_on(consultation: Consultation) -> list[Spoken]:
    """What a moderator has hidden, with the replies to it; nothing of it may reach a page or a file."""
    parent: Any = aliased(Comment)
    is_hidden = or_(Comment.state == CommentState.HIDDEN, parent.state == CommentState.HIDDEN)
    return _found(consultation, _asked(consultation, parent).where(is_hidden))


def _asked(consultation: Consultation, parent: Any) -> Any:
    after: Any = aliased(Provision)
    stood_after: Any = aliased(Provision)
    standing = Standing()
    asked = (
        select(
            Comment.id,
            func.coalesce(Comment.parent_id, 0),
            Comment.source,
            Comment.organisation_id,
            func.coalesce(spoken_organisation(), public_name()),
            Comment.posted_at,
            func.coalesce(standing.provision.key, stood_after.key, ""),
            standing.place.state,
            standing.place.comment_id.is_not(None),
            standing.is_gone,
            func.coalesce(standing.place.quote_exact, Comment.quote_exact),
            func.coalesce(standing.place.quote_start, Comment.quote_start),
            Comment.quote_exact,
            func.coalesce(Provision.key, ""),
            func.coalesce(Provision.path, ""),
            func.coalesce(Provision.text, ""),
            Comment.wording_action,
            Comment.wording,
            func.coalesce(after.key, ""),
            func.coalesce(after.path, ""),
        )
        .join(User, User.id == Comment.author_id)
        .outerjoin(parent, parent.id == Comment.parent_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
        .outerjoin(after, after.id == Comment.wording_after_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(Comment.consultation_id == consultation.id)
        .order_by(Comment.posted_at, Comment.id)
    )
    return standing.join(asked).outerjoin(stood_after, stood_after.id == standing.place.after_id)


def _found(consultation: Consultation, asked: Any) -> list[Spoken]:
    further = _further_wordings(consultation)
    return [_spoken(row, further) for row in session.execute(asked)]


def _spoken(row: Any, further: dict[int, list[Wording]]) -> Spoken:
    (number, reply_to, source, organisation_id, speaker, posted_at, *rest) = row
    (now, state, is_carried, is_gone, exact, start, quoted, key, path, existing, *rest) = rest
    action, wording, after, after_path = rest
    stands = Standpoint(now if is_carried else key, state, path if is_gone else "", exact, start, quoted)
    wordings = [Wording(key, path, existing, action, wording, after, after_path)] if action else []
    wordings += further.get(number, []) if action else []
    return Spoken(number, reply_to, source, organisation_id, speaker, posted_at, stands, tuple(wordings))


def _further_wordings(consultation: Consultation) -> dict[int, list[Wording]]:
    """What proposals change besides their first provision, by the number of the comment."""
    after: Any = aliased(Provision)
    rows = session.execute(
        select(
            FurtherChange.comment_id,
            Provision.key,
            Provision.path,
            Provision.text,
            FurtherChange.action,
            FurtherChange.wording,
            func.coalesce(after.key, ""),
            func.coalesce(after.path, ""),
        )
        .join(Comment, Comment.id == FurtherChange.comment_id)
        .join(Provision, Provision.id == FurtherChange.provision_id)
        .outerjoin(after, after.id == FurtherChange.after_id)
        .where(Comment.consultation_id == consultation.id)
        .order_by(FurtherChange.comment_id, FurtherChange.number)
    )
    found: dict[int, list[Wording]] = {}
    for comment_id, *wording in rows:
        found.setdefault(comment_id, []).append(Wording(*wording))
    return found
