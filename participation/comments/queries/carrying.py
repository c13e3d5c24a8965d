"""Where the comments on earlier versions of a text stand in a later one.

A comment follows its provision by its key, a quoted passage its words. What cannot be found is an orphan: it keeps
the place where its words stood, and is never put onto others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.consultations.models import Provision, TextVersion
from participation.consultations.models.lineage import matches_by_identity
from participation.consultations.queries import as_texts
from participation.foundation.database import session
from participation.texts.anchoring import Anchor, AnchorState, Carrier, Quote
from participation.texts.matching import Fate, Match

from ..models import Comment, CommentState


@dataclass(frozen=True)
class Carried:
    """A comment and where it stands in the later version, in the terms of a CommentPlace."""

    comment: Comment
    state: AnchorState
    now: Provision | None = None
    after: Provision | None = None
    score: float = 1.0
    quote: Anchor | None = None

    @property
    def needs_a_word(self) -> bool:
        """Whether its author has to be told; of words that nobody can read nothing is said."""
        return self.state is not AnchorState.PLACED and self.comment.state is CommentState.VISIBLE


def carried_to(version: TextVersion) -> list[Carried]:
    """Every comment on an earlier version of the text, hidden ones too, in reading order; replies go with theirs."""
    comments = session.scalars(
        select(Comment)
        .join(TextVersion, TextVersion.id == Comment.version_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
        .where(
            Comment.consultation_id == version.consultation_id,
            Comment.parent_id.is_(None),
            TextVersion.number < version.number,
        )
        .options(joinedload(Comment.author), selectinload(Comment.further_changes))
        .order_by(TextVersion.number, Provision.position.asc().nulls_first(), Comment.posted_at, Comment.id)
    ).all()
    texts = _texts_until(version)
    journeys: dict[int, _Journey] = {}
    found = []
    for comment in comments:
        if comment.version_id not in journeys:
            at = next(place for place, (version_id, _text) in enumerate(texts) if version_id == comment.version_id)
            journeys[comment.version_id] = _Journey([text for _version_id, text in texts[at:]])
        found.append(journeys[comment.version_id].carry(comment))
    return found


def counts_of(carried: Sequence[Carried]) -> dict[AnchorState, int]:
    """How many visible comments of each state there are."""
    found = Counter(one.state for one in carried if one.comment.state is CommentState.VISIBLE)
    return {state: found[state] for state in AnchorState}


def _texts_until(version: TextVersion) -> list[tuple[int, list[Provision]]]:
    """(id, provisions) of the versions up to this one, the oldest first."""
    rows = session.execute(
        select(TextVersion.id, Provision)
        .outerjoin(Provision, Provision.version_id == TextVersion.id)
        .where(TextVersion.consultation_id == version.consultation_id, TextVersion.number <= version.number)
        .order_by(TextVersion.number, Provision.position)
    ).all()
    texts: dict[int, list[Provision]] = {}
    for version_id, provision in rows:
        texts.setdefault(version_id, [])
        if provision is not None:
            texts[version_id].append(provision)
    return list(texts.items())


class _Journey:
    """From the version that comments were written on to the last of these texts."""

    def __init__(self, texts: Sequence[Sequence[Provision]]) -> None:
        self._old, self._new = texts[0], texts[-1]
        self._later = [{one.key: one for one in text} for text in texts[1:]]
        self._joined = [{key: one.key for one in text for key in one.origins} for text in texts[1:]]
        self._places = {one.id: place for place, one in enumerate(self._old)}

    @cached_property
    def _matches(self) -> list[Match]:
        return matches_by_identity(self._old, as_texts(self._old), self._new, as_texts(self._new))

    @cached_property
    def _moved(self) -> set[str]:
        return {self._old[match.old[0]].key for match in self._matches if match.fate is Fate.MOVED}

    @cached_property
    def _carrier(self) -> Carrier:
        return Carrier(as_texts(self._old), as_texts(self._new), self._matches)

    def carry(self, comment: Comment) -> Carried:
        if comment.provision_id is None:
            return Carried(comment, AnchorState.PLACED)
        place = self._places[comment.provision_id]
        before, now = self._old[place], self._heir(self._old[place].key)
        if comment.quote_exact:
            return self._carry_quote(comment, place, now)
        if now is None:
            return Carried(comment, AnchorState.ORPHANED, after=self._before(place), score=0.0)
        if _differs(before, now) or any(self._is_other(one.provision) for one in comment.further_changes):
            return Carried(comment, AnchorState.CHANGED, now)
        return Carried(comment, AnchorState.MOVED if before.key in self._moved else AnchorState.PLACED, now)

    def _carry_quote(self, comment: Comment, place: int, now: Provision | None) -> Carried:
        label = self._carrier.label_of(place)
        quote = Quote(comment.quote_exact, label, comment.quote_prefix, comment.quote_suffix)
        anchor = self._carrier.carry(quote)
        if anchor.place is None:
            after = None if now else self._before(place)
            return Carried(comment, AnchorState.ORPHANED, now, after, anchor.score)
        return Carried(comment, anchor.state, self._new[anchor.place], score=anchor.score, quote=anchor)

    def _is_other(self, before: Provision) -> bool:
        now = self._heir(before.key)
        return now is None or _differs(before, now)

    def _heir(self, key: str) -> Provision | None:
        """What goes on a provision: the one of its key, else what it was joined with."""
        for standing, joined in zip(self._later, self._joined, strict=True):
            if key not in standing:
                key = joined.get(key, key)
        return self._later[-1].get(key)

    def _before(self, place: int) -> Provision | None:
        """The nearest provision before a place that still stands."""
        return next((found for found in self._heirs_before(place) if found is not None), None)

    def _heirs_before(self, place: int) -> Iterator[Provision | None]:
        return (self._heir(self._old[at].key) for at in range(place - 1, -1, -1))


def _differs(before: Provision, now: Provision) -> bool:
    return (before.kind, before.text) != (now.kind, now.text)
