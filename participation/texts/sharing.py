"""What several demanded wordings have in common, told in the same replacements in each.

A diff tells changes that stand close together as one. Somebody who asks for "from the publication of the draft" and
for something else three words later would then seem to ask for nothing that others ask for.
"""

from collections.abc import Sequence

from participation.texts.replacements import Replacement, at_first_places, replaced, replacements_of

# Changes that are larger than this are rewritten provisions: nothing is looked for in them.
_LARGEST = 2_000
_MOST_COMPARISONS = 60
_ROUNDS = 2
_NEAR = 40


def shared_replacements(existing: str, wordings: Sequence[str]) -> list[list[Replacement]]:
    """What makes each of the wordings; a change that is part of another's larger one is told apart in both."""
    found = [replacements_of(existing, wording) for wording in wordings]
    for _round in range(_ROUNDS):
        pool = sorted({one for ones in found for one in ones if _size(one) <= _LARGEST})
        told_apart = [_tell_apart(existing, ones, pool) for ones in found]
        if told_apart == found:
            break
        found = told_apart
    return found


def _tell_apart(existing: str, own: Sequence[Replacement], pool: Sequence[Replacement]) -> list[Replacement]:
    made: list[Replacement] = []
    comparisons = 0
    for place, one in enumerate(own):
        before = made[-1].stop if made else 0
        after = own[place + 1].start if place + 1 < len(own) else len(existing)
        parts = [one]
        for part in pool:
            is_near = before <= part.start and part.stop <= after and one.start - _NEAR <= part.start <= one.stop
            if part in own or not is_near or not _could_be_in(part, one) or comparisons == _MOST_COMPARISONS:
                continue
            comparisons += 1
            parts = _split(existing, one, part)
            if len(parts) > 1:
                break
        made += parts
    settled = list(at_first_places(existing, made))
    return settled if replaced(existing, settled) == replaced(existing, own) else list(own)


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
