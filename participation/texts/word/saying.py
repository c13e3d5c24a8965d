"""The comments of an edited file: the reasons of proposals, and what is said of provisions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from participation.texts.provisions import Provision
from participation.texts.reading.blocks import tidy
from participation.texts.word.asked import Asked, bare
from participation.texts.word.demands import Action
from participation.texts.word.findings import Left, Reason, Said
from participation.texts.word.passages import Passage
from participation.texts.word.placing import Placing
from participation.texts.word.redline import Redline, Remark


class Saying:
    """Gives each comment its place; `left` are those without one."""

    def __init__(
        self, redline: Redline, passages: Sequence[Passage], placing: Placing, provisions: Sequence[Provision],
        keys: Sequence[str],
    ) -> None:  # fmt: skip
        self.left: list[Left] = []
        self._lines, self._remarks = redline.lines, redline.remarks
        self._passages, self._placing = passages, placing
        self._provisions, self._keys = provisions, keys
        self._lines_of: dict[int, set[int]] = {remark.number: set() for remark in redline.remarks}
        for at, line in enumerate(redline.lines):
            for number in {number for piece in line.pieces for number in piece.remarks}:
                self._lines_of.setdefault(number, set()).add(at)
        self._passages_of: dict[int, list[int]] = {}
        for at, passage in enumerate(passages):
            for touched in passage.lines:
                self._passages_of.setdefault(touched, []).append(at)

    def _passages_on(self, lines: set[int]) -> list[int]:
        """The passages that stand on any of these lines, in reading order."""
        return sorted({at for line in lines for at in self._passages_of.get(line, ())})

    def give_reasons(self, asked: Sequence[Asked]) -> set[int]:
        """The nearest comment of the same author on the same words becomes a proposal's reasons; which were used."""
        used: set[int] = set()
        for one in asked:
            nearest = min(
                (
                    (len(remark.words), remark.number, remark)
                    for remark in self._remarks
                    if remark.author == one.proposal.author
                    and not remark.answers
                    and remark.number not in used
                    and self._lines_of[remark.number] & one.lines
                ),
                default=None,
            )
            if nearest is not None:
                used.add(nearest[1])
                one.proposal = replace(one.proposal, reasons=nearest[2].text, remark=nearest[1])
        return used

    def say(self, asked: Sequence[Asked]) -> list[Said]:
        """All other comments, in the order of the draft."""
        used = self.give_reasons(asked)
        remark_of = {remark.number: remark for remark in self._remarks}
        said = []
        for remark in self._remarks:
            if remark.number in used or not remark.text.strip():
                continue
            key = self._key_at(
                self._lines_of[remark.answers or remark.number] or self._lines_of[remark.number], asked
            )
            if key is None:
                self.left.append(Left(Reason.UNPLACED, remark.author, text=remark.text))
                continue
            words, start = self._words(remark, key)
            made = Said(key, remark.author, remark.when, remark.text, words, start, remark=remark.number)
            answered = remark_of.get(remark.answers)
            if answered is not None:
                made = replace(
                    made,
                    answers=answered.author,
                    answers_remark=answered.number,
                    answers_known=answered.known,
                )
            said.append(replace(made, known=remark.known))
        order = {key: place for place, key in enumerate(self._keys)}
        return sorted(said, key=lambda one: order.get(one.key, -1))

    def _key_at(self, lines: set[int], asked: Sequence[Asked]) -> str | None:
        """The provision that a comment on these lines is about; "" for the whole draft, None for nowhere."""
        for one in asked:
            arrived = one.passages if one.proposal.action in (Action.ADD, Action.MOVE) else ()
            if any(passage.lines & lines for passage in arrived):
                return one.proposal.key
        for at in self._passages_on(lines):
            if at in self._placing.places:
                return self._keys[self._placing.places[at]]
            if at in self._placing.whole:
                return ""
        return None

    def _words(self, remark: Remark, key: str) -> tuple[str, int]:
        """The words as they stood before any change, and where they begin in the provision's text."""
        found = list(self._words_before(remark))
        if len(found) != 1 or self._placing.places.get(found[0][0]) is None:
            return tidy(remark.words if not found else "\n".join(words for _at, words, _start in found)), 0
        at, words, start = found[0]
        provision = self._provisions[self._placing.places[at]]
        if self._keys[self._placing.places[at]] != key:
            return tidy(words), 0
        start += len(words) - len(words.lstrip())
        return tidy(words), _rebased(start, self._passages[at].text, provision)

    def _words_before(self, remark: Remark) -> Iterator[tuple[int, str, int]]:
        """(passage, the words in it, their first character) of each passage that a comment stands on."""
        for at in self._passages_on(self._lines_of[remark.number]):
            length, words, start = 0, "", 0
            for line, place in self._passages[at].spots:
                piece = self._lines[line].pieces[place]
                if remark.number in piece.remarks:
                    start = start if words else length
                    words += piece.text
                length += len(piece.text)
            if words.strip():
                yield at, words, start


def _rebased(start: int, text: str, provision: Provision) -> int:
    """A character of a passage as one of its provision's text."""
    words = bare(text, provision)
    own = start - (len(text) - len(words))
    if words == provision.text:
        return max(0, own)
    return max(0, own) + max(0, provision.text.find(tidy(words)))
