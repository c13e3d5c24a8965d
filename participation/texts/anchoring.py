"""Where a quoted passage stands in a later text: placed, moved, changed or orphaned.

A passage follows its provision, to the place where its words stand now. It is never put onto other words: what is
neither there nor, beyond doubt, elsewhere is orphaned. The selector is the TextQuoteSelector of the W3C Web
Annotation Data Model (section 4.2.4), with the label of the article beside it.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import LCSseq

from participation.texts.matching import Fate, Match, match_provisions
from participation.texts.provisions import Provision
from participation.texts.reading.blocks import tidy
from participation.texts.trees import Tree

_WORD = re.compile(r"\w+")
_BREAK = "\x1f"
# So many words before and after a passage are its surroundings.
_CONTEXT = 12
# So far words next to two passages are compared to see where they part.
_FARTHEST = 40
# Elsewhere the words of a passage are its own only as part of a longer run that nobody writes twice.
_RUN_BEYOND_DOUBT = 16
_CONTEXT_BEYOND_DOUBT = 5
# A passage is found in changed words if so much of it is still there, and not spread over a much longer text.
_STILL_THERE = 0.5
_SPREAD = 3
_SAME_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", **dict.fromkeys("»«„“”‟", '"')})
_NO_MARKS = dict.fromkeys(map(ord, "-–—−•·▪*"))
_OUTER_SIGNS = " .,:;!?-()\"'[]"
_LONE_MARK = re.compile(r"(?<!\S)[-•·▪*]+(?!\S)")


class AnchorState(StrEnum):
    """`placed`: the same words in the same provision; `moved`: the same words elsewhere; `changed`: found, in other
    words; `orphaned`: not found."""

    PLACED = "placed"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of the old text. `label`, of its article or heading, may be empty, and so may its surroundings."""

    exact: str
    label: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands in the new text. `score`, 0 to 1, says how much of it and of its surroundings agrees.

    `label` is that of the article that holds it, `place` its first provision, `start` and `end` the characters of
    that provision's text. An orphan keeps its old label and words, and has no place.
    """

    state: AnchorState
    label: str
    exact: str
    score: float
    place: int | None = None
    start: int = 0
    end: int = 0


class Carrier:
    """Carries passages from one text to a later one; making it costs as much as comparing the two."""

    def __init__(
        self, old: Sequence[Provision], new: Sequence[Provision], matches: Sequence[Match] | None = None
    ) -> None:
        self._old, self._new = _Row(old), _Row(new)
        self._match_of: dict[int, Match] = {}
        self._added: set[int] = set()
        for match in match_provisions(old, new) if matches is None else matches:
            self._match_of |= dict.fromkeys(match.old, match)
            if not match.old:
                self._added |= set(match.new)

    def carry(self, quote: Quote) -> Anchor:
        """What became of the passage."""
        span = self._old.locate(quote)
        if span is None:
            return Anchor(AnchorState.ORPHANED, quote.label, quote.exact, 0.0)
        found = self._with_its_words(quote, span) or self._in_changed_words(quote, span)
        return found or Anchor(AnchorState.ORPHANED, self._old.label_at(span.start), quote.exact, 0.0)

    def label_of(self, place: int) -> str:
        """The label that a quotation from a provision of the old text carries: that of its article or heading."""
        return self._old.label_of(place)

    def _with_its_words(self, quote: Quote, span: range) -> Anchor | None:
        """The place where the same words stand: in what became of its provision, of its article, or beyond doubt."""
        old, new = self._old, self._new
        found = self._nearest(span)
        if not found:
            return None

        def surroundings(start: int) -> tuple[float, float]:
            drift = abs(start / len(new.words) - span.start / len(old.words))
            return old.likeness(span, new, range(start, start + len(span))), -drift

        start = max(found, key=lambda one: (*surroundings(one), one))
        likeness, _drift = surroundings(start)
        there = range(start, start + len(span))
        place = new.places[start]
        text, first, last = new.slice(there, quote.exact)
        score = (1 + 2 * likeness) / 3
        if _plain(text) != _plain(quote.exact) or not new.has_around(there, quote.exact):
            is_ours = self._is_at_home(place, span)
            return self._anchor(AnchorState.CHANGED, there, text, first, last, score) if is_ours else None
        text = quote.exact
        match = self._match_of.get(old.places[span.start])
        stays = match is not None and place in match.new and match.fate is not Fate.MOVED
        return self._anchor(AnchorState.PLACED if stays else AnchorState.MOVED, there, text, first, last, score)

    def _nearest(self, span: range) -> list[int]:
        """Where the words of a passage stand nearest to it, of these where most words next to them are the same.

        Words such as "in" stand in thousands of places: the dear looks are for the few that are left.
        """
        near = self._targets(span)
        at_home_in: dict[int, bool] = {}
        by_nearness: defaultdict[float, list[int]] = defaultdict(list)
        for start in self._new.find(self._old.words[span.start : span.stop]):
            place = self._new.places[start]
            if place not in at_home_in:
                at_home_in[place] = self._is_at_home(place, span)
            by_nearness[near.get(place, 0.0) + at_home_in[place]].append(start)
        for _nearness, starts in sorted(by_nearness.items(), reverse=True):
            runs: defaultdict[int, list[int]] = defaultdict(list)
            for start in starts:
                place = self._new.places[start]
                # What stood there before has its own passages: the words of a neighbour's list are not ours.
                if at_home_in[place] or place in near or place in self._added:
                    run = self._old.agreement(span, self._new, range(start, start + len(span)))
                    is_beyond_doubt = run >= _CONTEXT_BEYOND_DOUBT and run + len(span) >= _RUN_BEYOND_DOUBT
                    if at_home_in[place] or near.get(place) == 1 or is_beyond_doubt:
                        runs[run].append(start)
            if runs:
                return runs[max(runs)]
        return []

    def _in_changed_words(self, quote: Quote, span: range) -> Anchor | None:
        """What the words of the passage became, where its provision still is one."""
        old, new = self._old, self._new
        targets = sorted(place for place in self._targets(span) if self._is_at_home(place, span))
        if not targets:
            return None
        before = range(old.firsts[old.places[span.start]], old.firsts[old.places[span.stop - 1] + 1])
        after = range(new.firsts[targets[0]], new.firsts[targets[-1] + 1])
        kept = [
            after.start + op.dest_start + at
            for op in LCSseq.opcodes(old.words[before.start : before.stop], new.words[after.start : after.stop])
            if op.tag == "equal"
            for at in range(op.src_end - op.src_start)
            if before.start + op.src_start + at in span
        ]
        if len(kept) < max(1, _STILL_THERE * len(span)):
            return None
        there = range(kept[0], kept[-1] + 1)
        if len(there) > _SPREAD * len(span):
            return None
        text, first, last = new.slice(there, quote.exact)
        return self._anchor(AnchorState.CHANGED, there, text, first, last, 2 * len(kept) / (len(there) + len(span)))

    def _targets(self, span: range) -> dict[int, float]:
        """What the provisions of a passage became, with their likeness."""
        matches = [
            self._match_of[place] for place in {self._old.places[at] for at in span} if place in self._match_of
        ]
        return {place: match.likeness for match in matches for place in match.new}

    def _is_at_home(self, place: int, span: range) -> bool:
        """Whether a provision is of what the article of a passage became, or the passage's own in a new article."""
        new_home = self._new.tree.home_of(place)
        old_home = self._old.tree.home_of(self._old.places[span.start])
        match = self._match_of.get(old_home) if old_home is not None else None
        if new_home is None or new_home in self._added:
            return old_home == new_home or place in self._targets(span)
        return match is not None and new_home in match.new

    def _anchor(self, state: AnchorState, there: range, text: str, first: int, last: int, score: float) -> Anchor:
        label = self._new.label_at(there.start)
        return Anchor(state, label, text, round(score, 3), self._new.places[there.start], first, last)


