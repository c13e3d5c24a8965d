"""Versions of a text: the one in preparation, and how it compares with the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from participation.foundation.database import NotFound, session
from participation.texts import provisions as texts
from participation.texts.matching import Match, resemblance

from ..models import Consultation, Provision, TextVersion, VersionState
from ..models.fates import ANOTHER_DOCUMENT
from ..models.lineage import matches_by_identity


@dataclass(frozen=True)
class Step:
    """A version and the one before it, each with all its provisions in reading order."""

    before: TextVersion
    after: TextVersion
    old: Sequence[Provision]
    new: Sequence[Provision]

    @cached_property
    def matches(self) -> list[Match]:
        return matches_by_identity(self.old, as_texts(self.old), self.new, as_texts(self.new))

    @cached_property
    def resemblance(self) -> float:
        """The share of the old words that were found again, from 0 to 1."""
        return resemblance(as_texts(self.old), self.matches)

    @property
    def is_another_document(self) -> bool:
        return self.resemblance < ANOTHER_DOCUMENT


def as_texts(provisions: Sequence[Provision]) -> list[texts.Provision]:
    """The provisions as the text engine knows them."""
    return [texts.Provision(texts.Kind(one.kind), one.label, one.level, one.text, one.place) for one in provisions]


def version_in_preparation(consultation: Consultation) -> TextVersion | None:
    """The next version of a text that is published already."""
    return session.scalar(
        select(TextVersion)
        .where(
            TextVersion.consultation_id == consultation.id,
            TextVersion.state == VersionState.PREPARING,
            TextVersion.number > 1,
        )
        .order_by(TextVersion.number.desc())
        .limit(1)
    )


def step_to(version: TextVersion) -> Step:
    """The version beside the one before it; raises NotFound for a first one."""
    before = session.scalar(
        select(TextVersion)
        .where(TextVersion.consultation_id == version.consultation_id, TextVersion.number < version.number)
        .order_by(TextVersion.number.desc())
        .limit(1)
    )
    if before is None:
        raise NotFound(str(version.number))
    rows = session.scalars(
        select(Provision).where(Provision.version_id.in_((before.id, version.id))).order_by(Provision.position)
    ).all()
    old, new = ([one for one in rows if one.version_id == which.id] for which in (before, version))
    return Step(before, version, old, new)


def gone_before(version: TextVersion) -> list[Provision]:
    """Provisions of earlier versions that the version right before this one no longer had, as they read last."""
    rows = session.execute(
        select(Provision, TextVersion.number)
        .join(TextVersion, TextVersion.id == Provision.version_id)
        .where(TextVersion.consultation_id == version.consultation_id, TextVersion.number < version.number)
        .order_by(TextVersion.number, Provision.position)
    ).all()
    newest = max((number for _one, number in rows), default=0)
    still = {one.key for one, number in rows if number == newest}
    return list({one.key: one for one, number in rows if number < newest and one.key not in still}.values())
