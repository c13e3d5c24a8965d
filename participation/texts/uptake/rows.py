"""A whole text in codes, and the parts of it where one demand is looked for."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from participation.texts.uptake.changes import Alignment, changes_between, smallest_changes
from participation.texts.uptake.demands import Adopted
from participation.texts.uptake.words import EDGE, GAP, Codes

# New provisions so far from one that goes on still belong to its place, and so do those that stand where some went.
_NEAR = 8


class Passages:
    """All passages of some length in a text, to see at once that one is not among them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._of_length: dict[int, frozenset[str]] = {}

    def of_length(self, length: int) -> frozenset[str]:
        if length not in self._of_length:
            text = self.text
            self._of_length[length] = frozenset(text[at : at + length] for at in range(len(text) - length + 1))
        return self._of_length[length]


class Row:
    """The provisions of a text as one row of words; passages may run on from one provision to the next."""

    def __init__(self, provisions: Sequence[Adopted], codes: Codes) -> None:
        self.keys = [one.key for one in provisions]
        self.texts = [one.text for one in provisions]
        wordings = [codes.read(one.text) for one in provisions]
        self.codes = "".join(one.codes for one in wordings)
        self.passages = Passages(self.codes)
        self.starts = [0]
        self.sentences: set[int] = set()
        for one in wordings:
            self.sentences |= {self.starts[-1] + start for start in one.starts}
            self.starts.append(self.starts[-1] + len(one.codes))
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self.keys):
            self.places[key].append(place)

    def places_of(self, keys: Iterable[str]) -> set[int]:
        return {place for key in keys if key in self.places for place in self.places[key]}

    def keys_at(self, start: int, stop: int) -> list[str]:
        """The keys of the provisions that hold some words."""
        start, stop = max(0, start), min(stop, len(self.codes))
        if start >= stop:
            return []
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, stop - 1) - 1
        return [self.keys[place] for place in range(first, last + 1) if self.starts[place] < self.starts[place + 1]]


class Region:
    """Some provisions of a row, in reading order.

    `plain` is their words, with a gap where others stand between; `edged` has the edges of each provision instead,
    and `words` neither.
    """

    def __init__(self, row: Row, places: Iterable[int]) -> None:
        self.row = row
        self.places = sorted(places)
        self.texts = [row.texts[place] for place in self.places]
        self.keys = [row.keys[place] for place in self.places]
        plain, edged = [], []
        self._plain_at: list[tuple[int, int]] = []
        self._edged_at: list[tuple[int, int]] = []
        length = edged_length = 0
        before = None
        for place in self.places:
            start, stop = row.starts[place], row.starts[place + 1]
            gap = GAP if before is not None and place != before + 1 else ""
            piece = row.codes[start:stop]
            plain.append(gap + piece)
            self._plain_at.append((length + len(gap), start))
            length += len(gap) + len(piece)
            edged.append(EDGE + piece + EDGE)
            self._edged_at.append((edged_length + 1, start))
            edged_length += len(piece) + 2
            before = place
        self.plain = "".join(plain)
        self.passages = Passages(self.plain)
        self.edged = "".join(edged)
        self.words = self.edged.replace(EDGE, "")
        self._words_at = [(at - 2 * number - 1, start) for number, (at, start) in enumerate(self._edged_at)]

    def keys_of(self, at: int, length: int) -> list[str]:
        """The keys of the provisions where some words of `plain` stand."""
        return self._keys(self._plain_at, at, length)

    def keys_of_edged(self, at: int, length: int) -> list[str]:
        pattern = self.edged[at : at + length]
        skipped = len(pattern) - len(pattern.lstrip(EDGE))
        return self._keys(self._edged_at, at + skipped, len(pattern.strip(EDGE)))

    def keys_of_words(self, at: int, length: int) -> list[str]:
        return self._keys(self._words_at, at, length)

    def sentence_around(self, start: int, stop: int, before: int, after: int) -> list[int]:
        """The places of some words on each side of others, in `words`, as far as their sentence goes."""
        found: list[int] = []
        for at in range(start - 1, max(-1, start - 1 - before), -1):
            if self._begins_sentence(at + 1):
                break
            found.append(at)
        for at in range(stop, min(len(self.words), stop + after)):
            if self._begins_sentence(at):
                break
            found.append(at)
        return found

    def _begins_sentence(self, at: int) -> bool:
        place = bisect_right(self._words_at, (at, len(self.row.codes) + 1)) - 1
        return at < len(self.words) and self._words_at[place][1] + at - self._words_at[place][0] in self.row.sentences

    def _keys(self, starts: list[tuple[int, int]], at: int, length: int) -> list[str]:
        place = bisect_right(starts, (at, len(self.row.codes) + 1)) - 1
        if place < 0 or length <= 0:
            return []
        first = starts[place][1] + at - starts[place][0]
        return self.row.keys_at(first, first + length)