class _Row:
    """A text as one row of words, each with its provision and the characters that it takes there.

    The printed number of a paragraph or point is among its words, because people quote it with them.
    """

    def __init__(self, provisions: Sequence[Provision]) -> None:
        self.tree = Tree(provisions)
        self.texts = [self._printed(place) for place in range(len(provisions))]
        self.words: list[str] = []
        self.places: list[int] = []
        self._spans: list[tuple[int, int]] = []
        self.firsts: list[int] = []
        for place, text in enumerate(self.texts):
            self.firsts.append(len(self.words))
            for found in _WORD.finditer(text):
                self.words.append(found[0])
                self.places.append(place)
                self._spans.append(found.span())
        self.firsts.append(len(self.words))
        self._row = _BREAK + _BREAK.join(self.words) + _BREAK
        self._starts = [0]
        for word in self.words:
            self._starts.append(self._starts[-1] + len(word) + 1)

    def _printed(self, place: int) -> str:
        one = self.tree.provisions[place]
        return f"{one.label} {one.text}".strip()

    def locate(self, quote: Quote) -> range | None:
        """Where a passage stands in its own text; its label and surroundings choose among several."""
        words = _WORD.findall(tidy(quote.exact))
        found = list(self.find(words))
        if not found:
            return None
        label = _squeezed(quote.label)
        named = [start for start in found if label and label in self._labels_at(start)]
        before, after = _WORD.findall(tidy(quote.prefix)), _WORD.findall(tidy(quote.suffix))

        def fit(start: int) -> int:
            end = start + len(words)
            # The outermost word of a prefix or suffix may be cut.
            left = _agreeing(before[::-1], self.words[max(0, start - len(before)) : start][::-1])
            return left + _agreeing(after, self.words[end : end + len(after)])

        fits = {start: fit(start) for start in named or found}
        most = max(fits.values())
        best = [range(start, start + len(words)) for start in fits if fits[start] == most]
        return next((there for there in best if self.has_around(there, quote.exact)), best[0])

    def find(self, words: Sequence[str]) -> Iterator[int]:
        if not words:
            return
        sought = _BREAK + _BREAK.join(words) + _BREAK
        at = self._row.find(sought)
        while at >= 0:
            yield bisect_left(self._starts, at)
            at = self._row.find(sought, at + 1)

    def agreement(self, span: range, other: "_Row", there: range) -> int:
        """How many words next to two passages are the same without a break."""
        before, after = self._around(span, _FARTHEST)
        other_before, other_after = other._around(there, _FARTHEST)
        return _agreeing(before[::-1], other_before[::-1]) + _agreeing(after, other_after)

    def likeness(self, span: range, other: "_Row", there: range) -> float:
        """How alike what is around two passages is."""
        near = [word for side in self._around(span, _CONTEXT) for word in side]
        other_near = [word for side in other._around(there, _CONTEXT) for word in side]
        return float(LCSseq.normalized_similarity(near, other_near))

    def _around(self, span: range, most: int) -> tuple[list[str], list[str]]:
        return self.words[max(0, span.start - most) : span.start], self.words[span.stop : span.stop + most]

    def has_around(self, there: range, quoted: str) -> bool:
        """Whether the signs before the first and after the last word of a quotation stand in the text as well."""
        before, after = _outer_signs(quoted)
        return self._signs_before(there.start).endswith(before) and self._signs_before(there.stop).startswith(after)

    def _signs_before(self, at: int) -> str:
        """What stands between a word and the one before it."""
        signs = ""
        if at > 0:
            place = self.places[at - 1]
            signs = self.texts[place][self._spans[at - 1][1] :]
            if at < len(self.words) and self.places[at] == place:
                return _squeezed_signs(self.texts[place][self._spans[at - 1][1] : self._spans[at][0]])
        if at < len(self.words):
            signs += self.texts[self.places[at]][: self._spans[at][0]]
        return _squeezed_signs(signs)

    def label_at(self, at: int) -> str:
        """The label of the article that holds a word; of the heading, its whole text, where there is no article."""
        return self.label_of(self.places[at])

    def label_of(self, place: int) -> str:
        home = self.tree.home_of(place)
        if home is None:
            return ""
        one = self.tree.provisions[home]
        return one.label if one.kind == "article" else self.texts[home]

    def _labels_at(self, at: int) -> set[str]:
        home = self.tree.home_of(self.places[at])
        return {_squeezed(self.label_at(at)), _squeezed(self.texts[home]) if home is not None else ""}

    def slice(self, there: range, quoted: str) -> tuple[str, int, int]:
        """The text of some words with the signs at their ends that the quotation has too, and where in the first
        provision's text it begins and ends."""
        pieces: list[str] = []
        first = last = 0
        at = there.start
        while at < there.stop:
            place = self.places[at]
            stop = min(there.stop, self.firsts[place + 1])
            text, start, end = self.texts[place], 0, len(self.texts[place])
            if at == there.start:
                start = _reach_back(text, self._spans[at][0], quoted)
            if stop == there.stop:
                end = _reach_on(text, self._spans[stop - 1][1], quoted)
            if not pieces:
                shift = len(text) - len(self.tree.provisions[place].text)
                first, last = max(0, start - shift), max(0, end - shift)
            pieces.append(text[start:end])
            at = stop
        return " ".join(pieces), first, last


