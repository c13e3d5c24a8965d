"""Which demands can be tracked changes of one text at once, and what they do to each provision."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from participation.texts.moving import last_before
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
    """What becomes of one provision. `excluded` are demands that contradict those which are tracked.

    `gone` deletes it or moves it away; `becomes` is how it reads where it is moved to, if a move changes it as well.
    `arrivals` are what stands behind it, added or moved there; `ahead`, of the first provision, what stands before.
    """

    changes: list[tuple[Replacement, Demand]] = field(default_factory=list)
    gone: Demand | None = None
    becomes: str = ""
    arrivals: list[Demand] = field(default_factory=list)
    ahead: list[Demand] = field(default_factory=list)
    excluded: list[Demand] = field(default_factory=list)

    def stretches(self, text: str) -> list[Stretch]:
        """The text with its changes, to the character."""
        if self.gone is not None:
            return [Stretch(text, self.gone)] if text else []
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

    A deletion or a move takes what stands below its provision with it. What is added after a provision stands after
    all that is below it; after the heading of a chapter, first in the chapter. Demands for provisions that are not
    there are left out.
    """
    marker = _Marker(provisions, keys)
    # Of one proposal the move comes first: what it changes, it changes where it is moved to.
    for demand in sorted(demands, key=lambda one: (one.when, one.action is not Action.MOVE)):
        if demand.key in marker.place_of:
            marker.mark(demand)
    return marker.marked


class _Marker:
    def __init__(self, provisions: Sequence[Provision], keys: Sequence[str]) -> None:
        self.provisions = provisions
        self.tree = Tree(provisions)
        self.place_of = {key: place for place, key in enumerate(keys)}
        self.marked = [Marked() for _ in provisions]

    def mark(self, demand: Demand) -> None:
        place = self.place_of[demand.key]
        acts = {
            Action.ADD: self._arrives,
            Action.DELETE: self._delete,
            Action.MOVE: self._move,
            Action.CHANGE: self._change,
        }
        if not acts[demand.action](demand, place):
            self.marked[place].excluded.append(demand)

    def _subtree(self, place: int) -> list[int]:
        return [place, *self.tree.below[place]]

    def _delete(self, demand: Demand, place: int) -> bool:
        places = self._subtree(place)
        if any(self.marked[at].changes or self.marked[at].gone for at in places):
            return False
        self._take_out(demand, places)
        return True

    def _take_out(self, demand: Demand, places: Sequence[int]) -> None:
        for at in places:
            self.marked[at].gone = demand

    def _change(self, demand: Demand, place: int) -> bool:
        marked, provision = self.marked[place], self.provisions[place]
        if marked.gone is not None:
            fits = marked.gone.action is Action.MOVE and marked.gone.is_of_one_proposal_with(demand)
            if not fits or marked.becomes:
                return False
            marked.becomes = demand.wording
            return True
        compare = replacements_in_cells if provision.kind is Kind.TABLE else replacements_of
        asked = compare(provision.text, demand.wording)
        taken = [change for change, _demand in marked.changes]
        clashes = asked and any(one == other or one.clashes_with(other) for one in asked for other in taken)
        if not asked or clashes:
            return False
        marked.changes += [(one, demand) for one in asked]
        return True

    def _move(self, demand: Demand, place: int) -> bool:
        places = self._subtree(place)
        known = not demand.after or demand.after in self.place_of
        if not known or any(self.marked[at].changes or self.marked[at].gone for at in places):
            return False
        anchors = {self.place_of.get(one.anchor) for at in places for one in self.marked[at].arrivals}
        anchor = self.place_of.get(demand.after, -1)
        stays = anchor < 0 or not self._is_moved(anchor)
        leads_on = stays and self._last_of(demand) in (place - 1, *places)
        # What stands behind a part of it would stay where it was.
        if anchors & set(places) or leads_on or anchor in places:
            return False
        if not self._arrives(demand, place):
            return False
        self._take_out(demand, places)
        return True

    def _arrives(self, demand: Demand, _place: int) -> bool:
        """Put something behind its anchor, unless that is moved away; what moves together stays together."""
        anchor = self.place_of.get(demand.anchor)
        if anchor is None:
            self.marked[0].ahead.append(demand)
            return True
        moved = self.marked[anchor].gone
        if moved is None or not self._is_moved(anchor):
            self.marked[self._last_of(demand)].arrivals.append(demand)
            return True
        if moved.key != demand.anchor or moved.author != demand.author:
            return False
        arrivals = next(row for one in self.marked for row in (one.arrivals, one.ahead) if moved in row)
        at = arrivals.index(moved) + 1
        while at < len(arrivals) and arrivals[at].anchor == demand.anchor:
            at += 1
        arrivals.insert(at, demand)
        return True

    def _is_moved(self, place: int) -> bool:
        gone = self.marked[place].gone
        return gone is not None and gone.action is Action.MOVE

    def _last_of(self, demand: Demand) -> int:
        """The place after which stands what a demand puts behind its anchor; -1 for the beginning."""
        anchor = self.place_of.get(demand.anchor)
        if anchor is None:
            return -1
        if demand.action is Action.MOVE:
            return last_before(self.tree, self.place_of[demand.key], anchor)
        stands_alone = self.tree.is_heading(anchor) and self.provisions[anchor].kind is not Kind.ARTICLE
        return anchor if stands_alone else max(self._subtree(anchor))
