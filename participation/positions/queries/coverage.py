"""Who signed and who did not, by area of the region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from participation.foundation import region
from participation.foundation.collation import collation_key
from participation.foundation.installation import Area
from participation.organisations.models import (
    Organisation,
)

from ..models import Cosignature


@dataclass(frozen=True)
class AreaCoverage:
    """The member organisations of one area of the region: who signed and who did not."""

    area: Area | None  # None: the organisation's municipality lies outside the region
    signed: list[Organisation]
    unsigned: list[Organisation]

    @property
    def total(self) -> int:
        return len(self.signed) + len(self.unsigned)

    @property
    def places(self) -> list[tuple[str, list[int]]]:
        """How many signed and how many did not, by the names of their municipalities in Slovenian order."""
        numbers: dict[str, list[int]] = {}
        for column, organisations in enumerate((self.signed, self.unsigned)):
            for organisation in organisations:
                numbers.setdefault(place_of(organisation), [0, 0])[column] += 1
        return sorted(numbers.items(), key=lambda place: collation_key(place[0]))


def coverage(cosignatures: Sequence[Cosignature], members: Sequence[Organisation]) -> list[AreaCoverage]:
    """All members and all signatories by area, in the order of the installation; empty areas are left out."""
    signed = {cosignature.organisation_id: cosignature.organisation for cosignature in cosignatures}
    asked = {organisation.id: organisation for organisation in members} | signed
    everyone = sorted(asked.values(), key=lambda organisation: collation_key(organisation.name))
    areas: list[Area | None] = [*region.current().areas, None]
    made = [
        AreaCoverage(
            area,
            [one for one in everyone if one.id in signed and area_of(one) == area],
            [one for one in everyone if one.id not in signed and area_of(one) == area],
        )
        for area in areas
    ]
    return [part for part in made if part.total]


def signatures_by_municipality(cosignatures: Iterable[Cosignature]) -> dict[str, int]:
    """How many of these signatories have their seat in each municipality, by its code."""
    return dict(Counter(cosignature.organisation.municipality for cosignature in cosignatures))


def area_of(organisation: Organisation) -> Area | None:
    """The area of the region that the organisation belongs to, if its municipality lies in one."""
    try:
        return region.current().area_of(organisation.municipality)
    except KeyError:
        return None


def place_of(organisation: Organisation) -> str:
    """The name of its municipality; empty where the installation does not know it."""
    try:
        return region.current().municipality(organisation.municipality).name
    except KeyError:
        return ""
