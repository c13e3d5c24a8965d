"""Whether the dates of a consultation make sense together, and whether the law is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from participation.foundation import clock, region
from participation.foundation.installation import PeriodRule
from participation.foundation.language import _

from .consultations import Consultation

# An express consultation is over in less than 48 hours: it ends today or tomorrow.
EXPRESS = timedelta(days=1)


@dataclass(frozen=True)
class Dates:
    """What a consultation is asked to keep to; every day is inclusive."""

    opens_on: date
    internal_deadline_on: date
    cosigning_from_on: date | None = None
    official_deadline_on: date | None = None

    def contradictions(self) -> Iterator[tuple[str, Any]]:
        """The field at fault and what is wrong, in words."""
        if self.internal_deadline_on < self.opens_on:
            yield "internal_deadline_on", _("Comments would close before they open.")
        if self.official_deadline_on is not None and self.official_deadline_on < self.internal_deadline_on:
            yield "official_deadline_on", _("The official deadline lies before the deadline for comments.")
        if self.cosigning_from_on is None:
            return
        if self.cosigning_from_on <= self.internal_deadline_on:
            yield "cosigning_from_on", _("Co-signing can begin on the day after comments close at the earliest.")
        if self.official_deadline_on is not None and self.cosigning_from_on > self.official_deadline_on:
            yield "cosigning_from_on", _("Co-signing would begin after the official deadline.")


def brought_forward(consultation: Consultation, moved: Mapping[str, date | None]) -> Iterator[tuple[str, Any]]:
    """The deadlines, by their columns, that nobody may bring forward like this, and why, in words.

    Only the body shortens its own period. The network then has to close its comments earlier too, but never on a day
    that is over.
    """
    official, internal = consultation.official_deadline_on, consultation.internal_deadline_on
    new_official = moved.get("official_deadline_on", official)
    new_internal = moved.get("internal_deadline_on", internal)
    is_shortened = official is not None and new_official is not None and new_official < official
    if official is not None and new_official is None:
        yield "official_deadline_on", _("Choose the official deadline of the body.")
    if is_shortened and new_official is not None and new_official < clock.today():
        yield "official_deadline_on", _("This day has passed. Choose today or a later day.")
    if new_internal is not None and new_internal < internal:
        if not is_shortened:
            yield (
                "internal_deadline_on",
                _("The deadline for comments is brought forward only where the body shortens its own."),
            )
        elif new_internal < clock.today():
            yield "internal_deadline_on", _("This day has passed. Choose today or a later day.")


@dataclass(frozen=True)
class LegalPeriod:
    """The official period beside the law. `days` is empty when one of its two ends is not known."""

    rule: PeriodRule
    days: int | None

    @property
    def is_too_short(self) -> bool:
        minimum = self.rule.minimum_days
        return minimum is not None and self.days is not None and self.days < minimum


def legal_period(consultation: Consultation) -> LegalPeriod | None:
    """The period from publication by the body to its deadline; None when no rule was chosen.

    Whole calendar days: published on the 1st with a deadline on the 31st is 30 days.
    """
    rules = {rule.key: rule for rule in region.current().period_rules}
    rule = rules.get(consultation.period_rule)
    if rule is None:
        return None
    begins, ends = consultation.published_by_body_on, consultation.official_deadline_on
    return LegalPeriod(rule, (ends - begins).days if begins and ends else None)
