"""Who was asked to sign a text, what they answered, and how that spreads over the region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from participation.comments.queries import organisations_without_comments
from participation.foundation import region
from participation.foundation.collation import collation_key
from participation.foundation.language import language_now
from participation.organisations.models import Organisation
from participation.organisations.queries import member_organisations

from ..models import Asked, Cosignature, Position, PositionVersion, Tally, answers_of_asked, tally
from .coverage import area_of, place_of


@dataclass(frozen=True)
class Coverage:
    """The organisations that were asked about one version of a text, and how each answered."""

    organisations: Sequence[Organisation]  # in the order of their names
    answers: dict[int, Asked]

    @cached_property
    def whole(self) -> Tally:
        return tally("", self.answers.values())

    @property
    def by_area(self) -> list[Tally]:
        order = [area.name.in_language(language_now()) for area in region.current().areas]
        return self._by(_areas, key=lambda name: order.index(name) if name in order else len(order))

    @property
    def by_municipality(self) -> list[Tally]:
        return self._by(lambda one: [place_of(one)])

    @property
    def by_field(self) -> list[Tally]:
        """An organisation that works in several fields is counted in each of them."""
        return self._by(_fields)

    def _by(
        self, names_of: Callable[[Organisation], Iterable[str]], key: Callable[[str], object] = collation_key
    ) -> list[Tally]:
        """A line for each name that occurs; those without any stand last."""
        groups: dict[str, list[Asked]] = {}
        for one in self.organisations:
            for name in names_of(one):
                groups.setdefault(name, []).append(self.answers[one.id])
        named = sorted((name for name in groups if name), key=key)  # type: ignore[arg-type]
        return [tally(name, groups[name]) for name in [*named, *([""] if "" in groups else [])]]


def members_asked(version: PositionVersion) -> list[Organisation]:
    """The members that belonged to the network before co-signing ended, in the order of their names."""
    return [
        one for one in member_organisations() if one.decided_at is None or one.decided_at <= version.cosigning_until
    ]


def coverage_of(position: Position, version: PositionVersion, decisions: Sequence[Cosignature]) -> Coverage:
    """Asked were the members that belonged to the network before co-signing ended.

    Whoever decided and has left since stays with its decision; who left without one is not named. Two statements.
    """
    decided = {one.organisation_id: one.stance for one in decisions}
    asked = {one.id: one for one in members_asked(version)}
    asked |= {one.organisation_id: one.organisation for one in decisions}
    answers = answers_of_asked(asked, decided, organisations_without_comments(position.consultation_id))
    return Coverage(sorted(asked.values(), key=lambda one: collation_key(one.name)), answers)


def _areas(organisation: Organisation) -> list[str]:
    area = area_of(organisation)
    return [area.name.in_language(language_now()) if area else ""]


def _fields(organisation: Organisation) -> list[str]:
    topics = {topic.key: topic.name.in_language(language_now()) for topic in region.current().topics}
    return [topics[key] for key in organisation.fields_of_work if key in topics] or [""]
