"""Whether a change stands in the adopted text, at the place where it differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from participation.texts.uptake.changes import Alignment, Change
from participation.texts.uptake.rows import Home, Passages, Region, Row, found_in
from participation.texts.uptake.words import EDGE, GAP, Codes

# So many words on each side say where a change stands, and so few where there are no more.
_CONTEXT, _LEAST_CONTEXT = 4, 2
# A change with its surroundings is at least so many words; so many are a passage even at the end of a text.
_FEWEST_WORDS, _FEWEST_AT_END = 4, 3
# From so many words on, a passage of a demand is found among others; from so many, anywhere in the text.
RUN, RUN_LETTERS = 3, 10
# So few words that the draft says anywhere are no proof that somebody listened.
_SHORT = 6
ANYWHERE = 10
# So many words of a passage in one run were moved; fewer are a phrase that such texts use.
_MOVED = 8


@dataclass(frozen=True, slots=True)
class Site:
    """Where some words stand: the keys of their provisions."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A demanded wording within the words around it; the change at `start` of the wording stands `shift` further.

    `is_draft` says that what is around it is the draft's, and not the rest of the demand alone.
    """

    codes: str
    shift: int = 0
    is_draft: bool = True

    def around(self, change: Change) -> tuple[str, str]:
        """The words next to a change, up to the edge of its provision."""
        start, stop = self.shift + change.start, self.shift + change.stop
        left = self.codes[max(0, start - _CONTEXT) : start].rpartition(GAP)[2]
        right = self.codes[stop : stop + _CONTEXT].partition(GAP)[0]
        first, last = left.rfind(EDGE), right.find(EDGE)
        return left[max(0, first) :], right if last < 0 else right[: last + 1]

    def provision(self, length: int) -> str:
        """All that stands in the provisions of a wording of some words, with it."""
        start = max(self.codes.rfind(mark, 0, self.shift) for mark in (EDGE, GAP))
        ends = [self.codes.find(mark, self.shift + length) for mark in (EDGE, GAP)]
        stop = min((at for at in ends if at >= 0), default=len(self.codes))
        return self.codes[start + 1 : stop].replace(EDGE, "")

    def added(self, change: Change) -> str:
        return self.codes[self.shift + change.start : self.shift + change.stop]

    def place_in_draft(self, change: Change) -> int:
        """Where the change begins, in words of the draft's provisions."""
        before = self.codes[: self.shift]
        return len(before) - before.count(EDGE) - before.count(GAP) + change.at


def sites_of(changes: Sequence[Change], setting: Setting, home: Home) -> list[Site | None]:
    """Where each change stands as it was asked for, between the words around it; None where it does not."""
    if not setting.is_draft or not home.went_on.words:
        return [_site_between(one, setting, home.before, home.after) for one in changes]
    told = [[_site(one, setting, home, way) for one in changes] for way in (home.alignment, home.smallest_alignment)]
    return max(told, key=lambda sites: sum(site is not None for site in sites))


def _site(change: Change, setting: Setting, home: Home, alignment: Alignment) -> Site | None:
    start = setting.place_in_draft(change)
    stop = start + len(change.removed)
    added = setting.added(change)
    now = alignment.between(start, stop)
    if now is not None and home.went_on.words[now[0] : now[1]] == added:
        first = max(0, now[0] - (not added))
        return Site(tuple(home.went_on.keys_of_words(first, max(1, len(added)))))
    site = _site_between(change, setting, home.own, home.went_on)
    if site is None and alignment.is_rewritten_around(start, stop):
        return _site_between(change, setting, home.before, home.after)
    return site


def _site_between(change: Change, setting: Setting, before: Region, after: Region) -> Site | None:
    """Where the words of a change, or nothing instead of them, stand between those around it."""
    added = setting.added(change)
    left, right = setting.around(change)
    for pattern, skipped in _patterns(left, added, right):
        if EDGE in pattern:
            if is_new(pattern, before.edged, after.edged):
                return Site(tuple(after.keys_of_edged(after.edged.find(pattern), len(pattern))))
            continue
        if not is_new(pattern, before.plain, after.plain):
            continue
        for at in found_in(after.plain, pattern):
            if not _keeps_removed(change, after, at + skipped, len(added)):
                return Site(tuple(after.keys_of(at + skipped, max(1, len(added)))))
    return None


