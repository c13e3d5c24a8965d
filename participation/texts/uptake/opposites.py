"""Where the words show clearly that the reverse of a demand was adopted."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from participation.texts.uptake.changes import Change
from participation.texts.uptake.numerals import number_in
from participation.texts.uptake.rows import Home, Row, found_in
from participation.texts.uptake.standing import RUN, Setting, is_new, kept_of
from participation.texts.uptake.words import EDGE, Codes

# A sentence of fewer words is no proof.
_FEWEST_WORDS = 4
# So many words before and after a change, in its sentence, a negation is about it.
_BEFORE, _AFTER = 8, 3
# What a word denies, in the three languages; without words of its own it is a word put before another.
_DENIED = {
    "ne": "", "ni": "je", "niso": "so", "nista": "sta", "nisem": "sem", "nismo": "smo", "nima": "ima",
    "nimajo": "imajo", "nikoli": "", "not": "", "never": "", "cannot": "can", "n": "", "pas": "", "jamais": "",
}  # fmt: skip


def moved_the_other_way(change: Change, setting: Setting, home: Home, codes: Codes) -> tuple[str, ...] | None:
    """The keys where a number went down that was to go up, or up that was to go down."""
    added = setting.added(change)
    was, asked = (_only_number(words, codes) for words in (change.removed, added))
    if was is None or asked is None or was == asked:
        return None
    left, right = (side.strip(EDGE) for side in setting.around(change))
    for before, after in ((left[-2:], right[:2]), (left[-2:], right[:1]), (left[-1:], right[:2])):
        if len(before) + len(after) < RUN:
            continue
        for at in found_in(home.after.plain, before) if before else ():
            place = at + len(before)
            here = home.after.plain[place : place + 1]
            became = number_in(codes.word(here))
            pattern = before + here + after
            if became is None or not home.after.plain.startswith(pattern, at):
                continue
            is_reverse = (became - was) * (asked - was) < 0
            if is_reverse and is_new(pattern, home.before.plain, home.after.plain):
                return tuple(home.after.keys_of(at, len(pattern)))
    return None


def _only_number(words: str, codes: Codes) -> float | None:
    return number_in(codes.word(words)) if len(words) == 1 else None


def said_the_contrary(existing: str, demanded: str, home: Home, codes: Codes) -> tuple[str, ...] | None:
    """The keys where the demanded wording stands, or the existing one, but denied where both affirm it, or affirmed
    where both deny it."""
    was, wanted = _affirmed(existing, codes), _affirmed(demanded, codes)
    if len(was.denials) != len(wanted.denials):
        return None
    after = _affirmed(home.after.plain, codes)
    return _denied_otherwise(wanted, after, home) or _denied_otherwise(was, after, home)


def is_denied_around(changes: Sequence[Change], setting: Setting, home: Home, codes: Codes) -> bool:
    """Whether a negation came or went next to the place of a change, and not because the demand asks for it."""
    denials = {codes.of(word) for word in _DENIED}
    asked = "".join(setting.added(one) + one.removed for one in changes)
    if not setting.is_draft or not home.went_on.words or not denials.isdisjoint(asked):
        return False
    return any(_is_denied_around(one, setting, home, denials) for one in changes)


def _is_denied_around(change: Change, setting: Setting, home: Home, denials: set[str]) -> bool:
    alignment = home.alignment
    start = setting.place_in_draft(change)
    stop = start + len(change.removed)
    near = home.own.sentence_around(start, stop, _BEFORE, _AFTER)
    went = [home.own.words[at] for at in near if alignment.became[at] is None]
    now = alignment.between(start, stop)
    there = home.went_on.sentence_around(*now, _BEFORE, _AFTER) if now else []
    came = [home.went_on.words[at] for at in there if alignment.came(at)]
    return Counter(word for word in went if word in denials) != Counter(word for word in came if word in denials)


class _Affirmed(NamedTuple):
    """Words without what denies them; `places` says where each stood, and `denials` where something was denied."""

    words: str
    places: tuple[int, ...]
    denials: tuple[int, ...]


def _affirmed(text: str, codes: Codes) -> _Affirmed:
    words: list[str] = []
    places: list[int] = []
    denials: list[int] = []
    denied = {codes.of(word): affirmed for word, affirmed in _DENIED.items()}
    for place, code in enumerate(text):
        affirmed = denied.get(code)
        if affirmed is not None:
            denials.append(place)
        if affirmed != "":
            words.append(code if affirmed is None else codes.of(affirmed))
            places.append(place)
    return _Affirmed("".join(words), tuple(places), tuple(denials))


def _denied_otherwise(asked: _Affirmed, after: _Affirmed, home: Home) -> tuple[str, ...] | None:
    if len(asked.words) < _FEWEST_WORDS:
        return None
    for at in found_in(after.words, asked.words):
        start, stop = after.places[at], after.places[at + len(asked.words) - 1] + 1
        denials = bisect_left(after.denials, stop) - bisect_left(after.denials, start)
        is_other = denials != len(asked.denials)
        if is_other and is_new(home.after.plain[start:stop], home.before.plain, home.after.plain):
            return tuple(home.after.keys_of(start, stop - start))
    return None


def was_deleted(existing: str, changes: Sequence[Change], home: Home, draft: Row, adopted: Row) -> bool:
    """Whether the provisions that were to say something else are gone, and nothing stands where they stood."""
    words_asked = sum(change.stop - change.start for change in changes)
    words_gone = sum(len(change.removed) for change in changes)
    if not home.is_gone or home.has_new or len(existing) < _FEWEST_WORDS or words_asked < max(1, words_gone):
        return False
    return existing in home.own.plain and kept_of(existing, home, draft, adopted) == 0


def is_repeated(passage: str, home: Home) -> tuple[str, ...] | None:
    """The keys where a passage that was to go stands more often than it did."""
    if len(passage) < RUN or passage not in home.own.plain:
        return None
    if not is_new(passage, home.before.plain, home.after.plain):
        return None
    keys = [key for at in found_in(home.after.plain, passage) for key in home.after.keys_of(at, len(passage))]
    return tuple(dict.fromkeys(keys))
