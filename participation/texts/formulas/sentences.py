"""Changes as sentences. What would take many formulas is one new wording instead."""

from itertools import pairwise

from participation.texts.differing import word_diff
from participation.texts.formulas.edits import WORD, edits_of
from participation.texts.formulas.english import English
from participation.texts.formulas.places import Place
from participation.texts.formulas.slovenian import Slovenian

# More changes than this, or hardly any word kept, is a new wording.
_MOST_EDITS = 4
_LEAST_KEPT = 0.4


def formula_of_change(place: Place, old: str, new: str, language: str) -> str:
    """How the old wording of a provision becomes the new one; "" where they are the same.

    `language` is that of the draft; every other than Slovenian gives English.
    """
    old, new = " ".join(old.split()), " ".join(new.split())
    if old == new:
        return ""
    grammar = _grammar(language)
    edits = edits_of(old, new)
    kept = sum(len(WORD.findall(text)) for change, text in word_diff(old, new) if change == "same")
    is_short = len(edits) <= _MOST_EDITS and kept >= _LEAST_KEPT * len(WORD.findall(old))
    if is_short and all(one.stop <= other.start for one, other in pairwise(edits)):
        return grammar.changed(place, edits)
    return grammar.rewritten(place, new)


def formula_of_deletion(place: Place, language: str) -> str:
    """That a provision goes."""
    return _grammar(language).deleted(place)


def formula_of_addition(after: Place, text: str, language: str) -> str:
    """That a new provision of the same kind comes after one."""
    return _grammar(language).added(after, text)


def formula_of_move(place: Place, after: Place | None, language: str) -> str:
    """That a provision stands after another one, or without one at the beginning."""
    return _grammar(language).moved(place, after)


def _grammar(language: str) -> Slovenian | English:
    return Slovenian() if language == "sl" else English()
