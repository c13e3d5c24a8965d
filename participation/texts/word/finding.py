"""From an edited file to what it asks of a draft: one proposed wording for a provision and an author."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from participation.texts.provisions import Provision
from participation.texts.reading.blocks import tidy
from participation.texts.trees import Tree
from participation.texts.word.asked import (
    BEGINNING,
    Asked,
    bare,
    names_of_arrival,
    rebased,
    wording_of,
    words_of,
)
from participation.texts.word.demands import Action
from participation.texts.word.findings import Findings, Left, Proposal, Reason
from participation.texts.word.moves import Draft, Moves, anchor_of
from participation.texts.word.passages import Passage, Side, before, groups, side_of
from participation.texts.word.placing import Placing, place_passages
from participation.texts.word.redline import Redline
from participation.texts.word.saying import Saying


def find_proposals(redline: Redline, title: str, provisions: Sequence[Provision], keys: Sequence[str]) -> Findings:
    """What each person who edited the file proposes and says about the provisions with these keys."""
    return _Finder(redline, title, provisions, keys).findings()


class _Finder:
    def __init__(self, redline: Redline, title: str, provisions: Sequence[Provision], keys: Sequence[str]) -> None:
        self.redline, self.lines = redline, redline.lines
        self.provisions, self.keys = provisions, keys
        self.tree = Tree(provisions)
        self.groups = list(groups(self.lines))
        self.old = [before(self.lines, group) for group in self.groups]
        self.passages = [passage for found in self.old for passage in found]
        self.placing: Placing = place_passages(self.passages, title, provisions, keys)
        self.asked: list[Asked] = []
        self.changed: dict[tuple[int, str], Asked] = {}
        self.left: list[Left] = []
        self.runs = 0
        self.is_shared = _shared(self.placing)

    def findings(self) -> Findings:
        first = 0
        for group, old in zip(self.groups, self.old, strict=True):
            hands = [hand for at in group for hand in self.lines[at].hands]
            for author in dict.fromkeys(hand.author for hand in hands):
                self._read_side(author, side_of(self.lines, group, old, author), old, first, group)
            if not hands:
                for at, passage in enumerate(old, first):
                    self._read_untracked(at, passage)
            first += len(old)
        moves = Moves(self.asked, Draft(self.tree, self.keys), self.lines, self.placing.places)
        moves.find()
        self.asked = moves.asked
        self._leave_out_the_beginning()
        self._fold_deletions()
        self.asked.sort(key=lambda one: (one.place, min(one.lines)))
        saying = Saying(self.redline, self.passages, self.placing, self.provisions, self.keys)
        said = saying.say(self.asked)
        proposals = tuple(one.proposal for one in self.asked)
        return Findings(proposals, tuple(said), (*self.left, *saying.left), self.placing.alike)

    # Changes

    def _read_side(self, author: str, side: Side, old: Sequence[Passage], first: int, group: range) -> None:
        for at, parts in side.parts.items():
            self._change(author, first + at, old[at], parts)
        for after, run in side.new:
            self._add(author, first + after, run)
        if not side.parts and not side.new:
            gone = "".join(
                piece.text
                for at in group
                for piece in self.lines[at].pieces
                if piece.inserted and piece.deleted and piece.deleted.author == author
            )
            if gone.strip():
                self.left.append(Left(Reason.OTHERS_WORDS, author, before=gone.strip()))

    def _change(self, author: str, at: int, old: Passage, parts: Sequence[Passage]) -> None:
        """A passage that was changed, split or, without parts, deleted."""
        after = "\n".join(part.text.strip() if len(parts) > 1 else part.text for part in parts)
        if tidy(after) == tidy(old.text):
            return
        place = self.placing.places.get(at)
        if place is None and not old.text.strip():
            # What was written into an empty paragraph; LibreOffice makes one where it puts in what was moved.
            self._add(author, at - 1, parts)
            return
        if place is None:
            reason = Reason.TITLE if at in self.placing.whole else Reason.UNPLACED
            self.left.append(Left(reason, author, before=tidy(old.text), after=tidy(after)))
            return
        provision = self.provisions[place]
        # What the author has already asked of a provision that stands in several paragraphs.
        earlier = self.changed.get((place, author))
        existing = earlier.proposal.wording if earlier else provision.text
        wording, drifted = rebased(existing, bare(old.text, provision), bare(after, provision))
        is_gone = not after.strip() if not self.is_shared(place) else not wording
        has_number = not provision.label or after.lstrip().startswith(provision.label)
        if not provision.text and not has_number and not is_gone:
            # Of a heading that is but a number, the number is changed; that is no wording of its own.
            self.left.append(Left(Reason.UNPLACED, author, before=tidy(old.text), after=tidy(after)))
            return
        action = Action.DELETE if is_gone or not wording else Action.CHANGE
        if action is Action.CHANGE and wording == provision.text:
            return
        lines = old.lines.union(*(part.lines for part in parts))
        made = Proposal(self.keys[place], author, self._when(author, lines), action, wording, drifted=drifted)
        if action is Action.DELETE:
            made = replace(made, wording="")
        if earlier:
            earlier.proposal, earlier.lines = made, earlier.lines | lines
            earlier.passages = (*earlier.passages, old)
        else:
            self.changed[place, author] = Asked(place, lines, made, (old,))
            self.asked.append(self.changed[place, author])

    def _add(self, author: str, behind: int, run: Sequence[Passage]) -> None:
        """New passages; a bookmark of ours begins another addition."""
        goes_on = self._taken_up(author, behind) if not names_of_arrival(run[0]) else None
        pieces: list[list[Passage]] = [list(goes_on.passages)] if goes_on is not None else []
        for passage in run:
            if not pieces or names_of_arrival(passage):
                pieces.append([])
            pieces[-1].append(passage)
        if goes_on is not None:
            self.asked = [one for one in self.asked if one is not goes_on]
            behind = goes_on.behind
        else:
            self.runs += 1
        for piece in pieces:
            text = wording_of(piece)
            if not text.strip():
                continue
            place = self._anchor(piece, behind, text)
            lines = set().union(*(one.lines for one in piece))
            key = self.keys[place] if place != BEGINNING else ""
            made = Proposal(key, author, self._when(author, lines), Action.ADD, text)
            self.asked.append(Asked(place, lines, made, tuple(piece), behind, self.runs))

    def _taken_up(self, author: str, behind: int) -> Asked | None:
        """The author's last addition, if there is nothing but empty paragraphs between it and what follows."""
        last = next((one for one in reversed(self.asked) if one.proposal.author == author), None)
        if last is None or last.proposal.action is not Action.ADD:
            return None
        between = self.passages[last.behind + 1 : behind + 1]
        return last if not any(passage.text.strip() for passage in between) else None

    def _anchor(self, piece: Sequence[Passage], behind: int, text: str) -> int:
        """The provision that it was added to."""
        for key in names_of_arrival(piece[0]):
            if key in self.keys:
                return list(self.keys).index(key)
        places = self.placing.places
        placed = next((places[at] for at in range(behind, -1, -1) if at in places), BEGINNING)
        return placed if placed == BEGINNING else anchor_of(self.tree, placed, text)

    def _leave_out_the_beginning(self) -> None:
        """What was added before the first provision has none to be added to."""
        ahead = [one for one in self.asked if one.place == BEGINNING]
        self.asked = [one for one in self.asked if one.place != BEGINNING]
        self.left += [
            Left(Reason.BEFORE_FIRST, one.proposal.author, after=tidy(one.proposal.wording)) for one in ahead
        ]

    def _read_untracked(self, at: int, passage: Passage) -> None:
        """A passage that nobody is said to have changed, and which is not as in the draft."""
        place = self.placing.places.get(at)
        if place is None or self.is_shared(place):
            return
        provision = self.provisions[place]
        words = tidy(bare(passage.text, provision))
        if not words or not provision.text or words_of(words) == words_of(provision.text):
            return
        made = Proposal(self.keys[place], "", "", Action.CHANGE, words, drifted=True, untracked=True)
        self.asked.append(Asked(place, passage.lines, made))

    def _when(self, author: str, lines: set[int]) -> str:
        """The last moment at which the author changed these lines."""
        hands = (hand for at in lines for hand in self.lines[at].hands)
        return max((hand.when for hand in hands if hand.author == author), default="")

    def _fold_deletions(self) -> None:
        """Who deletes a heading with all below it deletes the heading."""
        gone = {(one.place, one.proposal.author) for one in self.asked if one.proposal.action is Action.DELETE}
        moved = [(one.place, one.proposal.author) for one in self.asked if one.proposal.action is Action.MOVE]
        away = {(below, author) for place, author in moved for below in (place, *self.tree.below[place])}
        folded = set()
        for place, author in sorted(gone):
            below = {(one, author) for one in self.tree.below[place]}
            if below and below <= gone | away:
                folded |= below
        self.asked = [
            one
            for one in self.asked
            if one.proposal.action is not Action.DELETE or (one.place, one.proposal.author) not in folded
        ]


def _shared(placing: Placing) -> "_Shared":
    return _Shared(list(placing.places.values()))


class _Shared:
    """Whether several paragraphs of the file are one provision."""

    def __init__(self, places: Sequence[int]) -> None:
        self._several = {place for place, paragraphs in Counter(places).items() if paragraphs > 1}

    def __call__(self, place: int) -> bool:
        return place in self._several
