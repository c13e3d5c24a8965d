"""Where the wordings that are proposed for one provision exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import func, select

from participation.accounts.models import User
from participation.consultations.models import Provision
from participation.foundation.database import session
from participation.organisations.models import Organisation
from participation.texts.wordings import Conflict, conflicts_between

from ..models import Comment, CommentState, WordingAction
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
    """A passage of the provision, and at least two different demands for it. Without words, something is put in."""

    existing: str
    demands: tuple[Demand, ...]


def clashes_on(provision: Provision) -> list[Clash]:
    """The passages for which different words are proposed, in the order of the text. One statement."""
    rows = session.execute(
        select(
            Comment.id,
            func.coalesce(spoken_organisation(), ""),
            public_name(),
            Comment.wording_action,
            Comment.wording,
        )
        .join(User, User.id == Comment.author_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(
            Comment.provision_id == provision.id,
            Comment.state == CommentState.VISIBLE,
            Comment.wording_action.in_([WordingAction.CHANGE, WordingAction.DELETE]),
        )
        .order_by(Comment.posted_at, Comment.id)
        .limit(MOST)
    ).all()
    voices = [Voice(number, organisation or person) for number, organisation, person, *_rest in rows]
    wordings = tuple("" if action is WordingAction.DELETE else wording for *_rest, action, wording in rows)
    return [_clash(conflict, voices) for conflict in conflicts_among(provision.text, wordings)]


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
