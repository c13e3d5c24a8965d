"""What an organisation can say to a frozen text, and how that is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from participation.foundation.language import _

LONGEST_STATEMENT = 1_500  # characters, printed beside the name of the organisation


class Stance(StrEnum):
    SIGNS = "signs"
    SIGNS_EXCEPT = "signs-except"
    SIGNS_IF = "signs-if"
    NO_OBJECTION = "no-objection"
    ABSTAINS = "abstains"
    OBJECTS = "objects"

    @property
    def label(self) -> Any:
        return {
            Stance.SIGNS: _("signs all of it"),
            Stance.SIGNS_EXCEPT: _("signs all except some points"),
            Stance.SIGNS_IF: _("signs if some points read differently"),
            Stance.NO_OBJECTION: _("has no objection"),
            Stance.ABSTAINS: _("abstains"),
            Stance.OBJECTS: _("objects"),
        }[self]

    @property
    def is_signature(self) -> bool:
        """Only these three are counted as co-signatures; silence and the other three never are."""
        return self in SIGNING


SIGNING = (Stance.SIGNS, Stance.SIGNS_EXCEPT, Stance.SIGNS_IF)
APART = (Stance.NO_OBJECTION, Stance.ABSTAINS, Stance.OBJECTS)


@dataclass(frozen=True)
class Decision:
    """What an organisation decides about a text.

    `excepted` are the numbers of the points that it does not sign; `conditions` the wordings
    that it asks for instead, by the number of the point: it signs only if they are taken.
    """

    stance: Stance = Stance.SIGNS
    excepted: tuple[int, ...] = ()
    conditions: Mapping[int, str] = field(default_factory=dict)
    statement: str = ""

    @property
    def points(self) -> tuple[int, ...]:
        """The numbers of the points that it makes a reservation about."""
        return tuple(sorted(self.excepted)) if self.stance == Stance.SIGNS_EXCEPT else tuple(sorted(self.conditions))

    def signs(self, number: int) -> bool:
        """It stands by this point as the text has it."""
        return self.stance.is_signature and number not in self.points


def whats_wrong(decision: Decision, wordings: Mapping[int, str]) -> str:
    """What does not fit together in a decision, in words; empty when it is sound.

    `wordings` are the demanded wordings of the text by the numbers of its points.
    """
    if decision.stance == Stance.SIGNS_EXCEPT:
        return _wrong_choice(decision.excepted, wordings)
    if decision.stance == Stance.SIGNS_IF:
        return _wrong_conditions(decision.conditions, wordings)
    return ""


def _wrong_choice(excepted: Collection[int], wordings: Mapping[int, str]) -> str:
    if not excepted:
        return str(_("Choose at least one point that your organisation does not sign."))
    if not set(excepted) <= wordings.keys():
        return str(_("One of the chosen points is not in this text."))
    if set(excepted) == wordings.keys():
        return str(_("This excepts every point. Choose “objects” or “abstains” instead."))
    return ""


def _wrong_conditions(conditions: Mapping[int, str], wordings: Mapping[int, str]) -> str:
    if not conditions:
        return str(_("Write the wording of at least one point as your organisation would sign it."))
    if not conditions.keys() <= wordings.keys():
        return str(_("One of the chosen points is not in this text."))
    same = [number for number, wording in conditions.items() if wording == wordings[number]]
    if same:
        return str(_("Your wording of point %(number)s is the one that the text has already.", number=str(min(same))))
    return ""
