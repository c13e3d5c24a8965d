"""A proposal on its way from an edited file to the draft."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from participation.texts.provisions import Provision
from participation.texts.reading import signs
from participation.texts.reading.blocks import tidy
from participation.texts.word.findings import Proposal
from participation.texts.word.passages import Passage
from participation.texts.word.pen import ARRIVAL

_WORD = re.compile(r"\w+")
_SIGNS = (signs.article, signs.paragraph, signs.point, signs.indent)
BEGINNING = -1


@dataclass
class Asked:
    """A proposal, its provision's place, the lines it was written in, and the passages that it puts in or takes out.

    Of what is put in, `behind` is the passage of the file before it, -1 for none, and the place that of its anchor;
    `run` tells what was put in at one spot from what was put in at others.
    """

    place: int
    lines: set[int]
    proposal: Proposal
    passages: tuple[Passage, ...] = ()
    behind: int = -1
    run: int = -1


def names_of_arrival(passage: Passage) -> list[str]:
    """The keys of the anchors that the bookmarks of what we put in say; the beginning's is empty."""
    names = (name.removeprefix(ARRIVAL) for name in passage.names if name.startswith(ARRIVAL))
    return [name.partition("_")[2] for name in names]


def wording_of(passages: Sequence[Passage]) -> str:
    """The words of new passages; what we have put in comes back to the character."""
    text = "\n".join(one.text for one in passages)
    return text.strip("\n") if names_of_arrival(passages[0]) else tidy(text)


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def bare(text: str, provision: Provision) -> str:
    """The words without the printed number before them."""
    stripped = text.lstrip()
    if provision.label and stripped.startswith(provision.label):
        return stripped[len(provision.label) :].lstrip(" \t\n")
    return text


def unnumbered(text: str, provision: Provision) -> str:
    """The words without the printed number, also where they were given another one."""
    found = bare(text, provision)
    if found != text or not provision.label:
        return found
    first, _newline, rest = text.partition("\n")
    sign = next((made for sign in _SIGNS if (made := sign(tidy(first))) is not None), None)
    return "\n".join(filter(None, (sign.rest, rest))) if sign is not None else text


def rebased(existing: str, old: str, new: str) -> tuple[str, bool]:
    """The existing wording with the change from old to new; whether the old words were others than the existing."""
    if old == existing:
        return new, False
    if tidy(old) == existing:
        return tidy(new), False
    if tidy(old) and existing.count(tidy(old)) == 1:
        return tidy(existing.replace(tidy(old), tidy(new))), False
    return tidy(new), True
