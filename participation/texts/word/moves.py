"""Provisions that an edited file has elsewhere: gone in one place, put in at another by the same person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from participation.texts.matching import likeness
from participation.texts.moving import last_before
from participation.texts.provisions import Kind, Provision
from participation.texts.reading import signs
from participation.texts.reading.blocks import tidy
from participation.texts.trees import Tree
from participation.texts.word.asked import Asked, names_of_arrival, rebased, unnumbered, wording_of, words_of
from participation.texts.word.demands import Action
from participation.texts.word.findings import Proposal
from participation.texts.word.passages import END, Passage
from participation.texts.word.redline import Line

# What Word calls a move may have been worded anew on its way, but not to something else.
_STILL_ITSELF = 0.5
# A file that moves more was arranged anew: what is beyond stays a deletion and an addition.
MOST_MOVES = 400


@dataclass(frozen=True)
class Draft:
    """The draft that the file was made of."""

    tree: Tree
    keys: Sequence[str]

    @property
    def provisions(self) -> Sequence[Provision]:
        return self.tree.provisions


class Moves:
    """Makes moves of deletions and additions; `asked` is what is left, and what has come of it.

    `places` are of provisions by those of the passages of the file, as they stood before any change.
    """

    def __init__(
        self, asked: Sequence[Asked], draft: Draft, lines: Sequence[Line], places: Mapping[int, int]
    ) -> None:
        self.asked = list(asked)
        self._draft, self._lines, self._places = draft, lines, places
        self._left = MOST_MOVES

    def find(self) -> None:
        for author in dict.fromkeys(one.proposal.author for one in self.asked):
            gone = {
                one.place: one
                for one in self.asked
                if one.proposal.author == author and one.proposal.action is Action.DELETE
            }
            moved: list[Asked] = []
            for place in sorted(gone):
                if place in gone and self._left:
                    moved += self._move(place, gone)
            if moved:
                self._anchor(author, {one.place for one in moved}, moved)

    def _move(self, root: int, gone: dict[int, Asked]) -> Iterator[Asked]:
        """The move of a provision with all below it; nothing if it went nowhere."""
        subtree = [root, *self._draft.tree.below[root]]
        if not all(place in gone for place in subtree):
            return
        went = [gone[place] for place in subtree]
        old = [(place, passage) for place in subtree for passage in gone[place].passages]
        author = went[0].proposal.author
        for one in self.asked:
            if one.proposal.author != author or one.proposal.action is not Action.ADD:
                continue
            window = self._window([passage for _place, passage in old], one.passages)
            if window is None:
                continue
            came = one.passages[window.start : window.stop]
            for place in subtree:
                del gone[place]
            self._left -= 1
            made = self._made(one, went, came)
            changes = list(self._changes(made, old, came))
            at = next(at for at, each in enumerate(self.asked) if each is one)
            self.asked[at : at + 1] = [*_part(one, 0, window.start), made, *_part(one, window.stop, None)]
            leaving = set(map(id, went))
            self.asked = [each for each in self.asked if id(each) not in leaving] + changes
            yield made
            return

    def _made(self, one: Asked, went: Sequence[Asked], came: Sequence[Passage]) -> Asked:
        lines = set().union(*(each.lines for each in went), *(each.lines for each in came))
        when = max(one.proposal.when, *(each.proposal.when for each in went))
        made = Proposal(self._draft.keys[went[0].place], one.proposal.author, when, Action.MOVE, "")
        return Asked(went[0].place, lines, made, tuple(came), one.behind, one.run)

    def _window(self, old: Sequence[Passage], new: Sequence[Passage]) -> range | None:
        """Which of the new passages are the old ones: in the same words, else by what Word says of both."""
        sought = [word for passage in old for word in words_of(passage.text)]
        rows = [words_of(passage.text) for passage in new]
        if not sought:
            return None
        for start in range(len(rows)):
            found: list[str] = []
            for stop in range(start, len(rows)):
                found += rows[stop]
                if found == sought and rows[start]:
                    return range(start, stop + 1)
                if len(found) > len(sought):
                    break
        return self._moved_window(old, new, sought)

    def _moved_window(self, old: Sequence[Passage], new: Sequence[Passage], sought: list[str]) -> range | None:
        if not all(self._is_moved(passage) for passage in old):
            return None
        best = (_STILL_ITSELF, -1)
        for start in range(len(new) - len(old) + 1):
            window = new[start : start + len(old)]
            if all(self._is_moved(passage) for passage in window):
                words = [word for passage in window for word in words_of(passage.text)]
                best = max(best, (likeness(sought, words), start))
        return range(best[1], best[1] + len(old)) if best[1] >= 0 else None

    def _is_moved(self, passage: Passage) -> bool:
        pieces = [self._lines[at].pieces[place] for at, place in passage.spots if place != END]
        return any((one.inserted and one.inserted.moves) or (one.deleted and one.deleted.moves) for one in pieces)

    def _changes(self, made: Asked, old: Sequence[tuple[int, Passage]], came: Sequence[Passage]) -> Iterator[Asked]:
        """What was worded anew on the way."""
        if len(old) != len(came):
            return
        for place in dict.fromkeys(place for place, _passage in old):
            provision = self._draft.provisions[place]
            pairs = [(before, after) for (at, before), after in zip(old, came, strict=True) if at == place]
            was, becomes = ("\n".join(side) for side in zip(*((a.text, b.text) for a, b in pairs), strict=True))
            was, becomes = unnumbered(was, provision), unnumbered(becomes, provision)
            if words_of(was) == words_of(becomes) and tidy(was) == tidy(becomes):
                continue
            wording, drifted = rebased(provision.text, was, becomes)
            if wording and wording != provision.text:
                change = replace(made.proposal, key=self._draft.keys[place], action=Action.CHANGE, wording=wording)
                lines = set().union(*(after.lines for _before, after in pairs))
                yield Asked(place, lines, replace(change, drifted=drifted))

    def _anchor(self, author: str, roots: set[int], moved: Sequence[Asked]) -> None:
        """Say behind what each of them stands: a provision that stays, or what moves there before it."""
        tree, keys = self._draft.tree, self._draft.keys
        leaves = {place for root in roots for place in (root, *tree.below[root])}
        last: dict[int, str] = {}
        for one in self.asked:
            if one.proposal.author != author or one.run < 0:
                continue
            is_move = any(one is each for each in moved)
            own = {keys[place] for place in (one.place, *tree.below[one.place])} if is_move else set()
            names = [key for key in names_of_arrival(one.passages[0]) if not key or key in keys]
            if names and names[0] not in own:
                after = names[0]
            elif one.run in last:
                after = last[one.run]
            else:
                after = self._behind(one, leaves)
            if is_move:
                inexact = not names and one.run not in last and self._is_inexact(one, after, leaves)
                one.proposal = replace(one.proposal, after=after, inexact=inexact)
                last[one.run] = one.proposal.key
            elif after:
                one.place = list(keys).index(after)
                one.proposal = replace(one.proposal, key=after)

    def _standing_before(self, one: Asked, leaves: set[int]) -> int | None:
        """The place of the nearest provision that stands before what was put in, and stays there."""
        before = (self._places[at] for at in range(one.behind, -1, -1) if at in self._places)
        return next((place for place in before if place not in leaves), None)

    def _behind(self, one: Asked, leaves: set[int]) -> str:
        place = self._standing_before(one, leaves)
        if place is None:
            return ""
        return self._draft.keys[anchor_of(self._draft.tree, place, wording_of(one.passages))]

    def _is_inexact(self, one: Asked, after: str, leaves: set[int]) -> bool:
        place = self._standing_before(one, leaves)
        if place is None or not after:
            return False
        last = last_before(self._draft.tree, one.place, list(self._draft.keys).index(after))
        return any(at not in leaves for at in range(place + 1, last + 1))


def anchor_of(tree: Tree, place: int, text: str) -> int:
    """The provision that new words behind a place belong behind; a new article follows the article before it."""
    if signs.article(text.split("\n", 1)[0]):
        home = tree.home_of(place)
        if home is not None and tree.provisions[home].kind is Kind.ARTICLE:
            return home
    return place


def _part(one: Asked, start: int, stop: int | None) -> Iterator[Asked]:
    """What of an addition did not come from elsewhere."""
    passages = one.passages[start:stop]
    if not passages or not wording_of(passages).strip():
        return
    lines = set().union(*(passage.lines for passage in passages))
    yield replace(one, lines=lines, passages=passages, proposal=replace(one.proposal, wording=wording_of(passages)))