def _reach_back(text: str, start: int, quoted: str) -> int:
    signs = re.match(r"\W*", quoted.lstrip())
    for sign in reversed(signs[0] if signs else ""):
        if start == 0 or text[start - 1] != sign:
            break
        start -= 1
    return start + len(text[start:]) - len(text[start:].lstrip())


def _reach_on(text: str, end: int, quoted: str) -> int:
    signs = re.search(r"\W*$", quoted.rstrip())
    for sign in signs[0] if signs else "":
        if end >= len(text) or text[end] != sign:
            break
        end += 1
    return end


def _agreeing(words: Sequence[str], others: Sequence[str]) -> int:
    count = 0
    for word, other in zip(words, others, strict=False):
        if word != other:
            break
        count += 1
    return count


def _plain(text: str) -> str:
    """A text for which only words and the signs between them count: not spaces, kinds of quotation marks and dashes,
    bullets, or what ends the sentence before and after it."""
    return " ".join(_LONE_MARK.sub(" ", tidy(text).translate(_SAME_SIGNS)).split()).strip(_OUTER_SIGNS)


def _outer_signs(quoted: str) -> tuple[str, str]:
    words = list(_WORD.finditer(quoted))
    return _squeezed_signs(quoted[: words[0].start()]), _squeezed_signs(quoted[words[-1].end() :])


def _squeezed_signs(text: str) -> str:
    return "".join(tidy(text).translate(_SAME_SIGNS | _NO_MARKS).split())


def _squeezed(label: str) -> str:
    return "".join(tidy(label).casefold().split())
