"""Which provision of a new version is which of the version before: written down as keys, and read from them.

A provision that goes on keeps its key. What was divided has the key in one part, and the others name it among their
origins; what was joined has one key, and names the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from participation.foundation.database import new_key
from participation.texts.matching import Link, Match, likeness, matches_of
from participation.texts.provisions import Provision
from participation.texts.trees import Tree


class Kept(Protocol):
    """What a lineage asks of a provision."""

    @property
    def key(self) -> str: ...


class Descended(Kept, Protocol):
    @property
    def origins(self) -> Sequence[str]: ...


@dataclass
class Identity:
    """The key of a provision and those of others whose words it has."""

    key: str
    origins: list[str] = field(default_factory=list)


def identities_of(
    keys: Sequence[str], old: Sequence[Provision], new: Sequence[Provision], matches: Sequence[Match]
) -> list[Identity]:
    """The identity of each new provision, in reading order; `keys` are those of the old ones."""
    before, after = Tree(old), Tree(new)
    found: list[Identity | None] = [None] * len(new)
    for match in matches:
        if not match.old or not match.new:
            continue
        main_old = max(match.old, key=lambda place: _closeness(before, place, after, match.new))
        main_new = max(match.new, key=lambda place: _closeness(after, place, before, match.old))
        for place in match.new:
            is_main = place == main_new
            others = [keys[one] for one in match.old if one != main_old or not is_main]
            found[place] = Identity(keys[main_old] if is_main else new_key(), others)
    return [one or Identity(new_key()) for one in found]


def matches_by_identity(
    old: Sequence[Kept], old_text: Sequence[Provision], new: Sequence[Descended], new_text: Sequence[Provision]
) -> list[Match]:
    """What became of each provision of one version in the next, as their keys say."""
    return matches_of(Tree(old_text), Tree(new_text), _links(old, new))


def _links(old: Sequence[Kept], new: Sequence[Descended]) -> Iterator[Link]:
    places = {one.key: place for place, one in enumerate(old)}
    kept = {one.key for one in new}
    for place, one in enumerate(new):
        if one.key in places:
            yield Link(places[one.key], place, is_main=True)
        for key in one.origins:
            if key in places and (key in kept or one.key in places):
                yield Link(places[key], place, is_main=False)


def _closeness(tree: Tree, place: int, other: Tree, places: Sequence[int]) -> tuple[float, bool, int]:
    """How much of a part or whole stands on the other side; an equal number, then the earlier one, decides."""
    words = [word for one in places for word in other.words[one]]
    has_label = any(tree.labels[place] == other.labels[one] for one in places)
    return likeness(tree.words[place], words) if words or tree.words[place] else 0.0, has_label, -place
