"""What a new version changes for one organisation: against what it decided about the version before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.foundation.language import _
from participation.texts.differing import word_diff_html

from .stances import Decision, Stance

OTHER_PARTS = ("title", "summary", "general", "addressees")


class ChangeKind(StrEnum):
    CONDITION_MET = "condition-met"
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"
    EXCEPTION_GONE = "exception-gone"
    STILL_EXCEPTED = "still-excepted"
    CONDITION_OPEN = "condition-open"

    @property
    def label(self) -> Any:
        return {
            ChangeKind.CONDITION_MET: _("your wording was taken"),
            ChangeKind.CHANGED: _("a point that you signed reads differently"),
            ChangeKind.ADDED: _("a new point"),
            ChangeKind.GONE: _("a point that you signed is gone"),
            ChangeKind.EXCEPTION_GONE: _("a point that you did not sign is gone"),
            ChangeKind.STILL_EXCEPTED: _("a point that you did not sign is still there"),
            ChangeKind.CONDITION_OPEN: _("your wording was not taken"),
        }[self]


@dataclass(frozen=True)
class Change:
    """`number` is that of the point in the new version, 0 where it is gone."""

    kind: ChangeKind
    number: int
    article: str
    before: str
    after: str

    @property
    def difference_html(self) -> str:
        return word_diff_html(self.before, self.after)


@dataclass(frozen=True)
class Changes:
    """What changed; and the decision that the organisation would give by signing again, as far as it can be told."""

    points: tuple[Change, ...]
    has_other_parts: bool
    decision: Decision

    @classmethod
    def between(cls, before: bytes, after: bytes, decision: Decision) -> Changes:
        """What is different between two canonical texts for an organisation that decided so about the first."""
        old, new = json.loads(before), json.loads(after)
        pairs = _paired(old["points"], new["points"])
        made = tuple(change for pair in pairs for change in [_change(*pair, decision)] if change is not None)
        other = any(old.get(part) != new.get(part) for part in OTHER_PARTS)
        return cls(made, other, _again(pairs, made, decision))


def _paired(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Each point with the one it became: the same provision and existing wording; None where there is none."""
    left = list(old)
    pairs: list[tuple[Any, Any]] = []
    for point in new:
        same = [one for one in left if _about(one) == _about(point)]
        best = next((one for one in same if one["demanded"] == point["demanded"]), same[0] if same else None)
        if best is not None:
            left.remove(best)
        pairs.append((best, point))
    return pairs + [(point, None) for point in left]


def _about(point: dict[str, Any]) -> tuple[str, str]:
    return point["article"], point["existing"]


def _change(old: Any, new: Any, decision: Decision) -> Change | None:
    if old is None:
        return Change(ChangeKind.ADDED, new["number"], new["article"], "", new["demanded"])
    number = old["number"]
    asked, excepted = decision.conditions.get(number), number in decision.excepted
    if new is None:
        kind = ChangeKind.EXCEPTION_GONE if excepted or asked is not None else ChangeKind.GONE
        return Change(kind, 0, old["article"], old["demanded"], "")
    if asked is not None:
        kind = ChangeKind.CONDITION_MET if new["demanded"] == asked else ChangeKind.CONDITION_OPEN
        return Change(kind, new["number"], new["article"], asked, new["demanded"])
    if excepted:
        return Change(ChangeKind.STILL_EXCEPTED, new["number"], new["article"], old["demanded"], new["demanded"])
    if (old["demanded"], old["reasons"], old["action"]) == (new["demanded"], new["reasons"], new["action"]):
        return None
    return Change(ChangeKind.CHANGED, new["number"], new["article"], old["demanded"], new["demanded"])


def _again(pairs: list[tuple[Any, Any]], changes: tuple[Change, ...], decision: Decision) -> Decision:
    """The same decision under the new numbers, without the reservations that fell away."""
    if not decision.stance.is_signature:
        return decision
    excepted = tuple(change.number for change in changes if change.kind == ChangeKind.STILL_EXCEPTED)
    conditions = {
        new["number"]: decision.conditions[old["number"]]
        for old, new in pairs
        if old and new and decision.conditions.get(old["number"], new["demanded"]) != new["demanded"]
    }
    stance = Stance.SIGNS_IF if conditions else Stance.SIGNS_EXCEPT if excepted else Stance.SIGNS
    return Decision(stance, excepted, conditions, decision.statement)
