"""The pairs of provisions that have been found so far."""

from collections import defaultdict
from collections.abc import Iterator

from participation.texts.matching.matches import Link
from participation.texts.trees import Tree


class Pairs:
    """Places of old provisions by those of new ones, and the other way round, as they are found."""

    def __init__(self, old: Tree, new: Tree) -> None:
        self.old, self.new = old, new
        self.new_of: dict[int, int] = {}
        self.old_of: dict[int, int] = {}
        # Further parts of what was split, by its old place; further wholes of a merger, by its new place.
        self.parts: dict[int, list[int]] = defaultdict(list)
        self.wholes: dict[int, list[int]] = defaultdict(list)

    def pair(self, old: int, new: int) -> None:
        self.new_of[old], self.old_of[new] = new, old

    def links(self) -> Iterator[Link]:
        """All that was found, main links and others."""
        for new, old in self.old_of.items():
            yield Link(old, new, is_main=self.new_of.get(old) == new)
        for new, wholes in self.wholes.items():
            yield from (Link(old, new, is_main=False) for old in wholes)
