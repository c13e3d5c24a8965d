"""What changed between two versions of a text, and what that means for the comments on the older one.

Provisions are the same when their keys are, whatever their numbers say. Differences are made when they are first
read, because any two versions can be compared, and kept by the process: published words never change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import select

from participation.accounts.models import Viewer
from participation.foundation.database import NotFound, session
from participation.texts.differing import longest_rise, word_diff_html

from ..models import Consultation, TextVersion, VersionState
from .reading import Line


class Fate(StrEnum):
    """What became of a provision from the older text to the newer one."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One provision in both texts. `before` is empty when it was added, `after` when it was removed.

    `is_moved` is also true of one that was changed and stands elsewhere now.
    """

    fate: Fate
    before: Line | None
    after: Line | None
    is_moved: bool = False

    @property
    def line(self) -> Line:
        """The provision as it stands, or stood last."""
        if self.after is not None:
            return self.after
        if self.before is None:
            raise ValueError("A change has at least one side.")
        return self.before

    @property
    def is_renumbered(self) -> bool:
        return bool(self.before and self.after and self.before.label != self.after.label)

    def difference_html(self, inserted: str, deleted: str) -> str:
        """The words as inserted and deleted ones; the two parameters say so to a screen reader."""
        before, after = (line.text if line else "" for line in (self.before, self.after))
        return _difference(before, after, inserted, deleted)


@dataclass(slots=True)
class Comparison:
    """Two texts in the reading order of the newer; a removed provision stands where it stood."""

    changes: list[Change] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        return sum(change.fate is fate for change in self.changes)

    @property
    def renumbered(self) -> int:
        return sum(change.is_renumbered for change in self.changes)

    @property
    def fate_of_key(self) -> dict[str, Fate]:
        """By the key of each provision of the older text."""
        return {change.before.key: change.fate for change in self.changes if change.before}

    @property
    def runs(self) -> Iterator[tuple[bool, list[Change]]]:
        """What is unchanged as runs (True and all of it), everything else one by one (False and the one)."""
        unchanged: list[Change] = []
        for change in self.changes:
            if change.fate is Fate.SAME:
                unchanged.append(change)
                continue
            if unchanged:
                yield True, unchanged
                unchanged = []
            yield False, [change]
        if unchanged:
            yield True, unchanged


def comparison_of(before: Sequence[Line], after: Sequence[Line]) -> Comparison:
    """Every provision of two texts of one consultation, both in their reading order."""
    stood = {line.key: place for place, line in enumerate(before)}
    pairs = [(place, stood[line.key]) for place, line in enumerate(after) if line.key in stood]
    in_order = {place for place, _stood in longest_rise(pairs)}
    kept = {line.key for line in after}
    # A removed provision follows the one that it stood after among those that kept their order.
    gone_after: dict[str, list[Change]] = {}
    anchor = ""
    anchors = {after[place].key for place in in_order}
    for line in before:
        if line.key in anchors:
            anchor = line.key
        elif line.key not in kept:
            gone_after.setdefault(anchor, []).append(Change(Fate.REMOVED, line, None))
    changes = gone_after.get("", [])
    for place, line in enumerate(after):
        changes.append(_change(before[stood[line.key]] if line.key in stood else None, line, place not in in_order))
        changes += gone_after.get(line.key, [])
    return Comparison(changes)


def _change(before: Line | None, after: Line, is_moved: bool) -> Change:
    if before is None:
        return Change(Fate.ADDED, None, after)
    if (before.kind, before.text) != (after.kind, after.text):
        return Change(Fate.CHANGED, before, after, is_moved)
    return Change(Fate.MOVED if is_moved else Fate.SAME, before, after, is_moved)


@lru_cache(maxsize=4096)
def _difference(before: str, after: str, inserted: str, deleted: str) -> str:
    return word_diff_html(before, after, (inserted, deleted))


def versions_of(consultation: Consultation, viewer: Viewer) -> list[TextVersion]:
    """The published texts, the oldest first; those who lead consultations also see one in preparation."""
    statement = select(TextVersion).where(TextVersion.consultation_id == consultation.id).order_by(TextVersion.number)
    if not viewer.leads_consultations:
        statement = statement.where(TextVersion.state == VersionState.PUBLISHED)
    return list(session.scalars(statement))


def two_versions(
    consultation: Consultation, old: int | None, new: int | None, viewer: Viewer
) -> tuple[TextVersion, TextVersion, list[TextVersion]]:
    """The older and the newer of two versions, and all there are. Without numbers the last two.

    Raises NotFound when the viewer can read no two such versions.
    """
    versions = versions_of(consultation, viewer)
    numbers = [version.number for version in versions]
    new = new if new is not None else max(numbers, default=0)
    old = old if old is not None else max((number for number in numbers if number < new), default=0)
    chosen = [version for version in versions if version.number in (old, new)]
    if len(chosen) != 2:
        raise NotFound(consultation.slug)
    return chosen[0], chosen[1], versions
