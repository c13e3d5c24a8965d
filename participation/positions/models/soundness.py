"""Decisions in their one normal form."""

from __future__ import annotations

from participation.texts.markdown import TooLong, normalise

from .positions import PositionVersion
from .stances import LONGEST_STATEMENT, Decision, Stance, whats_wrong
from .texts import wordings_in


class UnsoundDecision(ValueError):
    """The parts of a decision do not fit together; says what in words."""


def sound(decision: Decision, version: PositionVersion) -> Decision:
    """The decision with nothing in it that its stance does not need; raises TooLong and UnsoundDecision."""
    is_except, is_if = decision.stance == Stance.SIGNS_EXCEPT, decision.stance == Stance.SIGNS_IF
    conditions = {number: normalise(wording) for number, wording in decision.conditions.items()} if is_if else {}
    made = Decision(
        decision.stance,
        tuple(sorted(set(decision.excepted))) if is_except else (),
        dict(sorted(conditions.items())),
        normalise(decision.statement),
    )
    if len(made.statement) > LONGEST_STATEMENT:
        raise TooLong(len(made.statement))
    if is_except or is_if:
        wrong = whats_wrong(made, wordings_in(version.canonical))
        if wrong:
            raise UnsoundDecision(wrong)
    return made
