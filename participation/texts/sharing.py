"""What several demanded wordings have in common, told in the same replacements in each.

A diff tells changes that stand close together as one. Somebody who asks for "from the publication of the draft" and
for something else three words later would then seem to ask for nothing that others ask for.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from participation.texts.replacements import Replacement, at_first_places, replaced, replacements_of

# Changes that are larger than this are rewritten provisions: nothing is looked for in them.
_LARGEST = 2_000
_MOST_COMPARISONS = 60
_MOST_COMPARISONS_IN_ALL = 600
# Who asks for more than this among them asks for a new text; each change stands for itself.
_MOST_CHANGES = 4_000
_ROUNDS = 2
_NEAR = 40


def shared_replacements(existing: str, wordings: Sequence[str]) -> list[list[Replacement]]:
    """What makes each of the wordings; a change that is part of another's larger one is told apart in both."""
    found = [replacements_of(existing, wording) for wording in wordings]
    sharing = _Sharing(existing)
    for _round in range(_ROUNDS):
        pool = sorted({one for ones in found for one in ones if _size(one) <= _LARGEST})
        if len(pool) > _MOST_CHANGES:
            break
        told_apart = sharing.told_apart(found, pool)
        if told_apart == found:
            break
        found = told_apart
    return found


class _Sharing:
    """Tells changes apart, as far as the comparisons for one existing wording go."""

    def __init__(self, existing: str) -> None:
        self._existing = existing
        self._left = _MOST_COMPARISONS_IN_ALL

    def told_apart(self, found: Sequence[list[Replacement]], pool: Sequence[Replacement]) -> list[list[Replacement]]:
        starts = [part.start for part in pool]
        return [self._of_one(ones, pool, starts) for ones in found]

    def _of_one(
        self, own: list[Replacement], pool: Sequence[Replacement], starts: Sequence[int]
    ) -> list[Replacement]:
        existing = self._existing
        made: list[Replacement] = []
        is_own = set(own)
        comparisons = min(_MOST_COMPARISONS, self._left)
        self._left -= comparisons
        for place, one in enumerate(own):
            before = made[-1].stop if made else 0
            after = own[place + 1].start if place + 1 < len(own) else len(existing)
            parts = [one]
            first, last = bisect_left(starts, max(before, one.start - _NEAR)), bisect_right(starts, one.stop)
            for part in pool[first:last]:
                if comparisons == 0:
                    break
                if part in is_own or part.stop > after or not _could_be_in(part, one):
                    continue
                comparisons -= 1
                parts = _split(existing, one, part)
                if len(parts) > 1:
                    break
            made += parts
        self._left += comparisons
        settled = list(at_first_places(existing, made))
        return settled if replaced(existing, settled) == replaced(existing, own) else own


def _could_be_in(part: Replacement, whole: Replacement) -> bool:
    return _size(part) < _size(whole) <= _LARGEST and part.words.strip() in whole.words


def _split(existing: str, whole: Replacement, part: Replacement) -> list[Replacement]:
    """The whole as the part and the rest; undivided where that is no shorter way to say it."""
    start, stop = min(whole.start, part.start), max(whole.stop, part.stop)
    wanted = existing[start : whole.start] + whole.words + existing[whole.stop : stop]
    with_part = existing[start : part.start] + part.words + existing[part.stop : stop]
    first, last = part.start - start, part.start - start + len(part.words)
    longer = len(part.words) - (part.stop - part.start)
    rest = []
    for one in replacements_of(with_part, wanted):
        if (one.start < last and one.stop > first) or (one.start == one.stop and one.start in (first, last)):
            return [whole]
        shift = start - (longer if one.start >= last else 0)
        rest.append(Replacement(one.start + shift, one.stop + shift, one.words))
    if _size(part) + sum(_size(one) for one in rest) >= _size(whole):
        return [whole]
    return sorted([part, *rest])


def _size(one: Replacement) -> int:
    return one.stop - one.start + len(one.words)
