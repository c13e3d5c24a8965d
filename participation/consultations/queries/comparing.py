"""What changed between two versions of a text, and what that means for the comments on the older one.

Provisions are the same when their keys are, whatever their numbers say. Differences are made when they are first
read, because any two versions can be compared, and kept by the process: published words never change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Text, cast, select

from participation.accounts.models import Viewer
from participation.foundation.database import NotFound, session
from participation.texts.differing import longest_rise, word_diff_html
from participation.texts.matching import Fate

from ..models import Consultation, Provision, TextVersion, VersionState
from .reading import Line

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Change:
    """One provision in both texts. `before` is empty when it was added, `after` when it was removed.

    `is_moved` is also true of one that was changed and stands elsewhere now. What was divided has all its
    `parts` in the newer text, what was joined all its `wholes` in the older one.
    """

    fate: Fate
    before: Line | None
    after: Line | None
    is_moved: bool = False
    wholes: tuple[Line, ...] = ()
    parts: tuple[Line, ...] = ()

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

    @property
    def befores(self) -> list[Line]:
        """All that it was made of, in reading order."""
        return list(self.wholes) or [line for line in (self.before,) if line]

    @property
    def afters(self) -> list[Line]:
        return list(self.parts) or [line for line in (self.after,) if line]

    def difference_html(self, inserted: str, deleted: str) -> str:
        """The words as inserted and deleted ones; the two parameters say so to a screen reader."""
        before, after = (" ".join(line.text for line in lines) for lines in (self.befores, self.afters))
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
        return {line.key: change.fate for change in self.changes for line in change.befores}

    def by_change(self, said: Mapping[str, Sequence[Thing]]) -> dict[str, list[Thing]]:
        """What was said on the older provisions, given by their keys, by the key of each change's line."""
        return {
            change.line.key: [one for line in change.befores for one in said.get(line.key, ())]
            for change in self.changes
            if change.befores
        }

    @property
    def runs(self) -> Iterator[tuple[bool, list[Change]]]:
        """What is unchanged as runs (True and all of it), everything else one by one (False and the one)."""
        unchanged: list[Change] = []
        for change in self.changes:
            if change.fate is Fate.KEPT:
                unchanged.append(change)
                continue
            if unchanged:
                yield True, unchanged
                unchanged = []
            yield False, [change]
        if unchanged:
            yield True, unchanged


def comparison_of(
    before: Sequence[Line], after: Sequence[Line], origins: Mapping[str, Sequence[str]] | None = None
) -> Comparison:
    """Every provision of two texts of one consultation, both in their reading order.

    `origins` says by the key of a newer provision which other older ones its words are from.
    """
    kin = _Kin(before, after, origins or {})
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
        elif line.key not in kept and line.key not in kin.joined:
            gone_after.setdefault(anchor, []).append(Change(Fate.REMOVED, line, None))
    changes = gone_after.get("", [])
    for place, line in enumerate(after):
        if line.key not in kin.divided:
            old = before[stood[line.key]] if line.key in stood else None
            changes.append(kin.change(old, line, place not in in_order))
        changes += gone_after.get(line.key, [])
    return Comparison(changes)


class _Kin:
    """What was divided or joined between two texts: the keys of further parts, and of further wholes."""

    def __init__(self, before: Sequence[Line], after: Sequence[Line], origins: Mapping[str, Sequence[str]]) -> None:
        old, new = ({line.key: line for line in text} for text in (before, after))
        self._old_keys, self._new_keys = list(old), list(new)
        self._parts: dict[str, list[Line]] = {}
        self._wholes: dict[str, list[Line]] = {}
        self.divided: set[str] = set()
        self.joined: set[str] = set()
        for line in after:
            for key in origins.get(line.key, ()):
                if key in old and key in new and line.key not in old:
                    self._parts.setdefault(key, []).append(line)
                    self.divided.add(line.key)
                elif key in old and key not in new and line.key in old:
                    self._wholes.setdefault(line.key, []).append(old[key])
                    self.joined.add(key)

    def change(self, before: Line | None, after: Line, is_moved: bool) -> Change:
        if before is None:
            return Change(Fate.ADDED, None, after)
        wholes = _in_order(before, self._wholes.get(after.key, ()), self._old_keys)
        parts = _in_order(after, self._parts.get(after.key, ()), self._new_keys)
        if wholes or parts:
            return Change(Fate.SPLIT if parts else Fate.MERGED, before, after, is_moved, wholes, parts)
        if (before.kind, before.text) != (after.kind, after.text):
            return Change(Fate.CHANGED, before, after, is_moved)
        return Change(Fate.MOVED if is_moved else Fate.KEPT, before, after, is_moved)


def _in_order(main: Line, others: Sequence[Line], keys: Sequence[str]) -> tuple[Line, ...]:
    """All of them in reading order; nothing where there are no others."""
    return tuple(sorted((main, *others), key=lambda line: keys.index(line.key))) if others else ()


@lru_cache(maxsize=4096)
def _difference(before: str, after: str, inserted: str, deleted: str) -> str:
    return word_diff_html(before, after, (inserted, deleted))


def origins_of(version: TextVersion) -> dict[str, list[str]]:
    """By the key of a provision, the keys of others in the version before whose words it has."""
    rows = session.execute(
        select(Provision.key, Provision.origins).where(
            Provision.version_id == version.id, cast(Provision.origins, Text) != "[]"
        )
    )
    return {key: origins for key, origins in rows}


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
