"""Several demanded wordings of one existing wording: where they clash, and what they make together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from participation.texts.replacements import Replacement, Sense, replaced
from participation.texts.sharing import shared_replacements


@dataclass(frozen=True, order=True)
class Asked:
    """A change and who asks for it: `by` are the places of the wordings among those given.

    `spellings` are all its forms where some ask for the same words with other signs or in other case.
    """

    change: Replacement
    by: tuple[int, ...]
    spellings: tuple[Replacement, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """A passage of the existing wording, by its characters, for which different words are demanded.

    `demanded` are pairs of a wording's place among those given and what it makes of the passage.
    """

    start: int
    stop: int
    existing: str
    demanded: tuple[tuple[int, str], ...]

    def words_of(self, number: int) -> str:
        """What this wording makes of the passage; ValueError if it asks for nothing in it."""
        for place, words in self.demanded:
            if place == number:
                return words
        raise ValueError(number)


@dataclass(frozen=True)
class Weighing:
    """What several wordings ask for: the changes that can all be had, and the passages where one must be chosen."""

    free: tuple[Asked, ...]
    conflicts: tuple[Conflict, ...]


def changes_asked(existing: str, wordings: Sequence[str]) -> list[Asked]:
    """Every change that is asked for, in the order of the text, with all who ask for it.

    Near-identical changes are one, in the spelling that most use.
    """
    return together(shared_replacements(existing, wordings))


def together(asked: Sequence[Sequence[Replacement]]) -> list[Asked]:
    """The same of what each asks for."""
    asking: defaultdict[Replacement, list[int]] = defaultdict(list)
    for number, replacements in enumerate(asked):
        for replacement in replacements:
            asking[replacement].append(number)
    alike: defaultdict[Sense, list[Replacement]] = defaultdict(list)
    for replacement in sorted(asking):
        alike[replacement.sense].append(replacement)
    return sorted(
        Asked(
            min(spellings, key=lambda one: (-len(asking[one]), one)),
            tuple(sorted({number for one in spellings for number in asking[one]})),
            tuple(spellings),
        )
        for spellings in alike.values()
    )


def weigh(existing: str, wordings: Sequence[str]) -> Weighing:
    """What can be had together of the wordings, and where they exclude each other."""
    asked = changes_asked(existing, wordings)
    clashes = _clashes(asked)
    free = tuple(one for one, is_clash in zip(asked, clashes, strict=True) if not is_clash)
    clashing = [one for one, is_clash in zip(asked, clashes, strict=True) if is_clash]
    return Weighing(free, tuple(_conflict(existing, group) for group in _passages(clashing)))


def conflicts_between(existing: str, wordings: Sequence[str]) -> list[Conflict]:
    """Where the wordings ask for different words, in the order of the text; the same demand twice is no conflict."""
    return list(weigh(existing, wordings).conflicts)


def merge_as_chosen(existing: str, weighing: Weighing, choices: Sequence[int | None]) -> str:
    """The existing wording with all that can be had together, and in each conflict what was chosen.

    A choice is the place of the wording whose words are taken; with None the existing words stay.
    """
    chosen = [
        Replacement(conflict.start, conflict.stop, conflict.words_of(number))
        for conflict, number in zip(weighing.conflicts, choices, strict=True)
        if number is not None
    ]
    return replaced(existing, [*(one.change for one in weighing.free), *chosen])


def _clashes(asked: Sequence[Asked]) -> list[bool]:
    """Whether each clashes with any other, as Replacement.clashes_with says of two; they stand in order."""
    found = [False] * len(asked)
    reached = 0
    for at, one in enumerate(asked):
        start, stop = one.change.start, one.change.stop
        found[at] = found[at] or reached > start
        reached = max(reached, stop)
        if at + 1 == len(asked):
            break
        following = asked[at + 1].change
        if following.start < stop or (following.start, following.stop) == (start, stop):
            found[at] = found[at + 1] = True
    return found


def _passages(clashing: Sequence[Asked]) -> Iterator[list[Asked]]:
    """The changes that have to do with each other, directly or through others, by the passages that they cover."""
    group: list[Asked] = []
    start = stop = 0
    for one in clashing:
        is_same_place = (one.change.start, one.change.stop) == (start, stop)
        if group and one.change.start >= stop and not is_same_place:
            yield group
            group = []
        if not group:
            start, stop = one.change.start, one.change.stop
        group.append(one)
        stop = max(stop, one.change.stop)
    if group:
        yield group


def _conflict(existing: str, group: Sequence[Asked]) -> Conflict:
    start, stop = min(one.change.start for one in group), max(one.change.stop for one in group)
    asked: defaultdict[int, list[Replacement]] = defaultdict(list)
    for one in group:
        for number in one.by:
            asked[number].append(Replacement(one.change.start - start, one.change.stop - start, one.change.words))
    passage = existing[start:stop]
    demanded = tuple((number, replaced(passage, changes)) for number, changes in sorted(asked.items()))
    return Conflict(start, stop, passage, demanded)
