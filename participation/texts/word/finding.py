"""From an edited file to what it asks of a draft: one proposed wording for a provision and an author."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from participation.texts.provisions import Kind, Provision
from participation.texts.reading import signs
from participation.texts.reading.blocks import tidy
from participation.texts.trees import Tree
from participation.texts.word.body import ADDITION
from participation.texts.word.demands import Action
from participation.texts.word.findings import Findings, Left, Proposal, Reason, Said
from participation.texts.word.passages import Passage, Side, before, groups, side_of
from participation.texts.word.placing import Placing, place_passages
from participation.texts.word.redline import Redline, Remark

_WORD = re.compile(r"\w+")


def find_proposals(redline: Redline, title: str, provisions: Sequence[Provision], keys: Sequence[str]) -> Findings:
    """What each person who edited the file proposes and says about the provisions with these keys."""
    return _Finder(redline, title, provisions, keys).findings()


@dataclass
class _Asked:
    """A proposal on its way: its provision's place, the lines it was written in."""

    place: int
    lines: set[int]
    proposal: Proposal


class _Finder:
    def __init__(self, redline: Redline, title: str, provisions: Sequence[Provision], keys: Sequence[str]) -> None:
        self.lines, self.remarks = redline.lines, redline.remarks
        self.provisions, self.keys = provisions, keys
        self.tree = Tree(provisions)
        self.groups = list(groups(self.lines))
        self.old = [before(self.lines, group) for group in self.groups]
        self.passages = [passage for found in self.old for passage in found]
        self.placing: Placing = place_passages(self.passages, title, provisions, keys)
        self.asked: list[_Asked] = []
        self.left: list[Left] = []
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
        self._fold_deletions()
        self._find_moves()
        self.asked.sort(key=lambda one: (one.place, min(one.lines)))
        said = self._say()
        proposals = tuple(one.proposal for one in self.asked)
        return Findings(proposals, tuple(said), tuple(self.left), self.placing.alike)

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
        if place is None:
            reason = Reason.TITLE if at in self.placing.whole else Reason.UNPLACED
            self.left.append(Left(reason, author, before=tidy(old.text), after=tidy(after)))
            return
        provision = self.provisions[place]
        earlier = self._of(author, place)
        existing = earlier.proposal.wording if earlier else provision.text
        wording, drifted = _rebased(existing, _bare(old.text, provision), _bare(after, provision))
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
        else:
            self.asked.append(_Asked(place, lines, made))

    def _of(self, author: str, place: int) -> _Asked | None:
        """What the author has already asked of a provision that stands in several paragraphs."""
        asked = (one for one in self.asked if one.place == place and one.proposal.author == author)
        return next((one for one in asked if one.proposal.action is not Action.ADD), None)

    def _add(self, author: str, after: int, run: Sequence[Passage]) -> None:
        """New passages; a bookmark of ours begins another addition."""
        pieces: list[list[Passage]] = []
        for passage in run:
            is_ours = any(name.startswith(ADDITION) for name in passage.names)
            if not pieces or is_ours:
                pieces.append([])
            pieces[-1].append(passage)
        for piece in pieces:
            names = [name for name in piece[0].names if name.startswith(ADDITION)]
            text = "\n".join(one.text for one in piece)
            text = text.strip("\n") if names else tidy(text)
            if not text.strip():
                continue
            place = self._place_of_addition(names, after, text)
            lines = set().union(*(one.lines for one in piece))
            if place is None:
                self.left.append(Left(Reason.BEFORE_FIRST, author, after=tidy(text)))
                continue
            when = self._when(author, lines)
            self.asked.append(_Asked(place, lines, Proposal(self.keys[place], author, when, Action.ADD, text)))

    def _place_of_addition(self, names: Sequence[str], after: int, text: str) -> int | None:
        """The provision that it was added to; a new article follows the article before it."""
        for name in names:
            key = name.removeprefix(ADDITION).partition("_")[2]
            if key in self.keys:
                return list(self.keys).index(key)
        placed = [self.placing.places[at] for at in range(after, -1, -1) if at in self.placing.places]
        if not placed:
            return None
        if signs.article(text.split("\n", 1)[0]):
            home = self.tree.home_of(placed[0])
            if home is not None and self.provisions[home].kind is Kind.ARTICLE:
                return home
        return placed[0]

    def _read_untracked(self, at: int, passage: Passage) -> None:
        """A passage that nobody is said to have changed, and which is not as in the draft."""
        place = self.placing.places.get(at)
        if place is None or self.is_shared(place):
            return
        provision = self.provisions[place]
        bare = tidy(_bare(passage.text, provision))
        if not bare or not provision.text or _words(bare) == _words(provision.text):
            return
        made = Proposal(self.keys[place], "", "", Action.CHANGE, bare, drifted=True, untracked=True)
        self.asked.append(_Asked(place, passage.lines, made))

    def _when(self, author: str, lines: set[int]) -> str:
        """The last moment at which the author changed these lines."""
        hands = (hand for at in lines for hand in self.lines[at].hands)
        return max((hand.when for hand in hands if hand.author == author), default="")

    def _fold_deletions(self) -> None:
        """Who deletes a heading with all below it deletes the heading."""
        gone = {(one.place, one.proposal.author) for one in self.asked if one.proposal.action is Action.DELETE}
        folded = set()
        for place, author in sorted(gone):
            below = {(one, author) for one in self.tree.below[place]}
            if below and below <= gone:
                folded |= below
        self.asked = [
            one
            for one in self.asked
            if one.proposal.action is not Action.DELETE or (one.place, one.proposal.author) not in folded
        ]

    def _find_moves(self) -> None:
        added = {(one.proposal.author, _words(one.proposal.wording)): one for one in self.asked}
        for one in self.asked:
            if one.proposal.action is not Action.DELETE:
                continue
            provision = self.provisions[one.place]
            for text in (provision.text, f"{provision.label} {provision.text}"):
                other = added.get((one.proposal.author, _words(text)))
                if other is not None and other.proposal.action is Action.ADD and _words(text):
                    one.proposal = replace(one.proposal, moved=True)
                    other.proposal = replace(other.proposal, moved=True)

    # Comments

    def _say(self) -> list[Said]:
        """The comments; the nearest one of the same author on the same words becomes a proposal's reasons."""
        lines_of = {remark.number: self._lines_of(remark) for remark in self.remarks}
        used: set[int] = set()
        for one in self.asked:
            nearest = min(
                (
                    (len(remark.words), remark.number, remark)
                    for remark in self.remarks
                    if remark.author == one.proposal.author
                    and not remark.answers
                    and remark.number not in used
                    and lines_of[remark.number] & one.lines
                ),
                default=None,
            )
            if nearest is not None:
                used.add(nearest[1])
                one.proposal = replace(one.proposal, reasons=nearest[2].text)
        author_of = {remark.number: remark.author for remark in self.remarks}
        said = []
        for remark in self.remarks:
            if remark.number in used or not remark.text.strip():
                continue
            key = self._key_at(lines_of[remark.answers or remark.number] or lines_of[remark.number])
            if key is None:
                self.left.append(Left(Reason.UNPLACED, remark.author, text=remark.text))
                continue
            answers = author_of.get(remark.answers, "")
            said.append(Said(key, remark.author, remark.when, remark.text, tidy(remark.words), answers))
        order = {key: place for place, key in enumerate(self.keys)}
        return sorted(said, key=lambda one: order.get(one.key, -1))

    def _lines_of(self, remark: Remark) -> set[int]:
        return {
            at for at, line in enumerate(self.lines) if any(remark.number in piece.remarks for piece in line.pieces)
        }

    def _key_at(self, lines: set[int]) -> str | None:
        """The provision that a comment on these lines is about; "" for the whole draft, None for nowhere."""
        for one in self.asked:
            if one.lines & lines and one.proposal.action is Action.ADD:
                return one.proposal.key
        for at, passage in enumerate(self.passages):
            if not passage.lines & lines:
                continue
            if at in self.placing.places:
                return self.keys[self.placing.places[at]]
            if at in self.placing.whole:
                return ""
        return None


def _shared(placing: Placing) -> "_Shared":
    return _Shared(list(placing.places.values()))


class _Shared:
    """Whether several paragraphs of the file are one provision."""

    def __init__(self, places: Sequence[int]) -> None:
        self._several = {place for place in places if places.count(place) > 1}

    def __call__(self, place: int) -> bool:
        return place in self._several


def _bare(text: str, provision: Provision) -> str:
    """The words without the printed number before them."""
    stripped = text.lstrip()
    if provision.label and stripped.startswith(provision.label):
        return stripped[len(provision.label) :].lstrip(" \t\n")
    return text


def _rebased(existing: str, old: str, new: str) -> tuple[str, bool]:
    """The existing wording with the change from old to new; whether the old words were others than the existing."""
    if old == existing:
        return new, False
    if tidy(old) == existing:
        return tidy(new), False
    if tidy(old) and existing.count(tidy(old)) == 1:
        return tidy(existing.replace(tidy(old), tidy(new))), False
    return tidy(new), True


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
