"""That a body gave too few days, kept as it was found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation import clock
from participation.foundation.database import Model
from participation.foundation.installation import OwnPeriods

from .consultations import Consultation
from .dates import legal_period


class PeriodEvidence(Model):
    """Rows are only added; they stay when the body extends, and when the network changes its rules.

    `begins_on` is the day on which the body published the draft, else the first one for comments. `days_asked` is
    what the network's own rules ask for, `minimum_days` what the law does, empty where it sets nothing.
    """

    __tablename__ = "period_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    begins_on: Mapped[date]
    deadline_on: Mapped[date]
    days_asked: Mapped[int]
    minimum_days: Mapped[int | None]
    period_rule: Mapped[str] = mapped_column(String(40), default="")
    found_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def days(self) -> int:
        """Whole days, as the law counts them: from the 1st to the 31st are 30."""
        return (self.deadline_on - self.begins_on).days

    @property
    def lacks_by_law(self) -> bool:
        return self.minimum_days is not None and self.days < self.minimum_days

    @property
    def lacks_by_own_rules(self) -> bool:
        """The network works on the first and on the last day too."""
        return self.days + 1 < self.days_asked

    @property
    def facts(self) -> tuple[object, ...]:
        return self.begins_on, self.deadline_on, self.days_asked, self.minimum_days, self.period_rule


def period_evidence_of(consultation: Consultation, own: OwnPeriods) -> PeriodEvidence | None:
    """None where the period is long enough for the law and for the network, or where it has no official end."""
    deadline = consultation.official_deadline_on
    if deadline is None:
        return None
    begins = consultation.published_by_body_on or consultation.opens_on
    legal = legal_period(consultation)
    found = PeriodEvidence(
        consultation_id=consultation.id,
        begins_on=begins,
        deadline_on=deadline,
        days_asked=own.total,
        minimum_days=legal.rule.minimum_days if legal is not None else None,
        period_rule=consultation.period_rule,
        found_at=clock.now(),
    )
    return found if found.lacks_by_law or found.lacks_by_own_rules else None
