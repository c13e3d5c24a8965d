"""What the pages show of what became of the points in the adopted text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.consultations.models import TextVersion
from participation.foundation.language import _, labels_of_changes
from participation.submissions.models import (
    PointUptake,
    Submission,
    SubmissionPoint,
    reason_not_compared,
    verdict_label,
)
from participation.submissions.queries.uptake import Stretch, keys_of_points, stretches_of, uptakes_of
from participation.texts.differing import word_diff_html
from participation.texts.uptake import Verdict

# What stands where there is no verdict; the looks of these words are in submissions/_looks.html.
NOT_COMPARED, BEING_COMPARED = "not-compared", "being-compared"


@dataclass(frozen=True)
class CameOf:
    """What became of one point. Without an `uptake` nothing was found: `why_not` says why not, or it is empty while
    the words are still being compared. `stretches` are the provisions of the adopted text that it is about."""

    point: SubmissionPoint
    uptake: PointUptake | None
    why_not: Any
    stretches: Sequence[Stretch]

    @property
    def look(self) -> str:
        if self.uptake is not None:
            return self.uptake.standing.value
        return NOT_COMPARED if self.why_not else BEING_COMPARED

    @property
    def label(self) -> Any:
        return label_of(self.look)

    def difference_html(self, language: str) -> str:
        """What was demanded against what was adopted: struck out is what was demanded and does not stand there."""
        wanted = self.point.existing if self.point.action == "delete" else self.point.demanded
        there = "\n".join(stretch.text for stretch in self.stretches)
        return word_diff_html(wanted, there, labels_of_changes(language))


@dataclass(frozen=True)
class Adopted:
    """The adopted text, and what became of every point of a submission in it, by the points' numbers."""

    version: TextVersion
    points: Mapping[int, CameOf]

    @property
    def rows(self) -> list[tuple[str, Any, int]]:
        """How many points look how: the look, its words, and the number."""
        looks = [one.look for one in self.points.values()]
        known = [*(verdict.value for verdict in Verdict), NOT_COMPARED, BEING_COMPARED]
        return [(look, label_of(look), looks.count(look)) for look in known]

    @property
    def unchecked(self) -> list[PointUptake]:
        """What was found and nobody has looked at, in the order of the points."""
        found = (one.uptake for one in self.points.values())
        return [uptake for uptake in found if uptake is not None and not uptake.is_confirmed]

    @property
    def is_found(self) -> bool:
        return any(one.uptake is not None for one in self.points.values())


def label_of(look: str) -> Any:
    if look == NOT_COMPARED:
        return _("nothing to compare")
    if look == BEING_COMPARED:
        return _("being compared")
    return verdict_label(Verdict(look))


def adopted_of(submission: Submission) -> Adopted | None:
    """None while there is no adopted text, or nothing was sent. Five statements beside the points."""
    version = submission.consultation.adopted_text if submission.is_sent else None
    if version is None:
        return None
    uptakes, own_keys = uptakes_of(submission), keys_of_points(submission)
    keys = {point.id: _keys(uptakes.get(point.id), own_keys.get(point.id, [])) for point in submission.points}
    wanted = {key for several in keys.values() for one in several for key in one}
    there = {stretch.key: stretch for stretch in stretches_of(version, wanted)}
    return Adopted(
        version,
        {
            point.number: CameOf(
                point, uptakes.get(point.id), reason_not_compared(point), _first_there(keys[point.id], there)
            )
            for point in submission.points
        },
    )


def _keys(uptake: PointUptake | None, own: Sequence[str]) -> list[Sequence[str]]:
    """Where to read it: where it was found, else what the point is about."""
    return [uptake.keys if uptake is not None else [], own]


def _first_there(choices: Iterable[Sequence[str]], there: Mapping[str, Stretch]) -> list[Stretch]:
    for keys in choices:
        found = [stretch for key, stretch in there.items() if key in keys]
        if found:
            return found
    return []
