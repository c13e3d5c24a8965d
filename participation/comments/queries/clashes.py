"""Where the wordings that are proposed for a provision exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select, union_all
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.consultations.models import Consultation, Provision, TextVersion, VersionState
from participation.foundation.database import session
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.wordings import Conflict, conflicts_between

from ..models import Comment, CommentState, FurtherChange, WordingAction
from .speakers import public_name, spoken_organisation

# So many proposals for one provision are compared with each other, the earliest ones.
MOST = 40


class Voice(NamedTuple):
    """Who proposes it, and in which comment. `speaker` is empty for a person whose name is not public."""

    comment_id: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What some propose for a passage; without words it is deleted."""

    words: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A passage of the provision, and at least two different demands for it. Without words, something is put in.

    With `is_of_places` the demands say where the whole provision should stand.
    """

    existing: str
    demands: tuple[Demand, ...]
    is_of_places: bool = False


class Dispute(NamedTuple):
    """A provision for which so many proposals exclude each other, in so many passages."""

    key: str
    path: str
    position: int
    passages: int
    demands: int


def clashes_on(provision: Provision) -> list[Clash]:
    """The passages for which different words are proposed, in the order of the text; at last the places to which it
    should be moved, where these differ. What was proposed for an earlier version counts as long as the provision
    reads the same. One statement."""
    rows = session.execute(_proposals(lambda now: now.id == provision.id).limit(MOST)).all()
    return _clashes(provision.text, rows)


def disputes_in(consultation: Consultation) -> list[Dispute]:
    """The provisions of the newest published text with such passages, those with the most of them first. One
    statement."""
    newest = (
        select(func.max(TextVersion.id))
        .where(TextVersion.consultation_id == consultation.id, TextVersion.state == VersionState.PUBLISHED)
        .scalar_subquery()
    )
    proposed: defaultdict[str, list[Any]] = defaultdict(list)
    for row in session.execute(_proposals(lambda now: now.version_id == newest)):
        proposed[row.key].append(row)
    found = [_dispute(rows[:MOST]) for rows in proposed.values() if len(rows) > 1]
    return sorted((one for one in found if one.passages), key=lambda one: (-one.passages, -one.demands, one.position))


def _dispute(rows: Sequence[Any]) -> Dispute:
    clashes = _clashes(rows[0].text, rows)
    comments = {voice.comment_id for clash in clashes for demand in clash.demands for voice in demand.voices}
    return Dispute(rows[0].key, rows[0].path, rows[0].position, len(clashes), len(comments))


def _clashes(existing: str, rows: Sequence[Any]) -> list[Clash]:
    proposed = [row for row in rows if row.action is not WordingAction.MOVE]
    wordings = tuple("" if row.action is WordingAction.DELETE else row.wording for row in proposed)
    voices = [_voice(row) for row in proposed]
    return [_clash(conflict, voices) for conflict in conflicts_among(existing, wordings)] + _clashes_of_places(rows)


def _proposals(stands: Callable[[Any], Any]) -> Any:
    """What is proposed for the provisions that stand there, by proposals that begin at one and by those that change
    it as well; the earliest first."""
    # Nothing is compared of what is put in below it.
    acts = [WordingAction.CHANGE, WordingAction.DELETE, WordingAction.MOVE]
    after: Any = aliased(Provision)
    now: Any = aliased(Provision)
    is_now = and_(now.key == Provision.key, now.text == Provision.text, stands(now))

    def asked(action: Any, wording: Any, after_id: Any) -> Any:
        return (
            select(
                Comment.id.label("id"),
                Comment.posted_at.label("posted_at"),
                func.coalesce(spoken_organisation(), "").label("organisation"),
                public_name().label("person"),
                action.label("action"),
                wording.label("wording"),
                after_id.label("after_id"),
                func.coalesce(after.path, "").label("after"),
                now.key.label("key"),
                now.path.label("path"),
                now.text.label("text"),
                now.position.label("position"),
            )
            .select_from(Comment)
            .join(User, User.id == Comment.author_id)
            .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
            .where(Comment.state == CommentState.VISIBLE, action.in_(acts))
        )

    own = (
        asked(Comment.wording_action, Comment.wording, Comment.wording_after_id)
        .join(Provision, Provision.id == Comment.provision_id)
        .join(now, is_now)
        .outerjoin(after, after.id == Comment.wording_after_id)
    )
    further = (
        asked(FurtherChange.action, FurtherChange.wording, FurtherChange.after_id)
        .join(FurtherChange, FurtherChange.comment_id == Comment.id)
        .join(Provision, Provision.id == FurtherChange.provision_id)
        .join(now, is_now)
        .outerjoin(after, after.id == FurtherChange.after_id)
    )
    found = union_all(own, further).subquery()
    return select(found).order_by(found.c.posted_at, found.c.id)


def _voice(row: Any) -> Voice:
    return Voice(row.id, row.organisation or row.person)


def _clashes_of_places(rows: Sequence[Any]) -> list[Clash]:
    """Where some would move it to another place than others, or delete it."""
    by_place: dict[Any, tuple[str, list[Voice]]] = {}
    for row in rows:
        if row.action is WordingAction.MOVE:
            words = (
                str(_("after: %(place)s", place=row.after))
                if row.after_id
                else str(_("to the beginning of the text"))
            )
            by_place.setdefault(row.after_id or 0, (words, []))[1].append(_voice(row))
    deleting = [_voice(row) for row in rows if row.action is WordingAction.DELETE]
    if not by_place or len(by_place) + bool(deleting) < 2:
        return []
    demands = [Demand(words, tuple(voices)) for words, voices in by_place.values()]
    if deleting:
        demands.append(Demand("", tuple(deleting)))
    return [Clash("", tuple(demands), is_of_places=True)]


@lru_cache(maxsize=512)
def conflicts_among(existing: str, wordings: Sequence[str]) -> list[Conflict]:
    """Kept by the process: what is published and posted is read far more often than it changes."""
    return conflicts_between(existing, wordings)


def _clash(conflict: Conflict, voices: Sequence[Voice]) -> Clash:
    by_words: dict[str, list[Voice]] = {}
    for number, words in conflict.demanded:
        by_words.setdefault(words.strip(), []).append(voices[number])
    demands = tuple(Demand(words, tuple(found)) for words, found in by_words.items())
    return Clash(conflict.existing.strip(), demands)
