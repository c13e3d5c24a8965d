"""What became of asking every organisation: one answer each, counted by what the organisations are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.foundation.language import _

from .stances import Stance


class Asked(StrEnum):
    """How one organisation answered; exactly one of them holds for each that was asked."""

    SIGNED = "signed"
    RESERVED = "reserved"
    NO_OBJECTION = "no-objection"
    ABSTAINS = "abstains"
    OBJECTS = "objects"
    NIL = "nil"
    SILENT = "silent"

    @property
    def label(self) -> Any:
        return {
            Asked.SIGNED: _("signed all of it"),
            Asked.RESERVED: _("signed with reservations"),
            Asked.NO_OBJECTION: _("has no objection"),
            Asked.ABSTAINS: _("abstains"),
            Asked.OBJECTS: _("objects"),
            Asked.NIL: _("has no comments on the draft"),
            Asked.SILENT: _("silent"),
        }[self]


_BY_STANCE = {
    Stance.SIGNS: Asked.SIGNED,
    Stance.SIGNS_EXCEPT: Asked.RESERVED,
    Stance.SIGNS_IF: Asked.RESERVED,
    Stance.NO_OBJECTION: Asked.NO_OBJECTION,
    Stance.ABSTAINS: Asked.ABSTAINS,
    Stance.OBJECTS: Asked.OBJECTS,
}


def answers_of_asked(
    asked: Iterable[int], decided: Mapping[int, Stance], without_comments: Collection[int]
) -> dict[int, Asked]:
    """By the numbers of organisations. A decision about the text says more than that a draft needs no comments;
    silence is never taken for consent."""
    found = {}
    for number in asked:
        if number in decided:
            found[number] = _BY_STANCE[decided[number]]
        else:
            found[number] = Asked.NIL if number in without_comments else Asked.SILENT
    return found


@dataclass(frozen=True)
class Tally:
    """The answers of those who are alike in one thing. Without a `name` it is not known of them."""

    name: str
    counts: Mapping[Asked, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def signed(self) -> int:
        return self.counts.get(Asked.SIGNED, 0) + self.counts.get(Asked.RESERVED, 0)


def tally(name: str, answers: Iterable[Asked]) -> Tally:
    return Tally(name, Counter(answers))
