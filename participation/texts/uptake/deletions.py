"""What became of words that were to go."""

from itertools import islice

from participation.texts.uptake.demands import Finding, Verdict
from participation.texts.uptake.opposites import is_repeated
from participation.texts.uptake.rows import Home, Row, found_in
from participation.texts.uptake.standing import ANYWHERE, RUN, is_new, kept_of
from participation.texts.uptake.words import Codes, Wording

# Of a long passage some small words always stand in what replaced it.
_AS_GOOD_AS_GONE, _LONG = 0.9, 10
_AS_GOOD_AS_NONE = 0.1
_LEAST_SHARE = 0.2
# A short passage may stand so often in its provisions; any of the places will do.
_MOST_PLACES = 8


def judge_deletion(existing: Wording, home: Home, draft: Row, adopted: Row, codes: Codes) -> Finding:
    """Whether the words are gone from their provisions, and stand nowhere else instead."""
    if not existing.codes:
        was, became = "".join(home.own.texts).strip(), "".join(home.after.texts).strip()
        return Finding(Verdict.VERBATIM, share=1.0) if was and not became else Finding(Verdict.NOT)
    for passage in dict.fromkeys((existing.codes, codes.with_first_as_written(existing))):
        if passage in home.own.words:
            return _of_passage(passage, home, draft, adopted)
    if len(existing.codes) >= ANYWHERE and is_new(existing.codes, adopted.codes, draft.codes):
        return Finding(Verdict.VERBATIM, share=1.0)
    return Finding(Verdict.NOT)


def _of_passage(passage: str, home: Home, draft: Row, adopted: Row) -> Finding:
    repeated = is_repeated(passage, home)
    if repeated is not None:
        return Finding(Verdict.OPPOSITE, keys=repeated)
    places = list(islice(found_in(home.own.words, passage), _MOST_PLACES))
    return max((_at(place, passage, home, draft, adopted) for place in places), key=lambda one: one.share)


def _at(start: int, passage: str, home: Home, draft: Row, adopted: Row) -> Finding:
    """What became of a passage at one of the places where it stands."""
    stop = start + len(passage)
    alignment = home.alignment
    share = alignment.gone(start, stop) / len(passage)
    kept = kept_of(passage, home, draft, adopted)
    if kept <= _AS_GOOD_AS_NONE * len(passage) and share >= (_AS_GOOD_AS_GONE if len(passage) >= _LONG else 1.0):
        return Finding(Verdict.VERBATIM, share=1.0)
    share = min(share, 1 - kept / len(passage))
    if share >= _LEAST_SHARE and alignment.longest_taken_out(start, stop) >= RUN:
        return Finding(Verdict.PART, share=round(share, 3))
    return Finding(Verdict.NOT)