def found_in(text: str, passage: str) -> Iterator[int]:
    """Every place where a passage begins; none for an empty one."""
    at = text.find(passage) if passage else -1
    while at >= 0:
        yield at
        at = text.find(passage, at + 1)


class Home:
    """Where a demand is looked for: its own provisions, and what stands where they stood.

    That is, in the adopted text, new provisions beside one that goes on, and all that came between the neighbours of
    one that is gone, with these neighbours, into which it may have been joined. `before` is the same of the draft, so
    that what only stayed is not taken for new.
    """

    def __init__(self, draft: Row, adopted: Row, keys: Sequence[str]) -> None:
        own = draft.places_of(keys)
        went_on = adopted.places_of(keys)
        self.is_gone = bool(own) and not went_on
        there = set(went_on)
        for place in went_on:
            there |= _new_beside(draft, adopted, place)
        between: set[int] = set()
        for place in own:
            if draft.keys[place] not in adopted.places:
                between |= _where_it_stood(draft, adopted, place)
        there |= between
        self.has_new = any(adopted.keys[place] not in draft.places for place in there)
        before = own | draft.places_of(adopted.keys[place] for place in there)
        for place in list(before):
            before |= _gone_beside(draft, adopted, place)
        self.own = Region(draft, own)
        self.before = Region(draft, before)
        self.after = Region(adopted, there)
        self.went_on = Region(adopted, went_on)

    @cached_property
    def alignment(self) -> Alignment:
        """Which words of its provisions went on, as words of what these became."""
        old, new = self.own.words, self.went_on.words
        return Alignment(old, new, changes_between(old, new))

    @cached_property
    def smallest_alignment(self) -> Alignment:
        """The same by the smallest changes: a person would tell two of them as one where few words stand between."""
        old, new = self.own.words, self.went_on.words
        return Alignment(old, new, smallest_changes(old, new))


def _new_beside(draft: Row, adopted: Row, place: int) -> set[int]:
    return _run_beside(adopted, place, draft)


def _gone_beside(draft: Row, adopted: Row, place: int) -> set[int]:
    return _run_beside(draft, place, adopted)


def _run_beside(row: Row, place: int, other: Row) -> set[int]:
    """The provisions next to one, on both sides, whose keys the other text does not have."""
    found: set[int] = set()
    for step in (1, -1):
        for at in range(place + step, place + step * (_NEAR + 1), step):
            if not 0 <= at < len(row.keys) or row.keys[at] in other.places:
                break
            found.add(at)
    return found


def _where_it_stood(draft: Row, adopted: Row, place: int) -> set[int]:
    before = _nearest_kept(draft, adopted, range(place - 1, -1, -1))
    after = _nearest_kept(draft, adopted, range(place + 1, len(draft.keys)))
    if before is None and after is None:
        return set(range(min(_NEAR, len(adopted.keys))))
    if before is None or after is None or not before < after <= before + _NEAR + 1:
        kept = {one for one in (before, after) if one is not None}
        return kept.union(*(_new_beside(draft, adopted, one) for one in kept))
    return set(range(before, after + 1))


def _nearest_kept(draft: Row, adopted: Row, places: range) -> int | None:
    for at in places:
        if draft.keys[at] in adopted.places:
            return adopted.places[draft.keys[at]][0]
    return None
