"""The wordings that are proposed for what a point is about: what they make together, and who asked for what."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from zlib import crc32

from participation.comments.models import WordingAction
from participation.comments.queries.clashes import Voice
from participation.texts.crediting import Credits, credit
from participation.texts.markdown import normalise
from participation.texts.replacements import Replacement, replaced
from participation.texts.wordings import Asked, Conflict, Weighing, merge_as_chosen, weigh

# Stands for what an editor wrote into a point by hand, beside what comments ask for.
BY_HAND = Voice(0, "")

# Whose words an outcome has, by the place of the wording; None: the existing ones, False: nobody's.
Stands = int | None | Literal[False]

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Demand:
    """What a comment proposes for one provision; `key` is the provision's, `written_on` its text at that time."""

    voice: Voice
    key: str
    action: WordingAction
    written_on: str
    wording: str


@dataclass(frozen=True, slots=True)
class Addition:
    """New words below the provision, near-identical ones once, and who asks for them."""

    words: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Words that go, words that come, or both, and who asks for it; `key` is that of the change in its text."""

    removed: str
    words: str
    voices: tuple[Voice, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the same people ask for, in the order of the text; nobody: what is in no comment that may be shown."""

    voices: tuple[Voice, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Who asked for what a point demands, and what was asked for besides.

    `apart` proposed a wording for a text that reads otherwise, so that it cannot be compared.
    """

    taken: tuple[Asking, ...]
    left: tuple[Asking, ...]
    apart: tuple[Voice, ...]

    @property
    def is_plain(self) -> bool:
        """All comes from one comment, and all that it asked for was taken."""
        voices = {voice for one in self.taken for voice in one.voices}
        return len(voices) < 2 and not self.left and not self.apart and all(one.voices for one in self.taken)


@dataclass(frozen=True)
class Demands:
    """The demands on one existing wording. `wordings` are as it would read by each of `voices`, which are as many."""

    existing: str
    voices: tuple[Voice, ...] = ()
    wordings: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    apart: tuple[Voice, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wordings or self.additions)

    @property
    def weighing(self) -> Weighing:
        return _weighed(self.existing, self.wordings)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.weighing.conflicts

    @property
    def free(self) -> list[Line]:
        """What can be had together, with who asks for it: first the changes, then what is added below."""
        lines = [_line(self.existing, one, self.voices) for one in self.weighing.free]
        return [*lines, *(_line_of_addition(one) for one in self.additions)]

    def asked_in(self, conflict: Conflict) -> list[tuple[int, Line]]:
        """Each demand in a conflict with all who ask for it, and the place of the first of them among the voices."""
        places: dict[str, list[int]] = {}
        for number, words in conflict.demanded:
            places.setdefault(words.strip(), []).append(number)
        return [
            (numbers[0], Line(conflict.existing.strip(), words, tuple(self.voices[number] for number in numbers)))
            for words, numbers in places.items()
        ]

    def merged(self, choices: Sequence[int | None], without: Collection[int] = ()) -> str:
        """All that can be had, and of each conflict the demand of the chosen voice, by its place.

        `without` are the places in `free` of what is not taken although it could be.
        """
        changes = self.weighing.free
        kept = tuple(one for place, one in enumerate(changes) if place not in without)
        changed = merge_as_chosen(self.existing, Weighing(kept, self.conflicts), choices)
        below = [one.words for place, one in enumerate(self.additions, len(changes)) if place not in without]
        return normalise("\n".join(part for part in (changed, *below) if part))

    def merged_by_first(self) -> str:
        """Of demands that exclude each other the first is taken."""
        return self.merged([conflict.demanded[0][0] for conflict in self.conflicts])

    def standing(self, outcome: str) -> tuple[list[Stands], list[int]]:
        """Whose words stand in each conflict by this outcome, and the places in `free` of what is not in it."""
        changed, taken, _left = _apart_from(outcome, self.additions)
        made = [one.change for one in _credited(self.existing, changed, self.wordings).taken]
        senses = {change.sense for change in made}
        free = self.weighing.free
        without = [place for place, one in enumerate(free) if one.change.sense not in senses]
        below = {line.words for line in taken}
        without += [place for place, one in enumerate(self.additions, len(free)) if one.words not in below]
        taken_freely = {one.change.sense for one in free}
        disputed = [change for change in made if change.sense not in taken_freely]
        return [_decided(conflict, disputed) for conflict in self.conflicts], without

    def account(self, outcome: str) -> Account:
        changed, taken, left = _apart_from(outcome, self.additions)
        credits = _credited(self.existing, changed, self.wordings)
        return Account(
            _by_voices([*(_line(self.existing, one, self.voices) for one in credits.taken), *taken]),
            _by_voices([*(_line(self.existing, one, self.voices) for one in credits.left), *left]),
            self.apart,
        )

    def with_what_is_by_hand(self, outcome: str) -> Demands:
        """With what nobody asked for and somebody wrote into the outcome, as a demand beside the others."""
        changed, _taken, _left = _apart_from(outcome, self.additions)
        own = _credited(self.existing, changed, self.wordings).own
        if not own:
            return self
        if not self.existing:
            additions = (Addition(changed, (BY_HAND,)), *self.additions)
            return Demands(self.existing, self.voices, self.wordings, additions, self.apart)
        wordings = (*self.wordings, replaced(self.existing, own))
        return Demands(self.existing, (*self.voices, BY_HAND), wordings, self.additions, self.apart)


def demands_on(existing: str, asked: Iterable[Demand]) -> Demands:
    """The demands in their order. Wordings of one comment for several provisions are one wording of them all."""
    made: dict[Voice, str] = {}
    added: dict[str, list[Voice]] = {}
    spelling: dict[str, str] = {}
    apart: list[Voice] = []
    for demand in asked:
        if demand.action is WordingAction.ADD:
            words = normalise(demand.wording)
            sense = " ".join(_WORD.findall(words.casefold())) or words
            spelling.setdefault(sense, words)
            added.setdefault(sense, []).append(demand.voice)
        elif demand.action is not WordingAction.MOVE:
            wording = _within(made.get(demand.voice, existing), demand)
            if wording is None:
                apart.append(demand.voice)
            else:
                made[demand.voice] = wording
    additions = tuple(Addition(spelling[sense], tuple(voices)) for sense, voices in added.items())
    return Demands(existing, tuple(made), tuple(made.values()), additions, tuple(dict.fromkeys(apart)))


def _within(existing: str, demand: Demand) -> str | None:
    """The existing wording with the provision as it is demanded; None where the provision does not read so there."""
    provision = normalise(demand.written_on)
    wording = "" if demand.action is WordingAction.DELETE else normalise(demand.wording)
    if existing == provision:
        return wording
    if not provision or existing.count(provision) != 1:
        return None
    return existing.replace(provision, wording)


def _apart_from(outcome: str, additions: Sequence[Addition]) -> tuple[str, list[Line], list[Line]]:
    """The outcome without what was added below; which additions are in it, and which are not."""
    taken: list[Line] = []
    left: list[Line] = []
    rest = f"\n{outcome}\n"
    for one in additions:
        before, found, after = rest.rpartition(f"\n{one.words}\n")
        (taken if found else left).append(_line_of_addition(one))
        rest = f"{before}\n{after}" if found else rest
    return rest.strip("\n"), taken, left


def _decided(conflict: Conflict, changes: Sequence[Replacement]) -> Stands:
    """Whose words an outcome with these changes has in the passage."""
    start, stop = conflict.start, conflict.stop
    within = [
        Replacement(one.start - start, one.stop - start, one.words)
        for one in changes
        if start <= one.start and one.stop <= stop
    ]
    words = replaced(conflict.existing, within)
    if words == conflict.existing:
        return None
    return next((number for number, demanded in conflict.demanded if demanded == words), False)


def _line(existing: str, asked: Asked, voices: Sequence[Voice]) -> Line:
    change: Replacement = asked.change
    who = tuple(voices[number] for number in asked.by)
    key = f"{change.start}-{change.stop}-{crc32(change.words.encode()):08x}"
    return Line(existing[change.start : change.stop].strip(), change.words.strip(), who, key)


def _by_voices(lines: Iterable[Line]) -> tuple[Asking, ...]:
    asking: dict[tuple[Voice, ...], list[Line]] = {}
    for line in lines:
        asking.setdefault(line.voices, []).append(line)
    return tuple(Asking(voices, tuple(its)) for voices, its in asking.items())


def _line_of_addition(addition: Addition) -> Line:
    return Line("", addition.words, addition.voices, f"below-{crc32(addition.words.encode()):08x}")


@lru_cache(maxsize=1024)
def _weighed(existing: str, wordings: tuple[str, ...]) -> Weighing:
    """Kept by the process, as what follows: points and comments are read far more often than they change."""
    return weigh(existing, wordings)


@lru_cache(maxsize=2048)
def _credited(existing: str, outcome: str, wordings: tuple[str, ...]) -> Credits:
    return credit(existing, outcome, wordings)