def _patterns(left: str, added: str, right: str) -> Iterator[tuple[str, int]]:
    """The words of a change with those around it, the most first, and how many stand before it."""
    sides = [(left, right)]
    if len(added) >= _FEWEST_AT_END:
        # At the edge of a provision others may have been put in beyond a passage.
        sides.append((_inner(left), _inner(right)))
    for one, other in sides:
        for before in range(len(one), min(len(one), _LEAST_CONTEXT) - 1, -1):
            for after in range(len(other), min(len(other), _LEAST_CONTEXT) - 1, -1):
                if before + len(added) + after >= _FEWEST_WORDS:
                    yield one[len(one) - before :] + added + other[:after], before


def _keeps_removed(change: Change, after: Region, at: int, length: int) -> bool:
    """Whether the words to be replaced still stand right beside those that were to replace them."""
    removed = change.removed
    if not removed:
        return False
    return after.plain.endswith(removed, 0, at) or after.plain.startswith(removed, at + length)


def kept_of(passage: str, home: Home, draft: Row, adopted: Row) -> int:
    """How many words of a passage of the draft still stand at its place, or were moved, in runs of some length."""
    least = min(_MOVED, len(passage))
    kept = 0
    for run in _runs(passage, home.after.passages, least):
        if home.after.plain.count(run) >= max(1, home.before.plain.count(run)):
            kept += len(run)
    if kept or len(passage) < _MOVED:
        return kept
    for run in _runs(passage, adopted.passages, least):
        if adopted.codes.count(run) >= max(1, draft.codes.count(run)):
            kept += len(run)
    return kept


def _inner(side: str) -> str:
    return "" if side == EDGE else side


def is_new(pattern: str, before: str, after: str) -> bool:
    return pattern in after and after.count(pattern) > before.count(pattern)


def _runs(passage: str, text: Passages, least: int) -> Iterator[str]:
    for start, stop in _spans(passage, text, least):
        yield passage[start:stop]


def _spans(passage: str, passages: Passages, least: int) -> Iterator[tuple[int, int]]:
    """The longest runs of a passage that stand in a text, from its beginning, each of some words at least."""
    text, known = passages.text, passages.of_length(least) if least > 0 else frozenset()
    start = 0
    while least > 0 and start + least <= len(passage):
        if passage[start : start + least] not in known:
            start += 1
            continue
        at, stop = 0, start + least
        while stop < len(passage) and passage[stop - least + 1 : stop + 1] in known:
            at = text.find(passage[start : stop + 1], at)
            if at < 0:
                break
            stop += 1
        yield start, stop
        start = stop


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a demand that stand in the adopted text; `is_new` where they do not in the draft."""

    start: int
    stop: int
    is_new: bool
    keys: tuple[str, ...]


def runs_of(change: Change, demanded: str, home: Home, draft: Row, adopted: Row, codes: Codes) -> list[Run]:
    """The passages of a change that stand in the adopted text: short ones in its place, long ones anywhere."""
    added = demanded[change.start : change.stop]
    found: list[Run] = []
    for start, stop in _spans(added, home.after.passages, RUN):
        run = added[start:stop]
        if sum(len(codes.word(code)) for code in run) < RUN_LETTERS:
            continue
        came = is_new(run, home.before.plain, home.after.plain) and not _is_formula(run, draft)
        if not came and run not in home.before.plain:
            continue
        keys = tuple(home.after.keys_of(home.after.plain.find(run), len(run)))
        found.append(Run(change.start + start, change.start + stop, came, keys))
    if any(run.is_new for run in found):
        return found
    return list(_runs_elsewhere(change, added, draft, adopted)) or found


def _is_formula(run: str, draft: Row) -> bool:
    """Whether such words are what the text says in many places."""
    return len(run) < ANYWHERE and draft.codes.count(run) >= (1 if len(run) < _SHORT else 2)


def _runs_elsewhere(change: Change, added: str, draft: Row, adopted: Row) -> Iterator[Run]:
    for start, stop in _spans(added, adopted.passages, ANYWHERE):
        run = added[start:stop]
        if is_new(run, draft.codes, adopted.codes):
            at = adopted.codes.find(run)
            keys = tuple(adopted.keys_at(at, at + len(run)))
            yield Run(change.start + start, change.start + stop, True, keys)
