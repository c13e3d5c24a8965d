"""Which demands can be tracked changes of one text at once, and what they do to each provision."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from participation.texts.provisions import Kind, Provision
from participation.texts.replacements import Replacement, replacements_of
from participation.texts.trees import Tree
from participation.texts.word.cells import replacements_in_cells
from participation.texts.word.demands import Action, Demand


@dataclass(frozen=True)
class Stretch:
    """Words of a provision: as they stand, put in (`is_new`) or taken out by a demand."""

    text: str
    demand: Demand | None = None
    is_new: bool = False


@dataclass
class Marked:
    """What becomes of one provision. `excluded` are demands that contradict those which are tracked."""

    changes: list[tuple[Replacement, Demand]] = field(default_factory=list)
    deletion: Demand | None = None
    additions: list[Demand] = field(default_factory=list)
    excluded: list[Demand] = field(default_factory=list)

    def stretches(self, text: str) -> list[Stretch]:
        """The text with its changes, to the character."""
        if self.deletion is not None:
            return [Stretch(text, self.deletion)] if text else []
        found: list[Stretch] = []
        at = 0
        for change, demand in sorted(self.changes, key=lambda pair: pair[0]):
            found += [Stretch(text[at : change.start])] if at < change.start else []
            found += [Stretch(text[change.start : change.stop], demand)] if change.start < change.stop else []
            found += [Stretch(change.words, demand, is_new=True)] if change.words else []
            at = change.stop
        return found + ([Stretch(text[at:])] if text[at:] else [])


def mark(provisions: Sequence[Provision], keys: Sequence[str], demands: Sequence[Demand]) -> list[Marked]:
    """What becomes of each provision. Of demands that exclude each other the earliest is tracked.

    A deletion takes what stands below its provision with it. What is added after a provision stands after all that
    is below it; after the heading of a chapter, first in the chapter. Demands for provisions that are not there are
    left out.
    """
    tree = Tree(provisions)
    place_of = {key: place for place, key in enumerate(keys)}
    marked = [Marked() for _ in provisions]
    for demand in sorted(demands, key=lambda one: one.when):
        if demand.key not in place_of:
            continue
        place = place_of[demand.key]
        if demand.action is Action.ADD:
            stands_alone = tree.is_heading(place) and provisions[place].kind is not Kind.ARTICLE
            last = place if stands_alone else max([place, *tree.below[place]])
            marked[last].additions.append(demand)
        elif demand.action is Action.DELETE:
            _delete(marked, [place, *tree.below[place]], demand)
        else:
            _change(marked[place], provisions[place], demand)
    return marked


def _delete(marked: list[Marked], places: list[int], demand: Demand) -> None:
    if any(marked[place].changes or marked[place].deletion for place in places):
        marked[places[0]].excluded.append(demand)
        return
    for place in places:
        marked[place].deletion = demand


def _change(marked: Marked, provision: Provision, demand: Demand) -> None:
    compare = replacements_in_cells if provision.kind is Kind.TABLE else replacements_of
    asked = compare(provision.text, demand.wording)
    taken = [change for change, _demand in marked.changes]
    clashes = asked and any(one == other or one.clashes_with(other) for one in asked for other in taken)
    if not asked or clashes or marked.deletion is not None:
        marked.excluded.append(demand)
        return
    marked.changes += [(one, demand) for one in asked]
